from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from postengine.render import PhotoUnreadable
from postengine.render.image.output import stripped_photo
from postengine.render.image.output.jpeg_segments import bare_jpeg
from postengine.render.image.output.untouched import MAX_UNTOUCHED_BYTES

MakePhone = Callable[..., bytes]


def pixels(data: bytes | Path) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    with Image.open(io.BytesIO(data) if isinstance(data, bytes) else data) as image:
        return np.asarray(image.convert("RGB"))


def profile(path: Path) -> object:
    with Image.open(path) as image:
        return image.info.get("icc_profile")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_an_upright_photo_keeps_every_pixel_and_its_profile(
    kind: str, phone: MakePhone, tmp_path: Path
) -> None:
    data = phone(kind)

    done = stripped_photo(data, tmp_path / "out")

    with Image.open(io.BytesIO(data)) as before:
        assert profile(done.path) == before.info["icc_profile"]
    assert np.array_equal(pixels(done.path), pixels(data))
    assert (done.width_px, done.height_px, done.duration_s) == (320, 240, None)
    assert done.size_bytes == done.path.stat().st_size < len(data)


@pytest.mark.parametrize("progressive", [True, False])
def test_an_upright_jpeg_is_not_written_anew(phone: MakePhone, tmp_path: Path, *, progressive: bool) -> None:
    data = phone("JPEG", progressive=progressive)

    bare = stripped_photo(data, tmp_path / "out.jpg").path.read_bytes()

    tables = data.index(b"\xff\xdb")
    assert data[tables : tables + 60] in bare
    scan = data[data.index(b"\xff\xda") : data.index(b"TRAILER")]
    assert scan in bare
    assert bare.endswith(b"\xff\xd9")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_turned_photo_leaves_upright(kind: str, orientation: int, phone: MakePhone, tmp_path: Path) -> None:
    done = stripped_photo(phone(kind, orientation), tmp_path / "out")

    seen = pixels(done.path)
    height, width = seen.shape[:2]
    assert (
        (width, height) == (done.width_px, done.height_px) == ((320, 240) if orientation == 3 else (240, 320))
    )
    reddest = {3: (0.5, 0.9), 6: (0.1, 0.5), 8: (0.9, 0.5)}[orientation]
    red, _, blue = seen[int(reddest[0] * height) - 4, int(reddest[1] * width) - 4].astype(int)
    assert red > blue + 60
    assert profile(done.path)


