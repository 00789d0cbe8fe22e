"""Random trees, every field at and near its limits: none crashes, hangs, or fails without saying where."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from postengine.render import (
    ContrastUnreachable,
    FontMissing,
    IsolatedRenderer,
    Output,
    StyleInvalid,
    TextDoesNotFit,
)
from postengine.render.image import Box, tree_from
from tests.unit.render.bad.conftest import written
from tests.unit.render.strategies import trees

SIZES = [(240, 160), (600, 20), (1, 1)]
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path d="M0 0H40L20 20Z"/></svg>'
PICTURES = {"photo": written("JPEG", (320, 240)), "logo": LOGO}


@pytest.fixture(scope="module")
def two() -> Generator[IsolatedRenderer]:
    with IsolatedRenderer(processes=2, limit_s=10.0) as renderer:
        yield renderer


@settings(
    max_examples=500,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
@given(tree=trees, size=st.sampled_from(SIZES))
def test_every_tree_is_drawn_or_refused_for_a_reason(
    two: IsolatedRenderer, tree: Box, size: tuple[int, int]
) -> None:
    came = outcome(two, tree, size)

    if isinstance(came, bytes):
        assert came.startswith(b"\x89PNG")
    elif isinstance(came, StyleInvalid):
        assert came.problems
        assert all(path.startswith("root") for path, _ in came.problems)
    elif isinstance(came, ContrastUnreachable):
        assert (came.path or "").startswith("root")
    else:
        assert came.text


@settings(
    max_examples=200,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
@given(tree=trees)
def test_every_tree_comes_back_from_json_as_it_was(tree: Box) -> None:
    again = read(tree.model_dump_json(by_alias=True, exclude_none=True))

    if isinstance(again, StyleInvalid):
        assert "Expected" in str(again)
    else:
        assert again == tree


def outcome(
    two: IsolatedRenderer, tree: Box, size: tuple[int, int]
) -> bytes | StyleInvalid | ContrastUnreachable | FontMissing | TextDoesNotFit:
    """Return the picture, or the error if it is one of those that a tree may give."""
    try:
        return two.render(tree, size, images=PICTURES, output=Output(format="png"))
    except (StyleInvalid, ContrastUnreachable, FontMissing, TextDoesNotFit) as error:
        return error


def read(text: str) -> Box | StyleInvalid:
    try:
        return tree_from(text)
    except StyleInvalid as error:
        return error
