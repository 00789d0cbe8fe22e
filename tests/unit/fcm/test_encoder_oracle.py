"""firebase_admin's own encoder and FCM's discovery document as oracles for what goes out on the wire."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import JsonValue

from postengine.fcm import Message
from postengine.testing.fcm.message_check import check_call
from postengine.testing.fcm.schema import check_schema
from postengine.testing.fcm.wire_errors import WireError

from .generated import Pair, drafts, messages

_MANY = settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


def with_the_words_of_the_schema(wire: dict[str, Any]) -> dict[str, Any]:
    """Write the priority as FCM's schema has it: the one word that firebase_admin writes in lower case."""
    if "priority" in wire.get("android", {}):
        wire["android"]["priority"] = wire["android"]["priority"].upper()
    return wire


def as_text(wire: dict[str, Any]) -> str:
    """Return the JSON itself: as values, true would be the same as 1."""
    return json.dumps(wire, sort_keys=True, indent=1)


@_MANY
@given(messages())
def test_our_json_is_that_of_firebase_admin(pair: Pair) -> None:
    expected = cast("dict[str, Any]", json.loads(str(pair.theirs)))

    assert as_text(pair.ours.to_wire()) == as_text(with_the_words_of_the_schema(expected))


@_MANY
@given(messages())
def test_our_json_fits_the_discovery_document_and_all_rules_of_the_fake(pair: Pair) -> None:
    call: JsonValue = {"message": pair.ours.to_wire()}

    check_schema(call, "SendMessageRequest", is_lenient=False)

    assert check_call(call)


@_MANY
@given(drafts())
def test_the_newer_part_for_android_fits_the_discovery_document(message: Message) -> None:
    call: JsonValue = {"message": message.to_wire(), "validate_only": True}

    check_schema(call, "SendMessageRequest", is_lenient=False)

    assert check_call(call)


@_MANY
@given(messages())
def test_the_words_of_firebase_admin_are_the_only_ones_that_the_document_refuses(pair: Pair) -> None:
    theirs = {"message": json.loads(str(pair.theirs))}

    if "priority" in theirs["message"].get("android", {}):
        with pytest.raises(WireError) as caught:
            check_schema(theirs, "SendMessageRequest", is_lenient=False)
        assert "message.android.priority" in json.dumps(caught.value.body)
    else:
        check_schema(theirs, "SendMessageRequest", is_lenient=False)
    assert check_call(theirs)
