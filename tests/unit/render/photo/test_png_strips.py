from __future__ import annotations

import io
import zlib

import numpy as np
import pytest
from PIL import Image

from postengine.render import PhotoUnreadable, Size
from postengine.render.image.photo import PhotoLimits, decode, open_photo
from postengine.render.image.photo.png_strips import png_layout, reduced_png


def as_png(image: Image.Image, **options: int) -> bytes:
    target = io.BytesIO()
    image.save(target, "PNG", **options)
    return target.getvalue()


def with_alpha(image: Image.Image) -> Image.Image:
    clear = image.convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(image.size))
    return clear


@pytest.mark.parametrize("mode", ["L", "RGB", "P"])
@pytest.mark.parametrize("factor", [1, 2, 3, 7])
def test_strips_give_what_reducing_the_whole_gives(mode: str, factor: int, noisy: Image.Image) -> None:
    data = as_png(noisy.convert(mode))
    whole = Image.open(io.BytesIO(data)).convert("L" if mode == "L" else "RGB")

    small = reduced_png(io.BytesIO(data), factor, strip_bytes=10_000)

    assert np.array_equal(np.asarray(small), np.asarray(whole.reduce(factor)))


@pytest.mark.parametrize("mode", ["LA", "RGBA"])
def test_strips_keep_transparency(mode: str, noisy: Image.Image) -> None:
    data = as_png(with_alpha(noisy).convert(mode))

    small = reduced_png(io.BytesIO(data), 3, strip_bytes=10_000)

    expected = Image.open(io.BytesIO(data)).convert("RGBA").reduce(3)
    assert np.array_equal(np.asarray(small), np.asarray(expected))


def test_a_transparent_colour_counts_as_transparency(noisy: Image.Image) -> None:
    data = as_png(noisy.convert("L"), transparency=128)

    assert reduced_png(io.BytesIO(data), 2).mode == "RGBA"


def test_only_whole_bytes_without_interlace_have_strips(noisy: Image.Image) -> None:
    deep = Image.fromarray(np.full((40, 60), 0x8000, np.uint16))

    assert png_layout(io.BytesIO(as_png(noisy))).has_strips
    assert not png_layout(io.BytesIO(as_png(noisy.convert("1")))).has_strips
    assert not png_layout(io.BytesIO(as_png(deep))).has_strips


@pytest.fixture(scope="module")
def large() -> bytes:
    """Return a PNG of 20 million pixels: dark above, bright below."""
    picture = Image.new("RGB", (5000, 4000), (20, 40, 60))
    picture.paste((200, 220, 240), (0, 2000, 5000, 4000))
    return as_png(picture, compress_level=1)


def test_a_large_png_is_decoded_to_twice_what_is_wanted(large: bytes) -> None:
    decoded = decode(open_photo(large), [Size(500, 400)])

    assert decoded.upright == Size(1000, 800)
    assert decoded.image.getpixel((500, 100)) == (20, 40, 60)
    assert decoded.image.getpixel((500, 700)) == (200, 220, 240)


def test_short_memory_gives_as_many_pixels_as_are_wanted_and_no_more(large: bytes) -> None:
    limits = PhotoLimits(max_decode_bytes=3_000_000)

    assert decode(open_photo(large, limits), [Size(500, 400)]).upright == Size(500, 400)


def test_a_large_png_that_is_wanted_whole_is_refused_where_memory_is_short(large: bytes) -> None:
    limits = PhotoLimits(max_decode_bytes=50_000_000)

    with pytest.raises(PhotoUnreadable, match=r"too many pixels .*5000x4000 as PNG take 191 MiB"):
        decode(open_photo(large, limits), [Size(5000, 4000)])


@pytest.mark.parametrize("depth", ["1", "I;16"])
def test_a_large_png_without_strips_is_decoded_whole(depth: str) -> None:
    picture = Image.new(depth, (5000, 4000))

    assert decode(open_photo(as_png(picture, compress_level=1)), [Size(50, 40)]).upright == Size(5000, 4000)


def test_a_large_png_that_is_cut_short_is_refused(large: bytes) -> None:
    with pytest.raises(PhotoUnreadable, match="cut short"):
        decode(open_photo(large[: len(large) // 2]), [Size(50, 40)])


def test_a_large_png_with_broken_rows_is_refused(large: bytes) -> None:
    spoilt = large[:1000] + bytes(400) + large[1400:]

    with pytest.raises(PhotoUnreadable, match="broken") as caught:
        decode(open_photo(spoilt), [Size(50, 40)])

    assert isinstance(caught.value.__cause__, zlib.error)


def test_a_png_without_pixels_is_cut_short(noisy: Image.Image) -> None:
    data = as_png(noisy)
    bare = data[: data.index(b"IDAT") - 4]

    with pytest.raises(OSError, match="truncated"):
        reduced_png(io.BytesIO(bare), 2)


def test_a_png_without_rows_is_broken(noisy: Image.Image) -> None:
    data = as_png(noisy)
    flat = data[:20] + bytes(4) + data[24:]

    with pytest.raises(OSError, match="without rows"):
        reduced_png(io.BytesIO(flat), 2)
