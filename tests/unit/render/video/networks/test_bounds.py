"""A least and a most."""

from __future__ import annotations

import pytest

from postengine.render.video.networks import Bounds


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        (Bounds(3, 90), "3 to 90 s"),
        (Bounds(most=60), "at most 60 s"),
        (Bounds(0.5), "at least 0.5 s"),
        (Bounds(2, 2), "2 s"),
        (Bounds(), "any number of s"),
    ],
)
def test_words_name_the_ends_that_there_are(bounds: Bounds, words: str) -> None:
    assert bounds.words("s") == words


@pytest.mark.parametrize(("value", "held"), [(2.9, False), (3, True), (90, True), (90.1, False)])
def test_both_ends_belong_to_it(value: float, *, held: bool) -> None:
    assert Bounds(3, 90).hold(value) is held


def test_slack_widens_both_ends() -> None:
    assert Bounds(3, 90).hold(2.95, slack=0.05)
    assert Bounds(3, 90).hold(90.05, slack=0.05)
    assert not Bounds(3, 90).hold(90.06, slack=0.05)
