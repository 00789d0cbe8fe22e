"""Ids sort by the time in which they were made, and count in tests."""

from __future__ import annotations

import time

from postengine.ids import CountingIds, SortableIds, new_secret


def test_an_id_has_its_prefix_and_26_characters() -> None:
    prefix, body = SortableIds().new("post").split("_")

    assert (prefix, len(body)) == ("post", 26)
    assert set(body) <= set("0123456789abcdefghjkmnpqrstvwxyz")


def test_ids_are_never_the_same() -> None:
    ids = SortableIds()

    assert len({ids.new("x") for _ in range(1000)}) == 1000


def test_a_later_id_sorts_behind() -> None:
    ids = SortableIds()
    first = ids.new("x")
    began = time.time_ns() // 1_000_000
    while time.time_ns() // 1_000_000 <= began:
        pass

    assert ids.new("x") > first


def test_counting_ids_repeat_themselves() -> None:
    assert CountingIds().new("post") == CountingIds().new("post") == "post_00000000000000000000000001"


def test_counting_ids_count_on() -> None:
    ids = CountingIds()

    assert [ids.new("a")[-1], ids.new("b")[-1]] == ["1", "2"]


def test_a_secret_is_long_and_new() -> None:
    first, second = new_secret(), new_secret()

    assert first != second
    assert len(first) == 43
