"""X: posts and articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, StrictBool, StringConstraints

from postengine.postiz.media.fact import MediaFact
from postengine.postiz.problem import Problem

from .settings import ProviderSettings
from .values import MediaFile

__all__ = ["XSettings"]

_COMMUNITY = re.compile(r"(?:https://x\.com/i/communities/[0-9]+)?")


def _community(value: str) -> str:
    if not _COMMUNITY.fullmatch(value):
        raise ValueError("a community is named by its address, https://x.com/i/communities/<number>")
    return value


class XSettings(ProviderSettings):
    """Settings of X.

    Attributes:
        who_can_reply_post: Needed, unless it is an article.
        community: Its address, `https://x.com/i/communities/<number>`; empty for none.
        post_type: An article is long, formatted and has a title.
        article_title: Needed for an article.
        article_status: Whether the article is published, or kept at X as a draft.
        article_cover: A picture.
    """

    provider: Literal["x"] = "x"
    who_can_reply_post: (
        Literal["everyone", "following", "mentionedUsers", "subscribers", "verified"] | None
    ) = None
    community: Annotated[str, AfterValidator(_community)] | None = None
    post_type: Literal["post", "article"] | None = None
    article_title: Annotated[str, StringConstraints(min_length=1)] | None = None
    article_status: Literal["draft", "published"] | None = None
    article_cover: MediaFile | None = None
    made_with_ai: StrictBool | None = None
    paid_partnership: StrictBool | None = None

    @classmethod
    def cross_problems(cls, values: Mapping[str, object]) -> Iterator[Problem]:
        """Yield what a post and an article ask for."""
        if values.get("post_type") == "article":
            for name in ("article_title", "article_status"):
                if values.get(name) is None:
                    yield Problem(f"settings.{name}", "missing", f"An article needs {name}; set it.")
        elif values.get("who_can_reply_post") is None:
            message = "X asks who can reply: everyone, following, mentionedUsers, subscribers or verified."
            yield Problem("settings.who_can_reply_post", "missing", message)

    @classmethod
    def media_problems(cls, values: Mapping[str, object], media: Sequence[MediaFact]) -> Iterator[Problem]:
        """Yield that an article has no video."""
        if values.get("post_type") == "article" and any(item.kind == "video" for item in media):
            yield Problem("media", "only_images", "An article takes pictures only; take the video out.")
