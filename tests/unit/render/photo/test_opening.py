from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from postengine.render import PhotoUnreadable, Size
from postengine.render.image.photo import PhotoLimits, fitted, open_photo

MakeBytes = Callable[..., bytes]


def frames(kind: str, count: int) -> bytes:
    target = io.BytesIO()
    pictures = [Image.new("RGB", (40, 30), (index * 60 % 256, 0, 255 - index)) for index in range(count)]
    pictures[0].save(target, kind, save_all=True, append_images=pictures[1:], duration=40)
    return target.getvalue()


def png_of_size(width: int, height: int) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(100)))
        + chunk(b"IEND", b"")
    )


def box(brand: bytes, *others: bytes) -> bytes:
    content = b"ftyp" + brand + bytes(4) + b"".join(others)
    return struct.pack(">I", len(content) + 4) + content + bytes(300)


def test_a_photo_tells_what_it_is_before_its_pixels_are_read(make_bytes: MakeBytes) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = make_bytes(size=(60, 40), exif=exif)

    photo = open_photo(data)

    assert (photo.format, photo.mime, photo.orientation) == ("JPEG", "image/jpeg", 6)
    assert photo.stored == Size(60, 40)
    assert photo.upright == Size(40, 60)
    assert photo.hash == hashlib.sha256(data).hexdigest()


def test_a_file_and_its_bytes_have_the_same_hash(make_bytes: MakeBytes, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(make_bytes())

    assert open_photo(tmp_path / "a.jpg").hash == open_photo(make_bytes()).hash


def test_the_content_decides_and_not_the_name(make_bytes: MakeBytes, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(make_bytes("PNG"))

    assert open_photo(tmp_path / "photo.jpg").mime == "image/png"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP"])
def test_each_format_is_known_by_its_content(kind: str, make_bytes: MakeBytes) -> None:
    assert open_photo(make_bytes(kind)).format == kind


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_format_that_can_be_turned_is_turned(kind: str, orientation: int, noisy: Image.Image) -> None:
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    turn = undo.get(orientation)
    stored = noisy if turn is None else noisy.transpose(Image.Transpose(turn))
    exif = Image.Exif()
    exif[0x0112] = orientation
    target = io.BytesIO()
    stored.save(target, kind, exif=exif, quality=95)

    photo = open_photo(target.getvalue())

    assert photo.upright == Size(400, 300)
    seen, wanted = fitted(photo, Size(200, 150)), noisy.resize((200, 150), Image.Resampling.LANCZOS)
    assert mean_difference(seen, wanted) < 6


def mean_difference(one: Image.Image, two: Image.Image) -> float:
    a, b = one.convert("RGB").tobytes(), two.convert("RGB").tobytes()
    return sum(abs(x - y) for x, y in zip(a, b, strict=True)) / len(a)


def fractions() -> bytes:
    target = io.BytesIO()
    Image.new("F", (40, 30), 0.5).save(target, "TIFF")
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"hello", "no picture of a known format"),
        (b"<!DOCTYPE html><html><p>404</p></html>", "HTML page"),
        (b"\n <html><body>", "HTML page"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG drawing"),
        (b"%PDF-1.7", "it is a PDF, no photo"),
        (box(b"heic"), "HEIC.*JPEG"),
        (box(b"mif1", b"heic"), "HEIC"),
        (box(b"isom"), "no picture of a known format"),
        (box(b"mif1", b"avif"), "broken"),
        (frames("GIF", 100), "GIF"),
        (frames("WEBP", 3), r"moves \(3 frames\)"),
        (frames("AVIF", 3), r"moves \(3 frames\)"),
        (frames("PNG", 3), r"moves \(3 frames\)"),
        (fractions(), "its pixels are fractions"),
        (png_of_size(60_000, 60_000), "too many pixels"),
        (png_of_size(1, 1), "1x1 pixels"),
        (png_of_size(30_000, 2), "30000x2 pixels; each side needs 8"),
        (png_of_size(0, 10), "broken|0x10"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "broken"),
        (b"II*\x00" + bytes(3), "broken"),
        (b"RIFF\x04\x00\x00\x00WEBP", "broken"),
        (b"BM", "broken"),
    ],
)
def test_what_is_no_photo_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(PhotoUnreadable, match=reason) as caught:
        open_photo(data)

    assert caught.value.file is None
    assert "got bytes" in str(caught.value)


def test_a_webp_canvas_beyond_reason_is_refused_before_it_is_made() -> None:
    canvas = b"\x00\x00\x00\x00" + (16_383).to_bytes(3, "little") * 2
    body = (
        b"WEBPVP8X"
        + struct.pack("<I", 10)
        + canvas
        + b"VP8L"
        + struct.pack("<I", 5)
        + b"\x2f\xff\xff\xff\x0f"
    )
    data = b"RIFF" + struct.pack("<I", len(body)) + body

    with pytest.raises(PhotoUnreadable, match="too many pixels"):
        open_photo(data)


def test_limits_are_the_callers(make_bytes: MakeBytes) -> None:
    with pytest.raises(PhotoUnreadable, match="240000 pixels, more than the 1000 allowed"):
        open_photo(make_bytes(), PhotoLimits(max_pixels=1000))

    assert open_photo(png_of_size(1, 1), PhotoLimits(min_side_px=1)).stored == Size(1, 1)


def test_a_multi_picture_jpeg_gives_its_first() -> None:
    target = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(
        target, "MPO", save_all=True, append_images=[Image.new("RGB", (64, 48), "blue")]
    )

    photo = open_photo(target.getvalue())

    assert photo.format == "JPEG"
    assert fitted(photo, Size(10, 10)).getpixel((5, 5)) == pytest.approx((254, 0, 0), abs=3)


@pytest.mark.parametrize(
    "exif",
    [
        b"Exif\x00\x00",
        b"Exif\x00\x00junk junk junk",
        b"Exif\x00\x00II*\x00\xff\xff\xff\xff",
        b"Exif\x00\x00II*\x00\x08\x00\x00\x00\xff\xff\x12\x01",
        b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x63\x00\x00\x00",
        b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x02\x00\x00\x00\x01\x00\x06\x00\x00",
    ],
)
@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_junk_in_exif_leaves_the_photo_as_it_lies(kind: str, exif: bytes, make_bytes: MakeBytes) -> None:
    photo = open_photo(make_bytes(kind, exif=exif))

    assert photo.orientation == 1
    assert fitted(photo, Size(30, 20)).size == (30, 20)


def test_the_exif_of_a_png_is_found_behind_its_pixels(make_bytes: MakeBytes) -> None:
    plain = make_bytes("PNG", size=(60, 40))
    block = b"MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00"
    chunk = struct.pack(">I", len(block)) + b"eXIf" + block + struct.pack(">I", zlib.crc32(b"eXIf" + block))
    end = plain.index(b"IEND") - 4

    assert open_photo(plain[:end] + chunk + plain[end:]).upright == Size(40, 60)


def test_a_broken_avif_is_refused_although_its_decoder_speaks_otherwise(make_bytes: MakeBytes) -> None:
    data = make_bytes("AVIF")
    photo = open_photo(data[:-200] + bytes(200))

    with pytest.raises(PhotoUnreadable, match="broken"):
        fitted(photo, Size(60, 40))
