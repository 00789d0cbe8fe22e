"""What the tests of this room share: keys, a subject, a message, and the subscription of a fake's browser."""

from __future__ import annotations

import json

from postengine.testing.webpush import FakeSubscription
from postengine.webpush import Message, Notification, Subscription, VapidKeys

KEYS = VapidKeys.generate()
SUBJECT = "mailto:push@harbour-homes.pt"
LINK = "https://posts.example.com/agent/?task=del_1"


def notification(**fields: object) -> Notification:
    known: dict[str, object] = {"title": "Time to post: 3 Bedroom Apartment", "url": LINK, "tag": "del_1"}
    return Notification(**{**known, **fields})  # type: ignore[arg-type]


def message(**fields: object) -> Message:
    known: dict[str, object] = {"notification": notification(), "ttl_s": 3600}
    return Message(**{**known, **fields})  # type: ignore[arg-type]


def subscription(browser: FakeSubscription) -> Subscription:
    return Subscription.from_json(json.dumps(browser.to_json()))
