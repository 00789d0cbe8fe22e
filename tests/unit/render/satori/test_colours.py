"""Colours are read as far as the converter must, and gradients mix as SVG's do."""

from __future__ import annotations

import pytest

from postengine.render.image.satori.colours import Rgba, rgba
from postengine.render.image.satori.gradients import as_svg
from postengine.render.image.satori.values import place, refused, written


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ("red", Rgba(255, 0, 0, 1)),
        ("transparent", Rgba(0, 0, 0, 0)),
        ("#FFF", Rgba(255, 255, 255, 1)),
        ("#ff000080", Rgba(255, 0, 0, 0.502)),
        ("rgb(1, 2, 3)", Rgba(1, 2, 3, 1)),
        ("rgba(1 2 3 / 50%)", Rgba(1, 2, 3, 0.5)),
        ("rgba(1,2,3,.25)", Rgba(1, 2, 3, 0.25)),
        ("hsl(120, 100%, 50%)", Rgba(0, 255, 0, 1)),
        ("hsla(120deg 100% 50% / .5)", Rgba(0, 255, 0, 0.5)),
        ("color-mix(in srgb, red, blue)", None),
        ("bogus", None),
    ],
)
def test_colours_are_read(colour: str, expected: Rgba | None) -> None:
    assert rgba(colour) == expected


def test_colours_fade_and_mix() -> None:
    assert Rgba(10, 20, 30, 0.5).faded(0.5).css() == "rgba(10, 20, 30, 0.25)"
    assert Rgba(0, 0, 0, 0).towards(Rgba(100, 50, 10, 1), 0.5) == Rgba(50, 25, 5, 0.5)


@pytest.mark.parametrize(
    "images",
    [
        "url(a.png)",
        "linear-gradient(red, blue)",
        "linear-gradient(45deg, red, red)",
        "linear-gradient(to right, rgba(255, 0, 0, 0.5), red)",
        "linear-gradient(red, bogus)",
        "linear-gradient(red, transparent calc(1px + 2%))",
        "linear-gradient(red 1px 2px 3px, transparent)",
        "linear-gradient(red 10px, transparent)",
        "linear-gradient(red 10px, transparent 20%)",
        "linear-gradient(red 5, transparent)",
        "linear-gradient(red)",
        "conic-gradient(red, transparent)",
        "radial-gradient(circle at 5px 5px, red 60%, blue 60%)",
        "none",
    ],
)
def test_gradients_that_mix_alike_or_are_not_understood_stay_as_they_are(images: str) -> None:
    assert as_svg(images) == images


def test_colours_mix_without_regard_to_their_alpha() -> None:
    mixed = as_svg("linear-gradient(90deg, red, transparent), url(a.png)")

    assert mixed.startswith("linear-gradient(90deg, rgba(255, 0, 0, 1) 0%, rgba(223, 0, 0, 0.875) 12.5%, ")
    assert mixed.endswith(", rgba(0, 0, 0, 0) 100%), url(a.png)")
    assert mixed.count("%,") == 8


def test_places_that_are_not_given_are_even() -> None:
    mixed = as_svg("repeating-linear-gradient(red, blue, transparent 60%, lime 50%)")

    assert "rgba(0, 0, 255, 1) 30%" in mixed
    assert mixed.endswith("rgba(0, 255, 0, 1) 60%)")


def test_a_stop_may_have_two_places() -> None:
    mixed = as_svg("linear-gradient(red 0px 10px, transparent 20px)")

    assert mixed.startswith("linear-gradient(rgba(255, 0, 0, 1) 0px, rgba(255, 0, 0, 1) 10px, ")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("bottom left", "0% 100%"),
        ("right", "100% 50%"),
        ("top", "50% 0%"),
        ("center 10px", "50% 10px"),
        ("1px 2px 3px", "1px 2px 3px"),
        ("", ""),
    ],
)
def test_places_are_written_across_then_down(value: str, expected: str) -> None:
    assert place(value) == expected


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("clipPath", "circle(20% at bottom left)", "circle(20% at 0% 100%)"),
        ("clipPath", "inset(1px)", "inset(1px)"),
        ("clipPath", "shape(from 50% 0, line to 100% 100%, close)", "polygon(50% 0, 100% 100%)"),
        ("clipPath", "shape(from 0 0, hline to 1px)", "shape(from 0 0, hline to 1px)"),
        ("maskImage", "linear-gradient(to left top, red, blue)", "linear-gradient(to top left, red, blue)"),
        ("aspectRatio", "auto 3/2", 1.5),
        ("aspectRatio", "16 / 9", 16 / 9),
        ("aspectRatio", "auto", "auto"),
        ("aspectRatio", "1/0", "1/0"),
        ("aspectRatio", "wide", "wide"),
        ("width", "1px", "1px"),
        ("aspectRatio", 2, 2),
    ],
)  # fmt: skip
def test_values_are_written_as_the_engine_reads_them(name: str, value: object, expected: object) -> None:
    assert written(name, value) == expected


def test_what_the_engine_cannot_draw_is_told() -> None:
    assert (
        refused("clipPath", "shape(from 0 0, hline to 3px)") == "only shape() of straight lines can be drawn"
    )
    assert refused("textDecorationStyle", "wavy") == "lines under texts are solid"
    assert refused("textDecorationStyle", "solid") is None
    assert refused("width", 1) is None
