from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from postengine.render.image.geometry import Size
from postengine.render.image.tree import Box
from postengine.render.video.frames.glass import Glass, glass_of
from postengine.render.video.frames.presence import RESTING, Presence, presence
from postengine.render.video.plan import Span
from postengine.render.video.spec import Animation, Layer

SIZE = Size(100, 200)
SPAN = Span(10, 70)


@pytest.fixture
def glass() -> Glass:
    pixels = np.zeros((200, 100, 4), np.uint8)
    pixels[40:60, 20:50] = 255
    found = glass_of(pixels)
    assert found is not None
    return found


def all_of(glass: Glass, span: Span = SPAN, **layer: Any) -> list[Presence]:  # noqa: ANN401 - fields of a layer
    made = Layer(tree=Box(), **layer)
    return [presence(made, span, frame, 30, glass, SIZE) for frame in range(span.first, span.end)]


def test_a_layer_fades_in_and_out_and_rests_between(glass: Glass) -> None:
    seen = all_of(glass, ends_s=2.3, enters=Animation(seconds=0.5), leaves=Animation(seconds=0.2))
    opacities = [one.opacity for one in seen]

    assert 0 < opacities[0] < 0.05
    assert opacities[:15] == sorted(opacities[:15])
    assert seen[15:54] == [RESTING] * 39
    assert opacities[54:] == sorted(opacities[54:], reverse=True)
    assert 0 < opacities[-1] < 0.1
    assert {(one.across, one.down) for one in seen} == {(0.0, 0.0)}


def test_a_layer_without_an_end_stays_as_it_is(glass: Glass) -> None:
    seen = all_of(glass, leaves=Animation(kind="slide"))

    assert seen[-1] == RESTING


def test_none_is_there_at_once(glass: Glass) -> None:
    none = Animation(kind="none")

    assert set(all_of(glass, ends_s=2, enters=none, leaves=none)) == {RESTING}


@pytest.mark.parametrize(
    ("side", "across", "down"), [("up", 0, 1), ("down", 0, -1), ("left", 1, 0), ("right", -1, 0)]
)
def test_a_rise_comes_from_its_distance_and_goes_on_to_the_same_side(
    glass: Glass, side: str, across: int, down: int
) -> None:
    rise = Animation.model_validate({"kind": "rise", "side": side, "distance_px": 40})
    seen = all_of(glass, ends_s=2, enters=rise, leaves=rise)

    offsets = [one.across * across + one.down * down for one in seen]
    assert 20 < offsets[0] < 40
    assert -40 < offsets[-1] < -20
    assert offsets == sorted(offsets, reverse=True)
    assert all(one.across * down == 0 and one.down * across == 0 for one in seen)
    assert seen[0].opacity < 0.3


@pytest.mark.parametrize(
    ("side", "first", "last"),
    [
        ("left", (80, 0), (-50, 0)),
        ("right", (-50, 0), (80, 0)),
        ("up", (0, 160), (0, -60)),
        ("down", (0, -60), (0, 160)),
    ],
)
def test_a_slide_comes_from_outside_the_picture_and_leaves_it(
    glass: Glass, side: str, first: tuple[float, float], last: tuple[float, float]
) -> None:
    slide = Animation.model_validate({"kind": "slide", "side": side, "seconds": 1.0})
    seen = all_of(glass, ends_s=2, enters=slide, leaves=slide)

    assert (seen[0].across, seen[0].down) == pytest.approx(first, rel=0.12)
    assert (seen[-1].across, seen[-1].down) == pytest.approx(last, rel=0.12)
    assert {one.opacity for one in seen} == {1.0}


def test_animations_longer_than_the_layer_are_cut_short_alike(glass: Glass) -> None:
    long = Animation(seconds=9)
    seen = all_of(glass, span=Span(0, 10), ends_s=1, enters=long, leaves=long)

    opacities = [one.opacity for one in seen]
    assert opacities[:5] == sorted(opacities[:5])
    assert opacities[:5] == pytest.approx(opacities[:4:-1])


def test_a_layer_comes_to_rest_softly(glass: Glass) -> None:
    rise = Animation(kind="rise", seconds=0.5, distance_px=36)
    places = [one.down for one in all_of(glass, enters=rise)][:16]

    assert np.diff(places)[0] < -5
    assert -0.1 < np.diff(places)[-1] < 0
