"""Elements are laid out by Satori's rules."""

from __future__ import annotations

import pytest

from postengine.render.image.satori import from_satori
from postengine.render.image.tree import Box, Style, Text


def div(*children: object, **style: object) -> dict[str, object]:
    return {"type": "div", "props": {"style": style, "children": list(children)}}


def tree_of(element: object) -> Box:
    return from_satori(element, width=200, height=100).tree


def child_of(element: object) -> Box:
    box = tree_of(element).children[0]
    assert isinstance(box, Box)
    return box


def test_the_canvas_wraps_its_element_and_cuts_off_what_overflows() -> None:
    style = tree_of(div()).style

    assert (style.width, style.height, style.overflow) == (200, 100, "hidden")
    assert (style.flex_wrap, style.align_items, style.align_content) == ("wrap", "flex-start", "flex-start")


def test_the_canvas_is_as_large_as_what_it_holds_if_no_size_is_given() -> None:
    style = from_satori(div()).tree.style

    assert style.width is None
    assert style.height is None


def test_the_root_s_margins_above_and_below_do_not_count() -> None:
    style = child_of(div(margin=10)).style

    assert (style.margin_top, style.margin_bottom, style.margin_left) == (0, 0, 10)


def test_items_do_not_shrink_unless_they_hold_text() -> None:
    outer = child_of(div(div("x"), div(), div("y", flexShrink=0)))

    assert [child.style.flex_shrink for child in outer.children] == [1, 0, 0]
    assert outer.children[0].style.min_width == 0


@pytest.mark.parametrize(
    ("text", "expected"), [("two words", "100%"), ("well-known", "100%"), ("日本", "100%"), ("Lynnnnn", None)]
)
def test_a_box_is_no_wider_than_its_container_if_its_text_can_break(text: str, expected: str | None) -> None:
    assert child_of(div(div(text))).style.max_width == expected


def test_a_box_with_a_width_keeps_it() -> None:
    assert child_of(div("two words", width=500)).style.max_width is None


def test_lines_of_items_keep_together() -> None:
    assert child_of(div(flexWrap="wrap")).style.align_content == "flex-start"
    assert child_of(div(flexWrap="wrap", alignContent="center")).style.align_content == "center"


@pytest.mark.parametrize("display", ["block", "inline", "-webkit-box", None])
def test_everything_is_a_flex_box(display: str | None) -> None:
    assert child_of(div(display=display)).style.display == "flex"


def test_a_grid_stays_a_grid() -> None:
    assert child_of(div(display="grid")).style.display == "grid"


def test_what_is_not_displayed_is_not_there() -> None:
    assert tree_of(div(display="none")).children == ()


def test_a_box_that_is_only_its_contents_is_dissolved() -> None:
    outer = child_of(div(div("a", div("b"), display="contents", color="red"), flexDirection="column"))

    text, box = outer.children
    assert isinstance(text, Text)
    assert isinstance(box, Box)
    assert text.style.color == "red"


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ({"flexDirection": "column"}, "flex-start"),
        ({}, None),
        ({"flexDirection": "column", "alignItems": "center"}, None),
    ],
)
def test_a_text_in_a_column_is_as_wide_as_its_lines(style: dict[str, object], expected: str | None) -> None:
    assert child_of(div("x", **style)).children[0].style.align_self == expected


def test_opacity_fades_a_ground_and_what_is_on_it_one_by_one() -> None:
    outer = child_of(
        div(div("x", backgroundColor="#f00"), div(opacity=0.5), "y", backgroundColor="blue", opacity=0.5)
    )
    inner, faded, text = outer.children
    assert isinstance(inner, Box)

    assert (outer.style.opacity, outer.style.background_color) == (None, "rgba(0, 0, 255, 0.5)")
    assert (inner.style.opacity, inner.style.background_color) == (None, "rgba(255, 0, 0, 0.5)")
    assert inner.children[0].style.opacity == 0.5
    assert (faded.style.opacity, text.style.opacity) == (0.25, 0.5)


@pytest.mark.parametrize(
    "style",
    [
        {"opacity": 0.5},
        {"opacity": 0.5, "backgroundColor": "red", "boxShadow": "0 0 3px red"},
        {"opacity": 0.5, "backgroundColor": "color-mix(in srgb, red, blue)"},
        {"opacity": 1, "backgroundColor": "red"},
    ],
)
def test_opacity_stays_with_a_box_that_is_more_than_a_ground(style: dict[str, object]) -> None:
    box = child_of(div(div(), **style))

    assert box.style.opacity == style["opacity"]
    assert box.children[0].style.opacity is None


def test_a_ground_cut_out_of_text_is_that_of_a_block() -> None:
    style = {
        "backgroundImage": "linear-gradient(red, blue)",
        "WebkitBackgroundClip": "text",
        "color": "transparent",
    }

    assert child_of(div("x", **style)).style.display == "block"
    assert child_of(div(div("x"), **style)).style.display == "flex"


def test_class_names_give_way_to_the_style() -> None:
    element = {"type": "div", "props": {"tw": "flex-col bg-red-500 p-4 nonsense", "style": {"padding": 3}}}
    converted = from_satori(element, width=200, height=100)
    style: Style = converted.tree.children[0].style

    assert (style.flex_direction, style.background_color, style.padding_top) == ("column", "#ef4444", 3)
    assert [str(loss) for loss in converted.losses] == ["root.tw: nonsense (no such class name here)"]
