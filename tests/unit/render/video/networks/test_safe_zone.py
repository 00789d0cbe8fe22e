"""Where words may stand."""

from __future__ import annotations

import pytest

from postengine.render.image.geometry import Region, Size
from postengine.render.templates.pages import page_for
from postengine.render.video.networks import PRESETS, safe_region
from postengine.render.video.spec import PresetName

TALL, SQUARE, WIDE = Size(1080, 1920), Size(1080, 1080), Size(1920, 1080)
NAMES: tuple[PresetName | None, ...] = (None, *PRESETS)


def test_a_reel_keeps_off_name_buttons_and_caption() -> None:
    assert safe_region("instagram_reel", TALL) == Region(65, 269, 895, 979)


def test_tiktok_has_its_buttons_on_the_right_and_its_caption_below() -> None:
    zone = safe_region("tiktok", TALL)

    assert (TALL.width - zone.right, zone.x) == (150, 60)
    assert (TALL.height - zone.bottom, zone.y) == (440, 150)


def test_a_video_in_a_feed_only_has_margins() -> None:
    assert safe_region("linkedin", SQUARE) == Region(54, 54, 972, 972)


def test_a_square_in_a_reel_stands_in_the_middle_of_the_screen() -> None:
    zone = safe_region("instagram_reel", SQUARE)

    # It fills 420 to 1500 px of the screen, whose top 269 px are covered, and whose lowest 672.
    assert (zone.y, SQUARE.height - zone.bottom) == (54, 252)
    assert SQUARE.width - zone.right == 120


def test_a_wide_video_in_a_reel_loses_only_the_column_of_buttons() -> None:
    zone = safe_region("instagram_reel", WIDE)

    assert (zone.y, zone.height) == (54, 972)
    assert WIDE.width - zone.right == pytest.approx(120 * 1920 / 1080, abs=1)


def test_a_taller_video_than_the_screen_is_reached_less_at_its_sides() -> None:
    zone = safe_region("tiktok", Size(540, 1920))

    assert (zone.x, 540 - zone.right) == (27, 27)
    assert (zone.y, 1920 - zone.bottom) == (150, 440)


def test_the_zone_grows_with_the_video() -> None:
    small, large = safe_region("tiktok", Size(540, 960)), safe_region("tiktok", Size(2160, 3840))

    assert (large.x, large.y, large.width, large.height) == tuple(
        4 * value for value in (small.x, small.y, small.width, small.height)
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [TALL, SQUARE, WIDE, Size(1080, 1350), Size(64, 64), Size(64, 4096)])
def test_every_zone_lies_within_the_video_and_has_room(name: PresetName | None, size: Size) -> None:
    zone = safe_region(name, size)

    assert Region(0, 0, size.width, size.height).holds(zone, 0)
    assert zone.width >= 0.75 * size.width
    assert zone.height >= 0.5 * size.height
    assert all(float(value).is_integer() for value in (zone.x, zone.y, zone.width, zone.height))


def test_without_a_network_a_story_keeps_what_the_story_page_keeps() -> None:
    page = page_for("story")

    assert safe_region(None, page.size).holds(page.safe, 3)
