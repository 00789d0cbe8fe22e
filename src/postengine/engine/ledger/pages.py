"""From media items to single pictures and videos: a carousel becomes its pages, with their marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from postengine.engine.posts.post import MediaItem, MediaKind

MOST_PHOTOS = 10
"""Photos of a listing that a picture or video is given."""


@dataclass(frozen=True, slots=True)
class Page:
    """One file to be made.

    Attributes:
        item: What it shows; never a carousel.
        field: Where it was asked for, such as `media[0]`.
        mark: Such as `1/4`; None where it is not a page of a carousel.
    """

    item: MediaItem
    field: str
    mark: str | None = None


def pages_of(items: Sequence[MediaItem], listing_photo_ids: Sequence[str]) -> tuple[Page, ...]:
    """Return one page for each file that `items` ask for, in order."""
    pages: list[Page] = []
    for index, item in enumerate(items):
        field = f"media[{index}]"
        if item.kind is MediaKind.CAROUSEL:
            pages += _carousel(item, field, item.photo_ids or tuple(listing_photo_ids[:MOST_PHOTOS]))
        else:
            pages.append(Page(item, field))
    return tuple(pages)


def _carousel(item: MediaItem, field: str, photo_ids: tuple[str, ...]) -> list[Page]:
    """Return the pages of a carousel; each begins with the next photo, and has the others behind it."""
    templates = item.pages or (item.template,) * max(len(photo_ids), 1)
    pages: list[Page] = []
    for index, template in enumerate(templates):
        mark = f"{index + 1}/{len(templates)}" if len(templates) > 1 else None
        shown = replace(
            item,
            kind=MediaKind.CARD,
            template=template,
            pages=(),
            photo_ids=_from(photo_ids, index),
            alt=f"{item.alt} ({mark})" if item.alt and mark else item.alt,
        )
        pages.append(Page(shown, field, mark))
    return pages


def _from(photo_ids: tuple[str, ...], index: int) -> tuple[str, ...]:
    """Return the photos in a circle, from the one at `index` on."""
    if not photo_ids:
        return ()
    at = index % len(photo_ids)
    return (*photo_ids[at:], *photo_ids[:at])
