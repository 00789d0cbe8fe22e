from __future__ import annotations

from pathlib import Path

import pytest

from postengine.render import DrawingFailed, FontMissing, PictureMissing, Size
from postengine.render.image.colour import INK, WHITE
from postengine.render.image.fonts import FontFile, covered_codepoints
from postengine.render.image.geometry import Region
from postengine.render.image.nodes import Box, Picture, Text, sans
from postengine.render.image.takumi import TakumiEngine
from postengine.render.templates.icons import icon


def test_a_box_stands_where_its_padding_says(engine: TakumiEngine) -> None:
    inner = Box(width_px=30, height_px=20, fill=INK, key="inner")
    root = Box((inner,), padding_px=(10, 0, 0, 15), width_px=100, height_px=80)

    places = engine.place(root, Size(100, 80), {})
    drawn = engine.draw(root, Size(100, 80), {})

    assert places["inner"] == Region(15, 10, 30, 20)
    assert drawn[10:30, 15:45, 3].min() == 255
    assert drawn[:10, :, 3].max() == 0


def test_a_texts_region_is_that_of_its_letters(engine: TakumiEngine) -> None:
    text = Text("Hill", sans(40), WHITE, width_px=400, align="right", key="text")

    region = engine.place(Box((text,)), Size(400, 100), {})["text"]

    assert 300 < region.x < region.right <= 400.5


def test_a_text_of_ornaments_alone_is_refused(engine: TakumiEngine) -> None:
    with pytest.raises(FontMissing) as caught:
        engine.drawable("🏡 🏡")

    assert caught.value.characters == "🏡"


@pytest.mark.parametrize("pictures", [{}, {"bed": b""}])
def test_a_missing_picture_is_an_error_and_not_a_gap(
    pictures: dict[str, bytes], engine: TakumiEngine
) -> None:
    with pytest.raises(PictureMissing, match="bed") as caught:
        engine.draw(Box((Picture("bed", 20, 20),)), Size(40, 40), pictures)

    assert caught.value.key == "bed"


def test_an_icon_is_drawn_in_its_colour(engine: TakumiEngine) -> None:
    drawn = engine.draw(Box((Picture("bed", 40, 40),)), Size(40, 40), {"bed": icon("bed", INK)})

    opaque = drawn[drawn[..., 3] == 255]
    assert len(opaque) > 20
    assert opaque[0, :3].tolist() == list(INK)


def test_a_letter_without_a_glyph_is_an_error_and_not_an_empty_box(engine: TakumiEngine) -> None:
    with pytest.raises(FontMissing, match="東"):
        engine.draw(Box((Text("東", sans(20), INK),)), Size(40, 40), {})


def test_a_canvas_beyond_the_engines_limit_is_refused(engine: TakumiEngine) -> None:
    with pytest.raises(DrawingFailed, match="20000x20000"):
        engine.draw(Box(), Size(20_000, 20_000), {})


def test_a_font_file_that_is_absent_is_named() -> None:
    with pytest.raises(FontMissing, match="Inter"):
        TakumiEngine([FontFile("Inter", Path("nowhere/Inter.ttf"))])


def test_a_file_that_is_no_font_is_refused() -> None:
    with pytest.raises(FontMissing, match="cmap"):
        covered_codepoints(bytes(40))
