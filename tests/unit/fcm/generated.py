"""Messages made up by hypothesis, each in two forms: ours and firebase_admin's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from firebase_admin import messaging
from hypothesis import strategies as st

from postengine.fcm import (
    AndroidConfig,
    AndroidConfigV2,
    AndroidNotification,
    AndroidNotificationV2,
    AndroidRemoteNotification,
    ApnsConfig,
    Aps,
    ApsAlert,
    CriticalSound,
    LightSettings,
    Message,
    Notification,
    WebpushAction,
    WebpushConfig,
    WebpushNotification,
)

_google: Any = messaging
Fields: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """The same in both forms."""

    ours: Any
    theirs: Any


text = st.text(max_size=12)
word = st.text("abcXYZ019-_", min_size=1, max_size=12)
label = st.text("abcXYZ019-_.~%", min_size=1, max_size=50)
flag = st.booleans()
https = word.map(lambda name: f"https://x.example/{name}.png")
key = word.map(lambda name: f"k_{name}")
texts = st.dictionaries(key, text, max_size=3)
arguments = st.lists(text, max_size=3)
scalar = st.one_of(text, st.integers(-9, 9), flag)
custom = st.dictionaries(key, st.one_of(scalar, st.lists(scalar, max_size=2)), max_size=2)
instant = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
hex_color = st.from_regex(r"#[0-9a-fA-F]{6}", fullmatch=True)
# firebase_admin reckons milliseconds as floats and may be one nanosecond short; whole tenths are exact.
span_ms = st.integers(0, 100).map(lambda tenths: tenths * 500)


def some(draw: st.DrawFn, fields: dict[str, st.SearchStrategy[Any]]) -> Fields:
    """Draw values for some of the fields."""
    return {name: draw(field) for name, field in fields.items() if draw(flag)}


def split(fields: Fields) -> tuple[Fields, Fields]:
    """Return the fields for ours and for theirs, where their values are pairs."""
    ours = {name: value.ours if isinstance(value, Pair) else value for name, value in fields.items()}
    theirs = {name: value.theirs if isinstance(value, Pair) else value for name, value in fields.items()}
    return ours, theirs


def made(
    fields: Fields,
    ours: Callable[..., Any],
    theirs: Callable[..., Any],
    *,
    renamed: dict[str, str] | None = None,
) -> Pair:
    """Make the pair; some fields have another name over there."""
    our_fields, their_fields = split(fields)
    names = renamed or {}
    return Pair(ours(**our_fields), theirs(**{names.get(k, k): value for k, value in their_fields.items()}))


@st.composite
def notifications(draw: st.DrawFn) -> Pair:
    fields = some(draw, {"title": text, "body": text, "image": https})
    return made(fields, Notification, _google.Notification)


@st.composite
def lights(draw: st.DrawFn) -> Pair:
    color = draw(st.one_of(hex_color, st.from_regex(r"#[0-9a-fA-F]{8}", fullmatch=True)))
    fields = {"color": color, "on_ms": draw(span_ms), "off_ms": draw(span_ms)}
    renamed = {"on_ms": "light_on_duration_millis", "off_ms": "light_off_duration_millis"}
    return made(fields, LightSettings, _google.LightSettings, renamed=renamed)


TRAY: dict[str, st.SearchStrategy[Any]] = {
    "title": text,
    "body": text,
    "icon": text,
    "color": hex_color,
    "sound": text,
    "tag": text,
    "click_action": text,
    "channel_id": text,
    "image": https,
    "ticker": text,
    "sticky": flag,
    "event_time": instant,
    "local_only": flag,
    "default_sound": flag,
    "default_vibrate_timings": flag,
    "default_light_settings": flag,
    "vibrate_timings_ms": st.lists(span_ms, max_size=3),
    "light_settings": lights(),
    "notification_count": st.integers(0, 2**31 - 1),
}


def with_arguments(draw: st.DrawFn, fields: Fields, *kinds: str) -> Fields:
    """Add localised texts with arguments."""
    for kind in kinds:
        if draw(flag):
            fields[f"{kind}_key"] = draw(word)
            fields[f"{kind}_args"] = draw(arguments)
    return fields


@st.composite
def trays(draw: st.DrawFn) -> Pair:
    fields = with_arguments(draw, some(draw, TRAY), "title_loc", "body_loc")
    for ours, theirs, words in (
        ("notification_priority", "PRIORITY_", ("MIN", "LOW", "DEFAULT", "HIGH", "MAX")),
        ("visibility", "", ("PRIVATE", "PUBLIC", "SECRET")),
        ("proxy", "", ("ALLOW", "DENY", "IF_PRIORITY_LOWERED")),
    ):
        if draw(flag):
            value = draw(st.sampled_from(words))
            fields[ours] = Pair(theirs + value, value.lower())
    renamed = {
        "event_time": "event_timestamp",
        "vibrate_timings_ms": "vibrate_timings_millis",
        "notification_priority": "priority",
    }
    return made(fields, AndroidNotification, _google.AndroidNotification, renamed=renamed)


TRANSPORT: dict[str, st.SearchStrategy[Any]] = {
    "ttl_s": st.integers(0, 2_419_200),
    "collapse_key": word,
    "data": texts,
    "restricted_package_name": text,
    "direct_boot_ok": flag,
    "bandwidth_constrained_ok": flag,
    "restricted_satellite_ok": flag,
}


@st.composite
def androids(draw: st.DrawFn) -> Pair:
    fields = some(draw, {**TRANSPORT, "notification": trays(), "analytics_label": label})
    if draw(flag):
        priority = draw(st.sampled_from(("HIGH", "NORMAL")))
        fields["priority"] = Pair(priority, priority.lower())

    def theirs(analytics_label: str | None = None, **rest: object) -> object:
        options = _google.AndroidFCMOptions(analytics_label)
        return _google.AndroidConfig(**rest, fcm_options=options if analytics_label else None)

    return made(fields, AndroidConfig, theirs, renamed={"ttl_s": "ttl"})


@st.composite
def browser_notifications(draw: st.DrawFn) -> Pair:
    fields = some(
        draw,
        {
            **dict.fromkeys(("title", "body", "icon", "image", "badge", "lang"), text),
            "direction": st.sampled_from(("auto", "ltr", "rtl")),
            "require_interaction": flag,
            "data": custom,
            "timestamp_ms": st.integers(0, 2**45),
            "vibrate": st.lists(st.integers(0, 900), max_size=3),
            "custom": custom,
        },
    )
    if draw(flag):
        fields |= {"tag": draw(word), "renotify": draw(flag)}
    action = st.fixed_dictionaries({"action": text, "title": text}, optional={"icon": text})
    actions = draw(st.lists(action, max_size=2))
    fields["actions"] = Pair(
        [WebpushAction(**values) for values in actions],
        [_google.WebpushNotificationAction(**values) for values in actions],
    )
    renamed = {"lang": "language", "timestamp_ms": "timestamp_millis", "custom": "custom_data"}
    return made(fields, WebpushNotification, _google.WebpushNotification, renamed=renamed)


@st.composite
def browsers(draw: st.DrawFn) -> Pair:
    headers = {
        "TTL": st.integers(0, 2_419_200).map(str),
        "Urgency": st.sampled_from(("very-low", "low", "normal", "high")),
        "Topic": word,
    }
    fields = some(draw, {"data": texts, "notification": browser_notifications(), "link": https})
    fields["headers"] = some(draw, headers)

    def theirs(link: str | None = None, **rest: object) -> object:
        return _google.WebpushConfig(**rest, fcm_options=_google.WebpushFCMOptions(link) if link else None)

    return made(fields, WebpushConfig, theirs)


@st.composite
def alerts(draw: st.DrawFn) -> Pair:
    names = ("title", "subtitle", "body", "action_loc_key", "launch_image")
    fields = with_arguments(draw, some(draw, dict.fromkeys(names, text)), "title_loc", "loc")
    return made(fields, ApsAlert, _google.ApsAlert)


@st.composite
def critical_sounds(draw: st.DrawFn) -> Pair:
    fields = {"name": draw(word), "critical": draw(flag), **some(draw, {"volume": st.floats(0, 1)})}
    return made(fields, CriticalSound, _google.CriticalSound)


@st.composite
def apples(draw: st.DrawFn) -> Pair:
    same = word.map(lambda value: Pair(value, value))
    aps = some(
        draw,
        {
            "badge": st.integers(0, 99),
            "sound": st.one_of(same, critical_sounds()),
            "category": text,
            "thread_id": text,
            "mutable_content": flag,
            "custom": custom,
        },
    )
    aps["alert"] = draw(st.one_of(same, alerts()))  # so that any priority is legal
    fields = some(
        draw, {"custom": custom, "image": https, "analytics_label": label, "live_activity_token": word}
    )
    fields["aps"] = made(aps, Aps, _google.Aps, renamed={"custom": "custom_data"})
    fields["headers"] = some(
        draw, {"apns-priority": st.sampled_from(("5", "10")), "apns-expiration": st.just("0")}
    )

    def theirs(
        aps: object,
        custom: Fields | None = None,
        image: str | None = None,
        analytics_label: str | None = None,
        **rest: object,
    ) -> object:
        options = _google.APNSFCMOptions(analytics_label=analytics_label, image=image)
        return _google.APNSConfig(
            **rest, payload=_google.APNSPayload(aps, **(custom or {})), fcm_options=options
        )

    return made(fields, ApnsConfig, theirs)


targets = st.one_of(
    st.tuples(st.sampled_from(("fid", "topic")), word),
    st.tuples(st.just("condition"), st.sampled_from(("'a' in topics", "'a' in topics && !('b' in topics)"))),
)


@st.composite
def messages(draw: st.DrawFn) -> Pair:
    """Draw a message with any of the parts that both libraries know."""
    parts: dict[str, st.SearchStrategy[Any]] = {
        "data": texts,
        "notification": notifications(),
        "android": androids(),
        "webpush": browsers(),
        "apns": apples(),
        "analytics_label": label,
    }
    name, value = draw(targets)

    def theirs(analytics_label: str | None = None, **rest: object) -> object:
        return _google.Message(**rest, fcm_options=_google.FCMOptions(analytics_label))

    return made({name: value, **some(draw, parts)}, Message, theirs)


@st.composite
def drafts(draw: st.DrawFn) -> Message:
    """Draw a message with the newer part for Android, which firebase_admin does not know."""
    fields = some(draw, {**TRANSPORT, "analytics_label": label})
    if draw(flag):
        shown = split(some(draw, {**TRAY, "id": st.integers(-(2**31), 2**31 - 1)}))[0]
        fields["remote_notification"] = AndroidRemoteNotification(
            notification=AndroidNotificationV2(**shown),
            **some(draw, {"mutable_content": flag, "use_as_v1_data_message": flag}),
        )
    else:
        fields["background_sync"] = True
    return Message(fid=draw(word), android_v2=AndroidConfigV2(**fields))
