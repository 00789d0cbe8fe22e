"""Reddit: the rules between the fields of each subreddit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from postengine.postiz.media.fact import MediaFact
from postengine.postiz.problem import Problem

from .generated import RedditSettings as GeneratedRedditSettings

__all__ = ["RedditSettings"]

_TYPES = ("self", "link", "image", "video", "videogif", "media")
_WITH_FILE = ("media", "image", "video", "videogif")


class RedditSettings(GeneratedRedditSettings):
    """Settings of Reddit: what is posted where.

    Attributes:
        subreddit: One entry for each subreddit; each has a title of its own.
    """

    @classmethod
    def cross_problems(cls, values: Mapping[str, object]) -> Iterator[Problem]:
        """Yield what the type of a post asks of its other fields."""
        for index, entry in enumerate(_entries(values)):
            field = f"settings.subreddit[{index}].value"
            found = entry.get("type")
            if isinstance(found, str) and found not in _TYPES:
                yield Problem(f"{field}.type", "invalid", f"It must be one of {', '.join(_TYPES)}.")
            if found == "link" and not entry.get("url"):
                yield Problem(f"{field}.url", "missing", "A link needs its address; set url.")
            if entry.get("is_flair_required") is True and not entry.get("flair"):
                yield Problem(f"{field}.flair", "missing", "This subreddit asks for a flair; choose one.")

    @classmethod
    def media_problems(cls, values: Mapping[str, object], media: Sequence[MediaFact]) -> Iterator[Problem]:
        """Yield what the types ask of the media: one file, and a cover for a video."""
        has_file = any(entry.get("type") in _WITH_FILE for entry in _entries(values))
        if has_file and len(media) != 1:
            yield Problem("media", "not_one", f"This type is exactly one file, not {len(media)}; send one.")
        for index, item in enumerate(media):
            if has_file and item.kind == "video" and item.has_thumbnail is False:
                message = "A video on Reddit needs a cover; give it a thumbnail."
                yield Problem(f"media[{index}]", "no_thumbnail", message)


def _entries(values: Mapping[str, object]) -> list[Mapping[str, object]]:
    """Return the `value` objects of what may be subreddits, and may be anything."""
    subreddits = values.get("subreddit")
    items = cast("list[object]", subreddits) if isinstance(subreddits, list) else []
    found: list[Mapping[str, object]] = []
    for item in items:
        value = cast("Mapping[str, object]", item).get("value") if isinstance(item, Mapping) else None
        found.append(cast("Mapping[str, object]", value) if isinstance(value, Mapping) else {})
    return found
