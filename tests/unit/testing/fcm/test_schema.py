"""The discovery document: what FCM's front takes, and the names of the fields that it refuses."""

from __future__ import annotations

from typing import Any, cast

import pytest
from pydantic import JsonValue

from postengine.testing.fcm.schema import check_schema
from postengine.testing.fcm.wire_errors import WireError


def checked(message: JsonValue, *, is_lenient: bool = True) -> JsonValue:
    return check_schema({"message": message}, "SendMessageRequest", is_lenient=is_lenient)["message"]


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ("text", "message"),
        ({"data": {"n": 3}}, "message.data[0].value"),
        ({"data": {"a": "b", "n": None}}, "message.data[1].value"),
        ({"android": {"ttl": 3600}}, "message.android.ttl"),
        ({"android": {"ttl": "1h"}}, "message.android.ttl"),
        ({"android": {"channel_id": "c"}}, "message.android"),
        (
            {"android": {"notification": {"event_time": "yesterday"}}},
            "message.android.notification.event_time",
        ),
        ({"android": {"notification": {"sound": True}}}, "message.android.notification.sound"),
        ({"android": {"notification": {"visibility": "hidden"}}}, "message.android.notification.visibility"),
        (
            {"android": {"notification": {"notification_count": 2**31}}},
            "message.android.notification.notification_count",
        ),
        (
            {"android": {"notification": {"title_loc_args": ["a", 3]}}},
            "message.android.notification.title_loc_args[1]",
        ),
        (
            {"android": {"notification": {"vibrate_timings": ["1s", "soon"]}}},
            "message.android.notification.vibrate_timings[1]",
        ),
        (
            {"android": {"notification": {"light_settings": {"color": {"red": "much"}}}}},
            "message.android.notification.light_settings.color.red",
        ),
        ({"android_v2": {"priority": "HIGH"}}, "message.android_v2"),
        ({"android_v2": {"background_sync": {"now": True}}}, "message.android_v2.background_sync"),
        ({"android_v2": {"background_sync": True}}, "message.android_v2.background_sync"),
        ({"tokens": ["a"]}, "message"),
        ({"name": "projects/p/messages/1"}, "message"),
        ({"webpush": {"headers": {"TTL": 60}}}, "message.webpush.headers[0].value"),
        ({"apns": {"payload": []}}, "message.apns.payload"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_field(message: JsonValue, field: str) -> None:
    with pytest.raises(WireError) as caught:
        checked(message)

    body = cast("dict[str, Any]", caught.value.body)
    assert caught.value.status == 400
    assert body["error"]["details"][0]["fieldViolations"][0]["field"] == field


def test_names_come_out_in_snake_case_and_nulls_not_at_all() -> None:
    message: JsonValue = {
        "androidV2": {"remoteNotification": {"useAsV1DataMessage": True}},
        "apns": {"payload": {"aps": {"contentAvailable": None}, "myKey": [1, None]}},
        "android": None,
    }

    assert checked(message) == {
        "android_v2": {"remote_notification": {"use_as_v1_data_message": True}},
        "apns": {"payload": {"aps": {"contentAvailable": None}, "myKey": [1, None]}},
    }


def test_words_in_lower_case_are_taken_by_the_front_and_not_by_the_document() -> None:
    message: JsonValue = {"android": {"priority": "high"}}

    assert checked(message) == message
    with pytest.raises(WireError):
        checked(message, is_lenient=False)
