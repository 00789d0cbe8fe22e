"""Videos through the engine's MediaRenderer: a real ffmpeg makes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from postengine.adapters.media import MediaRoom
from postengine.render import Brand, IsolatedRenderer, Listing, PictureMissing, ReelSpec, render_reel

REEL: dict[str, object] = {
    "kind": "reel",
    "template": "listing_reel",
    "shape": "square",
    "photos": ["asset-1"],
    "listing": {"title": "3 Bedroom Apartment", "price": "€ 485,000", "badge": "Just listed"},
    "seconds": 5.5,
}


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (640, 480), "teal").save(path)
    return path


def nothing() -> None:
    return


def test_a_reel_is_as_long_as_asked_for_and_is_known_again_when_uploaded(tmp_path: Path, photo: Path) -> None:
    room = MediaRoom()

    rendered = room.render(REEL, {"asset-1": photo}, tmp_path, nothing)
    seen = room.inspect(rendered.path)

    assert (rendered.mime, seen.mime, seen.width_px) == ("video/mp4", "video/mp4", 1080)
    assert rendered.duration_s == pytest.approx(5.5, abs=0.05)
    assert seen.duration_s == pytest.approx(5.5, abs=0.05)


def test_a_card_is_drawn_in_a_process_of_its_own_as_it_is_here(tmp_path: Path, photo: Path) -> None:
    card = {key: value for key, value in REEL.items() if key != "seconds"} | {
        "kind": "card",
        "template": "just_listed",
    }
    for name in ("here", "apart"):
        (tmp_path / name).mkdir()

    here = MediaRoom().render(card, {"asset-1": photo}, tmp_path / "here", nothing)
    with IsolatedRenderer() as isolated:
        room = MediaRoom(renderer=isolated)
        apart = room.render(card, {"asset-1": photo}, tmp_path / "apart", nothing)

    assert here.path.read_bytes() == apart.path.read_bytes()


def test_a_reel_whose_file_was_not_handed_over_is_named(tmp_path: Path) -> None:
    spec = ReelSpec(listing=Listing(title="3 Bedroom Apartment", photos=("front",)), brand=Brand(name="Casa"))

    with pytest.raises(PictureMissing, match="front"):
        render_reel(spec, {}, tmp_path / "reel.mp4")
