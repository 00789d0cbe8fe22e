from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from postengine.render.image.geometry import CENTRE, Focus, Region, Size
from postengine.render.video.plan.camera import Camera, camera, eased
from postengine.render.video.spec import Move

VIDEO = Size(1080, 1920)
PHOTO = Size(4000, 3000)
KINDS = ("push_in", "pull_out", "pan_left", "pan_right", "pan_up", "pan_down", "drift", "none")


def windows(move: Move, source: Size = PHOTO, focus: Focus = CENTRE, frames: int = 90) -> list[Region]:
    view = camera(move, source, VIDEO, focus)
    return [view.window(frame, frames) for frame in range(frames)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("amount", [0.0, 0.1, 0.5])
@pytest.mark.parametrize(
    "source", [PHOTO, Size(3000, 4000), Size(9000, 1000), Size(300, 4001), Size(100, 100)]
)
@pytest.mark.parametrize("focus", [Focus(), Focus(0, 1), Focus(0.9, 0.2)])
def test_windows_stay_in_the_photo_and_have_the_videos_shape(
    kind: str, amount: float, source: Size, focus: Focus
) -> None:
    move = Move.model_validate({"kind": kind, "amount": amount, "focus": (0.1, 0.95)})

    for window in windows(move, source, focus, frames=7):
        assert Region(0, 0, *source).holds(window, slack_px=1e-6)
        assert window.width / window.height == pytest.approx(1080 / 1920)


def test_a_push_ends_nearer_by_its_amount_and_a_pull_is_its_reverse() -> None:
    pushed = windows(Move(kind="push_in", amount=0.2))
    pulled = windows(Move(kind="pull_out", amount=0.2))

    assert pushed[0].height == 3000
    assert pushed[-1].height == pytest.approx(2400)
    assert pulled[0] == pushed[-1]
    assert pulled[-1] == pushed[0]


def test_a_push_leaves_the_focus_where_it_stands() -> None:
    places = [
        ((2100 - window.x) / window.width, (900 - window.y) / window.height)
        for window in windows(Move(kind="push_in", amount=0.3, focus=(2100 / 4000, 0.3)))
    ]

    assert np.ptp(places, axis=0) == pytest.approx(0, abs=1e-9)


def test_a_push_comes_nearer_by_the_same_factor_in_the_same_time() -> None:
    shares = [window.width for window in windows(Move(kind="push_in", amount=0.5), frames=1001)]

    middle = [after / before for before, after in pairwise(shares[480:521])]

    assert np.ptp(middle) < 1e-5


@pytest.mark.parametrize(
    ("kind", "across", "down"),
    [("pan_left", -1, 0), ("pan_right", 1, 0), ("pan_up", 0, -1), ("pan_down", 0, 1)],
)
def test_a_pan_travels_to_its_side_by_its_share_of_what_is_seen(kind: str, across: int, down: int) -> None:
    seen = windows(Move.model_validate({"kind": kind, "amount": 0.2}))

    assert seen[0].width == seen[-1].width
    assert seen[-1].x - seen[0].x == pytest.approx(across * 0.2 * seen[0].width)
    assert seen[-1].y - seen[0].y == pytest.approx(down * 0.2 * seen[0].height)


def test_a_pan_comes_nearer_only_where_it_has_no_room() -> None:
    assert windows(Move(kind="pan_left", amount=0.2))[0].height == 3000
    assert windows(Move(kind="pan_up", amount=0.2))[0].height == 2500


def test_a_pan_goes_about_the_scenes_focus() -> None:
    seen = windows(Move(kind="pan_right", amount=0.1), focus=Focus(0.3, 0.5))

    assert (seen[0].x + seen[-1].right) / 2 == pytest.approx(0.3 * 4000)


def test_a_drift_ends_with_its_focus_in_the_middle_and_a_little_nearer() -> None:
    first, *_, last = windows(Move(kind="drift", amount=0.2, focus=(0.6, 0.5)))

    assert last.x + last.width / 2 == pytest.approx(0.6 * 4000)
    assert last.width == pytest.approx(first.width * 0.9)
    assert last.x + last.width / 2 - (first.x + first.width / 2) == pytest.approx(0.2 * first.width)


def test_a_drift_without_a_focus_of_its_own_comes_from_the_photos_middle() -> None:
    first, *_, last = windows(Move(kind="drift", amount=0.5), focus=Focus(0.4, 0.5))

    assert first.x + first.width / 2 == pytest.approx(2000)
    assert last.x + last.width / 2 == pytest.approx(1600)


@pytest.mark.parametrize("kind", KINDS[:-1])
def test_a_move_starts_softly_and_never_jumps_or_rests(kind: str) -> None:
    seen = windows(Move.model_validate({"kind": kind, "amount": 0.1, "focus": (0.3, 0.3)}))
    corners = np.array([(window.x, window.y, window.right, window.bottom) for window in seen])

    speeds = np.abs(np.diff(corners, axis=0)).max(axis=1)

    assert speeds.min() > 0
    assert speeds.max() < 2.8 * speeds.min()
    assert np.abs(np.diff(speeds)).max() < 0.06 * speeds.max()


def test_easing_is_half_as_fast_at_its_ends() -> None:
    assert [eased(t) for t in (0.0, 0.5, 1.0)] == [0, 0.5, 1]
    assert eased(0.001) == pytest.approx(0.0005, rel=0.01)


def test_a_camera_tells_what_it_ever_sees_and_how_near_it_comes() -> None:
    view = Camera(Region(10, 20, 100, 200), Region(30, 0, 90, 180))

    assert view.moves
    assert view.bounds == Region(10, 0, 110, 220)
    assert view.closest_px == 90
    assert view.shifted(-10, 5).first == Region(0, 25, 100, 200)
    assert not camera(Move(kind="none"), PHOTO, VIDEO).moves


@pytest.mark.parametrize("kind", KINDS)
def test_a_move_of_nothing_stands_still(kind: str) -> None:
    move = Move.model_validate({"kind": kind, "amount": 0, "focus": (0.3, 0.7)})

    assert not camera(move, PHOTO, VIDEO, Focus(0.3, 0.7)).moves


def test_a_scene_of_one_frame_shows_the_first_window() -> None:
    view = camera(Move(), PHOTO, VIDEO)

    assert view.window(0, 1) == view.first
