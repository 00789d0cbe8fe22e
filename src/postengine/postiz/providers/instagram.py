"""Instagram, by way of Facebook or on its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from pydantic import StrictBool

from postengine.postiz.media.fact import MediaFact
from postengine.postiz.problem import Problem

from .settings import ProviderSettings
from .values import Audio, Label

__all__ = ["InstagramSettings", "InstagramStandaloneSettings"]

_TALLEST = 4 / 5
_WIDEST = 1.91
_TOLERANCE = 0.01


class _Instagram(ProviderSettings):
    """What both have.

    Attributes:
        post_type: A story is one picture or video.
        is_trial_reel: Shown to people who do not follow the account; exactly one mp4.
        graduation_strategy: How a trial reel comes to be seen by all.
        collaborators: Accounts that are invited; not for carousels.
        audio: Sound for a reel of exactly one mp4.
    """

    post_type: Literal["post", "story"]
    is_trial_reel: StrictBool | None = None
    graduation_strategy: Literal["MANUAL", "SS_PERFORMANCE"] | None = None
    collaborators: tuple[Label, ...] | None = None
    audio: Audio | None = None

    @classmethod
    def cross_problems(cls, values: Mapping[str, object]) -> Iterator[Problem]:
        """Yield that a story has no audio."""
        if values.get("audio") and values.get("post_type") == "story":
            yield Problem(
                "settings.audio", "not_in_story", "A story takes no audio; leave it out, or make it a post."
            )

    @classmethod
    def media_problems(cls, values: Mapping[str, object], media: Sequence[MediaFact]) -> Iterator[Problem]:
        """Yield what reels, stories, carousels and the feed ask of the media."""
        is_one_video = [item.kind for item in media] == ["video"]
        if values.get("is_trial_reel") and not is_one_video:
            yield Problem("media", "not_one_video", "A trial reel is exactly one mp4 video.")
        if values.get("audio") and not is_one_video:
            yield Problem("media", "not_one_video", "Audio goes with exactly one mp4 video.")
        if values.get("post_type") == "story":
            if len(media) > 1:
                yield Problem(
                    "media", "too_many", f"A story is one picture or video, not {len(media)}; send one."
                )
            return
        if values.get("collaborators") and len(media) > 1:
            message = "A carousel has no collaborators; send one picture or video, or leave them out."
            yield Problem("settings.collaborators", "not_in_carousel", message)
        for index, item in enumerate(media):
            yield from _ratio_problems(index, item)


def _ratio_problems(index: int, item: MediaFact) -> Iterator[Problem]:
    if item.kind == "image" and item.size_px:
        width_px, height_px = item.size_px
        if not _TALLEST - _TOLERANCE <= width_px / height_px <= _WIDEST + _TOLERANCE:
            message = (
                f"{width_px} x {height_px} px is no shape for the feed; crop it to between 4:5 and 1.91:1."
            )
            yield Problem(f"media[{index}]", "ratio", message)


class InstagramSettings(_Instagram):
    """Settings of an Instagram account that is connected through a Facebook page."""

    provider: Literal["instagram"] = "instagram"


class InstagramStandaloneSettings(_Instagram):
    """Settings of an Instagram account that is connected on its own."""

    provider: Literal["instagram-standalone"] = "instagram-standalone"
