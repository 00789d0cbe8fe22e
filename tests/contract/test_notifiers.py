"""Every notifier rings a phone once, says what came of it, and replaces its own earlier ring."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from pydantic import JsonValue

from postengine.adapters.notifiers.by_kind import NotifierByKind
from postengine.adapters.notifiers.fcm import FcmNotifier
from postengine.adapters.notifiers.webpush import WebPushNotifier
from postengine.engine.ports import Notifier, Ring, Rung
from postengine.engine.posts.agent import Device, PushKind
from postengine.fcm import FcmClient, StaticToken
from postengine.testing.clock import FakeClock
from postengine.testing.fcm import FakeFcm
from postengine.testing.webpush import FakePushService
from postengine.webpush import VapidKeys, WebPushClient

CLOCK = FakeClock()
RING = Ring(
    kind="manual_task",
    task_id="del_1",
    rev=3,
    channel="whatsapp_status",
    title="3 Bedroom Apartment",
    expires_at=CLOCK.now() + timedelta(hours=24),
    time_to_live=timedelta(hours=24),
    link="https://p.example/agent/?task=del_1",
)


@dataclass
class Way:
    """A notifier, a device that it rings, and what can be done behind it.

    Attributes:
        arrived: Returns the data of each push that the phone got.
        tags: Returns what each notification replaces.
        lose: Ends the registration.
        trouble: The next push is answered busy, broken, lost, or as a wrong set-up; by that word.
    """

    notifier: Notifier
    device: Device
    arrived: Callable[[], list[Mapping[str, object]]]
    tags: Callable[[], list[object]]
    lose: Callable[[], None]
    trouble: Callable[[str], None]


def _device(kind: PushKind, address: str) -> Device:
    return Device(
        id="dev",
        tenant_id="t",
        agent_id="a",
        platform="phone",
        push_kind=kind,
        push_address=address,
        push_updated_at=CLOCK.now(),
        token_hash="h",
        created_at=CLOCK.now(),
    )


def _within(whole: JsonValue, *path: str) -> JsonValue:
    for name in path:
        assert isinstance(whole, dict)
        whole = whole[name]
    return whole


def _data(whole: JsonValue) -> Mapping[str, object]:
    assert isinstance(whole, dict)
    return whole


@pytest.fixture
def fcm() -> Generator[Way]:
    fake = FakeFcm(clock=CLOCK)
    fake.accept_token("token")
    fake.register("fid-1")
    kinds = {
        "busy": "QUOTA_EXCEEDED",
        "broken": "INTERNAL",
        "lost": "drop-after",
        "set-up": "THIRD_PARTY_AUTH_ERROR",
    }
    with fake.http() as http:
        client = FcmClient(
            StaticToken("token"), project_id=fake.project_id, base_url=fake.url, http=http, clock=CLOCK
        )
        yield Way(
            notifier=FcmNotifier(client, clock=CLOCK),
            device=_device(PushKind.FCM, "fid-1"),
            arrived=lambda: [_data(item.message["data"]) for item in fake.arrivals],
            tags=lambda: [_within(item.message["android"], "notification", "tag") for item in fake.arrivals],
            lose=lambda: fake.unregister("fid-1"),
            trouble=lambda word: fake.fail_next(kinds[word], retry_after="90"),  # type: ignore[arg-type]
        )


@pytest.fixture
def webpush() -> Generator[Way]:
    fake, keys = FakePushService(clock=CLOCK), VapidKeys.generate()
    browser = fake.subscribe(keys.public_key, is_iphone=True)
    kinds = {"busy": "429", "broken": "500", "lost": "drop-after", "set-up": "403"}
    with fake.http() as http:
        client = WebPushClient(keys, subject="mailto:push@harbour-homes.pt", http=http, clock=CLOCK)
        yield Way(
            notifier=WebPushNotifier(client),
            device=_device(PushKind.WEBPUSH, json.dumps(browser.to_json())),
            arrived=lambda: [_data(_within(item.payload, "notification", "data")) for item in fake.arrivals],
            tags=lambda: [_within(item.payload, "notification", "tag") for item in fake.arrivals],
            lose=lambda: fake.unsubscribe(browser),
            trouble=lambda word: fake.fail_next(kinds[word], retry_after="90"),  # type: ignore[arg-type]
        )


@pytest.fixture(params=["fcm", "webpush"])
def way(request: pytest.FixtureRequest) -> Way:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Way)
    return found


def test_the_phone_gets_the_doorbell_in_words_that_are_all_text(way: Way) -> None:
    assert way.notifier.push(way.device, RING) == Rung()

    assert way.arrived() == [
        {
            "v": "1",
            "type": "manual_task",
            "task_id": "del_1",
            "rev": "3",
            "channel": "whatsapp_status",
            "title": "3 Bedroom Apartment",
            "expires_at": RING.expires_at.isoformat(),
            "link": "https://p.example/agent/?task=del_1",
        }
    ]


def test_a_second_ring_takes_the_place_of_the_first(way: Way) -> None:
    way.notifier.push(way.device, RING)
    way.notifier.push(way.device, RING)

    assert way.tags() == ["del_1", "del_1"]


def test_a_registration_that_is_gone_is_to_be_forgotten(way: Way) -> None:
    way.lose()

    assert way.notifier.push(way.device, RING) == Rung(is_gone=True)


@pytest.mark.parametrize("word", ["busy", "broken"])
def test_a_service_in_trouble_says_when_to_ring_again(way: Way, word: str) -> None:
    way.trouble(word)

    rung = way.notifier.push(way.device, RING)

    assert rung.retry_after is not None
    assert rung.retry_after >= timedelta(seconds=90)
    assert not rung.is_accepted
    assert way.arrived() == []


def test_a_lost_answer_is_rung_again_without_harm(way: Way) -> None:
    way.trouble("lost")

    first = way.notifier.push(way.device, RING)
    second = way.notifier.push(way.device, RING)

    assert first.retry_after is not None
    assert second.is_accepted
    assert way.tags() == ["del_1", "del_1"]


def test_a_wrong_set_up_is_for_a_person(way: Way) -> None:
    way.trouble("set-up")

    rung = way.notifier.push(way.device, RING)

    assert rung.problem
    assert (rung.is_gone, rung.retry_after) == (False, None)


def test_a_device_of_another_kind_is_a_problem_and_nothing_is_sent(way: Way) -> None:
    rung = way.notifier.push(replace(way.device, push_kind=PushKind.NONE), RING)

    assert rung.problem
    assert way.arrived() == []


def test_side_by_side_each_rings_its_own(fcm: Way, webpush: Way) -> None:
    both = NotifierByKind({PushKind.FCM: fcm.notifier, PushKind.WEBPUSH: webpush.notifier})

    assert [both.push(way.device, RING) for way in (fcm, webpush)] == [Rung(), Rung()]
    assert [len(way.arrived()) for way in (fcm, webpush)] == [1, 1]
