"""A reel as a value: a listing's photos and clips, the texts over them, and an end card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pydantic import ValidationError

from postengine.render.errors import VideoSpecInvalid
from postengine.render.image.renderer import Drawer, PictureSource
from postengine.render.image.tree import Scrim
from postengine.render.templates.brand import Brand
from postengine.render.templates.listing import Listing
from postengine.render.templates.pages import Page, page_for
from postengine.render.templates.parts import Sheet
from postengine.render.video.networks import safe_region
from postengine.render.video.plan.subtitles import caption_place, caption_tree
from postengine.render.video.spec import (
    Caption,
    PresetName,
    Sound,
    Subtitles,
    VideoSpec,
)
from postengine.render.video.spec.parts import LONGEST_S
from postengine.render.video.spec.problems import problems_in
from postengine.render.video.spec.video import Rate

from .layers import layers_of, poster_s
from .pages import ReelShape, page_for_reel
from .playing import Part
from .registry import REELS, ReelName, ReelTemplate
from .scenes import scenes_of
from .schedule import Timed, scheduled
from .script import Script
from .setting import Setter
from .shots import footage
from .tempo import END_CARD_S

_SHADE_REACH = 0.42
_SHADE_AT_LEAST = 0.3
_NO_CLIPS: Mapping[str, float] = MappingProxyType({})


def described(
    drawer: Drawer,
    name: ReelName | ReelTemplate,
    listing: Listing,
    brand: Brand,
    shape: ReelShape,
    images: Mapping[str, PictureSource],
    *,
    seconds: float | None = None,
    fps: Rate = 30,
    preset: PresetName | None = None,
    sound: Sound = Sound(),  # noqa: B008 - a value that never changes
    captions: Sequence[Caption] = (),
    spoken_s: float = 0.0,
    clips: Mapping[str, float] = _NO_CLIPS,
    quality: int = 20,
) -> VideoSpec:
    """Return a reel that a template describes; nothing is rendered, but texts are measured.

    Args:
        drawer: Measures.
        name: Of the template, or a function of one's own.
        listing: What it says; its photos are shown in their order.
        brand: How it looks.
        shape: Of the video.
        images: Portrait and logos, by the keys that listing and brand use. The camera's moves suit the photos
            that are among them.
        seconds: How long; None is what suits the photos and the texts, until all is said.
        fps: Frames a second.
        preset: The network it is for.
        sound: What is heard.
        captions: Subtitles; the template's own texts stand above them.
        spoken_s: When the last voice ends.
        clips: Those of the listing's photos that are video files, each with how many seconds of it there are.
        quality: As of `VideoSpec`.

    Raises:
        InputMissing: The template needs what the listing lacks.
        TextDoesNotFit: A text stands outside its place even at the smallest size.
        VideoSpecInvalid: `seconds` is too short for what there is to say, a clip too short to be seen, or a
            value is out of its bounds.
    """
    _check(seconds)
    told = _subtitles(captions, brand, listing) if captions else None
    sheet = Sheet.for_page(listing, brand, _page(shape, preset, told))
    script = (name if callable(name) else REELS[name])(sheet, footage(listing, clips, images))
    setter = Setter(drawer, sheet, images, script.transition.seconds)
    parts = [setter.part(passage, opens=not at) for at, passage in enumerate(script.passages)]
    called = name if isinstance(name, str) else getattr(name, "__name__", "of your own")
    said_s = max(spoken_s, captions[-1].ends_s if captions else 0.0)
    timed, ends_s = _timed(parts, seconds, script, called, said_s)
    return _spec(
        width=sheet.page.size.width,
        height=sheet.page.size.height,
        fps=fps,
        scenes=tuple(scenes_of(sheet, timed, setter.end_card(), ends_s, script.transition, fps)),
        transition=script.transition,
        shade=_shade(brand),
        layers=layers_of(timed, sheet.page),
        subtitles=told,
        sound=sound,
        background=brand.primary,
        preset=preset,
        quality=quality,
        poster_s=poster_s(timed),
    )


def require_inputs(name: ReelName, listing: Listing, brand: Brand, shape: ReelShape) -> None:
    """Check that a listing has what a template cannot do without; clips count as photos.

    Raises:
        InputMissing: It has not.
    """
    REELS[name](Sheet.for_page(listing, brand, page_for(shape)), footage(listing, {}, {}))


def require_readable(
    drawer: Drawer,
    caption: Caption,
    listing: Listing,
    brand: Brand,
    shape: ReelShape,
    preset: PresetName | None,
) -> None:
    """Check that a subtitle can be set on its plate.

    Raises:
        TextDoesNotFit: It is too long.
        FontMissing: It has letters that no font has.
    """
    told, size = _subtitles((caption,), brand, listing), page_for(shape).size
    drawer.measure(caption_tree(told, caption, size, safe_region(preset, size)), size)


def _timed(
    parts: Sequence[Part], seconds: float | None, script: Script, called: str, said_s: float
) -> tuple[tuple[Timed, ...], float]:
    """Return the passages in their places, and when the reel ends: left to itself, when all is said."""
    overlap_s = script.transition.seconds
    timed = scheduled(parts, seconds, overlap_s, called)
    if seconds is not None:
        return timed, seconds
    ends_s = timed[-1].ends_s + END_CARD_S
    return (scheduled(parts, said_s, overlap_s, called), said_s) if said_s > ends_s else (timed, ends_s)


def _page(shape: ReelShape, preset: PresetName | None, told: Subtitles | None) -> Page:
    if told is None:
        return page_for_reel(shape, preset)
    size = page_for(shape).size
    return page_for_reel(shape, preset, kept=caption_place(told, size, safe_region(preset, size)))


def _subtitles(captions: Sequence[Caption], brand: Brand, listing: Listing) -> Subtitles:
    try:
        return Subtitles(
            captions=tuple(captions),
            font_family=brand.body,
            colour=brand.text,
            plate=brand.shadow_colour.hex,
            lang=listing.locale.replace("_", "-"),
        )
    except ValidationError as error:
        found = ((path.replace("video", "captions"), message) for path, message in problems_in(error))
        raise VideoSpecInvalid(tuple(found)) from None


def _spec(**values: object) -> VideoSpec:
    try:
        return VideoSpec.model_validate(values)
    except ValidationError as error:
        raise VideoSpecInvalid(problems_in(error)) from None


def _check(seconds: float | None) -> None:
    if seconds is not None and not 0 < seconds <= LONGEST_S:
        told = f"Expected more than 0 and at most {LONGEST_S} s, got {seconds:g}; choose another length."
        raise VideoSpecInvalid((("seconds", told),))


def _shade(brand: Brand) -> Scrim:
    return Scrim(colour=brand.shadow_colour.hex, edge="bottom", at_least=_SHADE_AT_LEAST, reach=_SHADE_REACH)
