"""Styles are inherited, variables resolved, lengths turned into pixels."""

from __future__ import annotations

import pytest

from postengine.render.image.satori import from_satori
from postengine.render.image.satori.cascade import camel
from postengine.render.image.satori.units import Scale, in_px, length, plain
from postengine.render.image.satori.variables import MAX_LENGTH, VariableUnknown, resolved
from postengine.render.image.tree import Box, Style, Text


def div(*children: object, **style: object) -> dict[str, object]:
    return {"type": "div", "props": {"style": style, "children": list(children)}}


def box_style(**style: object) -> Style:
    return from_satori(div(**style), width=1000, height=500).tree.children[0].style


def text_of(element: object) -> Text:
    node = from_satori(element, width=1000, height=500).tree.children[0]
    while isinstance(node, Box):
        node = node.children[0]
    assert isinstance(node, Text)
    return node


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (10, 10),
        ("10px", 10),
        ("10", 10),
        ("2em", 40),
        ("2rem", 32),
        ("10vw", 100),
        ("10vh", 50),
        ("1.55vw", 15),
        ("10vmin", 50),
        ("10vmax", 100),
        ("1in", 96),
        ("1ex", 10),
        ("50%", "50%"),
        ("auto", "auto"),
    ],
)
def test_lengths_become_pixels(value: object, expected: object) -> None:
    assert box_style(fontSize=20, width=value).width == expected


def test_a_share_of_a_side_that_is_not_fixed_is_left_to_the_engine() -> None:
    assert from_satori(div(width="10vmin"), width=100).tree.children[0].style.width == "10vmin"
    assert Scale(16, None, None).px(1, "vw") is None


def test_lengths_within_a_value_become_pixels() -> None:
    scale = Scale(20, None, None)

    assert in_px("0 1em 2px #1em, url(1em.png) '1em' 1vw", scale) == "0 20px 2px #1em, url(1em.png) '1em' 1vw"


@pytest.mark.parametrize("value", [True, None, "1e400px", float("nan"), float("inf"), 10**400, "wide"])
def test_what_is_no_length_is_none(value: object) -> None:
    assert length(value, Scale(16, 100, 100)) is None


def test_numbers_are_written_without_exponent() -> None:
    assert [plain(number) for number in (1e-9, 2.50, -3.0)] == ["0", "2.5", "-3"]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        (("2em",), 32),
        (("20px", "150%"), 30),
        (("20px", "1.5rem"), 24),
        (("small",), 13),
        (("20px", "larger"), 24),
        (("24px", "smaller"), 20),
        (("20px", "what"), 20),
        (("20px", 0), 20),
        (("20px", "huge%"), 20),
    ],
)
def test_font_sizes_follow_those_around_them(sizes: tuple[object, ...], expected: float) -> None:
    element: object = "x"
    for size in reversed(sizes):
        element = div(element, fontSize=size)

    assert text_of(element).style.font_size == pytest.approx(expected)


def test_texts_take_their_style_from_the_elements_around_them() -> None:
    text = text_of(div(div(div("x"), color="red", letterSpacing="0.1em", fontSize=20), textAlign="right"))

    assert text.style.color == "red"
    assert text.style.text_align == "right"
    assert text.style.letter_spacing == 2


def test_boxes_do_not_repeat_what_texts_take() -> None:
    assert (
        box_style(color="red", fontSize=20)
        .model_dump(exclude_none=True)
        .keys()
        .isdisjoint({"color", "font_size"})
    )


@pytest.mark.parametrize(
    ("line_height", "expected"),
    [
        (1.5, "60px"),
        ("1.5", "60px"),
        ("150%", "60px"),
        ("50px", "50px"),
        ("2em", "80px"),
        ("normal", "normal"),
    ],
)
def test_line_heights_are_inherited_as_a_multiple(line_height: object, expected: str | None) -> None:
    style = text_of(div(div("x", fontSize=40), fontSize=40, lineHeight=line_height)).style

    assert style.line_height == expected


def test_numbers_beyond_all_bounds_are_harmless() -> None:
    endless = "9" * 5000

    assert text_of(div("x", lineHeight=endless)).style.line_height == "normal"
    (loss,) = from_satori(div(flexGrow=endless)).losses
    assert loss.path == "root.style.flexGrow"


def test_a_line_height_that_is_none_is_normal() -> None:
    assert text_of(div("x", lineHeight="tall")).style.line_height == "normal"


def test_current_colour_is_the_text_s() -> None:
    style = box_style(color="pink", backgroundColor="currentcolor", border="1px solid")

    assert style.background_color == "pink"
    assert style.border_left_color == "pink"


def test_a_colour_may_be_inherited_in_so_many_words() -> None:
    assert text_of(div(div("x", color="currentColor"), color="red")).style.color == "red"


def test_a_border_with_a_width_needs_no_style() -> None:
    style = box_style(borderWidth=2)

    assert style.border_top_style == "solid"
    assert style.border_top_color == "black"


