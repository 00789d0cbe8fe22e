"""Collapse keys: four for a phone at a time."""

from __future__ import annotations

import pytest

from postengine.fcm import AndroidConfig, AndroidConfigV2, Message, MessageInvalid, check_collapse_keys


def keyed(fid: str, key: str) -> Message:
    return Message(fid=fid, android=AndroidConfig(collapse_key=key))


def test_four_keys_for_each_phone_are_taken_however_often() -> None:
    check_collapse_keys([keyed(fid, f"k{n % 4}") for fid in ("a", "b") for n in range(9)])


def test_messages_without_a_key_do_not_count() -> None:
    check_collapse_keys([Message(fid="a")] + [Message(fid="a", android=AndroidConfig())] * 9)


def test_the_fifth_key_for_a_phone_is_refused_by_its_place() -> None:
    newer = AndroidConfigV2(background_sync=True, collapse_key="k4")
    messages = [
        *(keyed("a", f"k{n}") for n in range(4)),
        keyed("b", "k4"),
        Message(fid="a", android_v2=newer),
    ]

    with pytest.raises(MessageInvalid, match="at most 4 keys") as caught:
        check_collapse_keys(messages)

    assert caught.value.field == "messages[5].android_v2.collapse_key"


def test_a_topic_is_one_phone_of_many() -> None:
    messages = [Message(topic="news", android=AndroidConfig(collapse_key=f"k{n}")) for n in range(5)]

    with pytest.raises(MessageInvalid, match="at most 4 keys"):
        check_collapse_keys(messages)
