"""Pages of reels keep clear of what the apps draw, and a picture's page stays what it was."""

from __future__ import annotations

import pytest

from postengine.render.image.geometry import Region
from postengine.render.templates.pages import page_for
from postengine.render.templates.reels import REEL_SHAPES, ReelShape, page_for_reel
from postengine.render.templates.reels.pages import centred_page
from postengine.render.video.networks import PRESETS, safe_region


@pytest.mark.parametrize("shape", REEL_SHAPES)
@pytest.mark.parametrize("preset", PRESETS)
def test_a_page_lies_within_the_safe_region(shape: ReelShape, preset: str) -> None:
    page = page_for_reel(shape, preset)  # type: ignore[arg-type]

    safe = safe_region(preset, page.size)  # type: ignore[arg-type]
    assert safe.holds(page.safe, slack_px=0)
    assert page.column <= page.width
    assert all(round(edge) % 4 == 0 for edge in (page.safe.x, page.safe.y, page.left, page.right))


def test_buttons_at_the_right_narrow_a_page_from_the_right_only() -> None:
    page = page_for_reel("story", "tiktok")

    assert page.left == 0
    assert page.right > 0
    assert page.width == 1080 - 2 * page.margin - page.right
    assert centred_page(page).left == centred_page(page).right == page.right


def test_captions_have_their_place_below() -> None:
    page = page_for_reel("square", kept=Region(64, 850, 952, 170))

    assert page.safe.bottom <= 850 - page.unit
    assert page.bottom > page_for("square").bottom


def test_a_picture_keeps_its_whole_page() -> None:
    page = page_for("story")

    assert (page.left, page.right, page.width) == (0, 0, 1080 - 2 * 80)
    assert page.safe == Region(80, 256, 920, 1320)
