"""A reason why a post would be refused, or not come out as meant."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Problem"]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a post.

    Attributes:
        field: Where: `text`, `media`, `media[2]`, `comments[0]`, `settings.board`.
        code: A word for programs, such as `too_long`.
        message: A sentence for people: what is wrong, and what would be right.
        is_warning: The post would go out, but perhaps not as it was meant.
    """

    field: str
    code: str
    message: str
    is_warning: bool = False
