"""The drawing engine: places, pixels, and no silence about what is missing."""

from __future__ import annotations

import base64
import io
from dataclasses import replace

import numpy as np
import pytakumi
import pytest
from PIL import Image

from postengine.render import DrawingFailed, FontMissing, PictureMissing
from postengine.render.image import (
    Box,
    FontFace,
    FontSet,
    Node,
    Outline,
    Picture,
    Region,
    Shape,
    Size,
    Style,
    Text,
    default_fonts,
)
from postengine.render.image.draw import Placed, RgbaPixels
from postengine.render.image.draw import takumi as takumi_file
from postengine.render.image.draw.takumi import TakumiEngine
from postengine.render.image.fonts import SANS

CANVAS = Size(200, 100)


def box(*children: Node, **style: object) -> Box:
    return Box(children=children, style=Style.model_validate(style))


def words(text: str, lang: str | None = None, **style: object) -> Text:
    given = {"font_size": 40, "color": "#000000"} | style
    return Text(text=text, lang=lang, style=Style.model_validate(given))


def first(placed: Placed) -> Placed:
    return placed.children[0]


def ink(pixels: RgbaPixels) -> int:
    return int(pixels[..., 3].astype(int).sum())


def png(colour: str, size: tuple[int, int] = (8, 8)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, "PNG")
    return target.getvalue()


def test_a_box_stands_where_its_padding_says(engine: TakumiEngine) -> None:
    inner = box(width=30, height=20, background_color="#101010")
    root = box(inner, padding="10px 0 0 15px", align_items="flex-start")

    placed, drawn = engine.measure(root, CANVAS, {}), engine.draw(root, CANVAS, {})

    assert placed.region == Region(0, 0, 200, 100)
    assert first(placed).region == Region(15, 10, 30, 20)
    assert drawn[10:30, 15:45, 3].min() == 255
    assert ink(drawn) == 30 * 20 * 255


def test_a_turned_box_is_told_with_the_upright_box_around_it(engine: TakumiEngine) -> None:
    turned = box(width=40, height=20, transform="rotate(90deg)", position="absolute", left=50, top=30)

    placed = first(engine.measure(box(turned), CANVAS, {}))

    assert placed.is_turned
    assert placed.region.x == pytest.approx(60)
    assert placed.region.y == pytest.approx(20)
    assert placed.region.width == pytest.approx(20)
    assert placed.region.height == pytest.approx(40)


def test_a_box_that_is_only_moved_is_not_turned(engine: TakumiEngine) -> None:
    moved = box(width=40, height=20, transform="translate(10px, 5px)")

    placed = first(engine.measure(box(moved, align_items="flex-start"), CANVAS, {}))

    assert (placed.is_turned, placed.region) == (False, Region(10, 5, 40, 20))


def test_a_texts_region_is_that_of_its_letters(engine: TakumiEngine) -> None:
    root = box(words("Hill", width=200, text_align="right"))

    placed = first(engine.measure(root, CANVAS, {}))
    columns = np.flatnonzero(engine.draw(root, CANVAS, {})[..., 3].any(axis=0))

    assert placed.region.width == 200
    assert placed.text_region.x == pytest.approx(columns.min(), abs=5)
    assert placed.text_region.right == pytest.approx(columns.max(), abs=5)


def test_a_space_at_a_lines_end_does_not_reach_out_of_the_box(engine: TakumiEngine) -> None:
    narrow = words("Sunlit villas", width=104)

    placed = first(engine.measure(box(narrow, align_items="flex-start"), CANVAS, {}))

    assert [line.text for line in placed.lines] == ["Sunlit ", "villas"]
    assert placed.lines[0].region.right == placed.region.right == 104


