from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from postengine.render.image.geometry import Region, Size
from postengine.render.video.motion import MOVES, Entrance, Move, eased, source_size
from postengine.render.video.planes import (
    crossfaded,
    faded,
    laid_over,
    over,
    seen_through,
    to_frame,
    to_layer,
)
from postengine.render.video.schedule import ReelTimes


def plain(
    red: int, green: int, blue: int, size: tuple[int, int] = (8, 8)
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((*size, 3), (red, green, blue), np.uint8)


def glass(red: int, alpha: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((8, 8, 4), (red, red, red, alpha), np.uint8)


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
    colour: tuple[int, int, int], expected: tuple[int, int, int]
) -> None:
    frame = to_frame(plain(*colour))

    assert tuple(int(plane[0, 0]) for plane in frame.planes) == expected
    assert frame.size == Size(8, 8)
    assert frame.u.shape == (4, 4)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("t", [0.0, 0.3, 1.0])
def test_windows_stay_inside_the_photo_and_keep_the_videos_shape(move: Move, t: float) -> None:
    window = move.window(t, (1778, 2592), 1080 / 1920)

    assert Region(0, 0, 1778, 2592).holds(window, slack_px=1e-6)
    assert window.width / window.height == pytest.approx(1080 / 1920)


def test_a_move_never_jumps() -> None:
    xs = [MOVES[1].window(n / 180, (1778, 2592), 0.5625).x for n in range(181)]

    assert np.abs(np.diff(xs)).max() < 6
    assert np.abs(np.diff(xs)).min() > 0


def test_easing_starts_and_ends_at_its_ends() -> None:
    assert [eased(t) for t in (-1, 0, 0.5, 1, 2)] == [0, 0, 0.5, 1, 1]


def test_photos_are_kept_larger_than_the_video_in_even_pixels() -> None:
    assert source_size(Size(1080, 1920)) == Size(1778, 2592)


def test_a_window_moved_by_half_a_pixel_moves_the_picture_by_half_a_pixel() -> None:
    ramp = np.repeat(np.arange(0, 160, 10, dtype=np.uint8)[None, :, None], 16, 0).repeat(3, 2)
    frame = to_frame(ramp)

    here = seen_through(frame, Region(2, 2, 8, 8), Size(8, 8)).y.astype(float)
    there = seen_through(frame, Region(2.5, 2, 8, 8), Size(8, 8)).y.astype(float)

    assert (there - here).mean() == pytest.approx(10 * 219 / 255 / 2, abs=0.6)


def test_a_crossfade_is_between_its_ends() -> None:
    black, white = to_frame(plain(0, 0, 0)), to_frame(plain(255, 255, 255))

    assert crossfaded(black, white, 0.5).y[0, 0] in (125, 126)


def test_a_layer_covers_by_its_opacity() -> None:
    white = to_frame(plain(255, 255, 255))

    covered = laid_over(white, to_layer(glass(0, 255)))
    half = laid_over(white, to_layer(glass(0, 128)))
    clear = laid_over(white, to_layer(glass(0, 0)))

    assert covered.y[0, 0] == 16
    assert abs(int(half.y[0, 0]) - 125) <= 1
    assert clear.y[0, 0] == 235
    assert half.u[0, 0] in (127, 128)


def test_a_faded_layer_lets_more_through() -> None:
    white = to_frame(plain(255, 255, 255))

    frame = laid_over(white, faded(to_layer(glass(0, 255)), 0.25))

    assert abs(int(frame.y[0, 0]) - round(235 * 0.75 + 16 * 0.25)) <= 1


def test_a_lowered_layer_leaves_what_is_above_it_clear() -> None:
    white = to_frame(plain(255, 255, 255))

    frame = laid_over(white, faded(to_layer(glass(0, 255)), 1.0, offset_px=4))

    assert frame.y[:, 0].tolist() == [235] * 4 + [16] * 4


def test_two_layers_merge_into_one() -> None:
    white = to_frame(plain(255, 255, 255))
    dark, light = to_layer(glass(0, 128)), to_layer(glass(255, 128))

    merged = laid_over(white, over(dark, light)).y[0, 0]
    one_by_one = laid_over(laid_over(white, dark), light).y[0, 0]

    assert abs(int(merged) - int(one_by_one)) <= 1


def test_an_entrance_rises_into_place_and_is_gone_when_it_leaves() -> None:
    entrance = Entrance(1.0, 4.0, fade_s=0.5, rise_px=40)

    assert [entrance.opacity(t) for t in (0, 1, 1.5, 3.9, 4.25)] == [0, 0, 1, 1, 0]
    assert [entrance.offset_px(t) for t in (0, 1, 1.5, 5)] == [40, 40, 0, 0]
    assert 0 < entrance.offset_px(1.1) < 40


@pytest.mark.parametrize("seconds", [1.0, 3.0, 6.0, 60.0])
@pytest.mark.parametrize("photos", [1, 4, 10])
def test_shots_fill_the_reel_and_overlap_by_one_crossfade(seconds: float, photos: int) -> None:
    times = ReelTimes(seconds, photos)

    shots = [times.shot(number) for number in range(photos)]

    assert shots[0][0] == 0
    assert shots[-1][1] == pytest.approx(times.end_s + times.fade_s)
    assert times.end_s + times.fade_s < seconds
    for (_, ends), (begins, _) in pairwise(shots):
        assert ends - begins == pytest.approx(times.fade_s)
    for (_, ends), (begins, _) in zip(shots, shots[2:], strict=False):
        assert ends <= begins + 1e-9


def test_texts_are_gone_before_the_end_card_comes() -> None:
    times = ReelTimes(6.0, 3)

    assert times.entrance(0.15).opacity(times.end_s) == pytest.approx(0.0)
