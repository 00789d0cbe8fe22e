"""Messages: what a push service would refuse is refused before, by the name of the field."""

from __future__ import annotations

import re

import pytest

from postengine.webpush import MessageInvalid, topic_of

from .parts import message, notification


def test_headers_say_how_to_deliver() -> None:
    assert message(urgency="high", topic="del_1").headers() == {
        "TTL": "3600",
        "Urgency": "high",
        "Topic": "del_1",
    }
    assert message().headers() == {"TTL": "3600", "Urgency": "normal"}


@pytest.mark.parametrize("ttl_s", [0, 2_419_200])
def test_a_message_is_kept_up_to_28_days(ttl_s: int) -> None:
    assert message(ttl_s=ttl_s).ttl_s == ttl_s


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ttl_s": -1}, "ttl_s"),
        ({"ttl_s": 2_419_201}, "ttl_s"),
        ({"urgency": "urgent"}, "urgency"),
        ({"topic": ""}, "topic"),
        ({"topic": "a" * 33}, "topic"),
        ({"topic": "a.b"}, "topic"),
        ({"topic": "ä"}, "topic"),
    ],
)
def test_a_broken_rule_is_named(fields: dict[str, object], field: str) -> None:
    with pytest.raises(MessageInvalid) as caught:
        message(**fields)

    assert caught.value.field == field


def test_a_payload_fits_to_the_last_byte_and_no_further() -> None:
    room = 3993 - message(notification=notification(body="-")).size_bytes + 1

    assert message(notification=notification(body="-" * room)).size_bytes == 3993
    with pytest.raises(MessageInvalid, match="at most 3993 bytes of JSON, got 3994"):
        message(notification=notification(body="-" * (room + 1)))


@pytest.mark.parametrize("name", ["", "del_1", "a task with spaces/ü", "x" * 1000])
def test_any_name_has_a_topic_that_push_services_take(name: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{32}", topic_of(name))


def test_topics_differ_as_their_names_do() -> None:
    assert topic_of("del_1") == topic_of("del_1")
    assert topic_of("del_1") != topic_of("del_2")
