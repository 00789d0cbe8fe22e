"""Element trees are read as React means them; what is malformed is told with its path."""

from __future__ import annotations

from typing import Any

import pytest

from postengine.render.errors import RenderError
from postengine.render.image.satori import SatoriInvalid, from_satori
from postengine.render.image.satori.elements import MAX_DEPTH, MAX_ELEMENTS
from postengine.render.image.tree import Box, Node, Text


def div(*children: object, **style: object) -> dict[str, object]:
    return {"type": "div", "props": {"style": style, "children": list(children)}}


def texts(node: Node) -> list[str]:
    if isinstance(node, Text):
        return [node.text]
    return [text for child in node.children for text in texts(child)] if isinstance(node, Box) else []


def said(element: object) -> list[str]:
    return texts(from_satori(element, width=100, height=100).tree)


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        (["a", 1, " ", 2.5], ["a1 2.5"]),
        ([None, True, False, "x"], ["x"]),
        ([["a", ["b"]], "c"], ["abc"]),
        ([3.0], ["3"]),
        (["a", {"type": "div", "props": {"children": "b"}}, "c"], ["a", "b", "c"]),
        ([{"type": "fragment", "props": {"children": ["a", "b"]}}, "c"], ["abc"]),
        ([{"type": "Symbol(react.fragment)", "props": None}], []),
        (["a ", {"type": "br"}, " b"], ["a\nb"]),
        (["  "], []),
        ([], []),
    ],
)
def test_children_are_flattened_and_neighbouring_texts_are_one(
    children: list[object], expected: list[str]
) -> None:
    assert said(div(*children)) == expected


@pytest.mark.parametrize(
    "root", ["Hello", ["Hel", "lo"], {"type": "fragment", "props": {"children": "Hello"}}]
)
def test_a_root_that_is_no_element_stands_in_a_box(root: object) -> None:
    (box,) = from_satori(root, width=100, height=100).tree.children

    assert texts(box) == ["Hello"]
    assert isinstance(box, Box)


@pytest.mark.parametrize("nothing", [None, True, []])
def test_nothing_is_an_empty_box(nothing: object) -> None:
    (box,) = from_satori(nothing).tree.children

    assert isinstance(box, Box)
    assert box.children == ()


@pytest.mark.parametrize(
    ("element", "path"),
    [
        ({"props": {}}, "root"),
        ({"type": "div", "props": []}, "root"),
        ({"type": "div", "props": {"style": "color: red"}}, "root.style"),
        ({"type": "div", "props": {"tw": 3}}, "root.tw"),
        ({"type": "div", "props": {"dangerouslySetInnerHTML": {"__html": "x"}}}, "root"),
        ({"type": "img", "props": {}}, "root.src"),
        (div("a", [{"type": 7}]), "root.children[1][0]"),
        (object(), "root"),
        (div("half a pair: \ud83d"), "root"),
        (div("x" * 10_001), "root"),
        ({"type": "img", "props": {"src": "x" * 5000, "width": 1, "height": 1}}, "root.src"),
    ],
)
def test_malformed_elements_are_told_with_their_path(element: object, path: str) -> None:
    with pytest.raises(SatoriInvalid) as caught:
        from_satori(element, width=100, height=100)

    assert caught.value.path == path
    assert isinstance(caught.value, RenderError)
    assert str(caught.value).startswith(f"Expected an element at {path}: ")


def test_too_many_levels_are_refused() -> None:
    deep: Any = "x"
    for _ in range(MAX_DEPTH):
        deep = div(deep)

    with pytest.raises(SatoriInvalid, match="levels"):
        from_satori(deep)


def test_nested_arrays_count_as_levels() -> None:
    deep: Any = "x"
    for _ in range(MAX_DEPTH + 1):
        deep = [deep]

    with pytest.raises(SatoriInvalid, match="levels"):
        from_satori(deep)


def test_too_many_elements_are_refused() -> None:
    with pytest.raises(SatoriInvalid, match="elements"):
        from_satori(div(*[{"type": "i"}] * MAX_ELEMENTS))


def test_class_names_of_style_sheets_are_a_loss() -> None:
    (loss,) = from_satori({"type": "div", "props": {"className": "card"}}).losses

    assert str(loss) == "root.className: card (there are no style sheets; use tw)"


def test_a_style_or_class_that_is_switched_off_is_none() -> None:
    converted = from_satori({"type": "div", "props": {"style": False, "tw": None}})

    assert converted.losses == ()
