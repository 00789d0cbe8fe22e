"""Drawn exactly, paragraphs are made of words, each on a whole pixel."""

from __future__ import annotations

from dataclasses import replace

import pytest

from postengine.render.image.draw.takumi import TakumiEngine
from postengine.render.image.fonts import FontSet, default_fonts
from postengine.render.image.geometry import Size
from postengine.render.image.satori import from_satori
from postengine.render.image.satori.breaking import broken
from postengine.render.image.satori.clamping import Measures, shortened
from postengine.render.image.satori.metrics import FontMetrics
from postengine.render.image.satori.words import Word, by_words, clamped, paragraph, room_within
from postengine.render.image.tree import Box, Node, Text

INTER = next(face for face in default_fonts().faces if face.family == "Inter" and not face.italic)
STATIC = replace(INTER, weights=(400, 400))
LONG = "Three light rooms above the harbour"


def div(*children: object, **style: object) -> dict[str, object]:
    return {"type": "div", "props": {"style": style, "children": list(children)}}


def inside(element: object, width: float | None = 150, *, exact: bool = True) -> Node:
    tree = from_satori(element, width=width, height=200, fonts=[STATIC], exact=exact).tree
    box = tree.children[0]
    assert isinstance(box, Box)
    return box.children[0]


def ten_a_letter(word: str) -> float:
    return 10.0 * len(word)


def test_a_text_of_several_lines_is_set_word_by_word() -> None:
    node = inside(div(LONG, fontSize=20))
    assert isinstance(node, Box)

    assert [word.text for word in node.children if isinstance(word, Text)] == LONG.split()
    assert node.style.width == 150
    assert node.style.column_gap == pytest.approx(FontMetrics([STATIC]).width(" ", STATIC, 20))
    assert node.children[0].style.white_space == "nowrap"


def test_words_begin_on_whole_pixels() -> None:
    tree = from_satori(div(LONG, fontSize=20), width=150, height=200, fonts=[STATIC], exact=True).tree
    (outer,) = TakumiEngine(FontSet((STATIC,))).measure(tree, Size(150, 200), {}).children
    words = outer.children[0].children

    assert all(word.region.x == pytest.approx(round(word.region.x), abs=0.01) for word in words)
    assert len({round(word.region.y) for word in words}) > 1


@pytest.mark.parametrize(
    ("text", "style", "width"),
    [
        ("Short", {}, 150),
        ("Two words", {}, 500),
        (LONG, {}, None),
        (LONG, {"wordBreak": "break-all", "letterSpacing": 2}, 150),
        (LONG, {"whiteSpace": "nowrap"}, 150),
        (LONG, {"textDecoration": "underline"}, 150),
        (LONG, {"textWrap": "balance"}, 150),
        (LONG, {"fontFeatureSettings": "'liga' 0"}, 150),
        (LONG, {"textIndent": "10%"}, 150),
        ("three/four rooms above the harbour", {}, 150),
        (LONG, {"display": "block", "lineClamp": "many"}, 150),
        (LONG, {"display": "block", "lineClamp": 0}, 150),
        ("rooms above the 港 harbour", {}, 150),
    ],
)
def test_other_texts_stay_in_one_piece(text: str, style: dict[str, object], width: float | None) -> None:
    assert isinstance(inside(div(text, fontSize=20, **style), width), Text)


@pytest.mark.parametrize(
    ("words", "everywhere", "expected"),
    [
        ("a bb", False, ["a", "bb"]),
        ("abc de", False, ["abc", "de"]),
        ("a bcdefg h", False, ["a", "bcde", "fg", "h"]),
        ("a bcd", True, ["a", "bc", "d"]),
        ("abcd ef", True, ["abcd", "ef"]),
        ("abc de", True, ["abc", "de"]),
    ],
)
def test_words_are_broken_within_where_the_style_says_so(
    words: str, everywhere: bool, expected: list[str]
) -> None:
    assert broken(words.split(), 4, len, 1, everywhere=everywhere) == expected


@pytest.mark.parametrize("word_break", ["break-word", "break-all"])
def test_pieces_of_words_begin_lines(word_break: str) -> None:
    node = inside(div("Schifffahrtsgesellschaft an der Elbe", fontSize=20, wordBreak=word_break), 100)
    assert isinstance(node, Box)
    texts = [word.text for word in node.children if isinstance(word, Text)]

    assert texts[0] != "Schifffahrtsgesellschaft"
    assert "".join(texts) == "SchifffahrtsgesellschaftanderElbe"


def test_a_paragraph_stays_in_one_piece_unless_it_is_to_be_exact() -> None:
    text = inside(div(LONG, fontSize=20), exact=False)

    assert isinstance(text, Text)
    assert text.style.transform is None


def test_a_variable_font_is_not_measured() -> None:
    tree = from_satori(div(LONG), width=100, height=100, fonts=[INTER], exact=True).tree
    (box,) = tree.children
    assert isinstance(box, Box)

    assert isinstance(box.children[0], Text)


def test_a_single_line_is_not_aligned() -> None:
    assert inside(div("Short", textAlign="right")).style.text_align is None
    assert inside(div("Short", div(), textAlign="right")).style.text_align == "right"
    assert inside(div("Short", textAlign="right"), None).style.text_align == "right"


def test_the_lines_of_a_justified_text_but_the_last_are_stretched() -> None:
    node = inside(div(LONG, fontSize=20, textAlign="justify"))
    assert isinstance(node, Box)

    assert node.style.justify_content == "space-between"
    assert node.children[-1].style.flex_grow == 1


@pytest.mark.parametrize(
    ("align", "along"), [("left", "flex-start"), ("center", "center"), ("end", "flex-end")]
)
def test_lines_are_aligned(align: str, along: str) -> None:
    assert inside(div(LONG, fontSize=20, textAlign=align)).style.justify_content == along


