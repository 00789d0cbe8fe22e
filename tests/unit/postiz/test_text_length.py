"""How texts are counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest

from postengine.postiz.text.grapheme import grapheme_length, graphemes, is_emoji
from postengine.postiz.text.length import network_length, postiz_length, x_length

SAMPLES = Path(__file__).parents[2] / "samples/graphemes.json"


def read_samples() -> list[list[str]]:
    """Texts as ICU splits them."""
    return cast("list[list[str]]", json.loads(SAMPLES.read_text(encoding="ascii")))


def test_texts_are_split_as_icu_splits_them() -> None:
    wrong = [clusters for clusters in read_samples() if graphemes("".join(clusters)) != clusters]

    assert wrong == []


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("a\r\nb", 3),
        ("👩‍👩‍👧‍👦", 1),
        ("🇩🇪🇫🇷", 2),
        ("👍🏽", 1),
        ("한국어", 3),
        ("क्षत्रिय", 3),
        ("e\u0301o\u0308", 2),
        ("1\ufe0f\u20e3", 1),
        ("\u0600a", 1),
    ],
)
def test_a_reader_sees_so_many_characters(text: str, length: int) -> None:
    assert grapheme_length(text) == length


def test_pictures_flags_and_keycaps_are_emoji() -> None:
    assert [is_emoji(cluster) for cluster in ("😀", "🇩🇪", "1\ufe0f\u20e3", "a", "家")] == [
        True,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "at_x", "at_postiz"),
    [
        ("hello", 5, 5),
        ("家", 2, 2),
        ("😀", 2, 2),
        ("👩‍👩‍👧", 2, 8),
        ("☝🏽", 2, 3),
        ("e\u0301", 1, 2),
        ("https://e.com/" + "a" * 100, 23, 114),
        ("see e.com/a-house", 27, 27),
    ],
)
def test_x_counts_weights_and_postiz_the_units_too(text: str, at_x: int, at_postiz: int) -> None:
    assert x_length(text) == network_length("x", text) == at_x
    assert postiz_length("x", text) == at_postiz


@pytest.mark.parametrize(
    ("provider", "text", "there", "here"),
    [
        ("bluesky", "👩‍👩‍👧", 1, 8),
        ("mastodon", "https://e.com/" + "a" * 100, 23, 114),
        ("threads", "aé😀", 6, 4),
        ("facebook", "a😀", 3, 3),
    ],
)
def test_networks_count_in_ways_of_their_own(provider: str, text: str, there: int, here: int) -> None:
    assert (network_length(provider, text), postiz_length(provider, text)) == (there, here)
