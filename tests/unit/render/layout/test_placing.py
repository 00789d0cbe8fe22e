"""What a layout tells: paths, keys, texts and their letters."""

from __future__ import annotations

import pytest

from postengine.render.image import Box, Layout, Outline, Region, Shape, Style, Text
from postengine.render.image.draw.engine import Placed
from postengine.render.image.draw.takumi import TakumiEngine
from postengine.render.image.geometry import Size
from postengine.render.image.layout import layout_of, walked, with_text_styles

SIZE = Size(400, 200)


def laid_out(engine: TakumiEngine, root: Box) -> Layout:
    styled = with_text_styles(root, engine.fonts)
    return layout_of(styled, engine.measure(styled, SIZE, {}))


def test_every_node_has_its_box_and_every_key_its_region(engine: TakumiEngine) -> None:
    icon = Shape(
        view=(10, 10), outlines=(Outline(d="M0 0H10"),), style=Style(width=20, height=20), key="icon"
    )
    panel = Box(children=(icon,), style=Style(width=50, height=40), key="panel")

    layout = laid_out(engine, Box(children=(panel,), style=Style(padding=10, align_items="flex-start")))

    assert layout.regions == {"panel": Region(10, 10, 50, 40), "icon": Region(10, 10, 20, 20)}
    assert layout.boxes == {
        "root": Region(0, 0, 400, 200),
        "root.children[0]": Region(10, 10, 50, 40),
        "root.children[0].children[0]": Region(10, 10, 20, 20),
    }
    assert layout.texts == ()


def test_texts_are_told_in_order_with_size_and_colour(engine: TakumiEngine) -> None:
    first = Text(text="Sold", key="first", style=Style(font_size=30, color="#ff0000"))
    second = Box(children=(Text(text="บ้านเดี่ยวใกล้รถไฟฟ้า"),))

    layout = laid_out(engine, Box(children=(first, second, Text(text="Last"))))

    told = [(text.path, text.key, text.text, text.font_px, text.colour) for text in layout.texts]
    assert told == [
        ("root.children[0]", "first", "Sold", 30, "#ff0000"),
        ("root.children[1].children[0]", None, "บ้านเดี่ยวใกล้รถไฟฟ้า", 16.0, "#000"),
        ("root.children[2]", None, "Last", 16.0, "#000"),
    ]


def test_a_texts_region_is_that_of_its_letters(engine: TakumiEngine) -> None:
    text = Text(text="Hill", style=Style(font_size=40, width=400, text_align="right"), key="text")

    layout = laid_out(engine, Box(children=(text,)))

    region = layout.regions["text"]
    assert 300 < region.x < region.right <= 400.5
    assert layout.boxes["root.children[0]"].width == 400
    assert layout.texts[0].region == region
    assert [line.text for line in layout.texts[0].lines] == ["Hill"]


def test_text_from_right_to_left_stands_at_the_right(engine: TakumiEngine) -> None:
    words = Text(text="دار للبيع", style=Style(font_size=40, width=400), key="text")

    layout = laid_out(engine, Box(children=(words,), style=Style(direction="rtl")))

    assert layout.regions["text"].x > 200
    assert layout.regions["text"].right > 399


def test_lines_are_told_from_top_to_bottom(engine: TakumiEngine) -> None:
    text = Text(text="Sunlit villa with pool", style=Style(font_size=40, width=200))

    lines = laid_out(engine, Box(children=(text,))).texts[0].lines

    assert [line.text.strip() for line in lines] == ["Sunlit villa", "with pool"]
    assert lines[0].region.bottom <= lines[1].region.y + 1


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("바다가 보이는 넓은 아파트 분양 중", ["바다가 보이는 넓은", "아파트 분양 중"]),
        ("南向きバルコニー「眺望良好」", ["南向きバルコニー", "「眺望良好」"]),
        ("دار للبيع مع 3 غرف (120 m²) وحديقة", ["دار للبيع مع 3 غرف", "(120 m²) وحديقة"]),
    ],
)
def test_a_line_is_one_in_the_order_of_reading_whatever_pieces_it_is_made_of(
    engine: TakumiEngine, text: str, lines: list[str]
) -> None:
    node = Text(text=text, style=Style(font_size=30, width=270))

    place = laid_out(engine, Box(children=(node,))).texts[0]

    assert [line.text.strip() for line in place.lines] == lines
    assert place.lines[0].region.bottom <= place.lines[1].region.y + 15


def test_a_line_in_capitals_is_told_as_it_was_set(engine: TakumiEngine) -> None:
    node = Text(text="Straße 東京", style=Style(font_size=30, width=270, text_transform="uppercase"))

    (line,) = laid_out(engine, Box(children=(node,))).texts[0].lines

    assert line.text.replace(" ", "") == "STRASSE東京"


def test_what_the_engine_left_out_is_not_told() -> None:
    root = Box(children=(Text(text="Gone"),), style=Style(display="none"))

    assert [path for path, _, _ in walked(root, Placed(Region(0, 0, 0, 0)))] == ["root"]
