"""The Notifier over Web Push: a doorbell that can be shown, one of four outcomes back."""

from __future__ import annotations

import json
from collections.abc import Generator
from datetime import timedelta

import pytest

from postengine.adapters.notifiers.webpush import WebPushNotifier, to_message
from postengine.engine.ports import Ring, Rung
from postengine.engine.posts.agent import Device, PushKind
from postengine.testing.clock import FakeClock
from postengine.testing.webpush import FakePushService, FakeSubscription
from postengine.webpush import MessageInvalid, VapidKeys, WebPushClient, topic_of

NOW = FakeClock().now()
KEYS = VapidKeys.generate()


@pytest.fixture
def fake() -> FakePushService:
    return FakePushService(clock=FakeClock())


@pytest.fixture
def notifier(fake: FakePushService) -> Generator[WebPushNotifier]:
    with fake.http() as http:
        client = WebPushClient(KEYS, subject="mailto:push@harbour-homes.pt", http=http, clock=FakeClock())
        yield WebPushNotifier(client)


def _device(browser: FakeSubscription | None = None, **fields: object) -> Device:
    known: dict[str, object] = {
        "push_kind": PushKind.WEBPUSH,
        "push_address": json.dumps(browser.to_json()) if browser else "{}",
    }
    return Device(
        id="dev",
        tenant_id="t",
        agent_id="a",
        platform="ios",
        token_hash="h",
        created_at=NOW,
        **{**known, **fields},  # type: ignore[arg-type]
    )


def _ring(**fields: object) -> Ring:
    known: dict[str, object] = {
        "kind": "manual_task",
        "task_id": "del_1",
        "rev": 3,
        "channel": "whatsapp_status",
        "title": "3 Bedroom Apartment",
        "expires_at": NOW,
        "time_to_live": timedelta(hours=24),
        "link": "https://p.example/agent/?task=del_1",
    }
    return Ring(**{**known, **fields})  # type: ignore[arg-type]


def test_the_browser_shows_the_doorbell(notifier: WebPushNotifier, fake: FakePushService) -> None:
    browser = fake.subscribe(KEYS.public_key)

    rung = notifier.push(_device(browser), _ring())

    assert rung.is_accepted
    [arrival] = fake.received(browser)
    assert arrival.notification == {
        "title": "Time to post: 3 Bedroom Apartment",
        "navigate": "https://p.example/agent/?task=del_1",
        "body": "whatsapp status",
        "tag": "del_1",
        "data": {
            "v": "1",
            "type": "manual_task",
            "task_id": "del_1",
            "rev": "3",
            "channel": "whatsapp_status",
            "title": "3 Bedroom Apartment",
            "expires_at": NOW.isoformat(),
            "link": "https://p.example/agent/?task=del_1",
        },
    }
    assert (arrival.delivery.ttl_s, arrival.delivery.urgency) == (86_400, "high")
    assert arrival.delivery.topic == topic_of("del_1")


@pytest.mark.parametrize(
    ("kind", "rung"),
    [
        ("404", Rung(is_gone=True)),
        ("410", Rung(is_gone=True)),
        ("429", Rung(retry_after=timedelta(seconds=90))),
        ("500", Rung(retry_after=timedelta(seconds=90))),
        ("drop", Rung(retry_after=timedelta(seconds=10))),
        ("403", Rung(problem="403 invalid JWT provided")),
    ],
)
def test_an_answer_says_what_is_to_be_done(
    notifier: WebPushNotifier, fake: FakePushService, kind: str, rung: Rung
) -> None:
    fake.fail_next(kind, retry_after="90")  # type: ignore[arg-type]

    assert notifier.push(_device(fake.subscribe(KEYS.public_key)), _ring()) == rung


def test_a_subscription_for_other_keys_is_switched_off(
    notifier: WebPushNotifier, fake: FakePushService
) -> None:
    rung = notifier.push(_device(fake.subscribe(VapidKeys.generate().public_key)), _ring())

    assert rung.is_foreign
    assert rung.problem


def test_a_subscription_that_is_none_is_to_be_forgotten(notifier: WebPushNotifier) -> None:
    assert notifier.push(_device(), _ring()) == Rung(is_gone=True)


@pytest.mark.parametrize("kind", [PushKind.FCM, PushKind.NONE])
def test_a_device_of_another_kind_is_a_problem(notifier: WebPushNotifier, kind: PushKind) -> None:
    assert "no Web Push subscription" in (notifier.push(_device(push_kind=kind), _ring()).problem or "")


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("manual_task", "Time to post: Villa"),
        ("task_closed", "No longer to post: Villa"),
        ("ping", "Notifications work"),
        ("summary", "Today: Villa"),
    ],
)
def test_every_kind_of_ring_can_be_seen(kind: str, title: str) -> None:
    assert to_message(_ring(kind=kind, title="Villa")).notification.title == title


@pytest.mark.parametrize("title", ["", "{title}", "🏠" * 5000, "\0" * 5000, '"' * 5000])
def test_any_title_can_be_pushed(title: str) -> None:
    message = to_message(_ring(title=title))

    assert message.notification.title.startswith("Time to post: " + title[:100])
    assert message.size_bytes <= 3993


@pytest.mark.parametrize(("span", "ttl_s"), [(timedelta(days=60), 28 * 86_400), (timedelta(0), 0)])
def test_a_time_to_live_is_at_most_four_weeks(span: timedelta, ttl_s: int) -> None:
    assert to_message(_ring(time_to_live=span)).ttl_s == ttl_s


def test_a_link_that_no_browser_opens_is_refused_by_its_name() -> None:
    with pytest.raises(MessageInvalid) as caught:
        to_message(_ring(link="http://10.0.2.2/agent/"))

    assert caught.value.field == "notification.url"
    assert not caught.value.retryable


def test_a_ping_and_a_summary_replace_their_own_kind_alone() -> None:
    ping, summary = to_message(_ring(kind="ping", task_id="")), to_message(_ring(kind="summary", task_id=""))

    assert (ping.notification.tag, summary.notification.tag) == ("ping", "summary")
    assert ping.topic != summary.topic
