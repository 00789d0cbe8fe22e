"""TikTok, in its older API and in the one for businesses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StringConstraints

from postengine.postiz.media.fact import MediaFact
from postengine.postiz.problem import Problem

from .settings import ProviderSettings
from .values import Audio, Value

__all__ = ["TikTokBusinessSettings", "TikTokLocation", "TikTokSettings"]

_FOR_BUSINESS = ("music", "location")
_FOR_VIDEO = ("duet", "stitch", "video_made_with_ai")
_LOST_ON_UPLOAD = ("video_made_with_ai", "music", "location", "brand_content_toggle", "brand_organic_toggle")


class TikTokLocation(Value):
    """A place, as the tool `locationSearch` finds it."""

    id: str
    name: str
    address: str | None = None


class _TikTok(ProviderSettings):
    """What both have.

    Attributes:
        title: Of a post of pictures; at most 90 characters.
        auto_add_music: For pictures.
        brand_content_toggle: A paid partnership.
        brand_organic_toggle: Advertises the account's own business.
        content_posting_method: `UPLOAD` does not publish: a person finishes it in the app within 24 hours,
            and all other settings but the title are lost.
        music: For businesses.
        location: For businesses.
    """

    title: Annotated[str, StringConstraints(max_length=90)] | None = None
    privacy_level: Literal["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "FOLLOWER_OF_CREATOR", "SELF_ONLY"]
    duet: StrictBool
    stitch: StrictBool
    comment: StrictBool
    auto_add_music: Literal["yes", "no"] = Field(
        validation_alias="autoAddMusic", serialization_alias="autoAddMusic"
    )
    brand_content_toggle: StrictBool
    brand_organic_toggle: StrictBool
    content_posting_method: Literal["DIRECT_POST", "UPLOAD"]
    video_made_with_ai: StrictBool | None = None
    music: Audio | None = None
    location: TikTokLocation | None = None

    @classmethod
    def cross_problems(cls, values: Mapping[str, object]) -> Iterator[Problem]:
        """Yield what is lost when the post is handed over to a person."""
        if values.get("content_posting_method") == "UPLOAD":
            for name in _set(values, _LOST_ON_UPLOAD):
                yield _lost(name, "UPLOAD hands the post over without it; use DIRECT_POST to keep it.")

    @classmethod
    def media_problems(cls, values: Mapping[str, object], media: Sequence[MediaFact]) -> Iterator[Problem]:
        """Yield what is lost where there is no video."""
        if media and all(item.kind == "image" for item in media):
            for name in _set(values, _FOR_VIDEO):
                yield _lost(name, "TikTok knows it for videos only; leave it out for pictures.")


def _set(values: Mapping[str, object], names: Sequence[str]) -> list[str]:
    return [name for name in names if values.get(name)]


def _lost(name: str, message: str) -> Problem:
    return Problem(f"settings.{name}", "ignored", message, is_warning=True)


class TikTokSettings(_TikTok):
    """Settings of TikTok's older API."""

    provider: Literal["tiktok"] = "tiktok"

    @classmethod
    def cross_problems(cls, values: Mapping[str, object]) -> Iterator[Problem]:
        """Yield what is lost, and what only a business has."""
        yield from super().cross_problems(values)
        for name in _set(values, _FOR_BUSINESS):
            yield _lost(name, "Only a channel of TikTok Business has it; leave it out.")


class TikTokBusinessSettings(_TikTok):
    """Settings of TikTok Business."""

    provider: Literal["tiktok-business"] = "tiktok-business"
