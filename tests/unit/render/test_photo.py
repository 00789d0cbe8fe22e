from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image, ImageCms

from postengine.render import Focus, PhotoUnreadable, Size, prepare_photo
from postengine.render.image.photo import load_photo

MakePhoto = Callable[..., Path]
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def near(pixels: np.ndarray[Any, Any], x: float, y: float, colour: tuple[int, int, int]) -> bool:
    height, width = pixels.shape[:2]
    found = pixels[int(y * height), int(x * width)].astype(int)
    return bool(np.abs(found - colour).max() < 40)


def stored_for(orientation: int, upright: Image.Image) -> Image.Image:
    """Return the pixels that a camera stores for `upright` with this orientation."""
    transpose = Image.Transpose
    undo = {
        1: None,
        2: transpose.FLIP_LEFT_RIGHT,
        3: transpose.ROTATE_180,
        4: transpose.FLIP_TOP_BOTTOM,
        5: transpose.TRANSPOSE,
        6: transpose.ROTATE_90,
        7: transpose.TRANSVERSE,
        8: transpose.ROTATE_270,
    }[orientation]
    return upright if undo is None else upright.transpose(undo)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright_by_its_exif_orientation(
    orientation: int, make_photo: MakePhoto, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    with Image.open(make_photo(size=(1600, 1200))) as upright:
        stored_for(orientation, upright).save(tmp_path / "turned.jpg", exif=exif)

    pixels = load_photo(tmp_path / "turned.jpg", Size(400, 300))

    assert pixels.shape == (300, 400, 3)
    assert near(pixels, 0.25, 0.8, RED)
    assert near(pixels, 0.75, 0.8, BLUE)
    assert near(pixels, 0.5, 0.05, WHITE)


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("a.jpg", "CMYK"),
        ("a.png", "RGBA"),
        ("a.png", "P"),
        ("a.webp", "RGB"),
        ("a.avif", "RGB"),
        ("a.tiff", "RGB"),
        ("a.bmp", "RGB"),
    ],
)
def test_every_format_and_mode_gives_the_same_colours(name: str, mode: str, make_photo: MakePhoto) -> None:
    pixels = load_photo(make_photo(name, mode=mode), Size(120, 80))

    assert near(pixels, 0.25, 0.8, RED)
    assert near(pixels, 0.75, 0.8, BLUE)


def test_sixteen_bits_become_eight(tmp_path: Path) -> None:
    deep = np.full((40, 60), 0x8000, np.uint16)
    Image.fromarray(deep).save(tmp_path / "deep.png")

    pixels = load_photo(tmp_path / "deep.png", Size(30, 20))

    assert np.unique(pixels).tolist() == [128]


def test_transparency_is_laid_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (60, 40), (255, 0, 0, 0)).save(tmp_path / "clear.png")

    pixels = load_photo(tmp_path / "clear.png", Size(30, 20))

    assert np.unique(pixels).tolist() == [255]


def test_the_photos_own_profile_is_honoured(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(cast("Any", ImageCms).createProfile("LAB")).tobytes()
    Image.new("LAB", (60, 40), (255, 128, 128)).save(tmp_path / "lab.tiff", icc_profile=lab)

    pixels = load_photo(tmp_path / "lab.tiff", Size(30, 20))

    assert pixels.min() > 250


def test_a_broken_profile_is_read_as_srgb(make_photo: MakePhoto) -> None:
    pixels = load_photo(make_photo(icc_profile=b"no profile"), Size(120, 80))

    assert near(pixels, 0.25, 0.8, RED)


@pytest.mark.parametrize(("x", "colour"), [(0.0, RED), (1.0, BLUE)])
def test_the_focus_stays_in_view(x: float, colour: tuple[int, int, int], make_photo: MakePhoto) -> None:
    pixels = load_photo(make_photo(), Size(100, 200), Focus(x, 0.5))

    assert near(pixels, 0.5, 0.8, colour)


def test_a_small_photo_is_enlarged(make_photo: MakePhoto) -> None:
    assert load_photo(make_photo(size=(40, 30)), Size(400, 300)).shape == (300, 400, 3)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def junk(path: Path) -> None:
    path.write_bytes(b"<html>not found</html>")


def broken_head(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20] + bytes(400))


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (cut, "cut short"),
        (empty, "empty"),
        (junk, "no picture"),
        (broken_head, "picture|broken"),
        (Path.unlink, "no such file"),
    ],
)
@pytest.mark.parametrize("name", ["photo.jpg", "photo.png"])
def test_a_spoilt_photo_is_refused_with_its_reason(
    spoil: Callable[[Path], None], reason: str, name: str, make_photo: MakePhoto
) -> None:
    path = make_photo(name)
    spoil(path)

    with pytest.raises(PhotoUnreadable, match=reason) as caught:
        load_photo(path, Size(100, 100))

    assert caught.value.file == path
    assert not caught.value.retryable


def test_too_many_pixels_are_refused_before_they_are_decoded(make_photo: MakePhoto) -> None:
    with pytest.raises(PhotoUnreadable, match="240000 pixels, more than the 100000 allowed"):
        load_photo(make_photo(), Size(100, 100), max_pixels=100_000)


def test_pillows_own_limit_reads_as_ours(tmp_path: Path) -> None:
    Image.new("1", (15_000, 13_000)).save(tmp_path / "bomb.png")

    with pytest.raises(PhotoUnreadable, match="too many pixels"):
        load_photo(tmp_path / "bomb.png", Size(100, 100), max_pixels=10**12)


def test_a_prepared_photo_has_its_size_and_no_metadata(make_photo: MakePhoto, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    place = exif.get_ifd(0x8825)
    place[1] = "N"
    path = make_photo(exif=exif, comment=b"secret", icc_profile=b"p")

    done = prepare_photo(path, (300, 300), tmp_path / "out" / "page.jpg")

    with Image.open(done.path) as image:
        assert image.size == (300, 300)
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert (done.mime, done.width_px, done.height_px, done.duration_s) == ("image/jpeg", 300, 300, None)
    assert done.size_bytes == done.path.stat().st_size
    assert b"Maker" not in done.path.read_bytes()


def test_preparing_twice_gives_the_same_bytes(make_photo: MakePhoto, tmp_path: Path) -> None:
    photo = make_photo()

    one, two = (prepare_photo(photo, Size(90, 90), tmp_path / f"{n}.jpg").path.read_bytes() for n in "ab")

    assert one == two
    assert Image.open(io.BytesIO(one)).mode == "RGB"
