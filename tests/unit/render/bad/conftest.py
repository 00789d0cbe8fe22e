"""The doors that bad input comes through, and what shows that a door still opens after it."""

from __future__ import annotations

import io
from collections.abc import Callable, Generator

import numpy as np
import pytest
from PIL import Image

from postengine.render import IsolatedRenderer, Output, Renderer
from postengine.render.image import Box, Picture, Style, Text
from postengine.render.image.renderer import Drawer

SIZE = (60, 40)
FILLS = Style(width="100%", height="100%")
SHOWS = Box(children=(Picture(source="photo", style=FILLS),), style=FILLS)

Files = Callable[..., bytes]


@pytest.fixture(scope="session")
def isolated() -> Generator[IsolatedRenderer]:
    with IsolatedRenderer() as one:
        yield one


@pytest.fixture(params=["here", "isolated"])
def door(request: pytest.FixtureRequest, renderer: Renderer, isolated: IsolatedRenderer) -> Drawer:
    """Return each way to draw: in this process, and in another."""
    return renderer if request.param == "here" else isolated


def written(kind: str, size: tuple[int, int] = SIZE, colour: str = "red", **options: object) -> bytes:
    """Return a plain picture as a file."""
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, kind, **options)
    return target.getvalue()


PHOTO = written("PNG", colour="#00ff00")
GREEN_WITH_WORDS = Box(
    children=(
        Picture(source="photo", style=FILLS),
        Text(text="Garden", style=Style(position="absolute", top=30)),
    ),
    style=FILLS,
)


def assert_still_draws(door: Drawer) -> None:
    """Check that a door draws photos and words as if nothing had happened."""
    data = door.render(GREEN_WITH_WORDS, SIZE, images={"photo": PHOTO}, output=Output(format="png"))
    drawn = Image.open(io.BytesIO(data)).convert("RGB")
    assert drawn.size == SIZE
    assert drawn.getpixel((50, 5)) == (0, 255, 0)
    assert np.asarray(drawn)[..., 1].min() < 100, "The words are missing."
