"""A Pinterest account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import StringConstraints

from postengine.postiz.media.fact import MediaFact
from postengine.postiz.problem import Problem

from .settings import ProviderSettings
from .values import WebUrl

__all__ = ["PinterestSettings"]


class PinterestSettings(ProviderSettings):
    """Settings of a pin.

    Attributes:
        board: Its id, see the tool `boards`.
        title: At most 100 characters.
        link: Where a click on the pin leads.
    """

    provider: Literal["pinterest"] = "pinterest"
    board: Annotated[str, StringConstraints(min_length=1)]
    title: Annotated[str, StringConstraints(max_length=100)] | None = None
    link: WebUrl | None = None
    dominant_color: str | None = None

    @classmethod
    def media_problems(cls, values: Mapping[str, object], media: Sequence[MediaFact]) -> Iterator[Problem]:
        """Yield that a video comes with its cover."""
        del values  # the media speak for themselves
        kinds = [item.kind for item in media]
        # The server lets two videos pass; the pin then fails when it is published.
        if "video" in kinds and sorted(kinds) != ["image", "video"]:
            yield Problem("media", "no_cover", "A video goes with exactly one picture, its cover.")
