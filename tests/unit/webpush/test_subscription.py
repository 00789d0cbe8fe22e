"""Subscriptions: read from the page's JSON, or refused by the name of the field."""

from __future__ import annotations

import json
from typing import Any

import pytest

from postengine.testing.webpush import FakePushService
from postengine.webpush import Subscription, SubscriptionInvalid


def page(**changes: object) -> str:
    known: dict[str, Any] = FakePushService().subscribe().to_json()
    known["keys"] |= changes.pop("keys", {})
    return json.dumps(known | changes)


def test_the_json_of_a_page_is_read() -> None:
    subscription = Subscription.from_json(page())

    assert subscription.endpoint.startswith("https://push.fake/push/")
    assert (len(subscription.public_key), len(subscription.auth_secret)) == (65, 16)


def test_whoever_reads_a_log_cannot_ring_the_phone() -> None:
    assert repr(Subscription.from_json(page())) == "Subscription()"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", "subscription"),
        ("[]", "endpoint"),
        (page(endpoint=""), "endpoint"),
        (page(endpoint=7), "endpoint"),
        (page(keys={"p256dh": None}), "keys.p256dh"),
        (page(keys={"p256dh": "not base64!"}), "keys.p256dh"),
        (page(keys={"p256dh": "BPu"}), "keys.p256dh"),
        (page(keys={"p256dh": "B" + "A" * 86}), "keys.p256dh"),
        (page(keys={"auth": "c2Vj"}), "keys.auth"),
        (page(keys={"auth": ""}), "keys.auth"),
        (json.dumps({"endpoint": "https://push.example.com/1", "keys": "x"}), "keys.p256dh"),
    ],
)
def test_what_is_no_subscription_is_refused_by_its_field(text: str, field: str) -> None:
    with pytest.raises(SubscriptionInvalid) as caught:
        Subscription.from_json(text)

    assert caught.value.field == field
    assert str(caught.value) == f"{field}: {caught.value.problem}"
