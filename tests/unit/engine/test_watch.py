"""The watch over an agent's phones: silence is told, the morning summarised, old keys forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from postengine.engine.commands.hold import place_hold
from postengine.engine.commands.ping import ping
from postengine.engine.commands.register import register_agent
from postengine.engine.ledger.change import changing
from postengine.engine.ledger.watches import watch_over
from postengine.engine.ports import Rung
from postengine.engine.posts.agent import Device, PairingCode, PhoneEvent, PushKind
from postengine.engine.posts.errors import Conflict, NotFound
from postengine.engine.posts.hours import WeeklyHours, Window
from postengine.engine.posts.record import HistoryEntry
from postengine.engine.posts.states import HoldReason, HoldScope, Step
from postengine.engine.posts.timings import Timings
from postengine.engine.posts.watch import Watch
from postengine.engine.schedule.claim import claim_due, give_back

from .handovers import phone, rings
from .world import World

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def _watched(world: World) -> Device:
    """Give Ana a phone that is watched."""
    device = phone(world, world.agent)
    with changing(world.ports) as change:
        watch_over(change, world.agent)
    return device


def _watch(world: World) -> Watch:
    (found,) = world.rows(Watch)
    return found


def _old_event(world: World, device: Device, age: timedelta, key: str = "k") -> None:
    event = PhoneEvent(
        id=f"{device.id}:{key}",
        device_id=device.id,
        delivery_id="d",
        body_hash="h",
        status=200,
        answer={},
        at=world.clock.now() - age,
    )
    with world.store.transaction() as tx:
        tx.add(event)


def test_a_phone_that_is_silent_for_three_days_is_told_of_once(world: World) -> None:
    device = _watched(world)

    world.run(3 * DAY - HOUR, HOUR)
    early = world.alerts()
    world.run(6 * HOUR, HOUR)
    late = world.alerts()
    with changing(world.ports) as change:
        change.clear_alert("phone_silent", device.id)
    world.run(2 * DAY, HOUR)

    assert "phone_silent" not in early
    assert "phone_silent" in late
    assert "phone_silent" not in world.alerts()


def test_a_new_silence_is_told_of_again(world: World) -> None:
    device = _watched(world)
    world.run(4 * DAY, HOUR)
    with changing(world.ports) as change:
        change.clear_alert("phone_silent", device.id)
    world.change(Device, device, last_seen_at=world.clock.now())

    world.run(4 * DAY, HOUR)

    assert "phone_silent" in world.alerts()


def test_an_agent_without_phones_is_not_watched(world: World) -> None:
    device = _watched(world)
    world.change(Device, device, revoked_at=world.clock.now())

    world.run(DAY, HOUR)

    assert (_watch(world).next_step, _watch(world).act_at) == (None, None)
    assert "phone_silent" not in world.alerts()


def test_pairing_again_wakes_the_watch_and_leaves_one_that_is_awake(world: World) -> None:
    device = _watched(world)
    world.change(Device, device, revoked_at=world.clock.now())
    world.run(DAY, HOUR)
    phone(world, world.agent)

    with changing(world.ports) as change:
        watch_over(change, world.agent)
    awake = _watch(world)
    world.clock.advance(HOUR)
    with changing(world.ports) as change:
        watch_over(change, world.agent)

    assert (awake.next_step, awake.act_at) == (Step.WATCH, world.clock.now() + 5 * HOUR)
    assert _watch(world) == awake


def test_keys_are_kept_for_as_long_as_it_says_and_then_forgotten(world: World) -> None:
    device = _watched(world)
    _old_event(world, device, timedelta(days=29), "kept")
    _old_event(world, device, timedelta(days=30), "old")
    with world.store.transaction() as tx:
        long_ago = world.clock.now() - timedelta(days=31)
        tx.add(PairingCode(id="c", tenant_id="t", agent_id=world.agent.id, expires_at=long_ago))

    world.run(6 * HOUR, HOUR)

    assert [row.id.partition(":")[2] for row in world.rows(PhoneEvent)] == ["kept"]
    assert world.rows(PairingCode) == []


def test_keys_of_a_phone_that_is_gone_are_forgotten_too(world: World) -> None:
    device = _watched(world)
    _old_event(world, device, timedelta(days=0))
    world.change(Device, device, revoked_at=world.clock.now())

    world.run(29 * DAY, 6 * HOUR)
    kept = len(world.rows(PhoneEvent))
    world.run(2 * DAY, 6 * HOUR)

    assert kept == 1
    assert world.rows(PhoneEvent) == []
    assert _watch(world).next_step is None


def test_keys_are_kept_for_seven_days_at_least() -> None:
    with pytest.raises(ValueError, match="at least 7 days"):
        Timings(keys_kept=timedelta(days=6))


@pytest.fixture
def morning(world: World) -> World:
    """A world where each agent is told of the day at 8 in Lisbon (8 UTC in December); it is 9 now."""
    world.ports = replace(world.ports, morning_at=time(8))
    return world


def _summaries(world: World) -> list[str]:
    return [ring.title for _, ring in world.notifier.rung if ring.kind == "summary"]


def test_the_morning_summary_comes_once_and_says_what_the_day_holds(morning: World) -> None:
    device = _watched(morning)
    for number, hours in enumerate((25, 30)):
        morning.plan(morning.whatsapp, after=timedelta(hours=hours), external_id=f"p{number}")

    morning.run(23 * HOUR - timedelta(minutes=1), timedelta(minutes=1))
    before = _summaries(morning)
    morning.run(90 * timedelta(minutes=1), timedelta(minutes=1))

    assert before == []
    assert _summaries(morning) == ["2 posts to share, the first at 10:00"]
    (ring,) = [ring for _, ring in morning.notifier.rung if ring.kind == "summary"]
    assert (ring.link, ring.task_id) == ("https://localhost/agent/", "")
    assert ring.expires_at == datetime.fromisoformat("2026-12-03T00:00:00+00:00")
    assert rings(morning, "summary") == [device.id]
    assert _watch(morning).told_on == "2026-12-02"


def test_one_post_is_one_and_what_waits_for_an_answer_is_counted(morning: World) -> None:
    _watched(morning)
    morning.plan(morning.whatsapp, after=timedelta(hours=22))

    morning.run(23 * HOUR, timedelta(minutes=30))

    assert _summaries(morning) == ["1 post to share, the first at 08:00"]


def test_a_day_without_tasks_and_what_is_held_are_not_told_of(morning: World) -> None:
    _watched(morning)
    post = morning.plan(morning.whatsapp, after=timedelta(hours=25))
    place_hold(morning.ports, HoldScope.POST, post.id)

    morning.run(24 * HOUR, timedelta(minutes=30))

    assert _summaries(morning) == []


def test_from_a_copied_database_nobody_is_told_of_what_waits_for_an_answer(morning: World) -> None:
    _watched(morning)
    morning.plan(morning.whatsapp, after=timedelta(hours=22))
    morning.run_until(morning.clock.now() + timedelta(hours=22, minutes=5), timedelta(minutes=5))
    place_hold(morning.ports, HoldScope.SERVICE, reason=HoldReason.RESTORED)

    morning.run(HOUR, timedelta(minutes=5))

    assert _summaries(morning) == []


def test_the_summary_waits_until_the_agent_is_up(morning: World) -> None:
    late = WeeklyHours(tuple(Window(day, time(9, 30), time(20)) for day in range(7)))
    morning.agent = register_agent(
        morning.ports, morning.tenant.id, "ana", name="Ana", phone="+351 1", waking_hours=late
    )
    _watched(morning)
    morning.plan(morning.whatsapp, after=timedelta(hours=26))

    morning.run(24 * HOUR, timedelta(minutes=10))
    asleep = _summaries(morning)
    morning.run(HOUR, timedelta(minutes=10))

    assert asleep == []
    assert _summaries(morning) == ["1 post to share, the first at 11:00"]


def test_a_morning_that_was_slept_through_is_over(morning: World) -> None:
    _watched(morning)
    morning.plan(morning.whatsapp, after=timedelta(hours=30))
    morning.clock.advance(27 * HOUR)  # 12:00, and nobody was up

    morning.run(HOUR, timedelta(minutes=10))

    assert _summaries(morning) == []


def test_a_summary_to_a_registration_that_is_gone_is_heeded(morning: World) -> None:
    device = _watched(morning)
    morning.plan(morning.whatsapp, after=timedelta(hours=25))
    morning.notifier.answer = Rung(is_gone=True)

    morning.run(23 * HOUR, timedelta(minutes=30))

    assert morning.rows(Device, id=device.id)[0].push_lost_at is not None


def test_a_watch_whose_workers_die_is_left_until_the_next_one(world: World) -> None:
    _watched(world)
    world.change(Watch, _watch(world), act_at=world.clock.now(), crashes=5)

    assert claim_due(world.ports) == []

    assert "quarantined" in world.alerts()
    assert _watch(world).act_at == world.clock.now() + 6 * HOUR
    assert _watch(world).crashes == 0


def test_a_watch_that_another_took_over_writes_nothing(world: World) -> None:
    _watched(world)
    world.change(Watch, _watch(world), act_at=world.clock.now())
    messages = world.claim("watch")
    world.change(Watch, _watch(world), fence=99)

    world.perform(messages)

    assert _watch(world).fence == 99


def test_a_watch_that_could_not_be_handed_over_is_given_back(world: World) -> None:
    _watched(world)
    world.change(Watch, _watch(world), act_at=world.clock.now())

    give_back(world.ports, world.claim("watch"))

    assert _watch(world).lease_until is None


def test_a_watch_lost_while_the_summary_is_pushed_is_not_overwritten(morning: World) -> None:
    _watched(morning)
    morning.plan(morning.whatsapp, after=timedelta(hours=25))
    morning.notifier.meanwhile = lambda: morning.change(Watch, _watch(morning), fence=99)

    morning.run(23 * HOUR, timedelta(minutes=30))

    assert _watch(morning).told_on == "2026-12-02"
    assert _summaries(morning) == ["1 post to share, the first at 10:00"]


def test_a_test_notification_rings_at_once_and_is_written_down(world: World) -> None:
    device = phone(world, world.agent)

    answer = ping(world.ports, device.id, who="api:office")

    assert answer.is_accepted
    (ring,) = [ring for _, ring in world.notifier.rung]
    assert (ring.kind, ring.task_id, ring.link) == ("ping", "", "https://localhost/agent/")
    assert world.rows(HistoryEntry, subject_id=device.id)[0].by == "api:office"


def test_a_test_notification_that_fails_says_why_and_is_heeded(world: World) -> None:
    device = phone(world, world.agent)
    world.notifier.answer = Rung(is_gone=True)

    assert not ping(world.ports, device.id).is_accepted

    assert world.rows(Device, id=device.id)[0].push_kind is PushKind.NONE
    assert world.rows(HistoryEntry, subject_id=device.id)[0].why == "test notification failed"


def test_a_phone_that_is_revoked_or_has_no_registration_is_not_tried(world: World) -> None:
    silent = world.change(Device, phone(world, world.agent), push_kind=PushKind.NONE)
    revoked = world.change(Device, phone(world, world.agent), revoked_at=world.clock.now())

    with pytest.raises(Conflict, match="no push registration"):
        ping(world.ports, silent.id)
    with pytest.raises(Conflict, match="pair it anew"):
        ping(world.ports, revoked.id)
    with pytest.raises(NotFound):
        ping(world.ports, "nobody")
