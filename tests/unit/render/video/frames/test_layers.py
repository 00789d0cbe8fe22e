from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from postengine.render import FontMissing, PictureMissing, Renderer, StyleInvalid, TextDoesNotFit
from postengine.render.image.draw import RgbaPixels
from postengine.render.image.draw.takumi import TakumiEngine
from postengine.render.image.geometry import Size
from postengine.render.image.layout import Layout
from postengine.render.image.renderer import PictureSource
from postengine.render.image.tree import Box, Picture, Style, Text
from postengine.render.video.frames.glass import Glass
from postengine.render.video.frames.layers import Layers
from postengine.render.video.plan import Span, timing_of
from postengine.render.video.spec import Animation, Caption, Layer, PhotoScene, Subtitles, VideoSpec
from tests.unit.render.video.frames.conftest import SavePhoto
from tests.unit.render.video.frames.stand_ins import FakeStage

SIZE = Size(96, 160)


def sign(x: int, y: int, width: int = 20, height: int = 10, colour: str = "#ff0000") -> Box:
    inner = Style(position="absolute", left=x, top=y, width=width, height=height, background_color=colour)
    return Box(style=Style(width=96, height=160), children=(Box(style=inner),))


def words(colour: str = "#ffffff") -> Box:
    text = Text(text="Sold", style=Style(font_size=30, color=colour))
    return Box(style=Style(width=96, height=160, align_items="flex-start"), children=(text,))


class CountingDrawer(Renderer):
    """Keeps what it was asked for."""

    def __init__(self, engine: TakumiEngine) -> None:
        super().__init__(engine=engine)
        self.drawn: list[Box] = []
        self.measured: list[Box] = []

    def measure(
        self, tree: Box, size: Size | tuple[int, int], *, images: Mapping[str, PictureSource] | None = None
    ) -> Layout:
        self.measured.append(tree)
        return super().measure(tree, size, images=images)

    def pixels(
        self, tree: Box, size: Size | tuple[int, int], *, images: Mapping[str, PictureSource] | None = None
    ) -> RgbaPixels:
        self.drawn.append(tree)
        return super().pixels(tree, size, images=images)


def layers_of(
    stage: FakeStage, layers: Sequence[Layer] = (), subtitles: Subtitles | None = None, seconds: float = 4
) -> Layers:
    spec = VideoSpec(
        width=96,
        height=160,
        scenes=(PhotoScene(source="a", seconds=seconds),),
        layers=tuple(layers),
        subtitles=subtitles,
    )
    return Layers(spec, timing_of(spec, {}), stage)


def boxes(glasses: tuple[Glass, ...]) -> list[tuple[int, int, int, int]]:
    return [(one.x, one.y, one.right, one.bottom) for one in glasses]


def test_a_layer_is_there_in_its_time_only(stage: FakeStage) -> None:
    layers = layers_of(stage, [Layer(tree=sign(10, 20), starts_s=1, ends_s=2)])

    seen = [len(layers.at(frame, None)) for frame in range(120)]

    assert seen == [0] * 30 + [1] * 30 + [0] * 60


def test_layers_at_rest_are_the_same_glass_every_time(stage: FakeStage) -> None:
    layers = layers_of(stage, [Layer(tree=sign(10, 20), enters=Animation(seconds=0.1))])

    first, *_, before, last = [layers.at(frame, None) for frame in range(20)]

    assert before == last
    assert before[0] is last[0]
    assert first != last


def test_layers_that_touch_become_one_and_others_stay_apart(stage: FakeStage) -> None:
    none = Animation(kind="none")
    trees = (sign(10, 20), sign(20, 24), sign(60, 120))
    layers = layers_of(stage, [Layer(tree=tree, enters=none) for tree in trees])

    assert boxes(layers.at(0, None)) == [(10, 20, 40, 34), (60, 120, 80, 130)]


def test_a_resting_layer_stays_above_one_that_moves(stage: FakeStage) -> None:
    slow, none = Animation(kind="rise", seconds=3, distance_px=4), Animation(kind="none")
    trees = ((sign(10, 20), none), (sign(10, 20), slow), (sign(20, 20), none))
    layers = layers_of(stage, [Layer(tree=tree, enters=enters) for tree, enters in trees])

    lowest, moving, top = layers.at(5, None)

    assert boxes((lowest, top)) == [(10, 20, 30, 30), (20, 20, 40, 30)]
    assert moving.keeps.min() > 0


def test_the_shade_lies_beneath_and_is_merged_with_what_rests_on_it(stage: FakeStage) -> None:
    none = Animation(kind="none")
    shade = layers_of(stage, [Layer(tree=sign(0, 0, 96, 160, "#000000"), enters=none)]).at(0, None)[0]
    layers = layers_of(stage, [Layer(tree=sign(10, 20), enters=none)])

    (whole,) = layers.at(0, shade)

    assert boxes((whole,)) == [(0, 0, 96, 160)]
    assert int(whole.colour.v[12, 10]) > 200
    assert layers.at(1, None)[0].size == Size(20, 10)