@pytest.mark.parametrize("text", ["דירה מרווחת בלב העיר", "شقة واسعة جدا للبيع"])
def test_lines_from_right_to_left_stand_at_the_right(text: str, engine: TakumiEngine) -> None:
    root = box(words(text, width=200), direction="rtl", flex_direction="column", align_items="flex-start")

    placed = first(engine.measure(root, Size(300, 300), {}))

    assert len(placed.lines) > 1
    assert placed.region.x == 100
    assert max(line.region.right for line in placed.lines) == pytest.approx(300, abs=1)
    assert min(line.region.x for line in placed.lines) >= 100


def test_a_node_without_text_has_its_own_region() -> None:
    assert Placed(Region(1, 2, 3, 4)).text_region == Region(1, 2, 3, 4)


def test_what_is_not_displayed_takes_no_room(engine: TakumiEngine) -> None:
    placed = engine.measure(box(box(words("gone"), display="none"), words("here")), CANVAS, {})

    assert first(placed).region.width == 0
    assert placed.children[1].region.x == 0


@pytest.mark.parametrize("pictures", [{}, {"bed": b""}])
def test_a_missing_picture_is_an_error_and_not_a_gap(
    pictures: dict[str, bytes], engine: TakumiEngine
) -> None:
    root = box(Picture(source="bed", style=Style(width=20, height=20)))

    with pytest.raises(PictureMissing, match="bed") as caught:
        engine.draw(root, CANVAS, pictures)

    assert caught.value.key == "bed"


@pytest.mark.parametrize("name", ["background_image", "background", "mask_image"])
def test_a_missing_ground_is_an_error_and_not_a_gap(name: str, engine: TakumiEngine) -> None:
    root = box(box(width=20, height=20, **{name: "url(sky)"}))

    with pytest.raises(PictureMissing, match="sky"):
        engine.draw(root, CANVAS, {})
    assert first(engine.measure(root, CANVAS, {})).region.width == 20


def test_a_ground_is_painted_with_its_picture(engine: TakumiEngine) -> None:
    root = box(box(width=20, height=20, background_image="url(sky)"), align_items="flex-start")

    drawn = engine.draw(root, CANVAS, {"sky": png("#0000ff")})

    assert drawn[10, 10].tolist() == [0, 0, 255, 255]


def test_a_picture_may_stand_in_the_tree_itself(engine: TakumiEngine) -> None:
    source = f"data:image/png;base64,{base64.b64encode(png('#ff0000')).decode()}"

    drawn = engine.draw(box(Picture(source=source)), Size(8, 8), {})

    assert drawn[4, 4].tolist() == [255, 0, 0, 255]


def test_pictures_of_the_same_name_are_not_mixed_up(engine: TakumiEngine) -> None:
    root = box(Picture(source="a", style=Style(width=8, height=8)))

    seen = [
        engine.draw(root, Size(8, 8), {"a": png(one)})[4, 4, :3].tolist() for one in ("#ff0000", "#00ff00")
    ]

    assert seen == [[255, 0, 0], [0, 255, 0]]


def test_a_shape_is_drawn_in_its_colour_without_distortion(engine: TakumiEngine) -> None:
    shape = Shape(
        view=(10, 10),
        outlines=(Outline(d="M0 0H10V10H0z", fill="#00ff00"),),
        style=Style(width=80, height=40),
    )

    drawn = engine.draw(box(shape, align_items="flex-start"), CANVAS, {})

    assert drawn[20, 40].tolist() == [0, 255, 0, 255]
    assert (drawn[..., 3] > 0).sum() == pytest.approx(1600, abs=20)


def test_a_letter_without_a_glyph_is_an_error_and_not_an_empty_box(engine: TakumiEngine) -> None:
    tree = box(words("a"), box(words("a"), words("\U00012000")))

    with pytest.raises(FontMissing, match=r"^root\.children\[1\]\.children\[1\]: .*\U00012000") as caught:
        engine.draw(tree, CANVAS, {})

    assert caught.value.path == "root.children[1].children[1]"


