"""Colours in sRGB."""

from __future__ import annotations

import pytest

from postengine.render.image.tree import Rgba, parse_colour


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#fff", Rgba(255, 255, 255)),
        ("#0A1F44", Rgba(10, 31, 68)),
        ("#0a1f4480", Rgba(10, 31, 68, 0.502)),
        ("#f008", Rgba(255, 0, 0, 0.5333)),
        ("rgb(10, 31, 68)", Rgba(10, 31, 68)),
        ("rgba(10 31 68 / .5)", Rgba(10, 31, 68, 0.5)),
        ("rgb(100%, 0%, 20%, 25%)", Rgba(255, 0, 51, 0.25)),
        ("hsl(120 100% 25%)", Rgba(0, 128, 0)),
        ("hsla(0.5turn, 100, 50, 0.5)", Rgba(0, 255, 255, 0.5)),
        ("hsl(-120deg 100% 50%)", Rgba(0, 0, 255)),
        ("hwb(0 50% 0%)", Rgba(255, 128, 128)),
        ("hwb(0 100% 100%)", Rgba(128, 128, 128)),
        ("RebeccaPurple", Rgba(102, 51, 153)),
        ("transparent", Rgba(0, 0, 0, 0.0)),
    ],
)
def test_a_colour_is_told_in_srgb(text: str, colour: Rgba) -> None:
    assert parse_colour(text) == colour


@pytest.mark.parametrize(
    "text",
    [
        "currentcolor",
        "oklch(0.5 0.1 200)",
        "oklab(50% -10% 0.1)",
        "color(display-p3 1 0 0 / 50%)",
        "color-mix(in hsl longer hue, 20% red, blue)",
        "bluish",
        "rgb(1, 2)",
        "",
    ],
)
def test_what_depends_on_something_else_or_is_no_colour_is_none(text: str) -> None:
    assert parse_colour(text) is None
