from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postengine.render.errors import VideoSpecInvalid
from postengine.render.image.tree import Box, Picture, Style, Text
from postengine.render.video.spec import (
    Animation,
    Caption,
    CardScene,
    ClipScene,
    Layer,
    Move,
    Music,
    PhotoScene,
    Sound,
    Subtitles,
    Transition,
    VideoSpec,
    Voice,
    media_of,
    pictures_of,
    video_from,
)

CARD = Box(children=(Text(text="Harbour & Hill"), Picture(source="logo", style=Style(width=40, height=40))))
WHOLE = VideoSpec(
    width=640,
    height=360,
    fps=25,
    scenes=(
        PhotoScene(source="front", move=Move(kind="drift", focus=(0.2, 0.7)), focus="smart"),
        ClipScene(source="tour", starts_s=1.5, seconds=2.0, sound=True),
        PhotoScene(source="front", transition=Transition(kind="dip", colour="#ffffff")),
        CardScene(tree=CARD, seconds=2.0),
    ),
    layers=(Layer(tree=CARD, starts_s=0.3, ends_s=2.0, enters=Animation(kind="slide", side="left")),),
    subtitles=Subtitles(captions=(Caption(text="The kitchen", starts_s=0.5, ends_s=2.0),)),
    sound=Sound(music=Music(source="tune"), voices=(Voice(source="voice", at_s=1.0),)),
    preset="tiktok",
)


def problems(data: object) -> dict[str, str]:
    with pytest.raises(VideoSpecInvalid) as caught:
        video_from(data)
    return dict(caught.value.problems)


def photo(**fields: object) -> dict[str, object]:
    return {"kind": "photo", "source": "front", **fields}


def test_a_video_travels_as_json() -> None:
    assert video_from(WHOLE.model_dump_json()) == WHOLE
    assert video_from(json.loads(json.dumps(WHOLE.model_dump(mode="json")))) == WHOLE


def test_a_video_names_its_files_each_once() -> None:
    assert pictures_of(WHOLE) == ("front", "logo")
    assert media_of(WHOLE) == ("tour", "tune", "voice")


def test_pictures_that_a_tree_holds_itself_are_no_files() -> None:
    inside = Box(children=tuple(Picture(source=f"{data}:image/png;base64,AAAA") for data in ("data", "DATA")))

    assert pictures_of(VideoSpec(scenes=(CardScene(tree=inside),))) == ()


def test_every_problem_is_told_with_its_path() -> None:
    found = problems(
        {
            "fps": 31,
            "scenes": [photo(move={"amount": 3}), photo(seconds=float("nan")), {"kind": "film"}],
            "layers": [{"tree": {"style": {"gap": -1}}}],
        }
    )

    assert set(found) == {
        "fps",
        "scenes[0].move.amount",
        "scenes[1].seconds",
        "scenes[2]",
        "layers[0].tree.style.gap",
    }
    assert found["scenes[0].move.amount"] == "Expected at most 0.5, got 3."


def test_an_unknown_key_is_told() -> None:
    assert problems({"scenes": [photo(zoom=2)]}) == {
        "scenes[0].zoom": "Expected no key of this name; look at how it is written, or leave it out."
    }


@pytest.mark.parametrize(
    ("data", "path", "message"),
    [
        ({"scenes": {}}, "scenes", "Expected a list, got a dict."),
        ({"scenes": [photo()] * 201}, "scenes", "Expected at most 200 in the list, got 201."),
        ({"scenes": [{}]}, "scenes[0]", "Expected an object with 'kind', got a dict."),
        ({"scenes": [photo(move="push")]}, "scenes[0].move", "Expected an object, got 'push'."),
        ({"scenes": [photo()], "layers": [{}]}, "layers[0].tree", "Expected a value, got none; add it."),
        ({"scenes": [photo()], "fps": 31}, "fps", "Expected one of 24, 25, 30 or 60, got 31."),
        (
            {"scenes": [photo()], "subtitles": {"captions": [{"text": "", "starts_s": 0, "ends_s": 1}]}},
            "subtitles.captions[0].text",
            "Expected 1 or more characters, got ''.",
        ),
    ],
)
def test_a_problem_says_what_was_expected_and_what_came(
    data: dict[str, object], path: str, message: str
) -> None:
    assert problems(data) == {path: message}


def test_a_font_is_named_by_what_json_can_carry() -> None:
    assert set(problems({"scenes": [photo()], "subtitles": {"captions": [], "font_family": "\ud800"}})) == {
        "subtitles.font_family"
    }


def test_text_that_is_no_json_is_told() -> None:
    assert problems("{")["video"].startswith("Expected JSON")


@pytest.mark.parametrize("sides", [(1081, 1920), (62, 1920), (1080, 4098)])
def test_sides_are_even_and_bounded(sides: tuple[int, int]) -> None:
    width, height = sides

    assert set(problems({"width": width, "height": height, "scenes": [photo()]})) <= {"width", "height"}


def test_the_first_scene_has_no_transition() -> None:
    found = problems({"scenes": [photo(transition={"kind": "wipe"})]})

    assert "scenes[0]" in found["video"]


def test_a_scene_is_as_long_as_its_transitions() -> None:
    found = problems({"scenes": [photo(), photo(seconds=0.9), photo()], "transition": {"seconds": 0.5}})

    assert "scenes[1] to last at least 1 s" in found["video"]


def test_cuts_take_no_time() -> None:
    cut = {"kind": "cut", "seconds": 5}

    assert video_from({"scenes": [photo(), photo(seconds=0.1), photo()], "transition": cut}).transition_of(
        0
    ) == (Transition(kind="cut"))


def test_captions_do_not_overlap() -> None:
    both = [{"text": "a", "starts_s": 0, "ends_s": 2}, {"text": "b", "starts_s": 1, "ends_s": 3}]
    found = problems({"scenes": [photo()], "subtitles": {"captions": both}})

    assert "captions[1]" in found["subtitles"]


@pytest.mark.parametrize(
    ("part", "path"),
    [
        ({"layers": [{"tree": {}, "starts_s": 2, "ends_s": 1}]}, "layers[0]"),
        ({"subtitles": {"captions": [{"text": "a", "starts_s": 2, "ends_s": 2}]}}, "subtitles.captions[0]"),
        (
            {"subtitles": {"captions": [{"text": "a\x00", "starts_s": 1, "ends_s": 2}]}},
            "subtitles.captions[0]",
        ),
    ],
)
def test_what_cannot_be_is_refused(part: dict[str, object], path: str) -> None:
    assert set(problems({"scenes": [photo()], **part})) == {path}


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["scenes", "kind", "source", "move", "layers", "tree"]), inner)
        ),
    )
)
def test_anything_else_is_refused_with_problems(data: object) -> None:
    with pytest.raises(VideoSpecInvalid) as caught:
        video_from({"scenes": data} if isinstance(data, list) else data)

    assert caught.value.problems
