"""LinkedIn, as a person or as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from pydantic import StrictBool

from postengine.postiz.media.fact import MediaFact
from postengine.postiz.problem import Problem

from .settings import ProviderSettings

__all__ = ["LinkedinPageSettings", "LinkedinSettings"]

_FEWEST_IN_CAROUSEL = 2


class _Linkedin(ProviderSettings):
    """What both have.

    Attributes:
        post_as_images_carousel: The pictures become one document to leaf through.
        carousel_name: That document's title.
    """

    post_as_images_carousel: StrictBool | None = None
    carousel_name: str | None = None

    @classmethod
    def media_problems(cls, values: Mapping[str, object], media: Sequence[MediaFact]) -> Iterator[Problem]:
        """Yield what a carousel asks of the media."""
        has_video = any(item.kind == "video" for item in media)
        if values.get("post_as_images_carousel") and (has_video or len(media) < _FEWEST_IN_CAROUSEL):
            yield Problem("media", "no_carousel", "A carousel is two pictures or more, and no video.")


class LinkedinSettings(_Linkedin):
    """Settings of a person's LinkedIn."""

    provider: Literal["linkedin"] = "linkedin"


class LinkedinPageSettings(_Linkedin):
    """Settings of a LinkedIn page."""

    provider: Literal["linkedin-page"] = "linkedin-page"
