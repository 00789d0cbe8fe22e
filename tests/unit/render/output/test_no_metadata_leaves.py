"""Every kind of picture that leaves the house, made from a photo that carries everything, read by byte."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from postengine.render import Brand, Listing, PictureSpec, Renderer, Size, prepare_photo, render_picture
from postengine.render.image import Box, Picture, Style
from postengine.render.image.output import Format, Output, encode, stripped_photo
from postengine.render.image.photo import fitted, open_photo

from .conftest import SECRETS

MakePhone = Callable[..., bytes]
KINDS = ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP"]
OUTPUTS: list[Format] = ["png", "jpeg", "webp", "avif"]


def notes_in(data: bytes) -> Iterator[str]:
    """Yield what a picture tells beyond its pixels, colours and resolution."""
    for secret in SECRETS:
        if secret in data:
            yield f"bytes {secret!r}"
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        for tag in image.getexif():
            yield f"EXIF tag {tag:#x}"
        for ifd in (0x8769, 0x8825, 0xA005):
            if image.getexif().get_ifd(ifd):
                yield f"EXIF directory {ifd:#x}"
        allowed = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "icc_profile", "adobe"}
        allowed |= {
            "adobe_transform",
            "progressive",
            "progression",
            "loop",
            "background",
            "timestamp",
            "duration",
        }
        yield from (f"note {name!r}" for name, value in image.info.items() if name not in allowed and value)


@pytest.mark.parametrize("kind", KINDS[:4])
def test_the_photos_made_here_carry_what_must_not_leave(kind: str, phone: MakePhone) -> None:
    found = set(notes_in(phone(kind)))

    assert "EXIF directory 0x8825" in found
    assert {f"bytes {secret!r}" for secret in (b"SERIAL-4711", b"MAKERNOTE", b"XMPSECRET")} <= found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("output", OUTPUTS)
def test_no_render_tells_anything(kind: str, output: Format, phone: MakePhone) -> None:
    photo = fitted(open_photo(phone(kind)), Size(120, 150), levels="gentle")

    assert list(notes_in(encode(photo, Output(format=output, icc=True)))) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("orientation", [1, 6])
def test_no_untouched_photo_tells_anything(
    kind: str, orientation: int, phone: MakePhone, tmp_path: Path
) -> None:
    done = stripped_photo(phone(kind, orientation), tmp_path / "out")

    assert list(notes_in(done.path.read_bytes())) == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_phone_asset_tells_anything(kind: str, phone: MakePhone, tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(phone(kind))

    done = prepare_photo(tmp_path / "in", (1080, 1350), tmp_path / "asset.jpg")

    assert list(notes_in(done.path.read_bytes())) == []


@pytest.mark.parametrize("output", OUTPUTS)
def test_no_drawn_picture_tells_anything(output: Format, phone: MakePhone, renderer: Renderer) -> None:
    tree = Box(children=(Picture(source="front", style=Style(width=120, height=150)),))

    data = renderer.render(tree, (200, 200), images={"front": phone("JPEG")}, output=Output(format=output))

    assert list(notes_in(data)) == []


def test_no_template_tells_anything(
    phone: MakePhone, renderer: Renderer, listing: Listing, brand: Brand, tmp_path: Path
) -> None:
    photos = {key: tmp_path / f"{key}.jpg" for key in listing.photos}
    for file in photos.values():
        file.write_bytes(phone("JPEG", 6))
    spec = PictureSpec(shape="square", listing=listing, brand=brand)

    done = render_picture(spec, photos, tmp_path / "card.jpg", renderer=renderer)

    assert list(notes_in(done.path.read_bytes())) == []
