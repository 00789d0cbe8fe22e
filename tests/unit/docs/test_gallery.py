"""The gallery: a page with every template in every shape, and a picture behind each that it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from docs import gallery
from examples.gallery import Card, cards, own_cards, sheet, small
from examples.gallery_samples import ARABIC, JAPANESE
from examples.reel_gallery import Board
from postengine.render import REELS, TEMPLATES, Output, page_for
from postengine.render.image import Size
from postengine.render.templates.pages import SHAPES
from postengine.render.templates.reels import REEL_SHAPES

PAGE = Path(__file__).parents[3] / "docs" / "gallery.md"
VIDEOS = PAGE.with_name("videos.md")


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Four photographs and two logos, as small as will do."""
    folder = tmp_path_factory.mktemp("photos")
    files: dict[str, Path] = {}
    for name, colour in {
        "front": "#7d93a8",
        "garden": "#86a06b",
        "kitchen": "#c9bfae",
        "bath": "#a9b7bd",
        "logo-harbour.png": "#e3b873",
        "logo-casa.png": "#d9694a",
    }.items():
        files[name] = folder / name
        Image.new("RGB", (640, 480), colour).save(files[name], "PNG")
    return files


@pytest.fixture(scope="module")
def drawn(photos: dict[str, Path]) -> list[Card]:
    """The cards of the gallery, of other photographs."""
    logos = {name: file for name, file in photos.items() if name.startswith("logo-")}
    shown = {name: file for name, file in photos.items() if name not in logos}
    return [*cards(shown, logos, others=(ARABIC, JAPANESE)), *own_cards(shown, logos)]


def test_every_template_is_drawn_in_every_shape(drawn: list[Card]) -> None:
    in_english = [
        (card.template, card.shape) for card in drawn if card.locale == "en-GB" and card.template in TEMPLATES
    ]

    assert in_english == [(template, shape) for template in TEMPLATES for shape in SHAPES]


def test_the_page_shows_all_cards_and_no_others(drawn: list[Card]) -> None:
    page = gallery.filled(PAGE.read_text(encoding="utf-8"))

    shown = set(re.findall(r'<img src="gallery/([^"]+)\.webp"', page))
    assert shown == {card.name for card in drawn}
    assert [f"## {name.replace('_', ' ').capitalize()}\n" in page for name in TEMPLATES] == [True] * len(
        TEMPLATES
    )


def test_the_sheet_holds_a_row_for_each_template(drawn: list[Card], tmp_path: Path) -> None:
    (tmp_path / "sheet.jpg").write_bytes(sheet(drawn, Output(quality=60)))

    with Image.open(tmp_path / "sheet.jpg") as picture:
        assert picture.width > 1500
        assert picture.height > 264 * len(TEMPLATES)


def test_a_card_is_scaled_down_as_a_whole(drawn: list[Card], tmp_path: Path) -> None:
    card = next(card for card in drawn if card.shape == "link")
    (tmp_path / "small.webp").write_bytes(small(card, 314, Output(format="webp", quality=80)))

    with Image.open(tmp_path / "small.webp") as picture:
        assert picture.size == (600, 314) == tuple(side // 2 for side in page_for("link").size)


def test_pictures_are_drawn_once_for_the_same_programs(drawn: list[Card], tmp_path: Path) -> None:
    asked: list[str] = []

    def draw() -> Iterator[Card]:
        asked.append("drawn")
        yield from drawn[:2]

    for _ in range(2):
        gallery.draw(tmp_path / "gallery", draw)

    assert asked == ["drawn"]
    assert {file.stem for file in (tmp_path / "gallery").glob("*.webp")} == {card.name for card in drawn[:2]}


def test_the_page_of_videos_shows_every_reel_in_every_shape() -> None:
    page = gallery.with_reels(VIDEOS.read_text(encoding="utf-8"))

    shown = set(re.findall(r'<img src="gallery/([^"]+)\.jpg"', page))
    assert shown == {f"reel-{reel}-{shape}" for reel in REELS for shape in REEL_SHAPES}


def test_reels_are_drawn_again_only_when_a_program_has_changed(tmp_path: Path) -> None:
    drawn: list[str] = []

    def one() -> Iterator[Board]:
        drawn.append("again")
        yield Board("tour", "square", 9.0, b"picture", Size(10, 10))

    for _ in range(2):
        gallery.draw_reels(tmp_path / "gallery", one)
    (tmp_path / "gallery" / "reels-from.txt").write_text("another")
    gallery.draw_reels(tmp_path / "gallery", one)

    assert drawn == ["again", "again"]
    assert (tmp_path / "gallery" / "reel-tour-square.jpg").read_bytes() == b"picture"
