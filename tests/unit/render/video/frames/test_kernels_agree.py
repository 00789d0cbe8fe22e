"""Without OpenCV the same video comes out: less than a level of 255 apart, over all that can move."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from postengine.render.image.tree import Box, Scrim, Style, Text
from postengine.render.video.frame import Frame
from postengine.render.video.frames.composing import composed
from postengine.render.video.plan import timing_of
from postengine.render.video.spec import Animation, CardScene, Layer, Move, PhotoScene, Transition, VideoSpec
from tests.unit.render.video.frames.conftest import SavePhoto
from tests.unit.render.video.frames.stand_ins import KERNELS, FakeStage

CARD = CardScene(tree=Box(style=Style(width=108, height=192, background_color="#12263a")), seconds=0.5)
WORDS = Box(
    style=Style(width=108, height=192, align_items="flex-end", padding="9px"),
    children=(Text(text="Sold", style=Style(font_size=30, color="#ffffff")),),
)


def by_each(spec: VideoSpec, stage: FakeStage) -> tuple[list[Frame], list[Frame]]:
    made: list[list[Frame]] = []
    for kernel in KERNELS:
        stage.kernel = kernel
        made.append(list(composed(spec, timing_of(spec, {}), stage)))
    return made[0], made[1]


def most_apart(spec: VideoSpec, stage: FakeStage) -> float:
    pairs = zip(*by_each(spec, stage), strict=True)
    return max(
        float(np.abs(x.astype(int) - y).mean())
        for a, b in pairs
        for x, y in zip(a.planes, b.planes, strict=True)
    )


def video(**more: object) -> VideoSpec:
    return VideoSpec.model_validate({"width": 108, "height": 192, "fps": 24, **more})


@pytest.mark.parametrize("size", [(700, 500), (301, 467), (60, 50)])
@pytest.mark.parametrize(
    "kind", ["push_in", "pull_out", "pan_left", "pan_right", "pan_up", "pan_down", "drift", "none"]
)
def test_moves(stage: FakeStage, save_photo: SavePhoto, kind: str, size: tuple[int, int]) -> None:
    stage.pictures = {"a": save_photo(size=size)}
    move = Move.model_validate({"kind": kind, "amount": 0.15, "focus": (0.4, 0.3)})

    spec = video(scenes=[PhotoScene(source="a", seconds=0.25, move=move)])

    assert most_apart(spec, stage) < 1


@pytest.mark.parametrize("size", [(640, 480), (320, 1280), (60, 80)])
@pytest.mark.parametrize("kind", ["push_in", "pan_left"])
def test_moves_over_the_finest_grain(
    stage: FakeStage, tmp_path: Path, kind: str, size: tuple[int, int]
) -> None:
    grain = np.random.default_rng(1).normal(128, 40, (size[1], size[0], 3)).clip(0, 255)
    Image.fromarray(grain.astype(np.uint8)).save(tmp_path / "grain.png")
    stage.pictures = {"a": tmp_path / "grain.png"}

    spec = video(scenes=[{"kind": "photo", "source": "a", "seconds": 0.25, "move": {"kind": kind}}])

    assert most_apart(spec, stage) < 1


@pytest.mark.parametrize("side", ["left", "right", "up", "down"])
@pytest.mark.parametrize("kind", ["crossfade", "slide", "wipe", "dip"])
def test_transitions(stage: FakeStage, save_photo: SavePhoto, kind: str, side: str) -> None:
    stage.pictures = {"a": save_photo(), "b": save_photo("b.png", seed=2)}
    transition = Transition.model_validate({"kind": kind, "side": side, "seconds": 0.25})

    scenes = [PhotoScene(source="a", seconds=0.5), PhotoScene(source="b", seconds=0.5), CARD]

    assert most_apart(video(scenes=scenes, transition=transition), stage) < 1


@pytest.mark.parametrize("kind", ["fade", "rise", "slide"])
def test_layers_over_a_shade(stage: FakeStage, save_photo: SavePhoto, kind: str) -> None:
    stage.pictures = {"a": save_photo()}
    moving = Animation.model_validate({"kind": kind, "seconds": 0.3})
    layers = [Layer(tree=WORDS, ends_s=0.9, enters=moving, leaves=moving)]

    spec = video(scenes=[PhotoScene(source="a", seconds=1)], layers=layers, shade=Scrim(at_least=0.3))

    assert most_apart(spec, stage) < 1
