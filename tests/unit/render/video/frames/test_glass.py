from __future__ import annotations

import numpy as np
import pytest

from postengine.render.image.colour import Colour
from postengine.render.image.geometry import Size
from postengine.render.video.frame import Frame
from postengine.render.video.frames.glass import Glass, glass_of, lay, merged, moved, tinted
from postengine.render.video.frames.kernel import Kernel
from postengine.render.video.frames.transitions import plain

GREY = Colour(120, 120, 120)
WHITE = (255, 255, 255, 255)


def drawing(
    x: int, y: int, right: int, bottom: int, rgba: tuple[int, int, int, int]
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    pixels = np.zeros((20, 24, 4), np.uint8)
    pixels[y:bottom, x:right] = rgba
    return pixels


def glass(
    x: int = 4, y: int = 6, right: int = 12, bottom: int = 10, rgba: tuple[int, int, int, int] = WHITE
) -> Glass:
    found = glass_of(drawing(x, y, right, bottom, rgba))
    assert found is not None
    return found


def ground(kernel: Kernel) -> Frame:
    return plain(GREY, Size(24, 20), kernel)


def laid(kernel: Kernel, *glasses: Glass) -> Frame:
    frame = ground(kernel)
    for one in glasses:
        lay(frame, one, kernel)
    return frame


def alike(a: Frame, b: Frame, levels: int = 1) -> bool:
    return all(
        int(np.abs(x.astype(int) - y).max()) <= levels for x, y in zip(a.planes, b.planes, strict=True)
    )


def test_a_glass_is_cut_to_what_is_drawn_in_even_pixels() -> None:
    found = glass(5, 7, 12, 10)

    assert (found.x, found.y, found.right, found.bottom) == (4, 6, 12, 10)
    assert found.size == Size(8, 4)
    assert found.keeps[0, 0] == 255
    assert found.keeps[1, 1] == 0


def test_an_empty_drawing_is_no_glass() -> None:
    assert glass_of(np.zeros((4, 4, 4), np.uint8)) is None


def test_an_opaque_glass_hides_what_is_beneath(kernel: Kernel) -> None:
    frame = laid(kernel, glass(rgba=(255, 0, 0, 255)))

    assert [int(one) for one in (frame.y[7, 5], frame.u[3, 3], frame.v[3, 3])] == [63, 102, 240]
    assert (frame.y[:6] == ground(kernel).y[:6]).all()


def test_a_glass_lets_its_share_through(kernel: Kernel) -> None:
    frame = laid(kernel, glass(rgba=(255, 255, 255, 128)))

    beneath = int(ground(kernel).y[0, 0])
    assert int(frame.y[7, 5]) == pytest.approx((beneath + 235) / 2, abs=1)
    assert int(frame.u[3, 3]) == 128


def test_colour_at_an_edge_is_not_darkened_by_what_is_transparent(kernel: Kernel) -> None:
    """Half of a small colour pixel is covered: half of the colour is seen."""
    frame = laid(kernel, glass(5, 6, 12, 10, rgba=(255, 0, 0, 255)))

    assert int(frame.v[3, 2]) == pytest.approx((128 + 240) / 2, abs=1)


def test_a_tint_is_what_a_drawing_of_one_colour_would_be(kernel: Kernel) -> None:
    alpha = np.linspace(0, 200, 20 * 24).reshape(20, 24).astype(np.uint8)
    pixels = np.dstack([np.full((20, 24), value, np.uint8) for value in (10, 40, 90)] + [alpha])
    drawn = glass_of(pixels)
    assert drawn is not None

    quick = tinted(alpha, Colour(10, 40, 90), kernel)

    assert alike(laid(kernel, quick), laid(kernel, drawn))


def test_an_empty_tint_changes_nothing(kernel: Kernel) -> None:
    empty = tinted(np.zeros((20, 24), np.uint8), Colour(1, 2, 3), kernel)

    assert alike(laid(kernel, empty), ground(kernel), levels=0)


def test_a_glass_moved_by_whole_pixels_is_the_same_elsewhere(kernel: Kernel) -> None:
    there = moved(glass(), 6, -4, 1.0, kernel)

    assert alike(laid(kernel, there), laid(kernel, glass(10, 2, 18, 6)), levels=0)


@pytest.mark.parametrize(("across", "down"), [(1, 0), (0, 1), (3, 5), (-1, -1)])
def test_an_odd_number_of_pixels_is_exact_too(kernel: Kernel, across: int, down: int) -> None:
    there = moved(glass(), across, down, 1.0, kernel)

    expected = glass(4 + across, 6 + down, 12 + across, 10 + down)
    assert (laid(kernel, there).y == laid(kernel, expected).y).all()


def test_a_fraction_of_a_pixel_is_shared_by_two(kernel: Kernel) -> None:
    frame = laid(kernel, moved(glass(), 0.25, 0, 1.0, kernel))

    beneath, white = int(ground(kernel).y[0, 0]), 235
    row = frame.y[7].astype(float)
    assert row[3] == beneath
    assert row[4] == pytest.approx(beneath * 0.25 + white * 0.75, abs=1)
    assert row[12] == pytest.approx(beneath * 0.75 + white * 0.25, abs=1)


def test_a_fainter_glass_lets_more_through(kernel: Kernel) -> None:
    frame = laid(kernel, moved(glass(), 0, 0, 0.25, kernel))

    assert int(frame.y[7, 5]) == pytest.approx(int(ground(kernel).y[0, 0]) * 0.75 + 235 * 0.25, abs=1)


@pytest.mark.parametrize(("across", "down"), [(-8.5, 0), (15.5, 0), (0, -8.5), (0, 12.5), (99, 99), (-99, 0)])
def test_what_hangs_out_of_the_picture_is_cut(kernel: Kernel, across: float, down: float) -> None:
    frame = laid(kernel, moved(glass(), across, down, 1.0, kernel))

    bright = int((frame.y > 200).sum())
    assert bright < 8 * 4
    assert frame.size == Size(24, 20)


def test_merged_glasses_look_like_each_laid_in_turn(kernel: Kernel) -> None:
    three = (
        glass(2, 2, 14, 12, rgba=(200, 30, 30, 180)),
        glass(6, 4, 20, 8, rgba=(20, 220, 30, 120)),
        glass(10, 10, 12, 18, rgba=(20, 20, 250, 255)),
    )

    whole = merged(three, kernel)

    assert (whole.x, whole.y, whole.right, whole.bottom) == (2, 2, 20, 18)
    assert alike(laid(kernel, whole), laid(kernel, *three), levels=2)


def test_a_single_glass_needs_no_merging(kernel: Kernel) -> None:
    one = glass()

    assert merged((one,), kernel) is one


def test_glasses_meet_where_their_boxes_do() -> None:
    assert glass(0, 0, 8, 8).meets(glass(6, 6, 12, 12))
    assert not glass(0, 0, 8, 8).meets(glass(8, 0, 12, 8))