def test_a_layer_is_drawn_once_and_not_before_its_time(engine: TakumiEngine) -> None:
    drawer = CountingDrawer(engine)
    tree = sign(10, 20)
    layers = layers_of(FakeStage(drawer), [Layer(tree=tree, starts_s=1)])

    for frame in range(30):
        layers.at(frame, None)
    assert drawer.drawn == []
    for frame in range(30, 120):
        layers.at(frame, None)

    assert drawer.drawn == [tree]


def test_a_picture_within_a_layer_need_not_be_handed_over(stage: FakeStage) -> None:
    dot = (
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'>"
        "<rect width='8' height='8'/></svg>"
    )
    inner = Picture(source=dot, style=Style(width=8, height=8, flex_shrink=0))
    tree = Box(style=Style(width=96, height=160, align_items="flex-start"), children=(inner,))

    layers = layers_of(stage, [Layer(tree=tree)])

    assert boxes(layers.at(20, None)) == [(0, 0, 8, 8)]


def test_a_layer_shows_pictures_that_were_handed_over(stage: FakeStage, save_photo: SavePhoto) -> None:
    stage.pictures = {"logo": save_photo("logo.png", (40, 40)), "other": Path("not-there.png")}
    inner = Picture(source="logo", style=Style(width=12, height=12, flex_shrink=0))
    tree = Box(style=Style(width=96, height=160, align_items="flex-start"), children=(inner,))

    layers = layers_of(stage, [Layer(tree=tree)])

    assert boxes(layers.at(20, None)) == [(0, 0, 12, 12)]


def test_an_empty_layer_costs_nothing(stage: FakeStage) -> None:
    layers = layers_of(stage, [Layer(tree=Box(style=Style(width=96, height=160)))])

    assert layers.at(0, None) == ()


def test_texts_of_the_layers_shown_meanwhile_are_told(engine: TakumiEngine) -> None:
    drawer = CountingDrawer(engine)
    early, late = Layer(tree=words(), ends_s=1), Layer(tree=words("#00ff00"), starts_s=2)
    layers = layers_of(FakeStage(drawer), [early, late])

    told = [
        [text.colour.hex for text in layers.texts(span)] for span in (Span(0, 30), Span(20, 90), Span(31, 50))
    ]

    assert told == [["#ffffff"], ["#ffffff", "#00ff00"], []]
    assert len(drawer.measured) == 2


def captions(**more: object) -> Subtitles:
    both = (Caption(text="One", starts_s=0, ends_s=1), Caption(text="Two", starts_s=1, ends_s=2))
    return Subtitles.model_validate({"captions": both, "size_px": 12, "least_px": 8, **more})


def test_captions_change_at_their_times_above_all_layers(stage: FakeStage) -> None:
    layers = layers_of(stage, subtitles=captions())

    first, second, none = (layers.at(frame, None) for frame in (29, 30, 60))

    assert len(first) == len(second) == 1
    assert first[0] is not second[0]
    assert none == ()
    assert stage.safe.x <= first[0].x
    assert first[0].bottom <= stage.safe.bottom + 1


def test_only_captions_without_a_plate_ask_for_a_shade(stage: FakeStage) -> None:
    assert layers_of(stage, subtitles=captions()).texts(Span(0, 90)) == ()

    assert len(layers_of(stage, subtitles=captions(plate_opacity=0)).texts(Span(0, 90))) == 2


def test_what_cannot_be_drawn_is_told_by_its_place_in_the_spec(stage: FakeStage) -> None:
    odd = Box(style=Style(width=96, height=160), children=(Text(text="\u13a0", style=Style(font_size=9)),))
    vast = Box(style=Style(width=9999, height=9999))
    layers = layers_of(
        stage, [Layer(tree=words()), Layer(tree=odd, starts_s=1, ends_s=2), Layer(tree=vast, starts_s=2)]
    )

    with pytest.raises(FontMissing, match=r"^layers\[1\]\.tree\.children\[0\]: "):
        layers.at(30, None)
    with pytest.raises(StyleInvalid, match=r"^layers\[2\]\.tree\.style: "):
        layers.at(60, None)


def test_a_caption_that_does_not_fit_is_told_by_its_number(stage: FakeStage) -> None:
    long = Caption(text="word " * 30, starts_s=1, ends_s=2)
    spoken = captions().model_copy(update={"captions": (captions().captions[0], long)})

    with pytest.raises(TextDoesNotFit, match=r"^subtitles\.captions\[1\]\.text: ") as caught:
        layers_of(stage, subtitles=spoken).at(30, None)

    assert caught.value.path == "subtitles.captions[1].text"


def test_a_picture_that_was_not_handed_over_is_named(stage: FakeStage) -> None:
    tree = Box(
        style=Style(width=96, height=160), children=(Picture(source="logo", style=Style(width=9, height=9)),)
    )
    layers = layers_of(stage, [Layer(tree=tree)])

    with pytest.raises(PictureMissing, match="logo"):
        layers.at(0, None)
