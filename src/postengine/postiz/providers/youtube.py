"""A YouTube channel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, cast

from pydantic import ConfigDict, StringConstraints

from postengine.postiz.problem import Problem
from postengine.postiz.text.length import utf16_length

from .settings import ProviderSettings, camel_name
from .values import MediaFile, Tag

__all__ = ["YoutubeSettings"]

_MOST_IN_TAGS = 500
_QUOTES = 2  # YouTube puts a tag with a blank between quotation marks, and counts them


class YoutubeSettings(ProviderSettings):
    """Settings of YouTube.

    Attributes:
        title: 2 to 100 characters.
        type: Who sees the video.
        tags: Together at most 500 characters; two more for each with a blank.
    """

    model_config = ConfigDict(alias_generator=camel_name)

    provider: Literal["youtube"] = "youtube"
    title: Annotated[str, StringConstraints(min_length=2, max_length=100)]
    type: Literal["public", "private", "unlisted"]
    self_declared_made_for_kids: Literal["yes", "no"] | None = None
    thumbnail: MediaFile | None = None
    tags: tuple[Tag, ...] | None = None

    @classmethod
    def cross_problems(cls, values: Mapping[str, object]) -> Iterator[Problem]:
        """Yield that the tags are too long together."""
        labels = _labels(values.get("tags"))
        count = sum(utf16_length(label) + (_QUOTES if " " in label else 0) for label in labels)
        if count > _MOST_IN_TAGS:
            message = f"The tags count {count} characters; YouTube takes {_MOST_IN_TAGS}, so leave some out."
            yield Problem("settings.tags", "too_long", message)


def _labels(tags: object) -> list[str]:
    """Return the labels of what may be tags, and may be anything."""
    items = cast("list[object]", tags) if isinstance(tags, list) else []
    mappings = [cast("Mapping[str, object]", item) for item in items if isinstance(item, dict)]
    return [label for item in mappings if isinstance(label := item.get("label"), str)]
