"""Photos are painted beneath the drawing where that is the same picture, and only there."""

from __future__ import annotations

import io
from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from postengine.render.image import Box, Node, Output, Picture, Region, Renderer, Shape, Size, Style, Text
from postengine.render.image.compose import plan
from postengine.render.image.compose.plan import Plan, planned, texts_on
from postengine.render.image.draw.takumi import TakumiEngine
from postengine.render.image.layout import walked, with_text_styles
from postengine.render.image.tree import Outline

SIZE = Size(240, 200)
PNG = Output(format="png")
WHOLE = Style(position="absolute", top=0, left=0, width=240, height=200, object_fit="cover")


@pytest.fixture(scope="module")
def photos() -> Mapping[str, bytes]:
    rng = np.random.default_rng(5)
    made: dict[str, bytes] = {}
    for name in ("a", "b"):
        small = rng.integers(0, 255, (9, 12, 3), dtype=np.uint8)
        target = io.BytesIO()
        Image.fromarray(small).resize((480, 400), Image.Resampling.BICUBIC).save(target, "PNG")
        made[name] = target.getvalue()
    return made


def box(*children: Node, **style: object) -> Box:
    return Box(children=children, style=Style.model_validate(style))


def plan_of(engine: TakumiEngine, root: Box) -> Plan:
    tree = with_text_styles(root, engine.fonts)
    stand_in = b'<svg xmlns="http://www.w3.org/2000/svg" width="480" height="400"/>'
    placed = engine.measure(tree, SIZE, {"a": stand_in, "b": stand_in})
    return planned(tree, placed, SIZE, {"a": Size(480, 400), "b": Size(480, 400)})


