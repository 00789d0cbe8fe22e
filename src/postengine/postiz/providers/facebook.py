"""A Facebook page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from postengine.postiz.media.fact import MediaFact
from postengine.postiz.problem import Problem

from .settings import ProviderSettings
from .values import WebUrl

__all__ = ["FacebookSettings"]


class FacebookSettings(ProviderSettings):
    """Settings of a Facebook page.

    Attributes:
        url: A link shown below the post.
        post_type: Each picture or video of a story is a story of its own.
        text_format_preset_id: A coloured background; for a short text without media.
    """

    provider: Literal["facebook"] = "facebook"
    url: WebUrl | None = None
    post_type: Literal["post", "story"] | None = None
    text_format_preset_id: str | None = None

    @classmethod
    def media_problems(cls, values: Mapping[str, object], media: Sequence[MediaFact]) -> Iterator[Problem]:
        """Yield that a story needs media, and a background none."""
        if values.get("post_type") == "story" and not media:
            yield Problem("media", "too_few", "A Facebook story needs a picture or a video; add one.")
        if values.get("text_format_preset_id") and media:
            message = "A background is for text alone; leave it out, or the media."
            yield Problem("settings.text_format_preset_id", "ignored", message, is_warning=True)
