"""Both kernels do the same."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from postengine.render.image.geometry import Region, Size
from postengine.render.video.frame import Frame
from postengine.render.video.frames.kernel import MARGIN_PX, Kernel, best_kernel
from postengine.render.video.frames.kernel.filters import line_filter
from postengine.render.video.frames.kernel.opencv import OpencvKernel
from postengine.render.video.frames.kernel.plain import PlainKernel
from tests.unit.render.video.frames.stand_ins import detailed

SOFT_PX, SHARP_PX = 19.0, 4.0


def plane(*rows: tuple[int, ...]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.array(rows, np.uint8)


def waves(
    width: int,
    height: int,
    across: float = 0.0,
    down: float = 0.0,
    step: float = 1.0,
    *,
    long: float = SOFT_PX,
) -> Frame:
    """Return a pattern whose value at each place is known, as it would be sampled from `across`, `down`."""

    def one(factor: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
        x = across + (np.arange(width // factor) + 0.5) * step * factor
        y = down + (np.arange(height // factor) + 0.5) * step * factor
        values = 128 + 50 * np.sin(x / long)[None, :] + 50 * np.sin(y / long)[:, None]
        return np.asarray(np.rint(values), dtype=np.uint8)

    return Frame(one(1), one(2), one(2))


def with_margin(frame: Frame) -> Frame:
    return Frame(*(np.pad(one, MARGIN_PX, mode="edge") for one in frame.planes))


def difference(a: Frame, b: Frame) -> float:
    return max(float(np.abs(x.astype(int) - y).mean()) for x, y in zip(a.planes, b.planes, strict=True))


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ((0, 0, 0), (16, 128, 128)),
        ((255, 255, 255), (235, 128, 128)),
        ((255, 0, 0), (63, 102, 240)),
        ((0, 255, 0), (173, 42, 26)),
        ((0, 0, 255), (32, 240, 118)),
    ],
)
def test_colours_become_bt709_in_limited_range(
    kernel: Kernel, colour: tuple[int, int, int], expected: tuple[int, int, int]
) -> None:
    frame = kernel.planes(np.full((6, 8, 3), colour, np.uint8))

    assert tuple(int(one[0, 0]) for one in frame.planes) == expected
    assert (frame.size, frame.u.shape) == (Size(8, 6), (3, 4))
    assert all(one.flags.c_contiguous for one in frame.planes)


@pytest.mark.parametrize(
    "window",
    [
        Region(10, 12, 96, 160),
        Region(10.37, 12.81, 96, 160),
        Region(0.0, 0.0, 110.016, 183.36),
        Region(33.3, 20.2, 120, 200),
        Region(21.5, 7.125, 134.4, 224),
    ],
)
def test_a_window_shows_what_lies_there_to_a_fraction_of_a_pixel(kernel: Kernel, window: Region) -> None:
    still = with_margin(waves(170, 240))

    seen = kernel.seen(still, window, Size(96, 160))

    expected = waves(96, 160, window.x, window.y, window.width / 96)
    assert difference(seen, expected) < 0.6
    assert all(one.flags.c_contiguous for one in seen.planes)


def _phase(line: NDArray[np.floating[Any]], at: NDArray[np.floating[Any]]) -> float:
    """Return by how many pixels a line of waves lies off from where it belongs."""
    parts = np.stack([np.sin(at), np.cos(at), np.ones_like(at)], axis=1)
    sine, cosine, _ = np.linalg.lstsq(parts, line, rcond=None)[0]
    return float(np.arctan2(cosine, sine)) * SHARP_PX


def test_a_slow_move_does_not_shake(kernel: Kernel) -> None:
    """Where the waves stand tells where the picture does, to a hundredth of a pixel."""
    still = with_margin(waves(240, 400, long=SHARP_PX))
    errors: list[tuple[float, float]] = []
    for n in range(60):
        step = 1.3 - n / 400
        window = Region(20 + n / 37, 30 + n / 23, 140 * step, 250 * step)
        seen = kernel.seen(still, window, Size(140, 250)).y.astype(float)
        x = (window.x + (np.arange(140) + 0.5) * step) / SHARP_PX
        y = (window.y + (np.arange(250) + 0.5) * step) / SHARP_PX
        errors.append((_phase(seen.mean(axis=0), x) / step, _phase(seen.mean(axis=1), y) / step))

    assert np.std(errors) < 0.012
    assert np.abs(errors).max() < 0.03


def test_a_window_at_the_photos_corners_repeats_its_edge(kernel: Kernel) -> None:
    still = with_margin(Frame(*(np.full((200 // by, 120 // by), 77, np.uint8) for by in (1, 2, 2))))

    for x, y in ((0, 0), (13.9, 35.1)):
        seen = kernel.seen(still, Region(x, y, 106.1, 164.9), Size(96, 150))
        assert {int(value) for one in seen.planes for value in (one.min(), one.max())} == {77}


@pytest.mark.parametrize(
    "size", [Size(200, 150), Size(160, 120), Size(100, 74), Size(46, 34), Size(300, 222)]
)
def test_a_photo_is_prepared_at_any_size(kernel: Kernel, size: Size) -> None:
    ready = kernel.prepared(waves(200, 150), size)

    expected = waves(*size, step=200 / size.width)
    assert [one.shape for one in ready.planes] == [one.shape for one in expected.planes]
    inner = Frame(*(one[6:-6, 6:-6] for one in ready.planes))
    assert difference(inner, Frame(*(one[6:-6, 6:-6] for one in expected.planes))) < 3


def test_preparing_and_sampling_keep_the_strength_of_detail() -> None:
    picture = detailed((400, 300), 3)
    for kernel in (OpencvKernel(), PlainKernel()):
        frame = kernel.planes(picture)
        window = Region(3.3, 2.2, 366.7, 275.025)
        ready = with_margin(kernel.prepared(frame, frame.size))

        seen = kernel.seen(ready, window, Size(320, 240))

        box = (window.x, window.y, window.right, window.bottom)
        wanted = Image.fromarray(frame.y).resize((320, 240), Image.Resampling.LANCZOS, box=box)
        strengths = [np.diff(one.astype(float), axis=1).std() for one in (seen.y, np.asarray(wanted))]
        assert strengths[0] == pytest.approx(strengths[1], rel=0.1)


def test_filters_keep_even_areas_and_sharpen_edges() -> None:
    for factor in (0.5, 1.0, 1.3, 2.0):
        weights = line_filter(factor)

        assert weights.sum() == pytest.approx(1)
        assert weights == pytest.approx(weights[::-1])
        assert weights.min() < 0


def test_pictures_are_mixed_by_their_share(kernel: Kernel) -> None:
    mixed = kernel.mixed(plane((0, 100)), plane((200, 100)), 0.25)

    assert mixed.tolist() == [[50, 100]]


def test_glass_is_laid_in_place_on_a_part_of_a_plane(kernel: Kernel) -> None:
    whole = np.full((4, 6), 100, np.uint8)

    kernel.lay(whole[1:3, 2:5], plane((10, 20, 250), (10, 20, 250)), plane((255, 51, 0), (255, 51, 0)))

    assert whole.tolist() == [[100] * 6, *[[100, 100, 110, 40, 250, 100]] * 2, [100] * 6]


def test_light_never_wraps_around(kernel: Kernel) -> None:
    whole = np.full((1, 1), 255, np.uint8)

    kernel.lay(whole, plane((9,)), plane((255,)))

    assert whole.tolist() == [[255]]


def test_planes_are_multiplied_dimmed_and_halved(kernel: Kernel) -> None:
    assert kernel.multiplied(plane((255, 128, 10)), plane((255, 128, 0))).tolist() == [[255, 64, 0]]
    assert kernel.dimmed(plane((0, 100, 255)), 0.5, 127.5).tolist()[0][1:] == [178, 255]
    assert kernel.halved(plane((0, 2, 10, 10), (4, 6, 10, 10))).tolist() == [[3, 10]]


def test_opencv_is_taken_where_it_is_installed() -> None:
    assert isinstance(best_kernel(), OpencvKernel)


def test_without_opencv_the_plain_kernel_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cv2", None)

    assert isinstance(best_kernel(), PlainKernel)
