"""Photos on their canvas: corners, transparency, borders; and what the engine drew on top."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from postengine.render.image import Box, Picture, Region, Size, Style
from postengine.render.image.colour import Colour
from postengine.render.image.compose.paint import (
    canvas_of,
    covers,
    encoded,
    lay,
    lay_over,
    pixels_for,
    shown_size,
    used_sources,
    whole_pixels,
)
from postengine.render.image.compose.plan import Spot
from postengine.render.image.draw import Placed
from postengine.render.image.photo import PhotoCache

SIZE = Size(40, 30)
RED = (255, 0, 0)


def spot(
    region: Region, *, radius: float = 0.0, natural: Size = SIZE, source: str = "a", **style: object
) -> Spot:
    node = Picture(source=source, style=Style.model_validate({"object_fit": "cover"} | style))
    return Spot("root.children[0]", node, region, natural, radius)


def red(size: Size, mode: str = "RGB", alpha: int = 255) -> Image.Image:
    return Image.new(mode, size, RED if mode == "RGB" else (*RED, alpha))


def test_a_canvas_is_transparent_or_has_the_grounds_colour() -> None:
    assert canvas_of(SIZE, None).getpixel((3, 3)) == (0, 0, 0, 0)
    assert canvas_of(SIZE, Colour(1, 2, 3)).getpixel((3, 3)) == (1, 2, 3)


@pytest.mark.parametrize(
    ("region", "whole"),
    [
        (Region(1.4, 2.6, 10, 10), (1, 3, Size(10, 10))),
        (Region(0.6, 0.6, 0.1, 0.1), (1, 1, Size(1, 1))),
        (Region(0.5, 0, 9.4, 3), (0, 0, Size(10, 3))),
    ],
)
def test_regions_are_rounded_edge_by_edge(region: Region, whole: tuple[int, int, Size]) -> None:
    assert whole_pixels(region) == whole


def test_only_an_opaque_picture_of_the_whole_canvas_covers_it() -> None:
    whole = Region(0, 0, 40, 30)

    assert covers(red(SIZE), spot(whole), SIZE)
    assert not covers(red(SIZE, "RGBA"), spot(whole), SIZE)
    assert not covers(red(SIZE), spot(whole, radius=4), SIZE)
    assert not covers(red(SIZE), spot(Region(1, 0, 40, 30)), SIZE)


def test_a_picture_lies_at_its_place() -> None:
    canvas = canvas_of(SIZE, Colour(0, 0, 255))

    lay(canvas, red(Size(10, 10)), spot(Region(5, 8, 10, 10)))

    drawn = np.asarray(canvas)
    assert (drawn[8:18, 5:15] == RED).all()
    assert (drawn == RED).all(axis=2).sum() == 100


@pytest.mark.parametrize("radius", [6.0, 6.5, 500.0])
def test_corners_are_round_and_smooth(radius: float) -> None:
    canvas = canvas_of(SIZE, Colour(0, 0, 255))

    lay(canvas, red(Size(20, 20)), spot(Region(10, 5, 20, 20), radius=radius))

    drawn = np.asarray(canvas)[5:25, 10:30, 0].astype(int)
    assert (drawn[0, 0], drawn[0, 19], drawn[19, 0], drawn[19, 19]) == (0, 0, 0, 0)
    assert drawn[10, 10] == drawn[0, 10] == 255 if radius < 10 else drawn[10, 10] == 255
    assert (drawn == drawn[::-1]).all()
    assert (drawn == drawn[:, ::-1]).all()
    real = min(radius, 10)
    assert drawn.sum() / 255 == pytest.approx(400 - (4 - np.pi) * real**2, rel=0.01)


@pytest.mark.parametrize("ground", [None, Colour(0, 0, 0)])
def test_a_picture_that_lets_light_through_keeps_its_opacity_and_colour(ground: Colour | None) -> None:
    canvas = canvas_of(SIZE, ground)

    lay(canvas, red(SIZE, "RGBA", 128), spot(Region(0, 0, 40, 30)))

    expected = (128, 0, 0) if ground else (255, 0, 0, 128)
    assert canvas.getpixel((20, 15)) == expected


def test_round_corners_on_a_transparent_canvas_have_no_dark_edge() -> None:
    canvas = canvas_of(SIZE, None)

    lay(canvas, red(Size(30, 30)), spot(Region(0, 0, 30, 30), radius=10))

    drawn = np.asarray(canvas)
    edge = (drawn[..., 3] > 0) & (drawn[..., 3] < 255)
    assert edge.sum() > 10
    assert (drawn[edge][:, :3] == RED).all()


def test_round_corners_cut_a_picture_that_lets_light_through() -> None:
    canvas = canvas_of(SIZE, None)

    lay(canvas, red(Size(30, 30), "RGBA", 100), spot(Region(0, 0, 30, 30), radius=10))

    alpha = np.asarray(canvas)[..., 3]
    assert (alpha[0, 0], alpha[15, 15], alpha[0, 15]) == (0, 100, 100)


@pytest.mark.parametrize("left", [-6, 35])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_a_picture_may_reach_out_of_the_canvas(left: int, mode: str) -> None:
    canvas = canvas_of(SIZE, None)

    lay(canvas, red(Size(10, 10), mode), spot(Region(left, -5, 10, 10), radius=1))

    seen = np.asarray(canvas)[..., 3] > 0
    assert seen.sum() == pytest.approx(4 * 5 if left < 0 else 5 * 5, abs=1)


def test_what_the_engine_drew_covers_by_its_opacity() -> None:
    canvas = Image.new("RGB", (3, 1), (100, 100, 100))
    layer = np.array([[[200, 200, 200, 0], [200, 200, 200, 128], [200, 200, 200, 255]]], np.uint8)

    over = lay_over(canvas, layer, (0, 0))

    assert np.asarray(over)[0, :, 0].tolist() == [100, 150, 200]


def test_what_the_engine_drew_lies_at_its_origin_on_a_transparent_canvas() -> None:
    layer = np.zeros((4, 4, 4), np.uint8)
    layer[1, 2] = (9, 8, 7, 255)

    over = np.asarray(lay_over(canvas_of(SIZE, None), layer, (10, 20)))

    assert over[21, 12].tolist() == [9, 8, 7, 255]
    assert (over[..., 3] > 0).sum() == 1


def test_an_empty_layer_leaves_the_canvas_as_it_is() -> None:
    canvas = canvas_of(SIZE, None)

    assert lay_over(canvas, np.zeros((4, 4, 4), np.uint8), (0, 0)) is canvas


@pytest.mark.parametrize(
    ("mode", "size", "kind"),
    [("RGB", (500, 500), "JPEG"), ("RGB", (100, 100), "PNG"), ("RGBA", (500, 500), "PNG")],
)
def test_large_photos_are_handed_on_as_jpeg_and_others_as_png(
    mode: str, size: tuple[int, int], kind: str
) -> None:
    with Image.open(io.BytesIO(encoded(Image.new(mode, size)))) as image:
        assert (image.format, image.size, image.mode) == (kind, size, mode)


@pytest.mark.parametrize(
    ("style", "size"),
    [
        ({"object_fit": "cover"}, Size(100, 100)),
        ({"object_fit": "contain"}, Size(100, 100)),
        ({"object_fit": "blur-fill", "object_position": "left top"}, Size(100, 100)),
        ({"object_fit": "cover", "object_position": "left top"}, Size(400, 100)),
        ({"object_fit": "fill"}, Size(400, 100)),
        ({"object_fit": None}, Size(400, 100)),
        ({"object_fit": "none"}, Size(800, 200)),
        ({"object_fit": "scale-down"}, Size(800, 200)),
    ],
)
def test_a_picture_is_made_as_large_as_it_is_seen(style: dict[str, Any], size: Size) -> None:
    assert shown_size(spot(Region(0, 0, 100, 100), natural=Size(800, 200), **style)) == size


def test_a_small_picture_is_not_enlarged_for_the_engine() -> None:
    assert shown_size(spot(Region(0, 0, 100, 100), natural=Size(8, 4), object_fit="fill")) == Size(8, 4)


def test_each_source_is_told_with_all_its_sizes() -> None:
    spots = [spot(Region(0, 0, 9, 9)), spot(Region(0, 0, 5, 5), source="b"), spot(Region(0, 0, 7, 7))]

    assert used_sources(spots) == {"a": [Size(9, 9), Size(7, 7)], "b": [Size(5, 5)]}


@pytest.mark.parametrize(
    ("focus", "seen"), [(None, "green"), ((0.0, 0.5), "red"), ((1.0, 0.5), "blue"), ("smart", "checks")]
)
def test_a_focus_decides_what_stays_in_view(focus: object, seen: str) -> None:
    pixels = np.zeros((100, 400, 3), np.uint8)
    for at, channel in enumerate((0, 1, 1, 2)):
        pixels[:, 100 * at : 100 * at + 100, channel] = 255
    pixels[:, 200:300] = np.kron(np.indices((25, 25)).sum(axis=0) % 2, np.ones((4, 4)))[..., None] * 255
    target = io.BytesIO()
    Image.fromarray(pixels).save(target, "PNG")
    node = Picture.model_validate({"source": "a", "style": {"object_fit": "cover"}, "focus": focus})
    one = Spot("root.children[0]", node, Region(0, 0, 50, 50), Size(400, 100))
    decoded = PhotoCache().decode_for(target.getvalue(), [Size(50, 50)])

    cut = np.asarray(pixels_for(one, decoded, Box(), Placed(Region(0, 0, 1, 1)))).mean(axis=(0, 1))

    main = ("red", "green", "blue")[int(cut.argmax())]
    assert seen == ("checks" if cut.min() > 90 else main)
