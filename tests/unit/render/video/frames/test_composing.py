from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from postengine.render import PhotoUnreadable, PictureMissing
from postengine.render.errors import ContrastUnreachable
from postengine.render.image.colour import Colour, contrast
from postengine.render.image.geometry import Size
from postengine.render.image.tree import Box, Scrim, Style, Text
from postengine.render.video.frame import Frame
from postengine.render.video.frames.composing import composed
from postengine.render.video.plan import timing_of
from postengine.render.video.spec import (
    Animation,
    CardScene,
    ClipScene,
    Layer,
    Move,
    PhotoScene,
    Scene,
    Transition,
    VideoSpec,
)
from tests.unit.render.video.frames.conftest import SavePhoto
from tests.unit.render.video.frames.stand_ins import FakeStage

CUT = Transition(kind="cut")
CARD = CardScene(tree=Box(), background="#ff0000", seconds=1)


def spec(scenes: Sequence[Scene], **more: object) -> VideoSpec:
    return VideoSpec.model_validate({"width": 96, "height": 160, "scenes": scenes, "transition": CUT, **more})


def frames_of(video: VideoSpec, stage: FakeStage) -> list[Frame]:
    clips = {number: 99.0 for number in stage.clips}
    return list(composed(video, timing_of(video, clips), stage))


