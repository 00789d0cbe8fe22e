"""The parts of the benchmark of pictures, small and without npm."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.cards.memory import peak_mib
from benchmarks.cards.our_way import Cards, size_of
from benchmarks.cards.photos import photo
from benchmarks.cards.pillow_ways import by_hand, floor
from benchmarks.cards.satori_way import Satori
from postengine.render import Output, Renderer

SMALL = (1500, 1200)


@pytest.fixture(scope="module")
def picture() -> bytes:
    return photo(1, SMALL)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def test_every_photo_has_bytes_of_its_own_and_the_size_asked_for(picture: bytes) -> None:
    assert opened(picture).size == SMALL
    assert picture == photo(1, SMALL) != photo(2, SMALL)


def test_all_ways_make_a_jpeg_of_the_same_size(picture: bytes, renderer: Renderer) -> None:
    ours = Cards(renderer).draw(picture, Output())

    made = [opened(data) for data in (ours, floor(picture), by_hand(picture))]

    assert {(image.format, image.size) for image in made} == {("JPEG", (1080, 1350))}


def test_our_way_draws_several_shapes_of_a_photo(picture: bytes, renderer: Renderer) -> None:
    files = Cards(renderer).draw_all(picture, ("link", "square"), Output(format="png"))

    assert [opened(data).size for data in files] == [size_of("link"), size_of("square")]


def test_memory_is_measured_in_a_process_of_its_own(picture: bytes, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(picture)

    assert 40 < peak_mib(path) < 600


def test_without_npm_it_is_said_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)

    with pytest.raises(RuntimeError, match="--without-satori"):
        Satori.installed(tmp_path)
    with pytest.raises(RuntimeError, match="node"):
        Satori(tmp_path).draw([])
