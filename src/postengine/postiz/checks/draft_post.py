"""A post before it is sent, and the channel it is meant for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from postengine.postiz.content.build import Content
from postengine.postiz.media.fact import MediaFact
from postengine.postiz.providers.settings import ProviderSettings, RawSettings

__all__ = ["DraftComment", "DraftPost", "TargetChannel"]


@dataclass(frozen=True)
class DraftComment:
    """A comment below the post, or the next post of a thread.

    Attributes:
        text: Plain, or built.
        media: In their order.
    """

    text: str | Content
    media: tuple[MediaFact, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DraftPost:
    """A post as it is meant.

    Attributes:
        text: Plain, before `to_content`; or built.
        media: In their order.
        settings: The provider's; a mapping has their names on the wire or in Python.
        comments: In their order.
    """

    text: str | Content = ""
    media: tuple[MediaFact, ...] = ()
    settings: ProviderSettings | RawSettings | Mapping[str, JsonValue] = field(
        default_factory=dict[str, JsonValue]
    )
    comments: tuple[str | Content | DraftComment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TargetChannel:
    """What is known of a channel; the last two come from `GET /integration-settings/{id}`.

    Attributes:
        provider: The integration's identifier.
        is_verified: An account of X that takes long posts.
        max_length: The longest text, over what is known of the provider; 0 and None say nothing.
        settings_schema: The JSON schema of the settings, for a provider that has no model here.
    """

    provider: str
    is_verified: bool = False
    max_length: int | None = None
    settings_schema: JsonValue = None
