"""A browser over the agent API, the engine and a push service: rung, gone, asking instead, and rung again."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from postengine.adapters.notifiers.by_kind import NotifierByKind
from postengine.adapters.notifiers.webpush import WebPushNotifier
from postengine.agent import AgentApi
from postengine.engine.posts.agent import Device, PushKind
from postengine.engine.posts.record import Alert
from postengine.engine.posts.states import DeliveryState
from postengine.testing.webpush import FakePushService, FakeSubscription
from postengine.webpush import VapidKeys, WebPushClient
from tests.unit.agent.house import BASE, SECRET, House, json_of

KEYS = VapidKeys.generate()


@pytest.fixture
def fake(house: House) -> FakePushService:
    return FakePushService(clock=house.clock)


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = House(tmp_path)
    house.ports = replace(house.ports, agent_link="https://p.example/agent/?task={id}")
    return house


@pytest.fixture(autouse=True)
def _rings_browsers(house: House, fake: FakePushService) -> Generator[None]:
    with fake.http() as http:
        client = WebPushClient(KEYS, subject="mailto:push@harbour-homes.pt", http=http, clock=house.clock)
        notifier = NotifierByKind({PushKind.WEBPUSH: WebPushNotifier(client)})
        house.ports = replace(house.ports, notifier=notifier)
        yield


def _push(browser: FakeSubscription) -> dict[str, Any]:
    return {"kind": "webpush", "subscription": browser.to_json()}


def _alerts(house: House) -> set[str]:
    with house.ports.store.transaction() as tx:
        return {alert.code for alert in tx.find(Alert, {"cleared_at": None})}


def _device(house: House) -> Device:
    with house.ports.store.transaction() as tx:
        return tx.find(Device, {})[0]


def test_a_task_rings_the_browser_that_paired(house: House, fake: FakePushService) -> None:
    browser = fake.subscribe(KEYS.public_key)
    house.token(push=_push(browser))

    task = house.plan()
    house.run()

    assert house.delivery(task).state is DeliveryState.NOTIFIED
    [arrival] = fake.received(browser)
    assert arrival.notification is not None
    assert arrival.notification["navigate"] == f"https://p.example/agent/?task={task}"


def test_a_browser_that_unsubscribed_asks_instead_until_it_subscribes_anew(
    house: House, fake: FakePushService
) -> None:
    browser = fake.subscribe(KEYS.public_key)
    token = house.token(push=_push(browser))
    fake.unsubscribe(browser)

    task = house.plan()
    house.run()

    assert house.delivery(task).state is DeliveryState.PLANNED
    assert {"push_gone", "no_device"} <= _alerts(house)
    assert json_of(house.ask("GET", "me", token=token))["push"]["is_lost"]
    tasks = json_of(house.ask("GET", "tasks", token=token))["tasks"]
    assert [found["id"] for found in tasks] == [task]
    assert house.delivery(task).state is DeliveryState.NOTIFIED

    again = fake.subscribe(KEYS.public_key)
    house.ask("PUT", "device/push", _push(again), token=token)
    second = house.plan(title="Villa Boreal")
    house.run()

    assert "push_gone" not in _alerts(house)
    assert house.delivery(second).state is DeliveryState.NOTIFIED
    assert [arrival.subscription for arrival in fake.arrivals] == [again.id]


def test_a_lost_answer_rings_twice_and_shows_once(house: House, fake: FakePushService) -> None:
    browser = fake.subscribe(KEYS.public_key)
    house.token(push=_push(browser))
    fake.fail_next("drop-after")

    task = house.plan()
    house.run()
    assert house.delivery(task).state is DeliveryState.PLANNED
    house.clock.advance(house.ports.timings.backoff * 2)
    house.run()

    assert house.delivery(task).state is DeliveryState.NOTIFIED
    shown = {str(arrival.notification and arrival.notification["tag"]) for arrival in fake.received(browser)}
    assert len(fake.received(browser)) == 2
    assert shown == {task}


def test_a_subscription_for_other_keys_is_not_rung_again(house: House, fake: FakePushService) -> None:
    token = house.token(push=_push(fake.subscribe(VapidKeys.generate().public_key)))

    house.plan()
    house.run()

    assert "push_refused" in _alerts(house)
    assert _device(house).push_lost_at is not None
    assert json_of(house.ask("GET", "me", token=token))["push"]["is_lost"]


@pytest.fixture
def browser(fake: FakePushService) -> Generator[httpx.Client]:
    """A client of the fake's control panel."""
    with httpx.Client(transport=httpx.WSGITransport(app=fake.wsgi_app), base_url=fake.url) as client:
        yield client


def test_a_simulated_phone_is_rung_in_its_browser_and_posts(house: House, browser: httpx.Client) -> None:
    house.api = AgentApi(house.ports, link_secret=SECRET, base_url=BASE, vapid_public_key=KEYS.public_key)
    phone = house.phone(fid=None)
    phone.subscribe(browser)

    task = house.plan()
    house.run()
    heard = phone.listen(browser)

    assert heard == 1
    assert phone.sent(task) == ["received", "opened", "shared", "confirmed"]
    assert house.delivery(task).state is DeliveryState.PUBLISHED
    assert phone.listen(browser) == 0


def test_a_phone_cannot_subscribe_where_no_browser_is_rung(house: House, browser: httpx.Client) -> None:
    house.api = AgentApi(house.ports, link_secret=SECRET, base_url=BASE)

    with pytest.raises(ValueError, match="VAPID subject"):
        house.phone(fid=None).subscribe(browser)