def test_a_canvas_beyond_the_engines_limit_is_refused(engine: TakumiEngine) -> None:
    with pytest.raises(DrawingFailed, match="20000x20000"):
        engine.draw(box(), Size(20_000, 20_000), {})


@pytest.mark.parametrize(
    ("light", "heavy"),
    [(300, 800), ("normal", "bold"), ("lighter", "bolder"), ("BOLD", 900), (300.0, 800.0), (None, "700")],
)
def test_heavier_letters_have_more_ink(light: object, heavy: object, engine: TakumiEngine) -> None:
    thin, thick = (ink(engine.draw(box(words("Hill", font_weight=w)), CANVAS, {})) for w in (light, heavy))

    assert thick > thin * 1.05


def test_fonts_of_single_weights_are_told_apart() -> None:
    inter = default_fonts().face(SANS)
    regular = FontFace("House", inter.read(), (400, 400))
    engine = TakumiEngine(
        FontSet((regular, replace(regular, weights=(700, 700)), replace(regular, italic=True)))
    )

    pixels = [
        engine.draw(box(words("Hill", font_weight=w, font_style=s)), CANVAS, {})
        for w, s in ((400, "normal"), (700, "normal"), (400, "italic"))
    ]

    assert all(ink(one) > 0 for one in pixels)
    assert len(engine._registered) == 3


def test_large_letters_take_the_forms_that_were_drawn_for_them(engine: TakumiEngine) -> None:
    root = box(words("Ill", font_size=60))
    fixed = box(words("Ill", font_size=60, font_variation_settings='"opsz" 14'))
    unknown = box(words("Ill", font_size="30vw"))

    assert (engine.draw(root, CANVAS, {}) != engine.draw(fixed, CANVAS, {})).any()
    assert ink(engine.draw(unknown, CANVAS, {})) > 0


def test_the_language_chooses_the_forms_of_letters(engine: TakumiEngine) -> None:
    japanese, chinese, untold = (
        engine.draw(box(words("直", lang=lang)), CANVAS, {}) for lang in ("ja", "zh-Hans", None)
    )

    assert (japanese != chinese).any()
    assert (japanese == untold).all()


def test_the_default_family_is_the_first_where_there_is_no_sans() -> None:
    engine = TakumiEngine(FontSet((FontFace("House", default_fonts().face(SANS).read()),)))

    assert ink(engine.draw(box(words("Hill")), CANVAS, {})) > 0


class PanicException(BaseException):
    """What Rust's panics look like from Python: no Exception, and known by name only."""


class BrokenRenderer:
    """Stands in for the engine's renderer at a tree that it panics about."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def render(self, *_: object, **__: object) -> bytes:
        raise self._error


def broken(error: BaseException) -> TakumiEngine:
    engine = TakumiEngine()
    engine._renderer = BrokenRenderer(error)  # type: ignore[assignment]
    return engine


def test_after_a_panic_the_next_drawing_works() -> None:
    engine = broken(PanicException("index out of bounds"))

    with pytest.raises(DrawingFailed, match="index out of bounds"):
        engine.draw(box(), CANVAS, {})

    assert isinstance(engine._renderer, pytakumi.Renderer)
    assert ink(engine.draw(box(words("Hill")), CANVAS, {})) > 0


def test_a_wish_to_stop_is_not_taken_for_a_panic() -> None:
    with pytest.raises(KeyboardInterrupt):
        broken(KeyboardInterrupt()).draw(box(), CANVAS, {})


def test_an_engine_with_many_small_emoji_fonts_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takumi_file, "_MOST_FONTS", 3)
    engine = TakumiEngine()
    held: list[int] = []

    for emoji in "🏡🌊🌳🚗🎉🔑":
        drawn = engine.draw(box(words(emoji)), CANVAS, {})
        held.append(len(engine._registered))
        assert len(np.unique(drawn[drawn[..., 3] > 250][:, :3], axis=0)) > 10

    assert max(held) <= 5
    assert held != sorted(held)
