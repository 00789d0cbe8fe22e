"""Engine, notifier, client, FakeFcm on a socket and a simulated phone: what goes wrong with a push."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from postengine.adapters.notifiers.fcm import FcmNotifier
from postengine.engine.posts.agent import Device, PushKind
from postengine.engine.posts.record import Alert
from postengine.engine.posts.states import DeliveryState
from postengine.fcm import FcmClient, ServiceAccount
from postengine.testing.fcm import FakeFcm
from postengine.testing.phone import Person, PhoneSimulator
from tests.unit.agent.house import House

FID = "dIsVQ2QVRT-TW7L6VfeAMh"


class Street:
    """A house whose phones are rung through FakeFcm."""

    def __init__(self, house: House, fake: FakeFcm, client: FcmClient, http: httpx.Client) -> None:
        self.house, self.fake, self._http = house, fake, http
        house.ports = replace(house.ports, notifier=FcmNotifier(client, clock=house.clock))

    def phone(self) -> PhoneSimulator:
        """Pair a phone that takes its time to answer, and whose app is installed."""
        phone = self.house.phone(Person(waits_for_tap=True), fid=FID)
        self.fake.register(FID)
        return phone

    def ring(self, phone: PhoneSimulator, after: timedelta = timedelta(0)) -> int:
        """Let time pass and the engine work; return how many pushes reached the phone."""
        self.house.clock.advance(after)
        self.house.run()
        return phone.listen(self._http)

    def state(self, task: str) -> DeliveryState:
        return self.house.delivery(task).state

    def alerts(self) -> set[str]:
        with self.house.ports.store.transaction() as tx:
            return {alert.code for alert in tx.find(Alert, {"cleared_at": None})}

    def device(self, phone: PhoneSimulator) -> Device:
        assert phone.device_id is not None
        return self.house.device(phone.device_id)


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    house = House(tmp_path)
    with FakeFcm(clock=house.clock) as fake, httpx.Client(base_url=fake.url) as http:
        credentials = ServiceAccount(fake.service_account())
        with FcmClient(credentials, base_url=fake.url, clock=house.clock, chance=lambda: 0.0) as client:
            yield Street(house, fake, client, http)


def test_a_push_rings_and_the_yes_publishes(street: Street) -> None:
    phone, task = street.phone(), street.house.plan()

    pushes = street.ring(phone)
    phone.tap(task)

    assert (pushes, street.state(task)) == (1, DeliveryState.PUBLISHED)


def test_a_lost_push_is_sent_again_after_the_wait(street: Street) -> None:
    phone, task = street.phone(), street.house.plan()
    street.fake.fail_next("drop")

    lost = street.ring(phone)
    state = street.state(task)
    too_early = street.ring(phone, timedelta(seconds=9))
    again = street.ring(phone, timedelta(seconds=1))

    assert (lost, state, too_early, again) == (0, DeliveryState.PLANNED, 0, 1)
    assert street.state(task) is DeliveryState.NOTIFIED


def test_a_push_that_came_twice_is_one_task_and_shows_once(street: Street) -> None:
    phone, task = street.phone(), street.house.plan()
    street.fake.fail_next("drop-after")

    street.house.run()
    pushes = street.ring(phone, timedelta(seconds=10))
    phone.tap(task)

    tags = [message["android"]["notification"]["tag"] for message in street.fake.delivered[FID]]  # type: ignore[index, call-overload]
    assert (pushes, tags) == (2, [task, task])
    assert phone.sent(task) == ["received", "opened", "shared", "confirmed"]
    assert len(phone.posted) == 1
    assert street.state(task) is DeliveryState.PUBLISHED


def test_a_push_that_was_not_confirmed_is_not_repeated_once_the_phone_has_it(street: Street) -> None:
    phone, task = street.phone(), street.house.plan()
    street.fake.fail_next("drop-after")

    pushes = street.ring(phone)
    more = street.ring(phone, timedelta(seconds=10))

    assert (pushes, more) == (1, 0)
    assert street.state(task) is DeliveryState.NOTIFIED


def test_a_push_that_fcm_took_and_the_phone_never_got_is_rung_again(street: Street) -> None:
    phone, task = street.phone(), street.house.plan()
    street.house.run()
    phone.go_offline()

    street.house.clock.advance(timedelta(minutes=5))
    street.house.run()

    assert street.state(task) is DeliveryState.NOTIFIED
    assert len(street.fake.delivered[FID]) == 2


def test_a_registration_that_is_gone_is_dropped_until_the_phone_sends_another(street: Street) -> None:
    phone, task = street.phone(), street.house.plan()
    street.fake.unregister(FID)
    street.house.run()
    dropped, told = street.device(phone), street.alerts()
    street.fake.register("new-fid")

    phone.rotate_registration("new-fid")
    pushes = street.ring(phone, timedelta(minutes=5))

    assert (dropped.push_kind, dropped.push_address) == (PushKind.NONE, "")
    assert dropped.push_lost_at is not None
    assert told >= {"push_gone", "no_device"}
    assert (pushes, street.state(task)) == (1, DeliveryState.NOTIFIED)
    assert street.device(phone).push_lost_at is None
    assert "push_gone" not in street.alerts()


def test_a_registration_of_another_project_is_switched_off_until_the_phone_sends_it_anew(
    street: Street,
) -> None:
    phone, task = street.phone(), street.house.plan()
    street.fake.fail_next("SENDER_ID_MISMATCH")
    street.house.run()
    off, told = street.device(phone), street.alerts()

    phone.heartbeat()
    pushes = street.ring(phone, timedelta(minutes=5))

    assert (off.push_address, off.push_lost_at is not None) == (FID, True)
    assert "push_refused" in told
    assert (pushes, street.state(task)) == (1, DeliveryState.NOTIFIED)


def test_an_agent_without_a_phone_is_told_of_and_rung_as_soon_as_one_is_paired(street: Street) -> None:
    task = street.house.plan()
    street.house.run()
    told = street.alerts()

    phone = street.phone()
    pushes = street.ring(phone, timedelta(minutes=5))

    assert "no_device" in told
    assert (pushes, street.state(task)) == (1, DeliveryState.NOTIFIED)


def test_a_phone_that_was_silent_for_long_is_told_of_until_its_monthly_sign_of_life(street: Street) -> None:
    phone = street.phone()
    street.house.clock.advance(timedelta(days=31))
    street.house.plan()
    pushes = street.ring(phone)
    told = street.alerts()

    phone.heartbeat()

    assert (pushes, "push_stale" in told) == (1, True)
    assert "push_stale" not in street.alerts()
    assert street.device(phone).push_updated_at == street.house.clock.now()


def test_a_registration_of_270_days_is_dropped_without_a_question_to_fcm(street: Street) -> None:
    phone = street.phone()
    street.house.clock.advance(timedelta(days=270))
    street.house.plan()

    pushes = street.ring(phone)

    assert (pushes, street.fake.arrivals, street.fake.grants) == (0, [], 0)
    assert street.device(phone).push_kind is PushKind.NONE


def test_a_busy_fcm_never_delays_a_task_beyond_its_end(street: Street) -> None:
    phone, task = street.phone(), street.house.plan()
    street.fake.fail_next("QUOTA_EXCEEDED", times=None, retry_after="999999")

    for _ in range(30):
        street.ring(phone, timedelta(hours=1))

    assert street.state(task) is DeliveryState.MISSED
