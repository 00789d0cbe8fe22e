"""Kinds of values that several providers' settings share."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

__all__ = ["Audio", "Label", "LooseUrl", "MediaFile", "NumberedTag", "Tag", "Value", "Volume", "WebUrl"]

_LONGEST_URL = 2083
_WEB_URL = re.compile(
    r"(?:https?|ftp)://(?:[^\s<>/?#@]+@)?(?:[\w-]+\.)+[\w-]{2,}\.?(?::\d{1,5})?(?:[/?#][^\s<>]*)?",
    re.IGNORECASE,
)
# The server's own rule in fewer words: a host that begins with "www" has a dot after it.
_LOOSE_URL = re.compile(
    r"|(?:https?://(?:www\.|(?!www))|www\.)[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?\.\S{2,}"
)


def _web_url(value: str) -> str:
    if len(value) > _LONGEST_URL or not _WEB_URL.fullmatch(value):
        raise ValueError(f"a whole address is needed, such as https://example.com/a, not {value[:80]!r}")
    return value


def _loose_url(value: str) -> str:
    if not _LOOSE_URL.fullmatch(value):
        raise ValueError(
            f"an address such as https://example.com/a is needed, or nothing, not {value[:80]!r}"
        )
    return value


WebUrl = Annotated[str, AfterValidator(_web_url)]
"""An absolute address. The server takes one without `https://` too, which would not be a link everywhere."""

Volume = Annotated[int | float, Field(ge=0, le=100)]
"""How loud, 0 to 100."""

LooseUrl = Annotated[str, AfterValidator(_loose_url)]
"""An address with `https://`, `http://` or `www.`, or an empty text."""


class Value(BaseModel):
    """An object inside settings."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True, defer_build=True
    )


class MediaFile(Value):
    """An uploaded picture or video.

    Attributes:
        id: Of the uploaded media.
        path: Its absolute URL at Postiz.
        alt: Text for those who do not see it.
        thumbnail: Absolute URL of a video's cover.
    """

    id: str
    path: str
    alt: str | None = None
    thumbnail: WebUrl | None = None


class Audio(Value):
    """Music or an original sound, as the provider's search tool finds it.

    Attributes:
        id: As the search told it.
        audio_volume: 0 to 100.
        video_volume: Of the video's own sound, 0 to 100.
    """

    id: str
    title: str | None = None
    artist: str | None = None
    image: str | None = None
    audio_volume: Volume | None = None
    video_volume: Volume | None = None


class Label(Value):
    """A name alone, such as an account's."""

    label: str = Field(min_length=1)


class Tag(Value):
    """A tag: what the network calls it, and what people read."""

    value: str
    label: str


class NumberedTag(Value):
    """A tag that the network knows by number."""

    value: int
    label: str
