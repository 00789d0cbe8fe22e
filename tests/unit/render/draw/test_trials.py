"""Only what the engine fails on is changed, however many nodes that takes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postengine.render import DrawingFailed
from postengine.render.image import Box, Node, Text
from postengine.render.image.draw.trials import mended, replaced, without_culprits


def texts(*words: str) -> Box:
    return Box(children=tuple(Text(text=word) for word in words))


def said(tree: Box) -> str:
    return " ".join(child.text if isinstance(child, Text) else "-" for child in tree.children)


def gaps(tree: Box) -> dict[str, Node]:
    return {f"root.children[{at}]": Box() for at in range(len(tree.children))}


def without(*words: str) -> Callable[[Box], bool]:
    return lambda tree: not any(word in said(tree) for word in words)


@pytest.mark.parametrize(
    ("bad", "left"),
    [
        (("b",), "a - c d e"),
        (("a", "e"), "- b c d -"),
        (("a", "b", "c", "d", "e"), "- - - - -"),
        (("z",), "a b c d e"),
    ],
)
def test_every_culprit_is_replaced_and_nothing_else(bad: tuple[str, ...], left: str) -> None:
    tree = texts("a", "b", "c", "d", "e")

    assert said(without_culprits(tree, gaps(tree), without(*bad))) == left


def test_of_nodes_that_fail_only_together_one_stays() -> None:
    tree = texts("a", "b", "c")

    left = without_culprits(tree, gaps(tree), lambda one: "a" not in said(one) or "c" not in said(one))

    assert said(left) == "a b -"


def test_a_tree_that_nothing_helps_stays_as_it_is() -> None:
    tree = texts("a", "b")

    assert without_culprits(tree, gaps(tree), lambda _: False) is tree
    assert without_culprits(tree, {}, lambda _: True) is tree


def test_nodes_deep_in_the_tree_are_replaced() -> None:
    tree = Box(children=(texts("a", "b"), Text(text="c")))

    new = replaced(tree, {"root.children[0].children[1]": Text(text="x")})

    assert new == Box(children=(texts("a", "x"), Text(text="c")))


class Choosy:
    """An engine that says of some words that it fails on them, and counts how often it was asked."""

    def __init__(self, *failings: tuple[str, str]) -> None:
        self._failings = failings
        self.asked = 0

    def __call__(self, tree: Box) -> str:
        self.asked += 1
        for word, message in self._failings:
            if word in said(tree):
                raise DrawingFailed(message)
        return said(tree)


def test_a_tree_is_mended_until_it_is_drawn() -> None:
    engine = Choosy(("a", "too thin"), ("c", "too far"))

    drawn = mended(
        texts("a", "b", "c"),
        engine,
        [
            (sign, lambda tree, is_well: without_culprits(tree, gaps(tree), is_well))
            for sign in ("thin", "far")
        ],
    )

    assert drawn == "- b -"


def test_where_one_mend_does_not_help_the_next_does() -> None:
    engine = Choosy(("a", "too thin"))

    drawn = mended(texts("a"), engine, [("thin", lambda tree, _: tree), ("thin", lambda _, __: texts("b"))])

    assert drawn == "b"


def test_what_is_not_known_is_told_at_once() -> None:
    engine = Choosy(("a", "too dark"))

    with pytest.raises(DrawingFailed, match="too dark"):
        mended(texts("a"), engine, [("thin", lambda tree, _: tree)])

    assert engine.asked == 1


def test_what_no_mend_helps_is_told() -> None:
    engine = Choosy(("a", "too thin"))

    with pytest.raises(DrawingFailed, match="too thin"):
        mended(texts("a"), engine, [("thin", lambda tree, _: tree)])
