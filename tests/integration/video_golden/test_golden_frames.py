"""The look of every reel, against small frames that a designer has looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from postengine.render import ReelName, ReelShape, Renderer, VideoRenderer
from tests.unit.render.templates.golden_pictures import alike

from .golden_frames import EACH, FOLDER, files_in, frames_of

_ALIKE = 0.98


@pytest.fixture(scope="module")
def drawer() -> Renderer:
    return Renderer()


@pytest.fixture(scope="module")
def renderer(drawer: Renderer) -> VideoRenderer:
    return VideoRenderer(drawer)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return files_in(tmp_path_factory.mktemp("golden"))


@pytest.mark.parametrize(("reel", "shape"), EACH)
def test_it_looks_as_it_did(
    drawer: Renderer, renderer: VideoRenderer, files: dict[str, Path], reel: ReelName, shape: ReelShape
) -> None:
    strip = frames_of(drawer, renderer, reel, shape, files)

    assert alike(Image.open(FOLDER / f"{reel}-{shape}.webp"), strip) >= _ALIKE


def test_frames_with_a_text_elsewhere_are_not_alike() -> None:
    kept = Image.open(FOLDER / "just_listed-square.webp").convert("RGB")
    other = kept.copy()
    other.paste(kept.crop((0, 300, 216, 400)), (0, 330))

    assert alike(kept, other) < _ALIKE