PHOTO = Picture(source="a", style=WHOLE)
CAPTION = Text(text="On the photo", style=Style(font_size=24, color="#ffffff"))
MARK = Shape(
    view=(10, 10), outlines=(Outline(d="M0 0H10V10H0z", fill="#ff0000"),), style=Style(width=20, height=20)
)
LIFTED: dict[str, Box] = {
    "a photo at the bottom": box(PHOTO, CAPTION),
    "a photo on a plain ground": box(
        Picture(source="a", style=Style(width=100, height=80, object_fit="cover")),
        CAPTION,
        background_color="#ffeedd",
    ),
    "two photos side by side": box(
        Picture(source="a", style=Style(width=100, height=200, object_fit="cover")),
        Picture(source="b", style=Style(width=100, height=200, object_fit="cover")),
        background_color="#112233",
        gap=8,
    ),
    "a photo in a line": box(
        box(
            Picture(source="a", style=Style(width=100, height=80, object_fit="cover")), MARK, display="block"
        ),
        background_color="#ffffff",
    ),
    "an inline photo in a line": box(
        Picture(source="a", style=Style(width=100, height=80, object_fit="cover", display="inline")),
        MARK,
        display="inline-block",
        background_color="#ffffff",
    ),
    "round corners": box(
        Picture(source="a", style=Style(width=120, height=90, object_fit="cover", border_radius=24)),
        background_color="#ffffff",
    ),
    "corners of the box around it": box(
        box(
            Picture(source="a", style=Style(width=120, height=90, object_fit="cover")),
            width=120,
            height=90,
            overflow="hidden",
            border_radius=30,
        ),
        background_color="#ffffff",
    ),
    "corners of a box around that": box(
        box(
            box(
                Picture(source="a", style=Style(width=120, height=90, object_fit="cover", border_radius=4)),
                width=120,
                height=90,
                overflow="hidden",
            ),
            width=120,
            height=90,
            overflow="hidden",
            border_radius=30,
        ),
        background_color="white",
    ),
    "a panel beside it": box(
        box(CAPTION, width=120, height=200, background_color="#ffffff"),
        Picture(source="a", style=Style(width=120, height=200, object_fit="cover")),
    ),
}
KEPT: dict[str, Box] = {
    "a mask": box(
        Picture(
            source="a",
            style=Style(
                width=80, height=80, object_fit="cover", mask="linear-gradient(#000000, transparent)"
            ),
        )
    ),
    "a box that is not to be seen": box(box(PHOTO, width=240, height=200, visibility="hidden")),
    "coarse pixels": box(
        Picture(source="a", style=Style(width=80, height=80, object_fit="cover", image_rendering="pixelated"))
    ),
    "a border of one side": box(
        Picture(
            source="a",
            style=Style(width=80, height=80, object_fit="cover", border_top_width=4, border_style="solid"),
        )
    ),
    "a distorted picture": box(Picture(source="a", style=Style(width=40, height=160))),
    "a picture in its own size": box(
        Picture(source="a", style=Style(width=80, height=80, object_fit="none"))
    ),
    "corners of a share": box(
        Picture(source="a", style=Style(width=80, height=80, object_fit="cover", border_radius="50%"))
    ),
    "one corner": box(
        Picture(source="a", style=Style(width=80, height=80, object_fit="cover", border_top_left_radius=30))
    ),
    "a clip with corners of a share": box(
        box(PHOTO, width=240, height=200, overflow="hidden", border_radius="20%")
    ),
    "a clip with one corner": box(
        box(PHOTO, width=240, height=200, overflow="clip", border_top_left_radius=30)
    ),
    "a clip that is turned": box(
        box(PHOTO, width=240, height=200, overflow="hidden", rotate="5deg"), background_color="#ffffff"
    ),
    "a photo at one corner of a clip": box(
        box(
            Picture(source="a", style=Style(width=60, height=45, object_fit="cover")),
            width=120,
            height=90,
            overflow="hidden",
            border_radius=30,
        )
    ),
    "a clip half out of a clip": box(
        box(
            box(
                Picture(source="a", style=Style(width=120, height=90, object_fit="cover")),
                width=120,
                height=90,
                flex_shrink=0,
                overflow="hidden",
            ),
            width=60,
            height=45,
            overflow="hidden",
        )
    ),
    "a place before all": box(PHOTO, box(z_index=2, position="relative"), z_index=1),
    "a ground beneath it": box(
        box(Picture(source="a", style=Style(width=80, height=80)), background_color="#ff0000", padding=20)
    ),
    "a text beneath it": box(Text(text="Beneath", style=Style(position="absolute", top=0, left=0)), PHOTO),
    "an opacity": box(box(PHOTO, opacity=0.5, width=240, height=200)),
    "a turn": box(
        Picture(source="a", style=Style(width=80, height=80, transform="rotate(10deg)")),
        background_color="#ffffff",
    ),
    "a border": box(
        Picture(source="a", style=Style(width=80, height=80, border="4px solid #00ff00")),
        background_color="#ffffff",
    ),
    "a filter": box(Picture(source="a", style=Style(width=80, height=80, filter="grayscale(1)"))),
    "a blur of what is behind": box(PHOTO, box(CAPTION, width=120, height=60, backdrop_filter="blur(8px)")),
    "a blending": box(
        PHOTO, box(width=120, height=60, background_color="#ff0000", mix_blend_mode="multiply")
    ),
    "another place of the picture": box(
        Picture(source="a", style=Style(width=80, height=160, object_fit="cover", object_position="left top"))
    ),
    "a clip of half of it": box(
        box(
            Picture(source="a", style=Style(width=120, height=90, object_fit="cover")),
            width=60,
            height=45,
            overflow="hidden",
        )
    ),
}


@pytest.mark.parametrize("name", LIFTED)
def test_a_photo_is_painted_beneath_where_nothing_else_is(name: str, engine: TakumiEngine) -> None:
    made = plan_of(engine, LIFTED[name])

    assert made.under
    assert not made.drawn


@pytest.mark.parametrize("name", KEPT)
def test_a_photo_is_left_to_the_engine_where_it_must_be(name: str, engine: TakumiEngine) -> None:
    made = plan_of(engine, KEPT[name])

    assert not made.under
    assert [spot.node.source for spot in made.drawn] == ["a"]


