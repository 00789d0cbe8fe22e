from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from PIL import Image

from postengine.render import Focus, PhotoUnreadable, Size
from postengine.render.image.info import PictureInfo, picture_info
from postengine.render.image.photo import PhotoLimits, decode, encode_jpeg, fitted, load_photo, open_photo

MakeBytes = Callable[..., bytes]
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def near(image: Image.Image, x: float, y: float, colour: tuple[int, ...]) -> bool:
    found = np.asarray(image)[int(y * image.height), int(x * image.width)].astype(int)
    return bool(np.abs(found - np.array(colour)).max() < 40)


def clear(size: tuple[int, int] = (60, 40)) -> bytes:
    target = io.BytesIO()
    picture = Image.new("RGBA", size, (255, 0, 0, 0))
    picture.paste((255, 0, 0, 255), (0, 0, size[0] // 2, size[1]))
    picture.save(target, "PNG")
    return target.getvalue()


def test_a_cover_is_what_pillow_itself_makes_of_the_drafted_photo(noisy: Image.Image) -> None:
    target = io.BytesIO()
    noisy.resize((1600, 1200)).save(target, "JPEG")
    floor = Image.open(target)
    floor.draft("RGB", (400, 300))

    cut = fitted(open_photo(target.getvalue()), Size(200, 300))

    expected = floor.resize((200, 300), Image.Resampling.LANCZOS, box=(100, 0, 300, 300))
    assert np.abs(np.asarray(cut).astype(int) - np.asarray(expected).astype(int)).max() <= 1


def test_load_photo_gives_the_same_pixels_as_an_array(make_bytes: MakeBytes, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(make_bytes())

    pixels = load_photo(tmp_path / "a.jpg", Size(90, 160), Focus(0.2, 0.5))

    cut = fitted(open_photo(tmp_path / "a.jpg"), Size(90, 160), focus=Focus(0.2, 0.5))
    assert pixels.shape == (160, 90, 3)
    assert np.array_equal(pixels, np.asarray(cut))


def test_a_contained_photo_stands_in_the_middle_of_its_paper(make_bytes: MakeBytes) -> None:
    picture = fitted(open_photo(make_bytes()), Size(300, 300), fit="contain", paper="#102030")

    assert (picture.size, picture.mode) == ((300, 300), "RGB")
    assert near(picture, 0.5, 0.1, (16, 32, 48))
    assert near(picture, 0.5, 0.9, (16, 32, 48))
    assert near(picture, 0.25, 0.6, RED)
    assert near(picture, 0.75, 0.6, BLUE)


def test_a_contained_photo_without_paper_has_clear_borders(make_bytes: MakeBytes) -> None:
    picture = fitted(open_photo(make_bytes()), Size(300, 300), fit="contain", paper=None)

    assert picture.mode == "RGBA"
    assert picture.getpixel((150, 10)) == (0, 0, 0, 0)
    assert picture.getchannel("A").getpixel((150, 150)) == 255


def test_a_contained_photo_of_the_same_shape_has_no_borders(make_bytes: MakeBytes) -> None:
    picture = fitted(open_photo(make_bytes()), Size(300, 200), fit="contain", paper=None)

    assert (picture.size, picture.mode) == ((300, 200), "RGB")


def test_blur_fill_shows_all_over_a_darker_blur_of_itself(make_bytes: MakeBytes) -> None:
    picture = fitted(open_photo(make_bytes()), Size(300, 500), fit="blur-fill")

    assert (picture.size, picture.mode) == ((300, 500), "RGB")
    assert near(picture, 0.2, 0.55, RED)
    assert near(picture, 0.8, 0.55, BLUE)
    red, green, blue = np.asarray(picture)[450, 40].tolist()
    assert 120 < red < 220
    assert max(green, blue) < 60


def test_transparency_lies_on_paper_unless_it_is_to_be_kept() -> None:
    photo = open_photo(clear())

    on_white, on_colour, kept = (
        fitted(photo, Size(30, 20), paper=paper) for paper in ("white", "#00ff00", None)
    )

    assert near(on_white, 0.9, 0.5, WHITE)
    assert near(on_colour, 0.9, 0.5, (0, 255, 0))
    assert kept.mode == "RGBA"
    assert kept.getpixel((27, 10)) == pytest.approx((255, 0, 0, 0), abs=255)
    assert kept.getchannel("A").getextrema() == (0, 255)


@pytest.mark.parametrize("fit", ["contain", "blur-fill"])
def test_transparency_meets_what_lies_beneath(fit: Literal["contain", "blur-fill"]) -> None:
    picture = fitted(open_photo(clear()), Size(60, 80), fit=fit, paper="#00ff00")

    assert picture.mode == "RGB"
    assert near(picture, 0.2, 0.5, RED)
    assert not near(picture, 0.9, 0.5, RED)


def test_levels_are_evened_out_on_demand() -> None:
    target = io.BytesIO()
    Image.linear_gradient("L").point([60 + value // 2 for value in range(256)]).save(target, "PNG")
    photo = open_photo(target.getvalue())

    plain, even = fitted(photo, Size(64, 64)), fitted(photo, Size(64, 64), levels="gentle")

    spread = [int(np.ptp(np.asarray(picture.convert("L")))) for picture in (plain, even)]
    assert spread[1] > spread[0] * 1.1


def test_the_smart_focus_is_found_in_the_photo_itself(noisy: Image.Image) -> None:
    scene = Image.new("RGB", (1200, 400), (120, 150, 190))
    scene.paste(noisy.resize((300, 300)), (850, 60))
    target = io.BytesIO()
    scene.save(target, "JPEG")

    smart = fitted(open_photo(target.getvalue()), Size(200, 200), focus="smart")
    middle = fitted(open_photo(target.getvalue()), Size(200, 200), focus="centre")

    assert np.asarray(smart).std() > 40
    assert np.asarray(middle)[:, :, 1].std() < 10


def test_nothing_of_the_file_rides_along(make_bytes: MakeBytes) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Maker"

    assert fitted(open_photo(make_bytes(exif=exif, comment=b"note")), Size(30, 20)).info == {}


def test_a_size_looks_the_same_asked_for_alone_or_with_others(noisy: Image.Image) -> None:
    target = io.BytesIO()
    noisy.resize((1600, 1200)).save(target, "JPEG", quality=95)
    photo = open_photo(target.getvalue())
    together = decode(photo, [Size(300, 300), Size(1600, 1200)])

    alone, shared = fitted(photo, Size(300, 300)), fitted(together, Size(300, 300))

    assert together.upright == Size(1600, 1200)
    assert np.abs(np.asarray(alone).astype(int) - np.asarray(shared).astype(int)).mean() < 1.5
    assert fitted(together, Size(300, 300)).tobytes() == shared.tobytes()


@pytest.mark.parametrize("bits", ["I;16", "I"])
def test_deep_grey_becomes_eight_bits(bits: str) -> None:
    target = io.BytesIO()
    Image.new(bits, (60, 40), 0x4000).save(target, "TIFF")

    assert fitted(open_photo(target.getvalue()), Size(30, 20)).getextrema() == ((64, 64),) * 3


@pytest.mark.parametrize("mode", ["1", "LA"])
def test_rare_modes_are_read(mode: str) -> None:
    target = io.BytesIO()
    Image.new("L", (60, 40), 255).convert(mode).save(target, "TIFF" if mode == "1" else "PNG")

    assert fitted(open_photo(target.getvalue()), Size(30, 20)).getextrema() == ((255, 255),) * 3


def test_a_progressive_jpeg_is_held_to_the_memory_its_coefficients_take(make_bytes: MakeBytes) -> None:
    limits = PhotoLimits(max_decode_bytes=300_000)

    assert fitted(open_photo(make_bytes(), limits), Size(60, 40)).size == (60, 40)
    with pytest.raises(PhotoUnreadable, match="600x400 as progressive JPEG take 1 MiB"):
        fitted(open_photo(make_bytes(progressive=True), limits), Size(60, 40))


def test_a_photo_that_is_cut_short_is_refused_when_it_is_decoded(make_bytes: MakeBytes) -> None:
    data = make_bytes()
    photo = open_photo(data[: len(data) // 2])

    with pytest.raises(PhotoUnreadable, match="cut short"):
        fitted(photo, Size(60, 40))


def test_an_array_becomes_a_jpeg_without_metadata() -> None:
    data = encode_jpeg(np.full((20, 30, 3), 90, np.uint8), full_chroma=False)

    with Image.open(io.BytesIO(data)) as image:
        assert (image.size, image.getpixel((9, 9))) == ((30, 20), (90, 90, 90))
        assert not image.getexif()


def test_what_a_picture_is_is_told_upright(make_bytes: MakeBytes, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    (tmp_path / "a.png").write_bytes(make_bytes("PNG", exif=exif))

    assert picture_info(tmp_path / "a.png") == PictureInfo("image/png", 400, 600)
    with pytest.raises(PhotoUnreadable, match="allowed"):
        picture_info(tmp_path / "a.png", max_pixels=1000)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("shape", [(1013, 757), (757, 1013), (1200, 628)])
def test_a_region_that_is_turned_never_leaves_the_photo(
    make_bytes: Callable[..., bytes], orientation: int, shape: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = make_bytes(size=(603, 401), exif=exif)

    for x in (0.0, 0.31, 0.777, 1.0):
        assert fitted(open_photo(data), Size(*shape), focus=Focus(x, 1 - x)).size == shape
