"""What there is to look at: a listing's photos and clips, and plain cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from postengine.render.errors import PhotoUnreadable, VideoSpecInvalid
from postengine.render.image.photo import open_photo
from postengine.render.image.renderer import PictureSource
from postengine.render.image.tree import Box, Style
from postengine.render.templates.listing import Listing
from postengine.render.templates.parts import Sheet

from .script import Shot
from .tempo import LEAST_CLIP_S, LONGEST_CLIP_S


def footage(
    listing: Listing, clips: Mapping[str, float], images: Mapping[str, PictureSource]
) -> tuple[Shot, ...]:
    """Return a listing's photos and clips as shots; the first photo keeps the listing's focus.

    Args:
        listing: With its photos in the order in which they are shown.
        clips: Those of them that are video files, each with how many seconds of it there are.
        images: The photos among them say what shape they have.

    Raises:
        VideoSpecInvalid: A clip is too short to be seen, or none of the listing's photos.
    """
    problems = tuple(_problems(listing, clips))
    if problems:
        raise VideoSpecInvalid(problems)
    return tuple(
        Shot(key, most_s=min(clips[key], LONGEST_CLIP_S), is_clip=True)
        if key in clips
        else Shot(key, focus=listing.focus if at == 0 else None, ratio=_ratio(images.get(key)))
        for at, key in enumerate(listing.photos)
    )


def ground_card(sheet: Sheet) -> Box:
    """Return a card in the brand's main colour with nothing on it."""
    return plain_card(sheet, sheet.brand.primary_colour.css())


def plain_card(sheet: Sheet, colour: str, children: Sequence[Box] = ()) -> Box:
    """Return a card of one colour."""
    size = sheet.page.size
    style = Style(
        position="relative",
        width=size.width,
        height=size.height,
        background_color=colour,
        direction="rtl" if sheet.wording.is_right_to_left else None,
    )
    return Box(children=tuple(children), style=style)


def _ratio(photo: PictureSource | None) -> float | None:
    """Return a photo's width over its height; None for one that is missing or broken: rendering says so."""
    if photo is None:
        return None
    try:
        upright = open_photo(photo).upright
    except PhotoUnreadable:
        return None
    return upright.width / upright.height


def _problems(listing: Listing, clips: Mapping[str, float]) -> list[tuple[str, str]]:
    unknown = [key for key in clips if key not in listing.photos]
    short = {key: seconds for key, seconds in clips.items() if seconds < LEAST_CLIP_S}
    return [
        *((f"clips[{key!r}]", "Expected a key of `listing.photos`; add it there.") for key in unknown),
        *(
            (
                f"clips[{key!r}]",
                f"Expected at least {LEAST_CLIP_S:g} s of a clip, got {seconds:g}; leave it out.",
            )
            for key, seconds in short.items()
        ),
    ]
