from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from postengine.render import PhotoUnreadable
from postengine.render.image.renderer import Drawer
from tests.unit.render.bad.conftest import SHOWS, SIZE, assert_still_draws, written


def moving(kind: str, frames: int) -> bytes:
    target = io.BytesIO()
    first, *others = [Image.new("RGB", SIZE, (step * 50 % 256, step * 2, 0)) for step in range(frames)]
    first.save(target, kind, save_all=True, append_images=others)
    return target.getvalue()


def noisy_jpeg() -> bytes:
    target = io.BytesIO()
    Image.effect_noise((400, 300), 80).save(target, "JPEG")
    return target.getvalue()


def bomb() -> bytes:
    """Return a PNG of a few hundred kilobytes that says it is 50,000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(10_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


JPEG = noisy_jpeg()
SPOILT = {
    "corrupt": (written("PNG")[:40] + bytes(60), "broken or cut short"),
    "a JPEG's sign and nothing of one": (b"\xff\xd8\xff" + bytes(range(256)), "broken or cut short"),
    "truncated JPEG": (JPEG[: len(JPEG) // 2], "broken or cut short"),
    "truncated PNG": (written("PNG", (300, 300))[:-30], "broken or cut short"),
    "truncated WebP": (written("WEBP", (300, 300))[:60], "broken or cut short"),
    "zero bytes": (b"", "it is empty"),
    "text": (b"Dear agency, enclosed please find the photo.", "no picture of a known format"),
    "a page of an error": (b"<!doctype html><title>404</title>", "it is an HTML page"),
    "100-frame GIF": (moving("GIF", 100), "it is a GIF"),
    "animated WebP": (moving("WEBP", 5), "it moves (5 frames)"),
    "animated PNG": (moving("PNG", 3), "it moves (3 frames)"),
    "decompression bomb": (bomb(), "it has too many pixels (50000x50000)"),
    "1x1": (written("PNG", (1, 1)), "it is 1x1 pixels; each side needs 8 at least"),
    "30,000x2": (written("PNG", (30_000, 2)), "it is 30000x2 pixels; each side needs 8 at least"),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_photo_is_refused_with_its_reason(door: Drawer, name: str) -> None:
    data, reason = SPOILT[name]

    with pytest.raises(PhotoUnreadable) as caught:
        door.render(SHOWS, SIZE, images={"photo": data})

    assert reason in caught.value.reason
    assert_still_draws(door)


@pytest.mark.parametrize("name", ["truncated JPEG", "decompression bomb", "zero bytes"])
def test_a_spoilt_photo_under_a_style_is_refused_as_well(door: Drawer, name: str) -> None:
    data, reason = SPOILT[name]
    tree = SHOWS.model_copy(
        update={"children": (), "style": SHOWS.style.model_copy(update={"background_image": "url(photo)"})}
    )

    with pytest.raises(PhotoUnreadable) as caught:
        door.render(tree, SIZE, images={"photo": data})

    assert reason in caught.value.reason
    assert_still_draws(door)


@pytest.mark.parametrize("name", ["photo.gif", "photo.pdf", "photo"])
def test_a_photo_under_a_wrong_name_is_taken_for_what_it_is(door: Drawer, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(written("JPEG"))

    drawn = door.pixels(SHOWS, SIZE, images={"photo": path})

    assert drawn[20, 30, 0] > 250
    assert drawn[20, 30, 1] < 5


def test_a_gif_that_is_called_a_jpeg_is_refused_by_its_content(door: Drawer, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(written("GIF"))

    with pytest.raises(PhotoUnreadable) as caught:
        door.render(SHOWS, SIZE, images={"photo": path})

    assert caught.value.file == path
    assert "it is a GIF" in caught.value.reason
    assert_still_draws(door)
