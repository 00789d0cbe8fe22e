from __future__ import annotations

import numpy as np
import pytest

from postengine.render.image.colour import WHITE, Colour
from postengine.render.image.geometry import Region, Size
from postengine.render.image.scrim import Scrim, needed_opacity

SHADOW = Colour(10, 20, 30)
WHOLE = [Region(0, 0, 80, 60)]


def plain(value: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((60, 80, 3), value, np.uint8)


def test_a_dark_photo_needs_no_more_than_the_least() -> None:
    assert needed_opacity(plain(20), WHOLE, WHITE, SHADOW, at_least=0.3) == 0.3


def test_a_white_photo_needs_more_than_a_grey_one() -> None:
    grey = needed_opacity(plain(150), WHOLE, WHITE, SHADOW, at_least=0.0)
    white = needed_opacity(plain(255), WHOLE, WHITE, SHADOW, at_least=0.0)

    assert 0.0 < grey < white < 1.0


def test_without_text_the_least_is_enough() -> None:
    assert needed_opacity(plain(255), [], WHITE, SHADOW, at_least=0.2) == 0.2


def test_a_scrim_leaves_the_far_part_of_the_photo_alone() -> None:
    alpha = Scrim(SHADOW, 20, 40, 60, 0.7).alpha(Size(80, 60))

    assert alpha[:20].max() == 0.0
    assert alpha[40:].min() >= 0.7
    assert np.diff(alpha[:, 0]).min() >= 0.0


def test_a_scrim_from_the_left_fades_to_the_right() -> None:
    alpha = Scrim(SHADOW, 60, 30, 0, 0.7, from_left=True).alpha(Size(80, 60))

    assert alpha[:, :30].min() >= 0.7
    assert alpha[:, 60:].max() == 0.0


def test_a_layer_has_the_scrims_colour_and_opacity() -> None:
    layer = Scrim(SHADOW, 0, 1, 60, 0.5).rgba(Size(80, 60))

    assert layer[30, 30, :3].tolist() == list(SHADOW)
    assert layer[5:10, :, 3].mean() / 255 == pytest.approx(0.5 + 0.16 * 6.5 / 59, abs=0.01)
