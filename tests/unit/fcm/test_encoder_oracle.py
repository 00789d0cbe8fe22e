"""firebase_admin's own encoder as an oracle: the same message is the same JSON."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest
from firebase_admin import messaging

from postengine.fcm import (
    AndroidConfig,
    AndroidNotification,
    ApnsConfig,
    Message,
    Notification,
    WebpushConfig,
    WebpushNotification,
)

_google: Any = messaging


PAIRS: list[tuple[str, Message, Any]] = [
    (
        "data only",
        Message(fid="f", data={"task_id": "t1", "v": "1"}),
        _google.Message(fid="f", data={"task_id": "t1", "v": "1"}),
    ),
    (
        "notification",
        Message(fid="f", notification=Notification(title="T", body="B", image="https://x/i.png")),
        _google.Message(
            fid="f", notification=_google.Notification(title="T", body="B", image="https://x/i.png")
        ),
    ),
    ("topic", Message(topic="news"), _google.Message(topic="news")),
    (
        "condition",
        Message(condition="'a' in topics && 'b' in topics"),
        _google.Message(condition="'a' in topics && 'b' in topics"),
    ),
    (
        "android transport",
        Message(fid="f", android=AndroidConfig(priority="HIGH", ttl_s=3600, collapse_key="k")),
        _google.Message(fid="f", android=_google.AndroidConfig(priority="high", ttl=3600, collapse_key="k")),
    ),
    (
        "android that expires at once",
        Message(
            fid="f",
            android=AndroidConfig(
                priority="NORMAL", ttl_s=0, restricted_package_name="p", direct_boot_ok=True
            ),
        ),
        _google.Message(
            fid="f",
            android=_google.AndroidConfig(
                priority="normal", ttl=0, restricted_package_name="p", direct_boot_ok=True
            ),
        ),
    ),
    (
        "android notification",
        Message(
            fid="f",
            android=AndroidConfig(
                notification=AndroidNotification(
                    title="T",
                    body="B",
                    icon="ic",
                    color="#a1B2c3",
                    sound="s",
                    tag="t1",
                    click_action="OPEN",
                    channel_id="manual_tasks",
                    image="https://x/i.png",
                    ticker="tick",
                    sticky=True,
                    local_only=True,
                    default_sound=True,
                    notification_count=2,
                    notification_priority="PRIORITY_HIGH",
                    visibility="PUBLIC",
                )
            ),
        ),
        _google.Message(
            fid="f",
            android=_google.AndroidConfig(
                notification=_google.AndroidNotification(
                    title="T",
                    body="B",
                    icon="ic",
                    color="#a1B2c3",
                    sound="s",
                    tag="t1",
                    click_action="OPEN",
                    channel_id="manual_tasks",
                    image="https://x/i.png",
                    ticker="tick",
                    sticky=True,
                    local_only=True,
                    default_sound=True,
                    notification_count=2,
                    priority="high",
                    visibility="public",
                )
            ),
        ),
    ),
    (
        "webpush",
        Message(
            fid="f",
            webpush=WebpushConfig(
                headers={"TTL": "60", "Urgency": "high"}, data={"a": "b"}, link="https://x/agent/?task=t1"
            ),
        ),
        _google.Message(
            fid="f",
            webpush=_google.WebpushConfig(
                headers={"TTL": "60", "Urgency": "high"},
                data={"a": "b"},
                fcm_options=_google.WebpushFCMOptions(link="https://x/agent/?task=t1"),
            ),
        ),
    ),
    (
        "webpush notification",
        Message(
            fid="f",
            webpush=WebpushConfig(
                notification=WebpushNotification(
                    title="T",
                    body="B",
                    icon="i",
                    image="m",
                    badge="b",
                    lang="de",
                    tag="t1",
                    direction="ltr",
                    renotify=True,
                    silent=False,
                    require_interaction=True,
                )
            ),
        ),
        _google.Message(
            fid="f",
            webpush=_google.WebpushConfig(
                notification=_google.WebpushNotification(
                    title="T",
                    body="B",
                    icon="i",
                    image="m",
                    badge="b",
                    language="de",
                    tag="t1",
                    direction="ltr",
                    renotify=True,
                    silent=False,
                    require_interaction=True,
                )
            ),
        ),
    ),
    (
        "apns",
        Message(
            fid="f",
            apns=ApnsConfig(
                headers={"apns-priority": "10"},
                alert_title="T",
                alert_body="B",
                badge=1,
                sound="default",
                category="c",
                thread_id="th",
                content_available=True,
            ),
        ),
        _google.Message(
            fid="f",
            apns=_google.APNSConfig(
                headers={"apns-priority": "10"},
                payload=_google.APNSPayload(
                    _google.Aps(
                        alert=_google.ApsAlert(title="T", body="B"),
                        badge=1,
                        sound="default",
                        category="c",
                        thread_id="th",
                        content_available=True,
                    )
                ),
            ),
        ),
    ),
    (
        "analytics label",
        Message(fid="f", analytics_label="doorbell-1"),
        _google.Message(fid="f", fcm_options=_google.FCMOptions(analytics_label="doorbell-1")),
    ),
]


def _with_the_enum_of_the_schema(wire: dict[str, Any]) -> dict[str, Any]:
    """Write the priority as FCM's schema has it; firebase_admin writes it in lower case."""
    if "priority" in wire.get("android", {}):
        wire["android"]["priority"] = wire["android"]["priority"].upper()
    return wire


@pytest.mark.parametrize(("ours", "theirs"), [pair[1:] for pair in PAIRS], ids=[pair[0] for pair in PAIRS])
def test_our_json_is_that_of_firebase_admin(ours: Message, theirs: object) -> None:
    expected = cast("dict[str, Any]", json.loads(str(theirs)))

    assert ours.to_wire() == _with_the_enum_of_the_schema(expected)
