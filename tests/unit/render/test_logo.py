from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from postengine.render import PhotoUnreadable
from postengine.render.image.logo import load_logo


def test_a_logo_is_made_small_and_keeps_its_shape(tmp_path: Path) -> None:
    Image.new("RGBA", (2000, 500), (255, 0, 0, 90)).save(tmp_path / "logo.png")

    logo = load_logo(tmp_path / "logo.png")

    with Image.open(io.BytesIO(logo.png)) as image:
        assert (image.size, image.mode) == ((640, 160), "RGBA")
    assert logo.shape == 4.0
    assert logo.box(60) == (180, 45)


def test_a_square_logo_is_as_wide_as_high(tmp_path: Path) -> None:
    Image.new("RGB", (64, 64)).save(tmp_path / "logo.webp")

    assert load_logo(tmp_path / "logo.webp").box(60) == (60, 60)


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n"])
def test_a_logo_that_is_no_picture_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(content)

    with pytest.raises(PhotoUnreadable, match="logo is broken"):
        load_logo(tmp_path / "logo.png")


def test_a_logo_that_is_absent_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PhotoUnreadable, match="no such logo"):
        load_logo(tmp_path / "logo.png")