def test_an_indent_moves_the_first_line_after_breaking_lines() -> None:
    node = inside(div(LONG, fontSize=20, textIndent=30))
    assert isinstance(node, Box)
    lefts = [word.style.left for word in node.children]

    assert lefts == sorted(lefts, key=lambda left: left is None)
    assert lefts[0] == 30
    assert lefts[-1] is None


def test_letters_are_spaced_within_words() -> None:
    plain, spaced = (inside(div(LONG, fontSize=20, letterSpacing=spacing)) for spacing in (0, 2))
    assert isinstance(plain, Box)
    assert isinstance(spaced, Box)

    assert spaced.style.width == 152
    assert float(str(spaced.children[0].style.width)) == pytest.approx(
        float(str(plain.children[0].style.width)) + 2 * len("Three")
    )


def test_the_first_line_ends_where_a_word_does_not_fit() -> None:
    words = paragraph("aaa bb c dd", {}, 65.0, ten_a_letter, 5.0)

    assert words is not None
    assert [word.line for word in words] == [1, 1, 2, 2]


def test_all_words_stand_in_a_line_as_long_as_they_are() -> None:
    words = paragraph("aaa bbb", {}, 30.0, lambda word: 15.0 if word == "aaa" else 10.0, 10.0)

    assert words is not None
    assert [word.line for word in words] == [1, 2]


def test_a_word_can_be_broken_after_its_hyphen() -> None:
    words = paragraph("a well-kept co-op", {}, 80.0, ten_a_letter, 10.0)

    assert words is not None
    assert [(word.text, word.line, word.is_joined) for word in words] == [
        ("a", 1, False),
        ("well-", 1, False),
        ("kept", 2, False),
        ("co-", 2, False),
        ("op", 3, False),
    ]


def test_what_follows_a_hyphen_in_its_line_has_no_space_before_it() -> None:
    node = inside(div("a well-kept room above the harbour", fontSize=20))
    assert isinstance(node, Box)
    kept = next(word for word in node.children if isinstance(word, Text) and word.text == "kept")

    assert kept.style.margin_left == pytest.approx(-float(str(node.style.column_gap)))


MEASURES = Measures(100.0, 10.0, ten_a_letter)


@pytest.mark.parametrize(
    ("line", "following", "ellipsis", "centred", "expected"),
    [
        (["abc", "def,"], "x", "…", False, ["abc", "def,", "…"]),
        (["abc", "defgh"], "x", "…", False, ["abc", "defgh…"]),
        (["abcdefghi"], "x", "…", False, ["abcdefghi…"]),
        (["abcdefghij"], "x", "…", False, ["abcdefghi…"]),
        (["ab"], "cdefghijk", "…", False, ["ab", "cdefgh…"]),
        (["ab"], "c-d", "…", False, ["ab", "c…"]),
        (["ab"], "cdefghijk", "…", True, ["ab …"]),
        (["ab", "cdefgh"], "x", " (more)", False, ["ab", " (more)"]),
        (["abcdef"], "x", "… (much too long)", False, ["abcdef", "x…"]),
    ],
)
def test_the_last_line_is_shortened_letter_by_letter(
    line: list[str], following: str, ellipsis: str, centred: bool, expected: list[str]
) -> None:
    assert shortened(line, following, ellipsis, MEASURES, centred=centred) == expected


def test_only_so_many_lines_are_shown() -> None:
    style = {"display": "block", "lineClamp": '2 "… more"'}
    converted = from_satori(
        div(LONG, fontSize=20, **style), width=120, height=200, fonts=[STATIC], exact=True
    )
    (box,) = converted.tree.children
    assert isinstance(box, Box)
    words = box.children[0]
    assert isinstance(words, Box)

    assert converted.losses == ()
    assert [word.text for word in words.children if isinstance(word, Text)][-1].endswith("… more")


def test_a_text_that_has_no_more_lines_is_not_shortened() -> None:
    words = [Word("aaa", 30.0, 1), Word("bbb", 30.0, 2)]

    assert clamped(words, 2, "…", MEASURES, centred=False) == words


@pytest.mark.parametrize(
    ("style", "room", "expected"),
    [
        ({}, None, None),
        ({}, 100.0, 100),
        ({"width": 50.0}, None, 50),
        ({"width": "50%"}, 100.0, 50),
        ({"width": "50%"}, None, None),
        ({"width": "x%"}, 100.0, 100),
        ({"width": "auto"}, 100.0, 100),
        ({"maxWidth": 40.0}, 100.0, 40),
        ({"maxWidth": "200%"}, 100.0, 100),
        ({"marginLeft": 5.0, "marginRight": "auto"}, 100.0, 95),
        ({"paddingLeft": 5.0, "borderRightWidth": 1.0}, 100.0, 94),
        ({"width": 50.0, "paddingLeft": 5.0, "boxSizing": "content-box"}, 100.0, 50),
        ({"width": 5.0, "paddingLeft": 50.0}, 100.0, 0),
    ],
)
def test_the_room_within_a_box_is_what_it_can_be_at_most(
    style: dict[str, object], room: float | None, expected: float | None
) -> None:
    assert room_within(style, room) == expected


def test_the_box_around_words_keeps_its_place_and_they_their_own() -> None:
    outer, inner, first = by_words({"top": 1, "left": -0.49, "color": "red", "position": "relative"}, 10, 2)

    assert (outer["top"], outer["width"], outer["columnGap"]) == (1, 10, 2)
    assert "left" not in outer
    assert inner == {"color": "red", "flexShrink": 0, "whiteSpace": "nowrap"}
    assert first == {}