def clip(values: Sequence[int], closed: list[str] | None = None) -> Generator[Frame]:
    """Yield frames of one brightness each, in the same memory, as a reader of clips may."""
    frame = Frame(*(np.zeros((160 // by, 96 // by), np.uint8) for by in (1, 2, 2)))
    try:
        for value in values:
            for plane in frame.planes:
                plane[:] = value
            yield frame
    finally:
        if closed is not None:
            closed.append("closed")


def photo(source: str = "a", seconds: float = 1.0, **more: object) -> PhotoScene:
    return PhotoScene.model_validate({"source": source, "seconds": seconds, **more})


def words(text: str = "Sold", size: float = 24) -> Box:
    style = Style(font_size=size, color="#ffffff", font_weight=700)
    outer = Style(width=96, height=160, align_items="flex-end", padding="8px")
    return Box(style=outer, children=(Text(text=text, style=style),))


def brightness(frame: Frame) -> float:
    return float(frame.y.mean())


def test_a_video_has_all_its_frames_in_its_size(stage: FakeStage, save_photo: SavePhoto) -> None:
    stage.pictures = {"a": save_photo()}

    frames = frames_of(spec([photo(), CARD]), stage)

    assert len(frames) == 60
    assert {frame.size for frame in frames} == {Size(96, 160)}
    assert all(plane.flags.c_contiguous for frame in frames for plane in frame.planes)


def test_a_still_card_is_the_very_same_frame(stage: FakeStage) -> None:
    frames = frames_of(spec([CARD]), stage)

    assert {id(frame) for frame in frames} == {id(frames[0])}
    assert [int(plane[0, 0]) for plane in frames[0].planes] == [63, 102, 240]


def test_a_still_card_under_resting_layers_is_composed_once(stage: FakeStage) -> None:
    layer = Layer(tree=words(), enters=Animation(seconds=0.2), starts_s=0)

    frames = frames_of(spec([CARD], layers=[layer]), stage)

    assert len({id(frame) for frame in frames[10:]}) == 1
    assert len({id(frame) for frame in frames[:6]}) == 6


def test_a_drawn_card_lies_on_its_background(stage: FakeStage) -> None:
    half = Box(style=Style(width=96, height=80, background_color="#0000ff"))
    tree = Box(style=Style(width=96, height=160), children=(half,))

    (frame,) = frames_of(spec([CARD.model_copy(update={"tree": tree, "seconds": 0.03})]), stage)

    assert (int(frame.u[10, 10]), int(frame.v[70, 10])) == (240, 240)


def test_a_photo_that_stands_still_is_the_very_same_frame(stage: FakeStage, save_photo: SavePhoto) -> None:
    stage.pictures = {"a": save_photo()}

    for scene in (photo(move=Move(kind="none")), photo(fit="contain")):
        assert len({id(frame) for frame in frames_of(spec([scene]), stage)}) == 1


def test_a_moving_photo_moves_from_one_frame_to_the_next(stage: FakeStage, save_photo: SavePhoto) -> None:
    stage.pictures = {"a": save_photo()}

    frames = frames_of(spec([photo(seconds=0.3)]), stage)

    changes = [float(np.abs(b.y.astype(int) - a.y).mean()) for a, b in pairwise(frames)]
    assert min(changes) > 0
    assert max(changes) < 6


def test_scenes_are_opened_when_they_come(stage: FakeStage, save_photo: SavePhoto, tmp_path: Path) -> None:
    stage.pictures = {"a": save_photo(), "b": tmp_path / "later.png"}
    video = spec([photo(), photo("b")])

    with closing(composed(video, timing_of(video, {}), stage)) as frames:
        first = list(islice(frames, 30))
        save_photo("later.png")
        last = list(frames)

    assert (len(first), len(last)) == (30, 30)


def test_a_photo_deleted_meanwhile_is_named(stage: FakeStage, save_photo: SavePhoto) -> None:
    stage.pictures = {"a": save_photo(), "b": save_photo("b.png")}
    video = spec([photo(), photo("b")])
    frames = composed(video, timing_of(video, {}), stage)
    next(frames)

    stage.pictures["b"].unlink()

    with pytest.raises(PhotoUnreadable) as caught:
        list(frames)
    assert caught.value.file == stage.pictures["b"]


def test_a_photo_that_was_not_handed_over_is_named(stage: FakeStage) -> None:
    with pytest.raises(PictureMissing, match="'a'"):
        frames_of(spec([photo()]), stage)


def test_single_frames_are_those_of_the_whole(stage: FakeStage, save_photo: SavePhoto) -> None:
    stage.pictures = {"a": save_photo()}
    layer = Layer(tree=words(), starts_s=0.5, ends_s=2)
    clips = {1: clip(range(60, 120)), 3: clip([1] * 30)}
    short, long = (ClipScene(source="c", seconds=seconds) for seconds in (1, 2))
    scenes: list[Scene] = [photo(), long, CARD, short, CARD]
    video = spec(scenes, layers=[layer], transition=Transition(seconds=0.2))
    timing = timing_of(video, {1: 2.0, 3: 1.0})
    wanted = (3, 20, 27, 50, 70, timing.frames - 1)

    stage.clips = clips
    single = [brightness(frame) for frame in composed(video, timing, stage, wanted)]

    stage.clips = {1: clip(range(60, 120)), 3: clip([1] * 30)}
    whole = [brightness(frame) for frame in composed(video, timing, stage)]
    assert single == [whole[number] for number in wanted]


def test_scenes_cross_over_their_overlap(stage: FakeStage) -> None:
    black = CARD.model_copy(update={"background": "#000000"})
    white = CARD.model_copy(update={"background": "#ffffff", "transition": Transition(seconds=0.5)})

    seen = [brightness(frame) for frame in frames_of(spec([black, white]), stage)]

    assert seen[:15] == [16] * 15
    assert seen[30:] == [235] * 15
    assert np.diff(seen[14:31]) == pytest.approx(219 / 16, abs=1.1)


def test_a_clip_shows_its_frames_in_order_and_is_closed_when_it_is_over(stage: FakeStage) -> None:
    closed: list[str] = []
    stage.clips = {0: clip(range(40, 70), closed)}
    video = spec([ClipScene(source="c", seconds=1), CARD])
    frames = composed(video, timing_of(video, {0: 1.0}), stage)

    seen = [brightness(frame) for frame in islice(frames, 30)]
    assert (seen, closed) == (list(range(40, 70)), [])

    next(frames)
    assert closed == ["closed"]


def test_layers_over_a_clip_do_not_change_its_memory(stage: FakeStage) -> None:
    stage.clips = {0: clip([100] * 30)}
    sign = Box(style=Style(width=96, height=160, background_color="#ffffff"))
    layer = Layer(tree=sign, ends_s=0.5, enters=Animation(kind="none"), leaves=Animation(kind="none"))

    seen = []
    video = spec([ClipScene(source="c", seconds=1)], layers=[layer])
    for frame in composed(video, timing_of(video, {0: 1.0}), stage):
        seen.append(brightness(frame))  # noqa: PERF401 - in the same memory

    assert seen == [235] * 15 + [100] * 15


def test_open_clips_are_closed_when_nobody_wants_more(stage: FakeStage) -> None:
    closed: list[str] = []
    stage.clips = {0: clip([1] * 60, closed)}
    video = spec([ClipScene(source="c", seconds=2)])

    with closing(composed(video, timing_of(video, {0: 2.0}), stage)) as frames:
        next(frames)

    assert closed == ["closed"]


def test_a_clip_is_closed_when_its_shade_cannot_be_made(stage: FakeStage) -> None:
    closed: list[str] = []
    stage.clips, stage.glances = {0: clip([1] * 60, closed)}, {0: clip([235], closed)}
    next(stage.clips[0])
    layer = Layer(tree=words("H"), enters=Animation(kind="none"))
    white = Scrim(edge="all", colour="#ffffff")
    video = spec([ClipScene(source="c", seconds=1)], layers=[layer], shade=white)

    with pytest.raises(ContrastUnreachable, match=r"scenes\[0\]"):
        frames_of(video, stage)

    assert closed == ["closed", "closed"]


def under_words(stage: FakeStage, scene: Scene, **more: object) -> float:
    """Return how much light a shade leaves of a scene where white words stand."""
    layer = Layer(tree=words("H"), enters=Animation(kind="none"))
    shaded = frames_of(spec([scene], layers=[layer], **more), stage)[-1]
    return float(shaded.y[130:150, 60:90].mean())


def test_a_shade_makes_white_words_read_on_a_bright_photo(stage: FakeStage, tmp_path: Path) -> None:
    Image.new("RGB", (300, 400), (240, 240, 240)).save(tmp_path / "bright.png")
    Image.new("RGB", (300, 400), (20, 20, 20)).save(tmp_path / "dark.png")
    stage.pictures = {"a": tmp_path / "bright.png", "b": tmp_path / "dark.png"}
    scrim = Scrim(edge="all")

    lit = under_words(stage, photo(seconds=0.1), shade=scrim)
    dark = under_words(stage, photo("b", seconds=0.1), shade=scrim)

    grey = round((lit - 16) * 255 / 219)
    assert contrast(Colour(255, 255, 255), Colour(grey, grey, grey)) > 4.4
    assert under_words(stage, photo(seconds=0.1)) > 215
    assert dark == pytest.approx(16 + 20 * 219 / 255, abs=1)


def test_a_shade_lies_over_clips_but_not_over_cards(stage: FakeStage) -> None:
    stage.clips, stage.glances = {0: clip([235] * 3)}, {0: clip([40, 235])}

    shaded = under_words(stage, ClipScene(source="c", seconds=0.1), shade=Scrim(edge="all"))
    card = CARD.model_copy(update={"background": "#ffffff", "seconds": 0.1})

    assert shaded < 150
    stage.clips, stage.glances = {0: clip([60] * 3)}, {0: clip([60])}
    assert under_words(stage, ClipScene(source="c", seconds=0.1), shade=Scrim(edge="all")) == 60
    assert under_words(stage, card, shade=Scrim(edge="all")) == 235


def test_a_shade_goes_with_its_scene_through_a_transition(stage: FakeStage) -> None:
    stage.clips, stage.glances = {0: clip([235] * 30)}, {0: clip([235])}
    card = CARD.model_copy(update={"background": "#ffffff", "transition": Transition(seconds=0.5)})
    layer = Layer(tree=words("H"), enters=Animation(kind="none"))
    video = spec([ClipScene(source="c", seconds=1), card], layers=[layer], shade=Scrim(edge="all"))

    seen = [float(frame.y[:60].mean()) for frame in frames_of(video, stage)]

    assert seen[10] < 150
    assert seen[31] == 235
    assert seen[14:31] == sorted(seen[14:31])
