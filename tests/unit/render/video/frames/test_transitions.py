from __future__ import annotations

import numpy as np
import pytest

from postengine.render.image.colour import Colour
from postengine.render.image.geometry import Size
from postengine.render.video.frame import Frame
from postengine.render.video.frames.kernel import Kernel
from postengine.render.video.frames.transitions import joined, plain
from postengine.render.video.spec import Transition

SIZE = Size(100, 60)
OLD, NEW = 40, 200


def one(value: int) -> Frame:
    return Frame(*(np.full((60 // by, 100 // by), value, np.uint8) for by in (1, 2, 2)))


def across(kernel: Kernel, kind: str, share: float, side: str = "left") -> Frame:
    made = Transition.model_validate({"kind": kind, "side": side, "colour": "#ff0000"})
    return joined(one(OLD), one(NEW), made, share, kernel)


def test_a_crossfade_mixes(kernel: Kernel) -> None:
    frame = across(kernel, "crossfade", 0.25)

    assert {int(value) for plane in frame.planes for value in (plane.min(), plane.max())} == {80}


def test_a_dip_goes_through_its_colour(kernel: Kernel) -> None:
    red = plain(Colour(255, 0, 0), SIZE, kernel)

    quarter, middle, late = (across(kernel, "dip", share) for share in (0.25, 0.5, 0.75))

    assert [int(plane[0, 0]) for plane in middle.planes] == [63, 102, 240]
    assert int(quarter.y[0, 0]) == pytest.approx((OLD + int(red.y[0, 0])) / 2, abs=1)
    assert int(late.v[0, 0]) == pytest.approx((NEW + 240) / 2, abs=1)


@pytest.mark.parametrize("kind", ["slide", "wipe"])
@pytest.mark.parametrize(
    ("side", "corner"), [("left", (30, -1)), ("right", (30, 0)), ("up", (-1, 50)), ("down", (0, 50))]
)
def test_the_new_scene_comes_from_the_side_opposite_to_where_things_move(
    kernel: Kernel, kind: str, side: str, corner: tuple[int, int]
) -> None:
    frame = across(kernel, kind, 0.5, side)

    assert int(frame.y[corner]) == NEW
    assert int((frame.y == NEW).mean() * 100) == pytest.approx(50, abs=5)
    assert int((frame.y == OLD).mean() * 100) == pytest.approx(50, abs=5)
    assert int(frame.u[corner[0] // 2, corner[1] // 2]) == NEW


def test_a_slide_moves_both_scenes_by_fractions_of_a_pixel(kernel: Kernel) -> None:
    ramp = Frame(*(np.tile(np.arange(0, 200, 2 * by, dtype=np.uint8), (60 // by, 1)) for by in (1, 2, 2)))
    shares = np.linspace(0.1, 0.2, 60)

    moved = [joined(ramp, one(0), Transition(kind="slide"), share, kernel).y[0, 10] for share in shares]

    places = [share * share * (3 - 2 * share) * 100 for share in shares]
    assert np.array(moved) == pytest.approx([20 + 2 * place for place in places], abs=0.6)


def test_a_slide_shows_both_scenes_whole(kernel: Kernel) -> None:
    stripes = Frame(*(np.tile(np.arange(100 // by, dtype=np.uint8), (60 // by, 1)) for by in (1, 2, 2)))

    frame = joined(stripes, one(NEW), Transition(kind="slide"), 0.5, kernel)

    assert frame.y[0, :50].tolist() == list(range(50, 100))


@pytest.mark.parametrize("side", ["left", "right", "up", "down"])
def test_a_wipe_uncovers_more_and_more_behind_a_soft_edge(kernel: Kernel, side: str) -> None:
    frames = [across(kernel, "wipe", share, side) for share in (0.02, 0.3, 0.6, 0.98)]

    means = [float(frame.y.mean()) for frame in frames]
    assert means == sorted(means)
    assert means[0] < OLD + 5
    assert means[-1] > NEW - 5
    assert len(np.unique(frames[1].y)) > 4


def test_frames_of_a_transition_are_in_memory_of_their_own(kernel: Kernel) -> None:
    old, new = one(OLD), one(NEW)

    for kind in ("crossfade", "slide", "wipe", "dip"):
        made = joined(old, new, Transition.model_validate({"kind": kind}), 0.5, kernel)
        for plane in made.planes:
            plane[:] = 0

    assert (int(old.y.min()), int(new.y.min())) == (OLD, NEW)
