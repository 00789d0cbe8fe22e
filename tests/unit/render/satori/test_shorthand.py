"""Shorthands are taken apart as CSS and Satori say."""

from __future__ import annotations

import pytest

from postengine.render.image.satori.shorthand import expanded, four, words


def sides(prefix: str, suffix: str, *values: object) -> dict[str, object]:
    return dict(
        zip((f"{prefix}{side}{suffix}" for side in ("Top", "Right", "Bottom", "Left")), values, strict=True)
    )


def border(width: object, style: str, colour: str) -> dict[str, object]:
    one = (("Width", width), ("Style", style), ("Color", colour))
    return {f"border{side}{what}": it for side in ("Top", "Right", "Bottom", "Left") for what, it in one}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("margin", 4, sides("margin", "", 4, 4, 4, 4)),
        ("margin", "1px auto", sides("margin", "", "1px", "auto", "1px", "auto")),
        ("padding", "1px 2px 3px", sides("padding", "", "1px", "2px", "3px", "2px")),
        ("padding", "1 2 3 4", sides("padding", "", "1", "2", "3", "4")),
        ("padding", "1 2 3 4 5", None),
        ("inset", 0, {"top": 0, "right": 0, "bottom": 0, "left": 0}),
        ("borderWidth", 2, sides("border", "Width", 2, 2, 2, 2)),
        ("border", "5px dashed rgb(1, 2, 3)", border("5px", "dashed", "rgb(1, 2, 3)")),
        ("border", "1px blue", border("1px", "solid", "blue")),
        ("border", "solid", border(3, "solid", "black")),
        ("border", "thick", border(5, "solid", "black")),
        ("border", "2px none", border(0, "none", "black")),
        ("border", 1, border(1, "solid", "black")),
        ("borderTop", "1px", {"borderTopWidth": "1px", "borderTopStyle": "solid", "borderTopColor": "black"}),
        ("flex", 1, {"flexGrow": 1.0, "flexShrink": 1.0, "flexBasis": 0}),
        ("flex", "2 0 10%", {"flexGrow": 2.0, "flexShrink": 0.0, "flexBasis": "10%"}),
        ("flex", "1 1 0", {"flexGrow": 1.0, "flexShrink": 1.0, "flexBasis": 0.0}),
        ("flex", "none", {"flexGrow": 0, "flexShrink": 0, "flexBasis": "auto"}),
        ("flex", "auto", {"flexGrow": 1, "flexShrink": 1, "flexBasis": "auto"}),
        ("flex", "initial", {"flexGrow": 0, "flexShrink": 1, "flexBasis": "auto"}),
        ("flexFlow", "column wrap", {"flexDirection": "column", "flexWrap": "wrap"}),
        ("gap", "4px 8px", {"rowGap": "4px", "columnGap": "8px"}),
        ("gap", 4, {"rowGap": 4, "columnGap": 4}),
        ("gap", "1 2 3", None),
        ("overflow", "hidden", None),
        ("overflow", "hidden visible", {"overflowX": "hidden", "overflowY": "visible"}),
        ("webkitTextStroke", "2px red", {"webkitTextStrokeWidth": "2px", "webkitTextStrokeColor": "red"}),
        ("webkitTextStroke", "thin", {"webkitTextStrokeWidth": 1, "webkitTextStrokeColor": "black"}),
        ("zIndex", 1, None),
    ],
)
def test_a_shorthand_becomes_its_longhands(
    name: str, value: object, expected: dict[str, object] | None
) -> None:
    assert expanded(name, value, "black") == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("10px", ["10px"] * 4),
        (10, [10] * 4),
        ("10px 20%", ["10px", "20%", "10px", "20%"]),
        ("10px / 5px 20px", ["10px 5px", "10px 20px", "10px 5px", "10px 20px"]),
    ],
)
def test_radii_are_those_of_the_corners(value: object, expected: list[object]) -> None:
    found = expanded("borderRadius", value, "black")

    assert found is not None
    assert list(found.values()) == expected


def test_too_many_radii_are_not_understood() -> None:
    assert expanded("borderRadius", "1 2 3 4 5", "black") is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("#fff", {"backgroundColor": "#fff"}),
        ("none", {}),
        ("linear-gradient(90deg, red, blue)", {"backgroundImage": "linear-gradient(90deg, red, blue)"}),
        (
            "url(a/b.png) no-repeat center / cover fixed border-box, blue",
            {
                "backgroundImage": "url(a/b.png)",
                "backgroundPosition": "center",
                "backgroundSize": "cover",
                "backgroundRepeat": "no-repeat",
                "backgroundOrigin": "border-box",
                "backgroundColor": "blue",
            },
        ),
        (
            "url(a.png) 1px 2px/3px, radial-gradient(red, blue)",
            {
                "backgroundImage": "url(a.png), radial-gradient(red, blue)",
                "backgroundPosition": "1px 2px, 0% 0%",
                "backgroundSize": "3px, auto",
            },
        ),
    ],
)
def test_a_ground_becomes_its_layers(value: str, expected: dict[str, object]) -> None:
    assert expanded("background", value, "black") == expected


def test_a_decoration_takes_the_colour_of_the_text() -> None:
    assert expanded("textDecoration", "underline", "red") == {
        "textDecorationLine": "underline",
        "textDecorationStyle": "solid",
        "textDecorationColor": "red",
    }


def test_a_decoration_may_say_everything() -> None:
    assert expanded("textDecoration", "dotted blue 2px", "red") == {
        "textDecorationLine": "none",
        "textDecorationStyle": "dotted",
        "textDecorationColor": "blue",
        "textDecorationThickness": "2px",
    }


def test_a_font_says_size_line_and_family() -> None:
    assert expanded("font", "italic bold 12px/1.5 Arial, serif", "black") == {
        "fontSize": "12px",
        "lineHeight": "1.5",
        "fontFamily": "Arial, serif",
        "fontStyle": "italic",
        "fontWeight": "bold",
    }


def test_a_font_may_say_size_and_family_alone() -> None:
    assert expanded("font", "12px Inter", "black") == {"fontSize": "12px", "fontFamily": "Inter"}


def test_the_font_of_a_menu_is_not_understood() -> None:
    assert expanded("font", "menu", "black") is None


def test_words_are_not_split_in_parentheses_or_quotes() -> None:
    assert words("a 'b c' rgb(1, 2) url(\"x y\") ") == ["a", "'b c'", "rgb(1, 2)", 'url("x y")']


def test_no_value_has_no_sides() -> None:
    assert four([]) is None
