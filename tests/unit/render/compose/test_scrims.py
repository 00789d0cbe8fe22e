"""A scrim is as strong as its texts need, no stronger, and lies at its edge."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from postengine.render import ContrastUnreachable
from postengine.render.image import Region, Scrim, Size
from postengine.render.image.colour import BLACK, WHITE, Colour, luminance
from postengine.render.image.compose.scrims import (
    Standing,
    needed_opacity,
    scrim_layer,
    standing,
    with_scrims,
)

SIZE = Size(160, 120)
SHADOW = "#0a141e"
LOW = Region(20, 80, 120, 30)
EDGES = ("top", "right", "bottom", "left", "all")
PLACES = {
    "top": Region(20, 10, 120, 30),
    "bottom": LOW,
    "left": Region(10, 40, 50, 30),
    "right": Region(100, 40, 50, 30),
    "all": Region(40, 40, 60, 30),
}


def plain(value: int, size: Size = SIZE) -> Image.Image:
    return Image.new("RGB", size, (value, value, value))


def noise() -> Image.Image:
    cells = np.random.default_rng(1).choice([0, 255, 255, 255], size=(SIZE.height // 4, SIZE.width // 4))
    return Image.fromarray(np.kron(cells, np.ones((4, 4))).astype(np.uint8)).convert("RGB")


def light(region: Region = LOW, opacity: float = 1.0) -> Standing:
    return Standing(region, WHITE, opacity)


def scrim(**fields: object) -> Scrim:
    return Scrim.model_validate({"colour": SHADOW} | fields)


def ratios(photo: Image.Image, text: Standing) -> NDArray[np.float64]:
    """Return the contrast of a text with each pixel beneath it."""
    box = text.region
    part = np.asarray(photo, np.float64)[int(box.y) : int(box.bottom), int(box.x) : int(box.right)]
    letters = part + (np.array(text.colour) - part) * text.opacity
    one, two = luminance(part) + 0.05, luminance(letters) + 0.05
    return np.maximum(one / two, two / one)


def test_a_dark_photo_needs_no_more_than_the_least() -> None:
    assert needed_opacity(plain(20), [light()], scrim(at_least=0.3), "root") == 0.3


def test_a_white_photo_needs_more_than_a_grey_one() -> None:
    grey, white = (needed_opacity(plain(level), [light()], scrim(), "root") for level in (150, 255))

    assert 0.0 < grey < white < 1.0


def test_without_text_the_least_is_enough() -> None:
    assert needed_opacity(plain(255), [], scrim(at_least=0.2), "root") == 0.2


def test_a_text_beside_the_photo_needs_nothing() -> None:
    beside = light(Region(200, 10, 50, 20))

    assert needed_opacity(plain(255), [beside], scrim(), "root") == 0.0


def test_the_text_that_needs_most_decides_in_any_order() -> None:
    photo = plain(120)
    photo.paste((255, 255, 255), (0, 60, 160, 120))
    high, low = light(Region(20, 10, 120, 30)), light()

    alone = needed_opacity(photo, [low], scrim(), "root")

    assert needed_opacity(photo, [high], scrim(), "root") < alone
    assert needed_opacity(photo, [high, low], scrim(), "root") == pytest.approx(alone, abs=0.01)
    assert needed_opacity(photo, [low, high], scrim(), "root") == alone


def test_the_least_opacity_that_reads_is_taken() -> None:
    photo, text = plain(255), light()
    opacity = needed_opacity(photo, [text], scrim(), "root")

    weaker = with_scrims(plain(255), [scrim(edge="all", at_least=opacity - 0.06, contrast=1)], [], "root")

    assert ratios(with_scrims(photo, [scrim(edge="all")], [text], "root"), text).min() >= 4.5
    assert ratios(weaker, text).min() < 4.5


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize(
    "make", [lambda: plain(255), lambda: plain(140), noise], ids=["white", "grey", "noise"]
)
def test_every_text_reads_wherever_the_scrim_lies(edge: str, make: object) -> None:
    assert callable(make)
    text = light(PLACES[edge])

    shaded = with_scrims(make(), [scrim(edge=edge)], [text], "root")

    assert np.quantile(ratios(shaded, text), 0.006) >= 4.5


def test_dark_letters_are_made_readable_by_a_light_scrim() -> None:
    text = Standing(LOW, BLACK)

    shaded = with_scrims(plain(0), [scrim(colour="white")], [text], "root")

    assert ratios(shaded, text).min() >= 4.5


def test_a_black_photo_is_left_as_it_is_under_white_letters() -> None:
    shaded = with_scrims(plain(0), [scrim(colour="#ffffff")], [light()], "root")

    assert np.asarray(shaded).max() == 0


@pytest.mark.parametrize("opacity", [1.0, 0.8])
def test_letters_that_are_not_opaque_need_a_stronger_scrim(opacity: float) -> None:
    text = light(opacity=opacity)

    needed = needed_opacity(plain(200), [text], scrim(), "root")
    shaded = with_scrims(plain(200), [scrim()], [text], "root")

    assert needed >= needed_opacity(plain(200), [light()], scrim(), "root")
    assert ratios(shaded, text).min() >= 4.5


def test_a_higher_contrast_may_be_asked_for() -> None:
    shaded = with_scrims(plain(255), [scrim(contrast=12)], [light()], "root")

    assert ratios(shaded, light()).min() >= 12


def test_a_colour_that_cannot_help_is_an_error_with_the_path() -> None:
    with pytest.raises(ContrastUnreachable, match="#dddddd") as caught:
        with_scrims(plain(255), [scrim(colour="#dddddd")], [light()], "root.children[2]")

    assert caught.value.path == "root.children[2]"


@pytest.mark.parametrize(
    ("edge", "far", "near"),
    [
        ("top", np.s_[70:, :], np.s_[:40, :]),
        ("bottom", np.s_[:40, :], np.s_[80:, :]),
        ("left", np.s_[:, 110:], np.s_[:, :60]),
        ("right", np.s_[:, :50], np.s_[:, 100:]),
    ],
)
def test_a_scrim_fades_out_and_leaves_the_far_part_alone(
    edge: str, far: tuple[slice, slice], near: tuple[slice, slice]
) -> None:
    layer = scrim_layer(SIZE, scrim(edge=edge, at_least=0.6, reach=0.2), [light(PLACES[edge])], [])
    alpha = layer[..., 3].astype(np.int16)
    along = alpha.mean(axis=1 if edge in {"top", "bottom"} else 0)

    assert alpha[far].max() == 0
    assert alpha[near].min() >= 0.6 * 255 - 1
    assert (np.diff(along if edge in {"bottom", "right"} else along[::-1]) >= -0.5).all()


def test_a_scrim_deepens_towards_its_edge() -> None:
    alpha = scrim_layer(SIZE, scrim(at_least=0.5), [light()], [])[..., 3]

    assert alpha[118].mean() > alpha[82].mean() + 20


def test_a_scrim_all_over_is_even() -> None:
    layer = scrim_layer(SIZE, scrim(edge="all", at_least=0.4), [], [])

    assert set(np.unique(layer[..., 3])) == {102}
    assert layer[5, 5, :3].tolist() == [10, 20, 30]


def test_slow_gradients_are_dithered() -> None:
    alpha = scrim_layer(Size(64, 600), scrim(at_least=0.3, reach=0.9), [], [])[..., 3].astype(np.int16)

    mixed = [row for row in alpha if row.min() != row.max()]
    assert len(mixed) > 200
    assert max(int(row.max() - row.min()) for row in mixed) == 1


@pytest.mark.parametrize("edge", EDGES)
def test_a_scrim_too_weak_to_be_seen_changes_next_to_nothing(edge: str) -> None:
    shaded = with_scrims(plain(255), [scrim(edge=edge, at_least=0.001)], [], "root")

    assert np.asarray(shaded).min() >= 254


def test_each_text_is_the_concern_of_the_nearest_scrim() -> None:
    photo = plain(60)
    photo.paste((255, 255, 255), (0, 80, 160, 120))
    texts = [light(PLACES["top"]), light(LOW)]

    shaded = np.asarray(with_scrims(photo, [scrim(edge="top"), scrim(edge="bottom")], texts, "root"))

    assert (shaded[:40] == 60).all()
    assert shaded[85:].max() < 130


def test_a_layer_is_strong_enough_for_the_lightest_of_its_photos() -> None:
    layer = scrim_layer(SIZE, scrim(), [light()], [plain(90), plain(255), plain(120)])

    over = Image.alpha_composite(plain(255).convert("RGBA"), Image.fromarray(layer)).convert("RGB")
    assert ratios(over, light()).min() >= 4.5


@pytest.mark.parametrize(
    ("colour", "seen", "opacity"),
    [
        ("#ff8000", Colour(255, 128, 0), 1.0),
        ("black", BLACK, 1.0),
        ("#fff", WHITE, 1.0),
        ("rgba(10, 20, 30, 0.5)", Colour(10, 20, 30), 0.5),
        (None, BLACK, 1.0),
        ("oklch(0.5 0.1 20)", WHITE, 1.0),
    ],
)
def test_a_text_stands_where_the_picture_has_it(colour: str | None, seen: Colour, opacity: float) -> None:
    text = standing(Region(30, 50, 10, 5), Region(20, 10, 100, 100), colour)

    assert text == Standing(Region(10, 40, 10, 5), seen, opacity)
    assert standing(text.region, text.region, colour, 0.5).opacity == opacity / 2
