"""Texts stand where Satori puts them: lines on whole pixels, tabs at their stops, pictures in between."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path

import pytest

from postengine.render.errors import FontUnreadable
from postengine.render.image.fonts import FontFace, default_fonts
from postengine.render.image.satori import from_satori
from postengine.render.image.satori.metrics import FontMetrics, Line
from postengine.render.image.satori.text import clamp, said
from postengine.render.image.tree import Box, Node, Picture, Style, Text

INTER = next(face for face in default_fonts().faces if face.family == "Inter" and not face.italic)
PLAYFAIR = next(
    face for face in default_fonts().faces if face.family == "Playfair Display" and not face.italic
)
ROBOTO_LIKE = Line(0.927734, 0.244141, 0.927734, 0.244141, 0.073)


def div(*children: object, **style: object) -> dict[str, object]:
    return {"type": "div", "props": {"style": style, "children": list(children)}}


def inside(element: object, *fonts: FontFace, **more: object) -> Node:
    """Return the first child of an element."""
    tree = from_satori(element, width=400, height=200, fonts=fonts, **more).tree  # type: ignore[arg-type] # by name
    box = tree.children[0]
    assert isinstance(box, Box)
    return box.children[0]


def style_of(*fonts: FontFace, **style: object) -> Style:
    return inside(div("Two words", **style), *fonts).style


@pytest.mark.parametrize(
    ("white_space", "expected"),
    [
        ("normal", "two words"),
        ("nowrap", "two words"),
        (None, "two words"),
        ("pre-line", "two\n words"),
        ("pre", "  two\n\t words "),
    ],
)
def test_white_space_is_dealt_with_before(white_space: str | None, expected: str) -> None:
    assert said("  two\n\t words ", white_space) == expected


@pytest.mark.parametrize(
    ("white_space", "expected"), [(None, "pre-line"), ("nowrap", "pre"), ("pre-wrap", "pre-wrap")]
)
def test_a_line_break_is_kept(white_space: str | None, expected: str) -> None:
    text = inside(div("a", {"type": "br"}, "b", whiteSpace=white_space))

    assert text.style.white_space == expected


@pytest.mark.parametrize(
    ("font_px", "line_height", "expected"),
    [(20, None, (23, 1)), (16, None, (19, 0)), (18, 1.5, (27, 0)), (40, 1.75, (70, 1)), (20, 1, (20, 0))],
)
def test_lines_and_baselines_are_on_whole_pixels(
    font_px: float, line_height: float | None, expected: tuple[int, int]
) -> None:
    assert ROBOTO_LIKE.placed(font_px, line_height) == expected


def test_with_fonts_a_normal_line_is_as_high_as_satori_s() -> None:
    assert style_of(INTER, fontSize=20).line_height == "24px"
    assert style_of(fontSize=20).line_height is None


def test_a_text_of_several_fonts_leaves_its_lines_to_the_engine() -> None:
    narrow = replace(INTER, family="Narrow")
    metrics = FontMetrics([narrow, PLAYFAIR])

    assert metrics.line("abc", "Narrow") == metrics.line("abc", None)
    assert metrics.line("abc", "Playfair Display") != metrics.line("abc", "Narrow")
    assert metrics.line("", "Narrow") is None
    assert FontMetrics([]).line("abc", None) is None


def test_a_text_that_needs_two_fonts_has_no_line_of_its_own() -> None:
    emoji = default_fonts().emoji
    assert emoji is not None
    missing = next(
        c for c in map(chr, sorted(emoji.covered)) if ord(c) > 0x1F000 and ord(c) not in INTER.covered
    )

    assert FontMetrics([INTER, emoji]).line(f"abc {missing}", "Inter") is None


def test_a_family_that_is_not_there_becomes_the_first() -> None:
    assert style_of(INTER, PLAYFAIR, fontFamily="Acme, serif").font_family == '"Inter"'
    assert (
        style_of(INTER, PLAYFAIR, fontFamily="acme, 'playfair display'").font_family == '"Playfair Display"'
    )
    assert style_of(fontFamily="Acme").font_family == "Acme"


@pytest.mark.parametrize(
    ("weights", "wanted", "expected"),
    [
        ([400], 700, 400),
        ([400, 700], "bold", 700),
        ([400, 700], "600", 700),
        ([300, 500], 400, 500),
        ([300, 600], 400, 300),
        ([600, 700], 450, 600),
        ([300, 500], 200, 300),
        ([500, 800], 700, 800),
        ([100, 200], 900, 200),
        ([300, 500], "lighter", 300),
        ([300, 400], "heavy", 400),
        ([300, 400], "9" * 5000, 400),
    ],
)
def test_the_nearest_weight_is_taken_not_thickened(weights: list[int], wanted: object, expected: int) -> None:
    faces = [replace(INTER, weights=(weight, weight)) for weight in weights]

    assert style_of(*faces, fontWeight=wanted).font_weight == expected


def test_a_variable_font_has_every_weight_between() -> None:
    assert style_of(INTER, fontWeight=650).font_weight == 650


def test_letters_are_not_slanted() -> None:
    assert style_of(INTER, fontStyle="italic").font_style == "normal"
    assert style_of(INTER, replace(INTER, italic=True), fontStyle="italic").font_style == "italic"


def test_junk_is_no_font() -> None:
    with pytest.raises(FontUnreadable):
        from_satori("x", fonts=[FontFace("Junk", b"junk")])


def test_letters_are_not_spaced_at_the_end_of_a_word() -> None:
    style = style_of(letterSpacing=2, wordSpacing=5)

    assert (style.letter_spacing, style.word_spacing, style.margin_right) == (2, 3, -2)


@pytest.mark.parametrize("along", ["center", "space-between"])
def test_a_text_in_the_middle_is_placed_by_rounding_down(along: str) -> None:
    style = style_of(justifyContent=along)

    assert (style.position, style.left, style.top) == ("relative", -0.49, -0.49)


@pytest.mark.parametrize(
    ("line", "offset", "ink"),
    [("underline", -1.21, None), ("line-through", -16.05, "none"), ("overline", -42.03, "none")],
)
def test_decorations_stand_where_satori_draws_them(line: str, offset: float, ink: str | None) -> None:
    found = ROBOTO_LIKE.decorated(40, None, line)

    assert found["textUnderlineOffset"] == pytest.approx(offset, abs=0.01)
    assert found["textDecorationThickness"] == 4
    assert style_of(INTER, textDecoration=line).text_decoration_skip_ink == ink


def test_a_decoration_is_left_to_the_engine_without_fonts() -> None:
    assert style_of(textDecoration="line-through").text_decoration_line == "line-through"


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ({"display": "block", "lineClamp": 2}, (2, "ellipsis")),
        ({"display": "flex", "lineClamp": 2}, (None, None)),
        ({"display": "-webkit-box", "WebkitLineClamp": 3, "WebkitBoxOrient": "vertical"}, (3, "ellipsis")),
        ({"overflow": "hidden", "textOverflow": "ellipsis", "whiteSpace": "nowrap"}, (None, "ellipsis")),
        ({"overflow": "hidden", "textOverflow": "ellipsis"}, (None, None)),
    ],
)
def test_texts_are_shortened_as_satori_does(style: dict[str, object], expected: tuple[object, ...]) -> None:
    found = style_of(**style)

    assert (found.line_clamp, found.text_overflow) == expected


def test_an_ellipsis_of_one_s_own_is_a_loss() -> None:
    converted = from_satori(div("x", display="block", lineClamp='2 "… (more)"'))

    assert [loss.path for loss in converted.losses] == ["root.style.lineClamp"]
    assert clamp("2 '…'") == (2, "…")


def test_tabs_go_to_the_next_stop() -> None:
    node = inside(div("a\tb\n\tc", whiteSpace="pre", fontSize=20, tabSize=4), INTER)
    assert isinstance(node, Box)
    first, second = node.children
    assert isinstance(first, Box)
    assert isinstance(second, Box)
    stop = 4 * FontMetrics([INTER]).width(" ", INTER, 20)

    assert node.style.flex_direction == "column"
    assert [child.text for child in first.children if isinstance(child, Text)] == ["a", "b"]
    assert first.children[0].style.width == int(stop)
    assert second.children[0].style.width == int(stop)
    assert second.children[1].style.text_indent == pytest.approx(stop % 1, abs=1e-6)


@pytest.mark.parametrize(("size", "spaces"), [("2px", 2), ("1rem", 16), ("nonsense", 8), (0, 0)])
def test_a_length_counts_as_so_many_spaces(size: object, spaces: int) -> None:
    node = inside(div("\tb", whiteSpace="pre", fontSize=20, tabSize=size), INTER)
    assert isinstance(node, Box)
    row = node.children[0]
    assert isinstance(row, Box)
    space = FontMetrics([INTER]).width(" ", INTER, 20)

    assert sum(float(str(child.style.width or 0)) for child in row.children) == int(spaces * space)


def test_tabs_are_left_to_the_engine_without_fonts() -> None:
    assert isinstance(inside(div("a\tb", whiteSpace="pre")), Text)


def test_pictures_stand_in_place_of_characters() -> None:
    sun = "data:image/svg+xml,<svg viewBox='0 0 1 1'/>"
    node = inside(div("a ☀", fontSize=20), graphemes={"☀": sun, "": "x"})
    assert isinstance(node, Box)
    text, picture = node.children
    assert isinstance(text, Text)
    assert isinstance(picture, Picture)

    assert (text.text, text.style.white_space) == ("a ", "pre")
    assert picture.source.startswith("data:image/svg+xml;base64,")
    assert (picture.style.width, picture.style.height) == (20, 20)


def test_a_text_without_such_characters_is_one() -> None:
    assert isinstance(inside(div("a"), graphemes={"☀": "x"}), Text)


def test_a_font_that_does_not_ask_for_its_typographic_metrics_keeps_the_others() -> None:
    data = bytearray(INTER.read())
    (count,) = struct.unpack_from(">H", data, 4)
    tables = {tag: at for tag, _, at, _ in struct.iter_unpack(">4sIII", data[12 : 12 + 16 * count])}
    (selection,) = struct.unpack_from(">H", data, tables[b"OS/2"] + 62)
    struct.pack_into(">H", data, tables[b"OS/2"] + 62, selection & ~(1 << 7))
    struct.pack_into(">h", data, tables[b"hhea"] + 4, 3000)

    line = FontMetrics([FontFace("Plain", bytes(data))]).line("x", None)

    assert line is not None
    assert line.ascent == line.drawn_ascent


def test_fonts_may_be_files() -> None:
    assert isinstance(INTER.source, Path)
