"""Reading trees from data: every problem has its path, and no size or depth hurts."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from pydantic import ValidationError

from postengine.render.errors import RenderError, StyleInvalid
from postengine.render.image.tree import (
    Box,
    Picture,
    Shape,
    Style,
    Text,
    check,
    check_extent,
    check_grounds,
    problems_of,
    sources,
    tree_from,
    walk,
)
from tests.unit.render.strategies import trees


def problems(data: object) -> dict[str, str]:
    with pytest.raises(StyleInvalid) as caught:
        tree_from(data)
    return dict(caught.value.problems)


def only(data: object) -> tuple[str, str]:
    (problem,) = problems(data).items()
    return problem


def _is_small(tree: Box) -> bool:
    """Tell whether relative sizes of a drawn tree do not add up to too much."""
    try:
        check(tree)
    except StyleInvalid:
        return False
    return True


def text(value: object, **style: object) -> dict[str, object]:
    return {"type": "text", "text": value, "style": style}


@settings(max_examples=100, suppress_health_check=list(HealthCheck), deadline=None)
@given(trees)
def test_a_tree_written_as_json_reads_back_as_the_same_tree(tree: Box) -> None:
    written = tree.model_dump_json(by_alias=True, exclude_none=True)

    assume(_is_small(tree))

    again = tree_from(written)

    assert again == tree
    assert hash(again) == hash(tree)
    assert again.model_dump_json(by_alias=True, exclude_none=True) == written


def test_every_problem_is_named_by_its_path_as_the_data_writes_it() -> None:
    found = problems(
        {
            "children": [
                text("fine"),
                {"type": "box", "style": {"gap": "wide", "flexDirection": "sideways"}},
                {"type": "picture", "source": "", "focus": [5, 1], "scrims": [{"edge": "middle"}]},
                {"type": "text", "text": "fine", "fit": {}, "style": {"font_size": -1}},
                {"type": "shape", "view": [1, 1], "outlines": [{"d": "nonsense"}]},
                5,
                {"type": "circle"},
                {"type": "box", "style": 5},
            ],
        }
    )

    assert list(found) == [
        "root.children[1].style.flexDirection",
        "root.children[1].style.gap",
        "root.children[2].source",
        "root.children[2].focus[0]",
        "root.children[2].focus",
        "root.children[2].scrims[0].edge",
        "root.children[3].style.font_size",
        "root.children[3].fit.minPx",
        "root.children[4].outlines[0].d",
        "root.children[5]",
        "root.children[6]",
        "root.children[7].style",
    ]
    assert found["root.children[1].style.flexDirection"] == (
        "Expected one of 'row', 'row-reverse', 'column' or 'column-reverse', got 'sideways'."
    )
    assert found["root.children[3].fit.minPx"] == "Expected a value, got none; add it."
    assert found["root.children[2].focus[0]"] == "Expected a value less than or equal to 1, got 5."
    assert found["root.children[2].focus"] == "Expected 'smart', got a list."
    assert "out of box, text, picture, shape, got 5" in found["root.children[5]"]
    assert "got an object of type 'circle'" in found["root.children[6]"]
    assert found["root.children[7].style"] == "Expected an object, got 5."


@pytest.mark.parametrize(
    ("style", "path", "remedy"),
    [
        ({"flexdirection": "row"}, "root.style.flexdirection", "did you mean 'flexDirection'?"),
        ({"flex-direction": "row"}, "root.style['flex-direction']", "did you mean 'flexDirection'?"),
        ({"backgroundColour": "red"}, "root.style.backgroundColour", "did you mean 'backgroundColor'?"),
        ({"zzz": 1}, "root.style.zzz", "leave it out."),
        ({"x" * 500: 1}, f"root.style.{'x' * 500}", "leave it out."),
    ],
)
def test_an_unknown_key_is_an_error_that_names_the_nearest(
    style: dict[str, Any], path: str, remedy: str
) -> None:
    where, message = only({"style": style})

    assert where == path
    assert message.endswith(remedy)


def test_an_unknown_key_of_a_node_is_an_error_too() -> None:
    where, message = only({"chidren": []})

    assert (where, message) == (
        "root.chidren",
        "Expected a key that a box has, got 'chidren'; did you mean 'children'?",
    )


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("a\x00b", "the control character U+0000 at 1"),
        ("\x85", "the control character U+0085"),
        ("\x1b[31m", "the control character U+001B"),
        ("ok \ud800", "half of a surrogate pair U+D800 at 3"),
        ("x" * 10_001, "at most 10,000 characters, got 10,001"),
        ("Z" + "\u0301" * 9, "at most 8 marks on a letter"),
        ("\u202e" * 65, "at most 64 direction controls"),
        (5, "Expected a text, got int"),
    ],
)
def test_a_text_that_cannot_be_set_is_refused(value: object, reason: str) -> None:
    where, message = only({"children": [text(value)]})

    assert where == "root.children[0].text"
    assert reason in message


@pytest.mark.parametrize(
    "value",
    ["", "one\n\ttwo", "שלום \u202eabc\u202c", "a" + "\u0301" * 8, "บ้านที่นี่", "དྷྲྀ", "👩\u200d👩\u200d👧\ufe0f"],
)
def test_a_text_of_any_script_is_taken_as_it_is(value: str) -> None:
    (child,) = tree_from({"children": [text(value)]}).children

    assert isinstance(child, Text)
    assert child.text == value


def test_line_ends_are_line_feeds() -> None:
    assert Text(text="a\r\nb\rc").text == "a\nb\nc"


def nested(levels: int) -> dict[str, object]:
    data: dict[str, object] = {"type": "box"}
    for _ in range(levels - 1):
        data = {"type": "box", "children": [data]}
    return data


def test_a_hundred_levels_are_read_and_one_more_is_not() -> None:
    assert len(list(walk(tree_from(nested(100))))) == 100

    assert "at most 100 levels" in only(nested(101))[1]


@pytest.mark.parametrize("data", [nested(3_000), "[" * 100_000, '{"children":[' * 3_000 + "]}" * 3_000])
def test_thousands_of_levels_are_refused_before_they_can_hurt(data: object) -> None:
    where, message = only(data)

    assert where.startswith("root")
    assert len(where) < 200
    assert "at most 100 levels" in message or "Expected JSON" in message


def test_data_that_holds_itself_is_refused() -> None:
    data: dict[str, Any] = {"type": "box"}
    data["children"] = [data]

    assert "at most 100 levels" in only(data)[1]


def test_a_deep_value_where_none_belongs_is_told_without_going_into_it() -> None:
    deep: object = "x"
    for _ in range(3_000):
        deep = [deep]

    assert only({"style": {"gap": deep}})[0] == "root.style.gap"


@pytest.mark.parametrize(
    "data", [5, None, [], "5", "not json", b'{"type": "text"}', {"children": "abc"}, {"children": 5}]
)
def test_what_is_no_tree_is_refused(data: object) -> None:
    assert only(data)[1].startswith("Expected ")


def test_json_text_is_read() -> None:
    assert tree_from(json.dumps({"children": [text("a")]})) == tree_from({"children": [text("a")]})
    assert tree_from(b"{}") == Box()


def test_five_thousand_nodes_are_refused() -> None:
    assert only({"children": [text("a")] * 5_000})[1].startswith("Expected at most 2,000 nodes")
    assert len(tree_from({"children": [text("a")] * 1_999}).children) == 1_999


def test_many_small_branches_add_up_to_too_many_nodes() -> None:
    branch = {"type": "box", "children": [text("a")] * 50}

    assert only({"children": [branch] * 50})[1].startswith("Expected at most 2,000 nodes")


def test_all_texts_together_are_bounded() -> None:
    where, message = only({"children": [text("x" * 10_000)] * 11})

    assert where == "root.children[10].text"
    assert "100,000 characters in all texts" in message


@pytest.mark.parametrize(
    ("style", "levels"),
    [
        ({"fontSize": "10em"}, 3),
        ({"fontSize": "300%"}, 5),
        ({"fontSize": "calc(10em + 1px)"}, 3),
        ({"fontSize": "larger"}, 20),
        ({"scale": 10}, 4),
        ({"scale": "2 20"}, 3),
        ({"transform": "scale(40)"}, 2),
    ],
)
def test_relative_sizes_may_not_grow_without_end(style: dict[str, object], levels: int) -> None:
    def tree(depth: int) -> dict[str, object]:
        data: dict[str, object] = {"type": "box", "style": style}
        for _ in range(depth - 1):
            data = {"type": "box", "style": style, "children": [data]}
        return data

    tree_from(tree(1))
    where, message = only(tree(levels))

    assert ".style" in where
    assert "got more" in message


@pytest.mark.parametrize("size", ["2rem", "10vw", "small", "smaller", 20])
def test_sizes_that_do_not_depend_on_the_parent_may_be_nested(size: object) -> None:
    data: dict[str, object] = {"type": "box", "style": {"fontSize": size}}
    for _ in range(50):
        data = {"type": "box", "style": {"fontSize": size}, "children": [data]}

    assert tree_from(data).style.font_size == size


def test_a_tree_built_in_python_is_checked_without_recursion() -> None:
    root = Box()
    for _ in range(3_000):
        root = Box(children=(root,))

    with pytest.raises(StyleInvalid, match="at most 100 levels"):
        check(root)


def test_problems_of_pydantic_are_told_in_our_words() -> None:
    with pytest.raises(ValidationError) as caught:
        Box(style={"gap": "wide"})  # type: ignore[arg-type]  # as a user's program might

    assert problems_of(caught.value)[0].path == "root.style.gap"


def test_a_box_far_larger_than_its_picture_is_refused_by_its_path() -> None:
    check_extent("root.children[0]", 4_000, 4_000, canvas_px=1_000_000)

    with pytest.raises(
        StyleInvalid, match=r"^root\.children\[0\]\.style: Expected boxes of at most 16 times"
    ):
        check_extent("root.children[0]", 4_001, 4_000, canvas_px=1_000_000)


@pytest.mark.parametrize(
    "name", ["background_size", "mask_size", "background", "mask"], ids=["ground", "mask", "grounds", "masks"]
)
def test_pictures_far_larger_than_the_whole_are_refused_by_their_path(name: str) -> None:
    before = "" if name.endswith("size") else "url(sky) center / "
    large, too_large = (Style.model_validate({name: f"{before}{share}% auto"}) for share in (400, 401))
    path = "root.children[0].style." + name.replace("_s", "S")

    check_grounds("root.children[0]", large, 1_000, 500, canvas_px=1_000_000)

    with pytest.raises(StyleInvalid, match=rf"^{re.escape(path)}: Expected pictures of at most 16 times"):
        check_grounds("root.children[0]", too_large, 1_000, 500, canvas_px=1_000_000)


@pytest.mark.parametrize("size", [4_001, "calc(4001px / 1)", "10px, 4001px", "auto 4001px"])
def test_pictures_are_counted_however_their_size_is_written(size: object) -> None:
    style = Style.model_validate({"background_size": size})

    with pytest.raises(StyleInvalid, match="backgroundSize: Expected pictures of at most 16 times"):
        check_grounds("root", style, 100, 100, canvas_px=1_000_000)


@pytest.mark.parametrize("source", ["", "a\x00", "\ud800", "x" * 2_001, "data:text/html,<p>", 5])
def test_a_source_that_names_no_picture_is_refused(source: object) -> None:
    assert only({"children": [{"type": "picture", "source": source}]})[0] == "root.children[0].source"


def test_a_walk_goes_through_the_tree_in_order() -> None:
    root = Box(children=(Box(children=(Text(text="a"),)), Picture(source="photo")))

    assert [(path, node.type) for path, node in walk(root)] == [
        ("root", "box"),
        ("root.children[0]", "box"),
        ("root.children[0].children[0]", "text"),
        ("root.children[1]", "picture"),
    ]


def test_the_pictures_of_a_node_are_its_own_and_those_of_its_style() -> None:
    style = Style(
        background="url(a) center, red", background_image='url("b"), none', mask_image="URL( 'c' )", width=5
    )

    assert sources(Picture(source="photo", style=style)) == ("photo", "a", "b", "c")
    assert sources(Box(style=Style(background="red"))) == ()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("L0 0", "begins with M"),
        ("M0", "takes 2 numbers"),
        ("M0 0Z5", "takes 0 numbers"),
        ("M0 0L", "takes 2 numbers"),
        ("M0 0B5", "numbers in path data"),
        ("M1e9 0", "from -10,000 to 10,000"),
        ("M0 0A1 1 0 2 1 5 5", "numbers in path data"),
        ('M0 0"/><script>', "path data"),
        ("M0 0" + "h1" * 3_000, "at most 2,000 commands"),
        ("M0 0" + " " * 30_000, "at most 20,000 characters"),
        (5, "Expected path data"),
    ],
)
def test_path_data_that_is_none_is_refused(path: object, reason: str) -> None:
    shape = {"type": "shape", "view": [1, 1], "outlines": [{"d": path}]}

    where, message = only({"children": [shape]})

    assert where == "root.children[0].outlines[0].d"
    assert reason in message


def test_path_data_may_be_as_short_as_svg_allows() -> None:
    data = "m.5-1.5 2,3a5 5 0 013 4z"
    (shape,) = tree_from(
        {"children": [{"type": "shape", "view": [9, 9], "outlines": [{"d": data}]}]}
    ).children

    assert isinstance(shape, Shape)
    assert shape.outlines[0].d == data


def test_a_style_that_is_invalid_is_an_error_of_drawing() -> None:
    with pytest.raises(RenderError, match=r"root.foo: Expected a key .*; and 1 more\.$"):
        tree_from({"foo": 1, "bar": 2, "baz": 3, "qux": 4})
