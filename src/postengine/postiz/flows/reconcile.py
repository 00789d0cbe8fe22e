"""Comparing what Postiz has with what was meant, by the marks in the posts' settings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from postengine.postiz.models import Post, PostState

from .results import outcome_of

MARK = "postengine"


@dataclass(frozen=True)
class Reconciliation:
    """The posts of a window, by their marks.

    Attributes:
        unmarked: Made by others, or by hand.
        by_ref: The marked ones, by the ref in their mark; one ref may have posts on several channels.
        duplicates: Those of which more than one is live or will be, by channel and ref.
    """

    unmarked: tuple[Post, ...]
    by_ref: Mapping[str, tuple[Post, ...]]
    duplicates: Mapping[tuple[str, str], tuple[Post, ...]]


def ref_of(post: Post, key: str = MARK) -> str | None:
    """Return the ref in a post's mark: `settings[key]` is the ref, or an object with a `ref` in it."""
    mark = post.settings.get(key)
    ref = mark.get("ref") if isinstance(mark, dict) else mark
    return ref if isinstance(ref, str) and ref else None


def group_by_ref(posts: Iterable[Post], *, key: str = MARK) -> Reconciliation:
    """Group `posts` by their marks and find those that are out twice; see `Reconciliation`."""
    unmarked: list[Post] = []
    by_ref: defaultdict[str, list[Post]] = defaultdict(list)
    going_out: defaultdict[tuple[str, str], list[Post]] = defaultdict(list)
    for post in posts:
        ref = ref_of(post, key)
        if ref is None:
            unmarked.append(post)
            continue
        by_ref[ref].append(post)
        if post.state == PostState.QUEUE or outcome_of(post).is_live:
            going_out[post.integration.id, ref].append(post)
    return Reconciliation(
        unmarked=tuple(unmarked),
        by_ref={ref: tuple(found) for ref, found in by_ref.items()},
        duplicates={place: tuple(found) for place, found in going_out.items() if len(found) > 1},
    )