@pytest.mark.parametrize("orientation", [3, 6])
def test_a_turned_jpeg_keeps_its_own_quantisation(orientation: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    target = io.BytesIO()
    fine = Image.effect_noise((320, 240), 30).point([min(max(value, 60), 190) for value in range(256)])
    fine.save(target, "JPEG", exif=exif, quality=60)
    data = target.getvalue()

    done = stripped_photo(data, tmp_path / "out.jpg")

    with Image.open(io.BytesIO(data)) as before, Image.open(done.path) as after:
        assert isinstance(before, JpegImageFile)
        assert isinstance(after, JpegImageFile)
        assert sorted(after.quantization[0]) == sorted(before.quantization[0])
    turned = np.rot90(pixels(data), {3: 2, 6: -1}[orientation]).astype(int)
    assert np.abs(pixels(done.path).astype(int) - turned).mean() < 0.5


def test_a_turned_jpeg_with_half_the_colour_across_keeps_all_of_it(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 8
    target = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(target, "JPEG", exif=exif, subsampling=1)

    done = stripped_photo(target.getvalue(), tmp_path / "out.jpg")

    with Image.open(done.path) as image:
        assert get_sampling(image) == 0


@pytest.mark.parametrize("kind", ["TIFF", "BMP"])
def test_what_no_network_takes_becomes_a_jpeg(kind: str, phone: MakePhone, tmp_path: Path) -> None:
    done = stripped_photo(phone(kind), tmp_path / "out")

    assert done.mime == "image/jpeg"
    assert done.path.read_bytes().startswith(b"\xff\xd8")


def test_avif_is_written_anew_and_looks_the_same(phone: MakePhone, tmp_path: Path) -> None:
    data = phone("AVIF")

    done = stripped_photo(data, tmp_path / "out.avif")

    assert done.mime == "image/avif"
    assert np.abs(pixels(done.path).astype(int) - pixels(data).astype(int)).mean() < 4


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_the_copyright_line_is_the_only_tag(
    kind: str, orientation: int, phone: MakePhone, tmp_path: Path
) -> None:
    done = stripped_photo(phone(kind, orientation), tmp_path / "out", copyright_line="© Hafen & Hügel")

    with Image.open(done.path) as image:
        assert list(image.getexif()) == [0x8298]
    assert "© Hafen & Hügel".encode() in done.path.read_bytes()


@pytest.mark.parametrize(("orientation", "size"), [(1, (320, 240)), (6, (240, 320))])
def test_cmyk_stays_cmyk(orientation: int, size: tuple[int, int], phone: MakePhone, tmp_path: Path) -> None:
    done = stripped_photo(phone("JPEG", orientation, "CMYK"), tmp_path / "out.jpg")

    with Image.open(done.path) as image:
        assert (image.mode, image.size) == ("CMYK", size)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("lossless", [True, False])
def test_transparency_stays(kind: str, orientation: int, tmp_path: Path, *, lossless: bool) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    target = io.BytesIO()
    Image.new("RGBA", (64, 48), (255, 0, 0, 90)).save(target, kind, exif=exif, lossless=lossless)

    done = stripped_photo(target.getvalue(), tmp_path / "out")

    with Image.open(done.path) as image:
        assert image.mode == "RGBA"
        assert image.getchannel("A").getextrema() == (90, 90)


def test_transparency_of_a_tiff_lies_on_white(tmp_path: Path) -> None:
    target = io.BytesIO()
    Image.new("RGBA", (64, 48), (255, 0, 0, 0)).save(target, "TIFF")

    assert pixels(stripped_photo(target.getvalue(), tmp_path / "out").path).min() > 250


def test_a_deep_tiff_becomes_a_grey_jpeg(tmp_path: Path) -> None:
    target = io.BytesIO()
    Image.new("LAB", (64, 48), (255, 128, 128)).save(target, "TIFF")

    assert pixels(stripped_photo(target.getvalue(), tmp_path / "out").path).min() > 250


def test_a_plain_webp_stays_in_its_simple_form(tmp_path: Path) -> None:
    target = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(target, "WEBP")

    assert stripped_photo(target.getvalue(), tmp_path / "out").path.read_bytes() == target.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_junk_profile_is_left_out(kind: str, tmp_path: Path) -> None:
    target = io.BytesIO()
    Image.new("RGB", (64, 48)).save(target, kind, icc_profile=b"SECRET junk")

    done = stripped_photo(target.getvalue(), tmp_path / "out")

    assert b"SECRET" not in done.path.read_bytes()
    assert not profile(done.path)


def test_a_long_profile_is_written_in_parts() -> None:
    target = io.BytesIO()
    Image.new("RGB", (64, 48)).save(target, "JPEG")
    long = bytes(range(256)) * 600

    data = bare_jpeg(target.getvalue(), exif=b"", profile=long)

    with Image.open(io.BytesIO(data)) as image:
        assert image.info["icc_profile"] == long


def test_a_png_without_its_end_gets_one(phone: MakePhone, tmp_path: Path) -> None:
    data = phone("PNG")

    done = stripped_photo(data[: data.index(b"IEND") - 4], tmp_path / "out.png")

    assert done.path.read_bytes().endswith(b"IEND\xaeB`\x82")


def test_padding_between_segments_is_passed_over(phone: MakePhone, tmp_path: Path) -> None:
    data = phone("JPEG")
    at = data.index(b"\xff\xdb")

    done = stripped_photo(data[:at] + b"\xff\xff" + data[at:], tmp_path / "out.jpg")

    assert np.array_equal(pixels(done.path), pixels(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_that_is_cut_short_does_not_leave(kind: str, phone: MakePhone, tmp_path: Path) -> None:
    data = phone(kind)

    with pytest.raises(PhotoUnreadable, match="cut short"):
        stripped_photo(data[: len(data) * 2 // 3], tmp_path / "out")

    assert list(tmp_path.iterdir()) == []


def test_a_file_beyond_reason_is_not_read(phone: MakePhone, tmp_path: Path) -> None:
    file = tmp_path / "huge.jpg"
    file.write_bytes(phone("JPEG"))
    with file.open("r+b") as handle:
        handle.truncate(MAX_UNTOUCHED_BYTES + 1)

    with pytest.raises(PhotoUnreadable, match="posted as they are") as caught:
        stripped_photo(file, tmp_path / "out")

    assert caught.value.file == file


def test_a_file_gives_what_its_bytes_give(phone: MakePhone, tmp_path: Path) -> None:
    (tmp_path / "in.jpg").write_bytes(phone("JPEG"))

    from_file = stripped_photo(tmp_path / "in.jpg", tmp_path / "a")
    from_bytes = stripped_photo(phone("JPEG"), tmp_path / "b")

    assert from_file.path.read_bytes() == from_bytes.path.read_bytes()
