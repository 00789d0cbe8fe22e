from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms
from PIL.ImageFile import ImageFile
from pydantic import ValidationError

from postengine.render.errors import OutputTooLarge
from postengine.render.image.output import Format, Output, encode
from postengine.render.image.photo import srgb_profile_bytes

FORMATS: list[Format] = ["png", "jpeg", "webp", "avif"]


@pytest.fixture
def drawing() -> Image.Image:
    rng = np.random.default_rng(3)
    coarse = Image.fromarray(rng.integers(0, 256, (24, 32, 3), np.uint8))
    return coarse.resize((256, 192), Image.Resampling.BICUBIC)


def opened(data: bytes) -> ImageFile:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("kind", FORMATS)
def test_each_format_gives_the_picture_back(kind: Format, drawing: Image.Image) -> None:
    output = Output(format=kind)

    data = encode(drawing, output)

    image = opened(data)
    assert (image.get_format_mimetype(), image.size, image.mode) == (output.mime, drawing.size, "RGB")
    assert np.abs(np.asarray(image).astype(int) - np.asarray(drawing).astype(int)).mean() < 6


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_picture_gives_the_same_bytes(kind: Format, drawing: Image.Image) -> None:
    output = Output(format=kind, icc=True, copyright="© Harbour & Hill")

    assert encode(drawing, output) == encode(drawing.copy(), output)


@pytest.mark.parametrize("kind", ["png", "webp", "avif"])
def test_transparency_is_kept_where_the_format_has_it(kind: Format) -> None:
    image = opened(encode(Image.new("RGBA", (40, 30), (255, 0, 0, 100)), Output(format=kind)))

    assert image.mode == "RGBA"
    assert image.getchannel("A").getextrema() == (100, 100)


def test_jpeg_lays_transparency_on_white() -> None:
    image = opened(encode(Image.new("RGBA", (40, 30), (255, 0, 0, 0)), Output()))

    assert image.getextrema() == ((255, 255),) * 3


def test_other_modes_are_written_as_rgb() -> None:
    assert opened(encode(Image.new("L", (40, 30), 9), Output(format="png"))).mode == "RGB"


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_dots_per_inch_are_written(kind: Format, drawing: Image.Image) -> None:
    dpi = opened(encode(drawing, Output(format=kind, dpi=300))).info["dpi"]

    assert dpi == pytest.approx((300, 300), abs=0.1)


@pytest.mark.parametrize("kind", FORMATS)
def test_the_srgb_profile_is_embedded_on_demand_only(kind: Format, drawing: Image.Image) -> None:
    with_profile, without = (opened(encode(drawing, Output(format=kind, icc=icc))) for icc in (True, False))

    assert with_profile.info["icc_profile"] == srgb_profile_bytes()
    assert "sRGB" in ImageCms.getProfileDescription(
        ImageCms.ImageCmsProfile(io.BytesIO(with_profile.info["icc_profile"]))
    )
    assert not without.info.get("icc_profile")


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("line", ["© 2026 Hafen & Hügel", "ab"])
def test_the_copyright_is_the_only_tag(kind: Format, line: str, drawing: Image.Image) -> None:
    data = encode(drawing, Output(format=kind, copyright=line))

    exif = opened(data).getexif()
    assert list(exif) == [0x8298]
    assert line.encode() in data


@pytest.mark.parametrize("kind", FORMATS)
def test_notes_that_came_with_the_pixels_stay_behind(kind: Format, drawing: Image.Image) -> None:
    drawing.info = {"comment": b"note", "xmp": b"note", "icc_profile": b"note", "exif": b"Exif\x00\x00note"}

    data = encode(drawing, Output(format=kind))

    assert b"note" not in data
    assert drawing.info["comment"] == b"note"


@pytest.mark.parametrize("kind", ["jpeg", "webp", "avif"])
def test_the_highest_quality_that_fits_is_found(kind: Format, drawing: Image.Image) -> None:
    sizes = {
        quality: len(encode(drawing, Output(format=kind, quality=quality))) for quality in range(60, 91, 3)
    }
    limit = sizes[72]

    data = encode(drawing, Output(format=kind, quality=90, max_bytes=limit))

    one_more = next(
        (q for q in range(90, 39, -1) if len(encode(drawing, Output(format=kind, quality=q))) <= limit), 40
    )
    assert len(data) <= limit
    assert data == encode(drawing, Output(format=kind, quality=one_more))


def test_a_picture_that_fits_is_written_at_the_quality_asked_for(drawing: Image.Image) -> None:
    assert encode(drawing, Output(max_bytes=10**6)) == encode(drawing, Output())


@pytest.mark.parametrize(
    "output",
    [
        Output(format="jpeg", max_bytes=500),
        Output(format="jpeg", quality=30, max_bytes=500),
        Output(format="png", max_bytes=500),
        Output(format="webp", lossless=True, max_bytes=500),
        Output(format="avif", max_bytes=500),
    ],
)
def test_a_size_that_cannot_be_kept_says_what_it_takes(output: Output, drawing: Image.Image) -> None:
    with pytest.raises(OutputTooLarge, match="at most 500 bytes") as caught:
        encode(drawing, output)

    lowest = output.model_copy(
        update={"max_bytes": None, "quality": 90 if output.lossless else min(output.quality, 40)}
    )
    assert caught.value.max_bytes == 500
    assert caught.value.least_bytes == len(encode(drawing, lowest))
    assert not caught.value.retryable


def test_lossless_webp_keeps_every_pixel(drawing: Image.Image) -> None:
    data = encode(drawing, Output(format="webp", lossless=True))

    assert np.array_equal(np.asarray(opened(data)), np.asarray(drawing))


@pytest.mark.parametrize("kind", FORMATS)
def test_more_effort_takes_no_more_bytes(kind: Format, drawing: Image.Image) -> None:
    little, much = (len(encode(drawing, Output(format=kind, effort=effort))) for effort in (0, 9))

    assert much < little


def test_full_chroma_keeps_thin_coloured_lines() -> None:
    lines = Image.new("RGB", (64, 64), "white")
    for x in range(0, 64, 4):
        lines.paste((255, 0, 0), (x, 0, x + 1, 64))

    full, half = (
        np.abs(
            np.asarray(opened(encode(lines, Output(full_chroma=full)))).astype(int) - np.asarray(lines)
        ).mean()
        for full in (True, False)
    )

    assert full < half / 2


@pytest.mark.parametrize(
    "values",
    [
        {"format": "gif"},
        {"quality": 0},
        {"quality": 101},
        {"dpi": 0},
        {"format": "webp", "dpi": 300},
        {"format": "jpeg", "lossless": True},
        {"format": "avif", "lossless": True},
        {"max_bytes": 0},
        {"effort": 10},
        {"copyright": ""},
        {"copyright": "two\nlines"},
        {"copyright": "x" * 501},
        {"colour": "red"},
    ],
)
def test_what_makes_no_sense_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Output(**values)


def test_an_output_travels_as_json() -> None:
    output = Output(format="png", dpi=300, max_bytes=10**6, copyright="© Hafen")

    assert Output.model_validate_json(output.model_dump_json()) == output
