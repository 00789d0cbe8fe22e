"""Captions stand on plates of their own, within the safe zone, in lines of similar length."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pytest

from postengine.render import Renderer, TextDoesNotFit
from postengine.render.image.geometry import Region, Size
from postengine.render.image.layout import Layout
from postengine.render.video.networks import PRESETS, safe_region
from postengine.render.video.plan.subtitles import caption_place, caption_tree, letters_px
from postengine.render.video.spec import Caption, Subtitles

STORY = Size(1080, 1920)
SAYINGS = {
    "word": "Welcome.",
    "one line": "And then we moved in, at last.",
    "two lines": "From the first viewing to the keys it took only five weeks, and we slept well",
    "long words": "Dachgeschossmaisonettewohnungen mit Südwestdachterrasse",
    "arabic": "شقة مطلة على البحر من ثلاث غرف نوم، قريبة من المدارس (2026)",
    "hebrew": "דירת חמישה חדרים מרווחת ומוארת עם מרפסת שמש גדולה, חניה כפולה",
    "japanese": "港を望む南向き三寝室の邸宅、広々としたリビングと専用庭園付き",
    "thai": "บ้านเดี่ยวสองชั้นสี่ห้องนอนพร้อมสระว่ายน้ำส่วนตัวและสวนกว้างขวาง",
}


def told(**changes: object) -> Subtitles:
    return Subtitles.model_validate({"captions": ()} | changes)


def measured(renderer: Renderer, text: str, size: Size = STORY, subtitles: Subtitles | None = None) -> Layout:
    caption = Caption(text=text, starts_s=0, ends_s=2)
    tree = caption_tree(subtitles or told(), caption, size, safe_region(None, size))
    return renderer.measure(tree, size)


def rows(layout: Layout) -> int:
    tops = sorted({round(line.region.y + line.region.height / 2) for line in layout.texts[0].lines})
    return sum(1 for at, top in enumerate(tops) if at == 0 or top - tops[at - 1] > 20)


@pytest.mark.parametrize(
    "size", [STORY, Size(1080, 1080), Size(1080, 1350), Size(1920, 1080), Size(540, 960)]
)
@pytest.mark.parametrize("text", SAYINGS.values(), ids=SAYINGS)
def test_a_caption_stands_whole_within_the_place_of_captions(
    renderer: Renderer, text: str, size: Size
) -> None:
    layout = measured(renderer, text, size)

    plate, words = layout.regions["caption_plate"], layout.texts[0]
    assert words.text == text
    assert caption_place(told(), size, safe_region(None, size)).holds(plate, slack_px=1)
    assert plate.holds(words.region, slack_px=1)
    assert rows(layout) <= 2


@pytest.mark.parametrize("preset", PRESETS)
def test_a_caption_keeps_clear_of_a_networks_buttons(renderer: Renderer, preset: str) -> None:
    safe = safe_region(preset, STORY)  # type: ignore[arg-type]
    caption = Caption(text=SAYINGS["two lines"], starts_s=0, ends_s=2)

    layout = renderer.measure(caption_tree(told(), caption, STORY, safe), STORY)

    assert safe.holds(layout.regions["caption_plate"])


@pytest.mark.parametrize(("place", "share"), [("top", 0.0), ("middle", 0.5), ("bottom", 1.0)])
def test_a_caption_stands_at_its_place(
    renderer: Renderer, place: Literal["top", "middle", "bottom"], share: float
) -> None:
    safe = Region(100, 200, 880, 1000)
    caption = Caption(text="Welcome.", starts_s=0, ends_s=2)

    plate = renderer.measure(caption_tree(told(place=place), caption, STORY, safe), STORY).regions[
        "caption_plate"
    ]

    assert plate.y == pytest.approx(200 + (1000 - plate.height) * share, abs=1)
    assert plate.x + plate.width / 2 == pytest.approx(540, abs=1)
    assert caption_place(told(place=place), STORY, safe).holds(plate, slack_px=1)


def test_a_plate_hugs_a_short_caption_and_lines_fill_a_long_one(renderer: Renderer) -> None:
    short = measured(renderer, "Welcome.")
    long = measured(renderer, SAYINGS["two lines"])

    assert short.regions["caption_plate"].width < 320
    lines = [line.region.width for line in long.texts[0].lines]
    assert len(lines) == 2
    assert min(lines) / max(lines) > 0.7
    assert long.regions["caption_plate"].width < max(lines) * 1.35


def test_letters_shrink_before_a_caption_is_refused(renderer: Renderer) -> None:
    large = measured(renderer, "Welcome.").texts[0].font_px
    small = measured(renderer, SAYINGS["two lines"]).texts[0].font_px

    assert float(large) == letters_px(told(), STORY)
    assert float(large) * 0.7 <= float(small) < float(large)
    with pytest.raises(TextDoesNotFit):
        measured(renderer, "Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel " * 3)


def test_more_lines_are_used_where_they_are_allowed(renderer: Renderer) -> None:
    layout = measured(renderer, SAYINGS["two lines"] * 2, subtitles=told(most_lines=4))

    assert 3 <= rows(layout) <= 4


def test_size_colour_and_font_are_ones_own(renderer: Renderer) -> None:
    own = told(size_px=80, least_px=70, colour="#ffe000", font_family="Playfair Display", plate_opacity=0)
    caption = Caption(text="Welcome.", starts_s=0, ends_s=2)
    tree = caption_tree(own, caption, STORY, safe_region(None, STORY))

    pixels = renderer.pixels(tree, STORY)

    assert renderer.measure(tree, STORY).texts[0].font_px == 80
    assert (pixels[pixels[..., 3] == 255][:, :3] == np.array([255, 224, 0])).all()


def test_a_plate_is_as_opaque_as_it_is_told_and_its_corners_are_round(renderer: Renderer) -> None:
    caption = Caption(text="Welcome.", starts_s=0, ends_s=2)
    tree = caption_tree(told(plate="#102030", plate_opacity=0.5), caption, STORY, safe_region(None, STORY))
    plate = renderer.measure(tree, STORY).regions["caption_plate"]

    pixels = renderer.pixels(tree, STORY)

    left, top = round(plate.x), round(plate.y)
    assert pixels[top + 1, left + 1, 3] < 20
    assert abs(int(pixels[top + round(plate.height / 2), left + 5, 3]) - 128) <= 2
