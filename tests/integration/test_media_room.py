"""Videos through the engine's MediaRenderer: a real ffmpeg makes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from postengine.adapters.media import MediaRoom

REEL: dict[str, object] = {
    "kind": "reel",
    "shape": "square",
    "photos": ["asset-1"],
    "facts": {"title": "3 Bedroom Apartment", "price": "€ 485,000"},
    "badge": "Just listed",
    "seconds": 1.0,
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
    assert rendered.duration_s == pytest.approx(1.0)
    assert seen.duration_s == pytest.approx(1.0)
