from __future__ import annotations

import io
import os
from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from postengine.render.errors import DrawingTimedOut, PictureMissing
from postengine.render.image.geometry import Size
from postengine.render.image.isolated import IsolatedRenderer
from postengine.render.image.output import Output
from postengine.render.image.renderer import Job, Renderer
from postengine.render.image.tree import Box, Picture, Style, Text

SIZE = Size(60, 40)
FILLS = Style(width="100%", height="100%")


@pytest.fixture(scope="module")
def isolated() -> Generator[IsolatedRenderer]:
    with IsolatedRenderer() as renderer:
        renderer.start()
        yield renderer


@pytest.fixture(scope="module")
def direct() -> Renderer:
    return Renderer()


@pytest.fixture
def photo() -> bytes:
    pixels = np.zeros((80, 120, 3), np.uint8)
    pixels[:, :60, 0] = 255
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG")
    return file.getvalue()


TREE = Box(children=(Picture(source="photo", style=FILLS),), style=FILLS)
WORDS = Box(children=(Text(text="Garden", style=Style(font_size=12)),), style=FILLS)


def test_a_picture_is_the_same_as_drawn_directly(
    isolated: IsolatedRenderer, direct: Renderer, photo: bytes
) -> None:
    images = {"photo": photo}
    output = Output(format="png")

    drawn = isolated.render(TREE, SIZE, images=images, output=output)

    assert drawn == direct.render(TREE, SIZE, images=images, output=output)
    assert drawn.startswith(b"\x89PNG")


def test_pixels_are_the_same_as_drawn_directly(
    isolated: IsolatedRenderer, direct: Renderer, photo: bytes
) -> None:
    images = {"photo": photo}

    drawn = isolated.pixels(TREE, SIZE, images=images)

    assert drawn.shape == (40, 60, 4)
    assert (drawn == direct.pixels(TREE, SIZE, images=images)).all()


def test_a_measure_is_the_same_as_taken_directly(isolated: IsolatedRenderer, direct: Renderer) -> None:
    assert isolated.measure(WORDS, SIZE) == direct.measure(WORDS, SIZE)


def test_several_sizes_are_drawn_in_one_go(
    isolated: IsolatedRenderer, direct: Renderer, photo: bytes
) -> None:
    jobs = [Job(TREE, SIZE), Job(TREE, Size(40, 40))]

    drawn = isolated.render_all(jobs, images={"photo": photo})

    assert drawn == direct.render_all(jobs, images={"photo": photo})


def test_a_photo_is_found_after_the_parent_has_moved_to_another_folder(
    isolated: IsolatedRenderer, photo: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "photo.jpg").write_bytes(photo)
    monkeypatch.chdir(tmp_path)

    drawn = isolated.pixels(TREE, SIZE, images={"photo": Path("photo.jpg")})

    assert (drawn == isolated.pixels(TREE, SIZE, images={"photo": photo})).all()


def test_an_error_of_the_renderer_arrives(isolated: IsolatedRenderer) -> None:
    with pytest.raises(PictureMissing) as caught:
        isolated.render(TREE, SIZE)

    assert caught.value.key == "photo"


def test_a_photo_that_never_ends_is_given_up(tmp_path: Path) -> None:
    endless = tmp_path / "photo.jpg"
    os.mkfifo(endless)

    with IsolatedRenderer(limit_s=0.5) as renderer, pytest.raises(DrawingTimedOut, match=r"0\.5 s"):
        renderer.render(TREE, SIZE, images={"photo": endless})
