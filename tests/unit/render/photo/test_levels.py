from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from postengine.render.image.photo import gentle_levels


def ramp(low: int, high: int) -> Image.Image:
    values = np.linspace(low, high, 256).round().astype(np.uint8)
    return Image.fromarray(np.repeat(np.tile(values, (64, 1))[:, :, None], 3, axis=2))


def change(picture: Image.Image) -> float:
    return float(np.abs(np.asarray(gentle_levels(picture)).astype(int) - np.asarray(picture)).mean())


def test_a_dull_photo_gets_a_wider_range() -> None:
    done = np.asarray(gentle_levels(ramp(40, 200)))

    assert done.min() <= 26
    assert done.max() >= 210


@pytest.mark.parametrize("ends", [(0, 255), (4, 250), (5, 250)])
def test_a_well_exposed_photo_is_returned_as_it_is(ends: tuple[int, int]) -> None:
    picture = ramp(*ends)

    assert gentle_levels(picture) is picture


@pytest.mark.parametrize("ends", [(12, 245), (0, 240), (10, 255)])
def test_a_nearly_well_exposed_photo_changes_little(ends: tuple[int, int]) -> None:
    assert change(ramp(*ends)) < 9


def test_a_dusk_stays_a_dusk() -> None:
    assert np.asarray(gentle_levels(ramp(10, 90))).max() < 115


def test_fog_stays_bright() -> None:
    assert np.asarray(gentle_levels(ramp(190, 230))).min() > 150


@pytest.mark.parametrize("value", [0, 90, 128, 255])
def test_a_plain_area_stays_within_the_limits(value: int) -> None:
    done = np.asarray(gentle_levels(Image.new("RGB", (30, 20), (value, value, value))))

    assert abs(int(done[0, 0, 0]) - value) <= 50


def test_channels_keep_their_order() -> None:
    picture = ramp(40, 200)
    picture.paste((90, 60, 50), (0, 0, 30, 30))

    red, green, blue = np.asarray(gentle_levels(picture))[10, 10].tolist()

    assert red > green > blue


def test_a_few_hot_pixels_do_not_decide() -> None:
    picture = ramp(40, 200)
    picture.putpixel((0, 0), (255, 255, 255))

    assert np.asarray(gentle_levels(picture))[32, 255, 0] >= 210


def test_transparency_is_kept() -> None:
    picture = ramp(40, 200)
    picture.putalpha(77)

    done = gentle_levels(picture)

    assert done.mode == "RGBA"
    assert done.getchannel("A").getextrema() == (77, 77)
