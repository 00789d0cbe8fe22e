from __future__ import annotations

import math

import pytest
from pydantic import ValidationError

from postengine.render import ContrastUnreachable, StyleInvalid
from postengine.render.image import Box, Picture, Scrim, Style, Text, tree_from
from postengine.render.image.renderer import Drawer
from tests.unit.render.bad.conftest import FILLS, PHOTO, SIZE, assert_still_draws, written


def nested(levels: int) -> Box:
    tree = Box()
    for _ in range(levels - 1):
        tree = Box(children=(tree,))
    return tree


def nested_data(levels: int) -> dict[str, object]:
    data: dict[str, object] = {}
    for _ in range(levels - 1):
        data = {"type": "box", "children": [data]}
    return data


def refused(data: object) -> list[tuple[str, str]]:
    with pytest.raises(StyleInvalid) as caught:
        tree_from(data)
    return [(problem.path, problem.message) for problem in caught.value.problems]


def test_five_thousand_nodes_are_refused(door: Drawer) -> None:
    with pytest.raises(StyleInvalid, match="at most 2,000 nodes") as caught:
        door.render(Box(children=(Text(text="a"),) * 5_000), SIZE)

    assert caught.value.problems[0].path.startswith("root")
    assert_still_draws(door)


def test_five_thousand_nodes_of_data_are_refused_before_they_are_read() -> None:
    [(path, message)] = refused({"children": [{"type": "text", "text": "a"}] * 5_000})

    assert path == "root"
    assert "at most 2,000 nodes" in message


@pytest.mark.parametrize("method", ["render", "pixels", "measure"])
def test_three_thousand_levels_are_refused(door: Drawer, method: str) -> None:
    tree = nested(3_000)

    with pytest.raises(StyleInvalid, match="at most 100 levels") as caught:
        getattr(door, method)(tree, SIZE)

    assert caught.value.problems[0].path.startswith("root.children[0].children[0]")
    assert len(str(caught.value)) < 500
    assert_still_draws(door)


@pytest.mark.parametrize("levels", [101, 3_000, 200_000])
def test_levels_of_data_are_refused(levels: int) -> None:
    [(path, message)] = refused(nested_data(levels))

    assert path.startswith("root.children[0].children[0]")
    assert "at most 100 levels" in message


@pytest.mark.parametrize("levels", [3_000, 200_000])
def test_levels_of_json_are_refused(levels: int) -> None:
    text = '{"children":[' * levels + "]}" * levels

    [(path, message)] = refused(text)

    assert path.startswith("root")
    assert "at most 100 levels" in message


NUMBERS = {
    "NaN": math.nan,
    "infinity": math.inf,
    "1e30": 1e30,
    "-1e30": -1e30,
    "1e30 in words": "1e30px",
    "NaN in words": "NaNpx",
    "calc of it": "calc(1e30px * 1e30)",
    "a huge integer": 10**400,
}


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize(
    "key", ["width", "top", "fontSize", "marginLeft", "gap", "borderRadius", "flexGrow", "opacity"]
)
def test_a_size_out_of_all_proportion_is_refused_by_its_path(key: str, name: str) -> None:
    [(path, message)] = refused({"children": [{"type": "text", "text": "a", "style": {key: NUMBERS[name]}}]})

    assert path == f"root.children[0].style.{key}"
    assert message.startswith("Expected ")
    assert len(message) < 300


@pytest.mark.parametrize("name", ["NaN", "infinity", "1e30", "a huge integer"])
def test_numbers_beside_the_style_are_bounded_too(name: str) -> None:
    number = NUMBERS[name]
    fit = {"type": "text", "text": "a", "fit": {"minPx": number}}
    scrim = {"type": "picture", "source": "a", "scrims": [{"reach": number}]}
    shape = {"type": "shape", "view": [number, 1], "outlines": []}

    paths = [path for path, _ in refused({"children": [fit, scrim, shape]})]

    assert paths == [
        "root.children[0].fit.minPx",
        "root.children[1].scrims[0].reach",
        "root.children[2].view[0]",
    ]


def test_json_has_no_way_around_the_numbers() -> None:
    [(path, _)] = refused('{"style": {"width": NaN}}')
    [(other, _)] = refused('{"style": {"width": 1e999}}')

    assert path == other == "root.style.width"


@pytest.mark.parametrize("radius", [-1, "-1px", "4px -4px", "1px / -1px"])
def test_a_negative_radius_is_refused_by_its_path(radius: object) -> None:
    [(path, message)] = refused({"children": [{"type": "box", "style": {"borderRadius": radius}}]})

    assert path == "root.children[0].style.borderRadius"
    assert "radi" in message


def test_a_negative_radius_is_refused_when_a_style_is_made() -> None:
    with pytest.raises(ValidationError, match="-1"):
        Style(border_radius=-1)


def test_what_adds_up_to_too_much_is_refused(door: Drawer) -> None:
    tree = Box(children=(Text(text="a", style=Style(font_size="20em")),), style=Style(font_size="20em"))

    with pytest.raises(StyleInvalid, match="letters of at most") as caught:
        door.render(tree, SIZE)

    assert caught.value.problems[0].path == "root.children[0].style.fontSize"
    assert_still_draws(door)


def test_a_box_far_larger_than_the_picture_is_refused(door: Drawer) -> None:
    tree = Box(children=(Box(style=Style(width=10_000, height=10_000, flex_shrink=0)),))

    with pytest.raises(StyleInvalid, match=r"sixteen|16 times") as caught:
        door.render(tree, SIZE)

    assert caught.value.problems[0].path == "root.children[0].style"
    assert_still_draws(door)


@pytest.mark.parametrize(
    "data", ["", "{", "[]", "7", "null", '"box"', "{}x", b"\xff\xfe", None, 7, [[]], {"children": 5}]
)
def test_what_is_no_tree_is_refused(data: object) -> None:
    problems = refused(data)

    assert all(path.startswith("root") for path, _ in problems)


@pytest.mark.parametrize(
    "size", [(0, 0), (0, 9), (9, 0), (-5, 9), (-5, -9), (8_001, 8_000), (64_000_001, 1), (10**9, 10**9)]
)
def test_a_canvas_of_no_size_or_too_much_is_refused(door: Drawer, size: tuple[int, int]) -> None:
    with pytest.raises(StyleInvalid, match=f"{size[0]}x{size[1]}") as caught:
        door.render(Box(), size)

    assert caught.value.problems[0].path == "size"
    assert_still_draws(door)


@pytest.mark.parametrize("size", [(1, 1), (8_000, 1), (1, 8_000)])
def test_a_canvas_of_an_odd_shape_draws(door: Drawer, size: tuple[int, int]) -> None:
    tree = Box(children=(Text(text="Garden"), Picture(source="photo", style=FILLS)))

    assert door.pixels(tree, size, images={"photo": PHOTO}).shape == (size[1], size[0], 4)


def test_a_contrast_that_nothing_reaches_is_refused_by_the_pictures_path(door: Drawer) -> None:
    photo = Picture(source="photo", style=FILLS, scrims=(Scrim(colour="#808080", contrast=21, edge="all"),))
    words = Text(text="Garden", style=Style(color="#888888", position="absolute", font_size=20))

    with pytest.raises(ContrastUnreachable) as caught:
        door.render(Box(children=(photo, words)), SIZE, images={"photo": written("PNG", (60, 40), "#888888")})

    assert caught.value.path == "root.children[0]"
    assert_still_draws(door)
