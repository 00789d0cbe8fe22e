"""From nodes to what takumi reads."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from postengine.render.image import Box, Outline, Picture, Shape, Size, Style, Text
from postengine.render.image.draw.takumi import TakumiEngine
from postengine.render.image.draw.translate import (
    TextSetting,
    shape_name,
    shape_svg,
    translated,
    whole_canvas,
)

ICON = Shape(view=(24, 12.5), outlines=(Outline(d="M0 0H24", fill="#ff0000"),))


def setting(_: Text) -> TextSetting:
    return TextSetting('"Inter", "Noto Sans Thai"', "th", '"opsz" 24')


def plain(_: Text) -> TextSetting:
    return TextSetting('"Inter"', None, None)


def test_a_text_is_told_with_what_it_is_set_in() -> None:
    text = Text(text="Sold", style=Style(font_size=20, font_family="Inter", letter_spacing=-1))

    assert translated(text, setting) == {
        "type": "text",
        "text": "Sold",
        "lang": "th",
        "style": {
            "fontSize": 20,
            "letterSpacing": -1,
            "fontFamily": '"Inter", "Noto Sans Thai"',
            "fontSynthesis": "none",
            "fontVariationSettings": '"opsz" 24',
        },
    }


def test_a_text_without_language_or_axes_says_nothing_of_them() -> None:
    told = translated(Text(text="Sold"), plain)

    assert told["style"] == {"fontFamily": '"Inter"', "fontSynthesis": "none"}
    assert "lang" not in told


def test_what_a_style_says_of_axes_and_synthesis_is_kept() -> None:
    style = Style(font_variation_settings='"opsz" 9', font_synthesis="weight")

    told = translated(Text(text="Sold", style=style), setting)["style"]

    assert (told["fontVariationSettings"], told["fontSynthesis"]) == ('"opsz" 9', "weight")


def test_an_empty_text_keeps_its_place() -> None:
    told = translated(Box(children=(Text(text=""), Text(text="x"))), plain)

    assert [child["type"] for child in told["children"]] == ["container", "text"]


def test_boxes_are_flex_rows_unless_they_say_otherwise() -> None:
    row, grid = Box(), Box(style=Style(display="grid", flex_direction="column"))

    assert translated(row, plain) == {"type": "container", "style": {"display": "flex"}, "children": []}
    assert translated(grid, plain)["style"] == {"display": "grid", "flexDirection": "column"}


def test_pictures_are_told_by_name_and_shapes_by_what_they_draw() -> None:
    other = ICON.model_copy(update={"view": (24, 24)})

    picture = translated(Picture(source="front", style=Style(width=9)), plain)
    shape = translated(ICON, plain)

    assert picture == {"type": "image", "src": "front", "style": {"width": 9}}
    assert shape == {"type": "image", "src": shape_name(ICON), "style": {"objectFit": "contain"}}
    assert shape_name(ICON) == shape_name(ICON.model_copy())
    assert shape_name(ICON) != shape_name(other)


def test_a_root_is_as_large_as_the_canvas_unless_it_says_how_large() -> None:
    told = whole_canvas(translated(Box(style=Style(width=30)), plain))

    assert told["style"] == {"width": 30, "height": "100%", "display": "flex"}


def test_a_shape_is_an_svg_of_its_paths() -> None:
    shape = Shape(
        view=(24, 12.5),
        outlines=(
            Outline(d="M0 0H24", fill="#ff0000", round_ends=False),
            Outline(d="M0 5H24", stroke="#00ff00", stroke_width=1.5, dashes=(2, 1.5)),
        ),
    )

    svg = ET.fromstring(shape_svg(shape).decode())  # noqa: S314 - our own

    assert (svg.get("width"), svg.get("height"), svg.get("viewBox")) == ("24", "12.5", "0 0 24 12.5")
    assert [path.attrib for path in svg] == [
        {"d": "M0 0H24", "fill": "#ff0000"},
        {
            "d": "M0 5H24",
            "stroke": "#00ff00",
            "stroke-width": "1.5",
            "stroke-linecap": "round",
            "stroke-linejoin": "round",
            "stroke-dasharray": "2 1.5",
        },
    ]


def test_of_several_shadows_the_first_lies_on_top() -> None:
    style = Style(box_shadow="1px 1px 2px rgba(0, 0, 0, 0.5), 0 0 4px #ff0000")

    told = translated(Box(style=style), plain)["style"]["boxShadow"]

    assert told == "0 0 4px #ff0000, 1px 1px 2px rgba(0, 0, 0, 0.5)"


def test_a_text_of_nothing_but_spaces_keeps_its_place_among_the_others(engine: TakumiEngine) -> None:
    tree = Box(children=(Text(text=" "), Box(style=Style(width=30, height=20))))

    placed = engine.measure(tree, Size(100, 50), {})

    assert [child.region.width for child in placed.children] == [0, 30]
