from __future__ import annotations

from typing import Any

import pytest

from postengine.render import VideoSpecInvalid
from postengine.render.image.tree import Box
from postengine.render.video.plan import Span, timing_of
from postengine.render.video.spec import (
    Caption,
    ClipScene,
    Layer,
    PhotoScene,
    Subtitles,
    Transition,
    VideoSpec,
)

A, B = PhotoScene(source="a", seconds=2), PhotoScene(source="b", seconds=3)
CUT = Transition(kind="cut")


def spec(*scenes: PhotoScene | ClipScene, **more: Any) -> VideoSpec:  # noqa: ANN401 - fields of the spec
    return VideoSpec(scenes=scenes, **more)


def problem(video: VideoSpec, clips: dict[int, float] | None = None) -> tuple[str, str]:
    with pytest.raises(VideoSpecInvalid) as caught:
        timing_of(video, clips or {})
    return caught.value.problems[0]


def test_scenes_overlap_by_their_transition() -> None:
    timing = timing_of(spec(A, B, transition=Transition(seconds=0.5)), {})

    assert [scene.span for scene in timing.scenes] == [Span(0, 60), Span(45, 135)]
    assert [scene.overlap for scene in timing.scenes] == [0, 15]
    assert timing.frames == 135
    assert timing.seconds == 4.5


def test_a_cut_has_no_overlap() -> None:
    timing = timing_of(spec(A, B, transition=CUT, fps=25), {})

    assert [scene.span for scene in timing.scenes] == [Span(0, 50), Span(50, 125)]


def test_a_clip_lasts_as_long_as_it_has_frames_left() -> None:
    timing = timing_of(spec(A, ClipScene(source="c"), transition=CUT), {1: 1.234})

    assert timing.scenes[1].span == Span(60, 97)


def test_a_clip_of_unknown_length_is_refused() -> None:
    assert problem(spec(ClipScene(source="c")))[0] == "scenes[0].seconds"


def test_a_clip_that_is_too_short_is_refused_but_for_one_frame() -> None:
    video = spec(ClipScene(source="c", seconds=2))

    assert timing_of(video, {0: 1.97}).frames == 60
    path, message = problem(video, {0: 1.5})
    assert path == "scenes[0].seconds"
    assert "1.50 s" in message


@pytest.mark.parametrize("left_s", [-3.0, 0.0, 0.01])
def test_a_clip_that_begins_where_it_has_ended_is_refused(left_s: float) -> None:
    path, message = problem(spec(A, ClipScene(source="c", starts_s=5)), {1: left_s})

    assert path == "scenes[1].starts_s"
    assert message == f"Expected an instant within the {5 + left_s:g} s of the clip, got 5; begin sooner"


def test_a_clip_shorter_than_its_transitions_is_refused() -> None:
    video = spec(A, ClipScene(source="c"), B, transition=Transition(seconds=1))

    path, message = problem(video, {1: 1.5})

    assert path == "scenes[1]"
    assert "60 frames" in message


def test_layers_end_with_the_video_unless_they_say() -> None:
    layers = (
        Layer(tree=Box(), starts_s=0.5),
        Layer(tree=Box(), ends_s=1),
        Layer(tree=Box(), ends_s=99),
        Layer(tree=Box(), starts_s=1, ends_s=1.001),
    )
    timing = timing_of(spec(A, layers=layers), {})

    assert [span for _, span in timing.layers] == [Span(15, 60), Span(0, 30), Span(0, 60), Span(30, 31)]


def test_captions_have_frames_and_the_last_is_cut_at_the_end() -> None:
    subtitles = Subtitles(
        captions=(Caption(text="a", starts_s=0, ends_s=1), Caption(text="b", starts_s=1, ends_s=9))
    )
    timing = timing_of(spec(A, subtitles=subtitles), {})

    assert [span for _, span in timing.captions] == [Span(0, 30), Span(30, 60)]


def test_what_begins_after_the_end_is_refused() -> None:
    late = Subtitles(captions=(Caption(text="a", starts_s=7, ends_s=8),))

    assert problem(spec(A, layers=(Layer(tree=Box(), starts_s=2),)))[0] == "layers[0].starts_s"
    assert problem(spec(A, subtitles=late))[0] == "subtitles.captions[0].starts_s"


def test_spans_hold_and_meet() -> None:
    span = Span(3, 6)

    assert [span.holds(frame) for frame in (2, 3, 5, 6)] == [False, True, True, False]
    assert span.frames == 3
    assert span.meets(Span(5, 9))
    assert not span.meets(Span(6, 9))
