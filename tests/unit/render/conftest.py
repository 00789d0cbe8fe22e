"""A renderer, a brand, a listing and small photos for the tests of the render room."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from postengine.render import Agent, Brand, Listing, Renderer
from postengine.render.image.draw.takumi import TakumiEngine

MakePhoto = Callable[..., Path]


@pytest.fixture(scope="session")
def engine() -> TakumiEngine:
    return TakumiEngine()


@pytest.fixture(scope="session")
def renderer(engine: TakumiEngine) -> Renderer:
    return Renderer(engine=engine)


@pytest.fixture
def brand() -> Brand:
    return Brand(name="Harbour & Hill", primary="#12263a", accent="#e3b873", tagline="Homes with a view")


@pytest.fixture
def listing() -> Listing:
    return Listing(
        title="Sunlit villa with pool and garden",
        price="€1,250,000",
        address="14 Marina Walk, Porto Sereno",
        bedrooms=4,
        bathrooms=2.5,
        area="246 m²",
        badge="Just listed",
        agent=Agent(name="Marta Lindqvist", phone="+351 210 555 014"),
        photos=("a", "b"),
    )


@pytest.fixture
def make_photo(tmp_path: Path) -> MakePhoto:
    """Write a photo whose left half is red and right half blue, with a white stripe on top."""

    def make(
        name: str = "photo.jpg",
        size: tuple[int, int] = (600, 400),
        mode: str = "RGB",
        exif: Image.Exif | None = None,
        icc_profile: bytes | None = None,
        comment: bytes = b"",
    ) -> Path:
        pixels = np.zeros((size[1], size[0], 3), np.uint8)
        pixels[:, : size[0] // 2, 0] = 255
        pixels[:, size[0] // 2 :, 2] = 255
        pixels[: size[1] // 5] = 255
        path = tmp_path / name
        image = Image.fromarray(pixels).convert(mode)
        image.save(path, exif=exif or Image.Exif(), icc_profile=icc_profile, comment=comment)
        return path

    return make