@pytest.mark.parametrize("name", [*LIFTED, *KEPT])
def test_both_ways_make_the_same_picture(
    name: str, photos: Mapping[str, bytes], renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = (LIFTED | KEPT)[name]
    fast = drawn(renderer, tree, photos)

    monkeypatch.setattr(plan._Planner, "_lifted", lambda *_arguments: None)
    slow = drawn(Renderer(engine=TakumiEngine()), tree, photos)

    assert (
        np.abs(fast - slow).max() <= 40
    )  # at the edges of round corners, where both smooth in their own way
    assert np.abs(fast - slow).mean() < 0.8


def test_only_the_part_that_is_drawn_on_is_drawn(engine: TakumiEngine) -> None:
    low = Text(text="Low", style=Style(position="absolute", top=150, left=60, font_size=20))

    window = plan_of(engine, box(PHOTO, low)).window

    assert window is not None
    assert window.y > 120
    assert window.height < 80


def test_a_canvas_on_which_nothing_is_drawn_is_one_pixel(engine: TakumiEngine) -> None:
    assert plan_of(engine, box(PHOTO)).window == Region(0, 0, 1, 1)


@pytest.mark.parametrize(
    "style", [{"padding": "5%"}, {"margin": 10}, {"position": "relative", "left": 4}, {"max_width": "50%"}]
)
def test_a_root_that_is_placed_by_the_canvas_keeps_the_whole_canvas(
    style: dict[str, object], engine: TakumiEngine
) -> None:
    low = Text(text="Low", style=Style(position="absolute", top=150, left=60, font_size=20))

    assert plan_of(engine, box(PHOTO, low, **style)).window is None


@pytest.mark.parametrize(
    ("style", "ground"),
    [
        ({"background_color": "white"}, (255, 255, 255)),
        ({"background_color": "#102030"}, (16, 32, 48)),
        ({"background_color": "#10203080"}, None),
        ({"background_color": "oklch(0.5 0.1 20)"}, None),
        ({"background_color": "#102030", "border_radius": 8}, None),
        ({"background_color": "#102030", "opacity": 0.5}, None),
        ({"background_color": "#102030", "background_image": "linear-gradient(#fff, #000)"}, None),
        ({"background_color": "#102030", "width": 100}, None),
        ({}, None),
    ],
)
def test_a_plain_ground_is_no_work_for_the_engine(
    style: dict[str, object], ground: tuple[int, int, int] | None, engine: TakumiEngine
) -> None:
    made = plan_of(engine, box(CAPTION, **style))

    assert made.ground == ground
    expected = None if ground else style.get("background_color")
    assert made.over.style.background_color == expected


def texts_of(engine: TakumiEngine, *children: Node) -> list[tuple[str, float]]:
    tree = with_text_styles(box(*children), engine.fonts)
    placed = engine.measure(tree, SIZE, {"a": b'<svg xmlns="http://www.w3.org/2000/svg"/>'})
    at = next(path for path, node, _ in walked(tree, placed) if isinstance(node, Picture))
    where = next(where for path, _, where in walked(tree, placed) if path == at)
    return [(text.text, opacity) for text, _, opacity in texts_on(at, where.region, tree, placed)]


def test_texts_stand_on_the_picture_that_comes_before_them(engine: TakumiEngine) -> None:
    half = Picture(source="a", style=Style(position="absolute", top=0, left=0, width=240, height=100))
    below = Text(text="Below", style=Style(position="absolute", top=150, left=0))

    assert texts_of(engine, Text(text="Before"), half, CAPTION, below) == [("On the photo", 1.0)]


@pytest.mark.parametrize(
    ("ground", "stands"),
    [
        ({"background_color": "#ffffff"}, False),
        ({"background_color": "white"}, False),
        ({"background": "rgb(1, 2, 3)"}, False),
        ({"background_color": "rgba(0, 0, 0, 0.5)"}, True),
        ({"background": "linear-gradient(#fff, #000)"}, True),
        ({}, True),
    ],
)
def test_texts_on_a_ground_of_their_own_do_not_stand_on_the_picture(
    ground: dict[str, object], stands: bool, engine: TakumiEngine
) -> None:
    panel = box(box(CAPTION), position="absolute", top=0, left=0, **ground)

    assert texts_of(engine, PHOTO, panel) == [("On the photo", 1.0)] * stands


def test_a_ground_beneath_the_picture_is_none_between(engine: TakumiEngine) -> None:
    assert texts_of(engine, box(PHOTO, CAPTION, background_color="#ffffff")) == [("On the photo", 1.0)]


def test_texts_are_told_with_the_opacity_that_they_have_in_all(engine: TakumiEngine) -> None:
    faint = CAPTION.model_copy(update={"style": CAPTION.style.model_copy(update={"opacity": 0.5})})

    assert texts_of(engine, PHOTO, box(box(faint, opacity=0.5))) == [("On the photo", 0.25)]


def test_what_counts_in_parts_of_the_canvas_keeps_the_whole_canvas(engine: TakumiEngine) -> None:
    half = box(width="50vw", height=20, background_color="#00ff00")

    assert plan_of(engine, box(PHOTO, half)).window is None


def drawn(renderer: Renderer, tree: Box, photos: Mapping[str, bytes]) -> NDArray[np.int16]:
    with Image.open(io.BytesIO(renderer.render(tree, SIZE, images=photos, output=PNG))) as image:
        white = Image.new("RGBA", image.size, "white")
        whole = Image.alpha_composite(white, image.convert("RGBA")).convert("RGB")
        return np.asarray(whole, np.int16)
