"""A stage with both kernels, and photos that are small."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from postengine.render import Renderer
from postengine.render.video.frames.kernel import Kernel
from tests.unit.render.video.frames.stand_ins import KERNELS, FakeStage, detailed


@pytest.fixture(params=KERNELS, ids=["opencv", "plain"])
def kernel(request: pytest.FixtureRequest) -> Kernel:
    found: Kernel = request.param
    return found


@pytest.fixture
def stage(renderer: Renderer) -> FakeStage:
    return FakeStage(renderer)


SavePhoto = Callable[..., Path]


@pytest.fixture
def save_photo(tmp_path: Path) -> SavePhoto:
    """Write a photo with detail of all sizes, as photos have."""

    def save(name: str = "photo.png", size: tuple[int, int] = (320, 240), seed: int = 0) -> Path:
        path = tmp_path / name
        Image.fromarray(detailed(size, seed)).save(path, quality=95)
        return path

    return save
