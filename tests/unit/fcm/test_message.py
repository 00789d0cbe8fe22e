"""Messages: what goes out on the wire, and what is refused before."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from postengine.fcm import (
    AndroidConfig,
    AndroidConfigV2,
    AndroidNotification,
    AndroidNotificationV2,
    AndroidRemoteNotification,
    ApnsConfig,
    Aps,
    Message,
    MessageInvalid,
    Notification,
    WebpushConfig,
    WebpushNotification,
)


def test_the_doorbell_of_a_task_has_exactly_the_json_of_fcm_v1() -> None:
    message = Message(
        fid="fid-1",
        data={"v": "1", "type": "manual_task", "task_id": "t1"},
        notification=Notification(title="Time to post: Villa Aurora"),
        android=AndroidConfig(
            priority="HIGH",
            ttl_s=5400,
            collapse_key="t1",
            notification=AndroidNotification(channel_id="manual_tasks", tag="t1"),
        ),
        webpush=WebpushConfig(
            headers={"TTL": "5400", "Urgency": "high", "Topic": "t1"},
            notification=WebpushNotification(tag="t1", require_interaction=True),
            link="https://agency.example/agent/?task=t1",
        ),
        apns=ApnsConfig(headers={"apns-priority": "10"}, aps=Aps(sound="default")),
        analytics_label="doorbell",
    )

    wire = message.to_wire()

    assert wire == {
        "fid": "fid-1",
        "data": {"v": "1", "type": "manual_task", "task_id": "t1"},
        "notification": {"title": "Time to post: Villa Aurora"},
        "android": {
            "priority": "HIGH",
            "ttl": "5400s",
            "collapse_key": "t1",
            "notification": {"channel_id": "manual_tasks", "tag": "t1"},
        },
        "webpush": {
            "headers": {"TTL": "5400", "Urgency": "high", "Topic": "t1"},
            "notification": {"tag": "t1", "requireInteraction": True},
            "fcm_options": {"link": "https://agency.example/agent/?task=t1"},
        },
        "apns": {"headers": {"apns-priority": "10"}, "payload": {"aps": {"sound": "default"}}},
        "fcm_options": {"analytics_label": "doorbell"},
    }


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "message"),
        ({"fid": "a", "topic": "b"}, "topic"),
        ({"fid": "a", "token": "b"}, "token"),
        ({"fid": " "}, "fid"),
        ({"topic": "/topics/news"}, "topic"),
        ({"fid": "a", "tokens": ["b"]}, "tokens"),
        ({"fid": "a", "data": {"n": 3}}, "data.n"),
        ({"fid": "a", "data": {"from": "x"}}, "data.from"),
        ({"fid": "a", "data": {"message_type": "x"}}, "data.message_type"),
        ({"fid": "a", "data": {"google.sent": "x"}}, "data.google.sent"),
        ({"fid": "a", "data": {"gcm.notification.title": "x"}}, "data.gcm.notification.title"),
        ({"fid": "a", "data": {"collapse_key": "x"}}, "data.collapse_key"),
        ({"fid": "a", "analytics_label": "with space"}, "fcm_options.analytics_label"),
        ({"fid": "a", "notification": {"title": 3}}, "notification.title"),
        ({"fid": "a", "notification": {"image": "http://x/y.png"}}, "notification.image"),
        ({"fid": "a", "android": {"ttl_s": -1}}, "android.ttl"),
        ({"fid": "a", "android": {"ttl_s": 2_419_201}}, "android.ttl"),
        ({"fid": "a", "android": {"ttl_s": "60"}}, "android.ttl_s"),
        ({"fid": "a", "android": {"priority": "high"}}, "android.priority"),
        ({"fid": "a", "android": {"collapse_key": ""}}, "android.collapse_key"),
        ({"fid": "a", "android": {"channel_id": "c"}}, "android.channel_id"),
        ({"fid": "a", "android": {"notification": {"color": "red"}}}, "android.notification.color"),
        ({"fid": "a", "android": {"notification": {"image": "http://x"}}}, "android.notification.image"),
        ({"fid": "a", "webpush": {"link": "http://x/"}}, "webpush.fcm_options.link"),
        ({"fid": "a", "webpush": {"data": {"from": "x"}}}, "webpush.data.from"),
        ({"fid": "a", "webpush": {"headers": {"TTL": "soon"}}}, "webpush.headers.TTL"),
        ({"fid": "a", "webpush": {"headers": {"ttl": "2419201"}}}, "webpush.headers.TTL"),
        ({"fid": "a", "webpush": {"notification": {"renotify": True}}}, "webpush.notification.renotify"),
        ({"fid": "a", "webpush": {"headers": {"Urgency": "urgent"}}}, "webpush.headers.Urgency"),
        ({"fid": "a", "webpush": {"headers": {"topic": "a b"}}}, "webpush.headers.Topic"),
        ({"fid": "a", "webpush": {"headers": {"Topic": "x" * 33}}}, "webpush.headers.Topic"),
        ({"fid": "a", "webpush": {"analytics_label": ""}}, "webpush.fcm_options.analytics_label"),
        (
            {"fid": "a", "webpush": {"notification": {"silent": True, "vibrate": [1]}}},
            "webpush.notification.vibrate",
        ),
        (
            {"fid": "a", "webpush": {"notification": {"title": "t", "custom": {"title": "u"}}}},
            "webpush.notification.custom.title",
        ),
        (
            {"fid": "a", "webpush": {"notification": {"actions": [{"action": "a"}]}}},
            "webpush.notification.actions.title",
        ),
        ({"fid": "a", "apns": {"aps": {"content_available": True}}}, "apns.headers.apns-priority"),
        ({"fid": "a", "apns": {"headers": {"apns-priority": "10"}}}, "apns.headers.apns-priority"),
        ({"fid": "a", "apns": {"headers": {"apns-priority": "7"}}}, "apns.headers.apns-priority"),
        ({"fid": "a", "apns": {"headers": {"apns-expiration": "soon"}}}, "apns.headers.apns-expiration"),
        ({"fid": "a", "apns": {"headers": {"apns-collapse-id": "ü" * 33}}}, "apns.headers.apns-collapse-id"),
        ({"fid": "a", "apns": {"headers": {"apns-push-type": "loud"}}}, "apns.headers.apns-push-type"),
        ({"fid": "a", "apns": {"custom": {"aps": {}}}}, "apns.custom.aps"),
        ({"fid": "a", "apns": {"image": "http://x"}}, "apns.fcm_options.image"),
        ({"fid": "a", "apns": {"analytics_label": "ü"}}, "apns.fcm_options.analytics_label"),
        ({"fid": "a", "apns": {"aps": {"badge": -1}}}, "apns.payload.aps.badge"),
        (
            {"fid": "a", "apns": {"aps": {"badge": 1, "custom": {"badge": 2}}}},
            "apns.payload.aps.custom.badge",
        ),
        ({"fid": "a", "apns": {"aps": {"alert": {"loc_args": ["x"]}}}}, "apns.payload.aps.alert.loc-key"),
        (
            {"fid": "a", "apns": {"aps": {"alert": {"title_loc_args": ["x"]}}}},
            "apns.payload.aps.alert.title-loc-key",
        ),
        (
            {"fid": "a", "apns": {"aps": {"sound": {"name": "s", "volume": 2.0}}}},
            "apns.payload.aps.sound.volume",
        ),
        ({"fid": "a", "android": {"data": {"gcm": "x"}}}, "android.data.gcm"),
        ({"fid": "a", "android": {"analytics_label": "x" * 51}}, "android.fcm_options.analytics_label"),
        (
            {"fid": "a", "android": {"notification": {"title_loc_args": ["x"]}}},
            "android.notification.title_loc_key",
        ),
        (
            {"fid": "a", "android": {"notification": {"body_loc_args": ["x"]}}},
            "android.notification.body_loc_key",
        ),
        (
            {"fid": "a", "android": {"notification": {"event_time": datetime(2026, 12, 1)}}},  # noqa: DTZ001
            "android.notification.event_time",
        ),
        (
            {"fid": "a", "android": {"notification": {"light_settings": {"color": "red"}}}},
            "light_settings.color",
        ),
        ({"fid": "a", "android": {}, "android_v2": {"background_sync": True}}, "android_v2"),
        ({"fid": "a", "android_v2": {}}, "android_v2.background_sync"),
        (
            {"fid": "a", "android_v2": {"remote_notification": {}, "background_sync": True}},
            "android_v2.background_sync",
        ),
        ({"fid": "a", "android_v2": {"background_sync": True, "ttl_s": -1}}, "android_v2.ttl"),
        ({"fid": "a", "android_v2": {"priority": "HIGH"}}, "android_v2.priority"),
        (
            {"fid": "a", "android_v2": {"remote_notification": {"notification": {"id": 2**31}}}},
            "android_v2.remote_notification.notification.id",
        ),
        ({"condition": "'a' in topic"}, "condition"),
    ],
)
def test_a_broken_rule_names_the_field(values: dict[str, Any], field: str) -> None:
    with pytest.raises(MessageInvalid) as caught:
        Message.model_validate(values)

    assert caught.value.field == field
    assert str(caught.value) == f"{field}: {caught.value.problem}"


def test_a_silent_push_to_an_iphone_is_taken_at_priority_five() -> None:
    apns = ApnsConfig(headers={"apns-priority": "5"}, aps=Aps(content_available=True))

    message = Message(fid="a", apns=apns)

    assert message.to_wire()["apns"] == {
        "headers": {"apns-priority": "5"},
        "payload": {"aps": {"content-available": 1}},
    }


def test_keys_and_values_count_against_the_limit_of_4096_bytes() -> None:
    fits = Message(fid="a", data={"k": "ü" * 2046 + "x" * 2})  # 1 + 4092 + 2, and the word "data" is free

    with pytest.raises(MessageInvalid, match="at most 4096 bytes, got 4097") as caught:
        Message(fid="a", data={"k": "x" * 4096})

    assert fits.size_bytes == 4095
    assert caught.value.field == "data"


def test_a_topic_has_half_the_room() -> None:
    data = {"k": "x" * 2048}

    with pytest.raises(MessageInvalid, match="at most 2048 bytes"):
        Message(topic="news", data=data)

    with pytest.raises(MessageInvalid, match="at most 2048 bytes"):
        Message(condition="'news' in topics", data=data)

    assert Message(fid="a", data=data).size_bytes == 2049


def test_the_platform_that_gets_most_decides_the_size() -> None:
    message = Message(
        token="t",
        notification=Notification(title="12345"),
        android=AndroidConfig(notification=AndroidNotification(body="123456", sticky=True)),
        webpush=WebpushConfig(data={"a": "b"}),
        apns=ApnsConfig(aps=Aps(badge=3)),
    )

    size = message.size_bytes

    assert size == len("title12345") + len("body123456") + len("stickyTrue")


@pytest.mark.parametrize(
    "values",
    [
        {"apns": {"headers": {"apns-priority": "10"}, "aps": {"badge": 0}}},
        {"apns": {"headers": {"apns-priority": "10"}}, "notification": {"title": "T"}},
        {"apns": {"headers": {"apns-priority": "10"}, "live_activity_token": "t"}},
        {"apns": {"headers": {"apns-expiration": "0", "apns-push-type": "alert"}}},
    ],
)
def test_a_push_to_an_iphone_that_shows_something_may_be_urgent(values: dict[str, Any]) -> None:
    message = Message.model_validate({"fid": "a", "data": {"k": "v"}, **values})

    assert message.to_wire()["apns"]


def test_what_a_platform_has_of_its_own_replaces_what_all_share() -> None:
    large = Message(
        fid="a",
        data={"k": "x" * 10},
        notification=Notification(title="12345", body="1"),
        android=AndroidConfig(data={"k": "x" * 100}, notification=AndroidNotification(title="1")),
    )
    small = Message(fid="a", data={"k": "x" * 100}, android=AndroidConfig(data={"k": ""}))
    payload = Message(fid="a", data={"k": "v"}, apns=ApnsConfig(custom={"kk": [1, None, {"a": "b"}]}))

    assert large.size_bytes == len("k" + "x" * 100 + "title1" + "body1")
    assert small.size_bytes == 101
    assert payload.size_bytes == len("kv" + "kk" + "1" + "ab")


def test_the_draft_of_a_newer_android_part_has_the_json_of_the_discovery_document() -> None:
    told = AndroidNotificationV2(id=7, tag="t1", title="T")
    urgent = AndroidConfigV2(
        ttl_s=60,
        collapse_key="k",
        data={"a": "b"},
        restricted_package_name="p",
        direct_boot_ok=True,
        bandwidth_constrained_ok=True,
        restricted_satellite_ok=False,
        analytics_label="l",
        remote_notification=AndroidRemoteNotification(
            notification=told, mutable_content=True, use_as_v1_data_message=True
        ),
    )
    quiet = Message(fid="a", android_v2=AndroidConfigV2(background_sync=True))

    assert Message(fid="a", android_v2=urgent).to_wire()["android_v2"] == {
        "ttl": "60s",
        "collapse_key": "k",
        "data": {"a": "b"},
        "restricted_package_name": "p",
        "direct_boot_ok": True,
        "bandwidth_constrained_ok": True,
        "restricted_satellite_ok": False,
        "fcm_options": {"analytics_label": "l"},
        "remote_notification": {
            "notification": {"id": 7, "tag": "t1", "title": "T"},
            "mutable_content": True,
            "use_as_v1_data_message": True,
        },
    }
    assert quiet.to_wire() == {"fid": "a", "android_v2": {"background_sync": {}}}


def test_the_size_of_a_newer_android_part_counts() -> None:
    remote = AndroidRemoteNotification(notification=AndroidNotificationV2(title="x" * 4092))

    with pytest.raises(MessageInvalid, match="at most 4096 bytes, got 4097"):
        Message(fid="a", android_v2=AndroidConfigV2(remote_notification=remote))


def test_ttl_may_be_nothing_and_28_days() -> None:
    at_once = AndroidConfig(ttl_s=0)
    longest = AndroidConfig(ttl_s=2_419_200)

    assert (at_once.to_wire(), longest.to_wire()) == ({"ttl": "0s"}, {"ttl": "2419200s"})


def test_a_registration_is_in_no_repr_and_in_no_error() -> None:
    with pytest.raises(MessageInvalid) as caught:
        Message.model_validate({"fid": "secret-fid", "token": "secret-token"})
    message = Message(fid="secret-fid")

    assert "secret" not in repr(message)
    assert "secret" not in str(caught.value)
    assert "secret" not in str(caught.value.__cause__)


def test_a_message_is_frozen() -> None:
    message = Message(fid="a")

    with pytest.raises(ValueError, match="frozen"):
        message.fid = "b"