def test_later_declarations_win_over_shorthands() -> None:
    style = box_style(borderColor="blue", border="1px solid red", paddingTop=1, padding=2)

    assert style.border_top_color == "red"
    assert style.padding_top == 2


def test_presets_give_way_to_what_is_declared() -> None:
    (heading,) = from_satori({"type": "h1", "props": {"children": "x"}}).tree.children
    smaller = from_satori({"type": "h1", "props": {"style": {"fontSize": 16}, "children": "x"}})
    assert isinstance(heading, Box)
    text = heading.children[0]
    child = smaller.tree.children[0]
    assert isinstance(child, Box)

    assert (text.style.font_size, text.style.font_weight) == (32, "bold")
    assert child.children[0].style.font_size == 16


def test_a_preset_s_margins_are_of_its_own_font_size() -> None:
    inner = from_satori(div({"type": "h1", "props": {"style": {"fontSize": 16}}})).tree.children[0]
    assert isinstance(inner, Box)

    assert inner.children[0].style.margin_top == pytest.approx(0.67 * 32)


def test_variables_are_inherited_and_resolved() -> None:
    outer = div(
        div(backgroundColor="var(--ink)", border="var(--line, 1px) solid var(--ink)"),
        **{"--ink": "var(--blue)", "--blue": "#00f"},
    )
    box = from_satori(outer).tree.children[0]
    assert isinstance(box, Box)

    assert box.children[0].style.background_color == "#00f"
    assert box.children[0].style.border_top_width == 1


def test_a_variable_without_a_value_is_a_loss() -> None:
    (loss,) = from_satori(div(color="var(--nope)")).losses

    assert str(loss) == "root.style.color: var(--nope) (the variable --nope has no value)"


DOUBLING = {f"--{n}": f"var(--{n + 1}) " * 2 for n in range(24)} | {"--24": "x" * 100}


@pytest.mark.parametrize("variables", [{"--0": "var(--1)", "--1": "var(--0)"}, {"--0": "var(--0)"}, DOUBLING])
def test_variables_that_never_end_are_given_up(variables: dict[str, str]) -> None:
    assert MAX_LENGTH == 100_000
    with pytest.raises(VariableUnknown):
        resolved("var(--0)", variables)


@pytest.mark.parametrize(
    ("value", "expected"), [("var(--a, var(--b, 1px))", "1px"), ("var(--a,)", ""), ("var(--a, 1px", "1px")]
)
def test_fallbacks_stand_in(value: str, expected: str) -> None:
    assert resolved(value, {}) == expected


@pytest.mark.parametrize(
    ("style", "message"),
    [
        ({"zoom": 2}, "root.style.zoom: 2.0 (no such style here)"),
        ({"color": ["red"]}, "root.style.color: ['red'] (neither a text nor a number)"),
        ({"width": float("nan")}, "root.style.width: nan (beyond all bounds)"),
        ({"width": 10**400}, f"root.style.width: 1{'0' * 118}… (beyond all bounds)"),
        (
            {"textDecoration": "underline wavy"},
            "root.style.textDecorationStyle: wavy (lines under texts are solid)",
        ),
        ({"display": "table"}, "root.style.display: table (laid out as flex)"),
    ],
)
def test_what_is_not_understood_is_a_loss(style: dict[str, object], message: str) -> None:
    converted = from_satori(div("x", **style))

    assert [str(loss) for loss in converted.losses] == [message]


def test_what_our_trees_refuse_is_a_loss_once_and_the_rest_is_kept() -> None:
    converted = from_satori(div(width="-5px", height=20))

    assert [loss.path for loss in converted.losses] == ["root.style.width"]
    assert converted.tree.children[0].style.height == 20


def test_a_value_that_may_be_of_several_kinds_is_one_loss() -> None:
    (loss,) = from_satori(div(backgroundClip="moon")).losses

    assert loss.path == "root.style.backgroundClip"


def test_empty_declarations_are_none() -> None:
    assert from_satori(div(color=None, width="", margin=False, _private=1)).losses == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("fontSize", "fontSize"),
        ("font-size", "fontSize"),
        ("WebkitTextStroke", "webkitTextStroke"),
        ("-webkit-mask-image", "maskImage"),
        ("wordWrap", "overflowWrap"),
    ],
)
def test_names_are_known_in_every_spelling(name: str, expected: str) -> None:
    assert camel(name) == expected


def test_a_language_reaches_the_texts() -> None:
    element = {"type": "div", "props": {"lang": "ja", "children": div("x")}}

    assert text_of(element).lang == "ja"


def test_what_is_no_language_is_a_loss() -> None:
    (loss,) = from_satori({"type": "div", "props": {"lang": "klingon, please", "children": "x"}}).losses

    assert str(loss) == "root.lang: klingon, please (not a language tag)"
