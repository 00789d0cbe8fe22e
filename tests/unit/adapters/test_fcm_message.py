"""The doorbell as a message for FCM."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from postengine.adapters.notifiers.fcm_message import to_message
from postengine.engine.ports import Ring
from postengine.testing.clock import FakeClock

END = FakeClock().now()
TOPIC = hashlib.sha256(b"del_1").hexdigest()[:32]


def ring(**fields: object) -> Ring:
    known: dict[str, object] = {
        "kind": "manual_task",
        "task_id": "del_1",
        "rev": 3,
        "channel": "whatsapp_status",
        "title": "3 Bedroom Apartment",
        "expires_at": END,
        "time_to_live": timedelta(hours=24),
        "link": "https://p.example/agent/?task=del_1",
    }
    return Ring(**{**known, **fields})  # type: ignore[arg-type]


def test_a_second_push_of_a_task_replaces_the_first_on_each_platform() -> None:
    wire = to_message("fid-1", ring()).to_wire()

    assert wire["fid"] == "fid-1"
    assert wire["notification"] == {"title": "Time to post: 3 Bedroom Apartment", "body": "whatsapp status"}
    assert wire["android"] == {
        "priority": "HIGH",
        "ttl": "86400s",
        "collapse_key": "del_1",
        "notification": {"channel_id": "manual_tasks", "tag": "del_1"},
    }
    assert wire["apns"] == {
        "headers": {
            "apns-priority": "10",
            "apns-expiration": str(int(END.timestamp())),
            "apns-collapse-id": TOPIC,
        },
        "payload": {"aps": {"sound": "default"}},
    }
    assert wire["webpush"] == {
        "headers": {"TTL": "86400", "Urgency": "high", "Topic": TOPIC},
        "notification": {"tag": "del_1", "requireInteraction": True},
        "fcm_options": {"link": "https://p.example/agent/?task=del_1"},
    }


def test_a_token_of_the_older_kind_is_sent_as_one() -> None:
    assert to_message("abc:APA91b", ring()).to_wire()["token"] == "abc:APA91b"


def test_a_time_to_live_is_at_most_four_weeks() -> None:
    wire = to_message("fid-1", ring(time_to_live=timedelta(days=60))).to_wire()

    assert isinstance(wire["android"], dict)
    assert wire["android"]["ttl"] == f"{28 * 24 * 3600}s"


def test_a_browser_is_sent_to_safe_addresses_alone() -> None:
    message = to_message("fid-1", ring(link="http://10.0.2.2/1"))

    assert message.webpush is not None
    assert message.webpush.link is None
    assert message.data["link"] == "http://10.0.2.2/1"


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("task_closed", "No longer to post: 3 Bedroom Apartment"),
        ("ping", "Notifications work"),
        ("summary", "Today: 3 Bedroom Apartment"),
    ],
)
def test_other_pushes_have_words_of_their_own(kind: str, title: str) -> None:
    message = to_message("fid-1", ring(kind=kind, task_id=""))

    assert message.notification is not None
    assert message.notification.title == title
    assert message.android is not None
    assert message.android.collapse_key == kind


def test_ids_of_any_length_fit_what_push_services_take() -> None:
    message = to_message("fid-1", ring(task_id="delivery/" + "ü" * 60))

    assert message.android is not None
    assert message.android.collapse_key == "delivery/" + "ü" * 60
    assert message.webpush is not None
    assert len(message.webpush.headers["Topic"]) == 32


def test_a_very_long_title_is_cut_and_still_fits() -> None:
    message = to_message("fid-1", ring(title="ü" * 5000))

    assert message.data["title"] == "ü" * 199 + "…"
    assert message.size_bytes < 2048
