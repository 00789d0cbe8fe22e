"""Ringing: the push is only a doorbell; reminders come one by one, in waking hours, until the end."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from postengine.engine.commands.handover import PhoneSays, PhoneTells, hear
from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.commands.register import register_agent
from postengine.engine.ledger.change import changing
from postengine.engine.ports import Rung
from postengine.engine.posts.agent import Device, PushKind
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.hours import WeeklyHours, Window
from postengine.engine.posts.post import Post
from postengine.engine.posts.record import Attempt, Outcome
from postengine.engine.posts.states import DeliveryState, HoldScope, Step
from postengine.engine.posts.timings import Timings
from postengine.errors import PostEngineError

from .world import World


class PushError(PostEngineError):
    """A push service in trouble."""

    def __init__(self, *, retry_after: float | None = None, in_flight: bool = False) -> None:
        super().__init__("no")
        self.retry_after = retry_after
        self.in_flight = in_flight


class PushBusy(PushError):
    """One that says: later."""

    retryable = True


def _task(world: World, **changes: object) -> Post:
    post = world.plan(world.whatsapp, scheduled_at=None, **changes)  # type: ignore[arg-type]
    world.run()
    return post


def _received(world: World, post: Post) -> None:
    tells = PhoneTells(says=PhoneSays.RECEIVED, occurred_at=world.clock.now())
    with changing(world.ports) as change:
        hear(change, change.tx.find(Delivery, {"post_id": post.id}, lock=True)[0], tells, who="ana")


def _doorbells(world: World) -> int:
    return sum(ring.kind == "manual_task" for _, ring in world.notifier.rung)


def _rings_at(world: World, span: timedelta, step: timedelta = timedelta(minutes=1)) -> list[datetime]:
    """Return when the phone rang while `span` passed."""
    rings: list[datetime] = []
    end = world.clock.now() + span
    while world.clock.now() < end:
        before = _doorbells(world)
        world.run(step, step)
        rings += [world.clock.now()] * (_doorbells(world) - before)
    return rings


def test_the_phone_in_use_rings_once_with_a_doorbell_only(world: World) -> None:
    world.change(Device, world.pair(), last_seen_at=world.clock.now() - timedelta(days=1))
    in_use = world.change(Device, world.pair(), last_seen_at=world.clock.now())
    post = _task(world)

    delivery = world.delivery(post)
    assert [id_ for id_, _ in world.notifier.rung] == [in_use.id]
    ring = world.notifier.rung[0][1]
    assert (ring.kind, ring.task_id, ring.channel) == ("manual_task", delivery.id, "whatsapp_status")
    assert "485" not in repr(ring)
    assert ring.time_to_live == timedelta(hours=24)
    assert ring.link.endswith(delivery.id)
    assert delivery.state is DeliveryState.NOTIFIED
    assert world.rows(Attempt)[0].detail == f"1 of 1 devices rung: android ({in_use.id}): rung"
    assert delivery.rung_ids == (in_use.id,)


def test_an_agent_without_a_phone_is_told_of_until_one_is_paired(world: World) -> None:
    post = _task(world)
    told = world.alerts()
    world.pair()

    world.run(timedelta(minutes=1))

    assert "no_device" in told
    assert world.delivery(post).state is DeliveryState.NOTIFIED
    assert len(world.notifier.rung) == 1


@pytest.mark.parametrize(
    "fields",
    [{"push_kind": PushKind.NONE}, {"push_lost_at": datetime.fromisoformat("2026-12-01T08:00:00+00:00")}],
)
def test_a_phone_that_cannot_ring_is_left_out(world: World, fields: dict[str, object]) -> None:
    world.change(Device, world.pair(), **fields)

    post = _task(world)

    assert world.notifier.rung == []
    assert world.delivery(post).state is DeliveryState.PLANNED


def test_a_revoked_phone_never_rings(world: World) -> None:
    world.change(Device, world.pair(), revoked_at=world.clock.now())

    _task(world)

    assert world.notifier.rung == []


def test_a_registration_that_is_gone_is_forgotten_with_an_alert(world: World) -> None:
    gone, good = world.pair(), world.pair()
    world.notifier.answers[gone.id] = Rung(is_gone=True)

    post = _task(world)

    assert world.rows(Device, id=gone.id)[0].push_lost_at is not None
    assert world.rows(Device, id=good.id)[0].push_lost_at is None
    assert "push_gone" in world.alerts()
    assert world.delivery(post).state is DeliveryState.NOTIFIED


def test_a_registration_that_is_gone_is_kept_no_longer(world: World) -> None:
    gone = world.pair()
    world.notifier.answer = Rung(is_gone=True)

    _task(world)

    kept = world.rows(Device, id=gone.id)[0]
    assert (kept.push_kind, kept.push_address, kept.push_lost_at) == (PushKind.NONE, "", world.clock.now())


def test_a_registration_of_another_sender_is_switched_off_and_kept(world: World) -> None:
    foreign = world.pair()
    world.notifier.answer = Rung(is_foreign=True, problem="it belongs to another Firebase project")

    post = _task(world)

    kept = world.rows(Device, id=foreign.id)[0]
    assert (kept.push_kind, kept.push_address) == (PushKind.FCM, "fid")
    assert kept.push_lost_at == world.clock.now()
    assert "push_refused" in world.alerts()
    assert world.delivery(post).state is DeliveryState.PLANNED


def test_a_registration_not_renewed_for_long_rings_and_is_told_of(world: World) -> None:
    device = world.pair()
    world.notifier.answer = Rung(is_stale=True)

    post = _task(world)

    assert "push_stale" in world.alerts()
    assert world.rows(Device, id=device.id)[0].push_lost_at is None
    assert world.delivery(post).state is DeliveryState.NOTIFIED


def test_each_try_says_which_it_is(world: World) -> None:
    world.pair()
    world.notifier.answer = Rung(retry_after=timedelta(seconds=10))

    _task(world)
    world.run(timedelta(seconds=10))
    world.run(timedelta(seconds=10))

    assert [ring.attempt for _, ring in world.notifier.rung] == [1, 2, 3]


def test_a_registration_that_was_renewed_meanwhile_is_not_forgotten(world: World) -> None:
    device = world.pair()
    world.notifier.answer = Rung(is_gone=True)
    world.notifier.meanwhile = lambda: world.change(Device, device, push_address="new")

    _task(world)

    assert world.rows(Device)[0].push_lost_at is None


def test_a_busy_push_service_is_asked_again_when_it_says(world: World) -> None:
    world.pair()
    world.notifier.answer = Rung(retry_after=timedelta(seconds=90))
    post = _task(world)
    world.notifier.answer = Rung()

    world.run(timedelta(seconds=89))
    early = len(world.notifier.rung)
    world.run(timedelta(seconds=1))

    assert (early, len(world.notifier.rung)) == (1, 2)
    assert world.delivery(post).state is DeliveryState.NOTIFIED
    assert [attempt.outcome for attempt in world.rows(Attempt)] == [Outcome.UNSENT, Outcome.DONE]


@pytest.mark.parametrize(("retry_after", "wait_s"), [(30.0, 30), (None, 5)])
def test_an_error_of_the_push_service_is_a_wait(
    world: World, retry_after: float | None, wait_s: float
) -> None:
    world.pair()
    world.notifier.error = PushBusy(retry_after=retry_after)
    post = _task(world)
    world.notifier.error = None

    not_before = world.delivery(post).not_before

    assert not_before == world.clock.now() + timedelta(seconds=wait_s)


def test_a_lost_push_is_repeated_since_it_does_no_harm(world: World) -> None:
    world.pair()
    world.notifier.error = PushError(in_flight=True)
    post = _task(world)
    world.notifier.error = None

    world.run(timedelta(seconds=10))

    assert len(world.notifier.rung) == 2
    assert world.delivery(post).state is DeliveryState.NOTIFIED


@pytest.mark.parametrize("is_error", [True, False])
def test_a_refused_push_is_told_to_the_operator(world: World, is_error: bool) -> None:
    world.pair()
    if is_error:
        world.notifier.error = PushError()
    else:
        world.notifier.answer = Rung(problem="wrong project")

    post = _task(world)

    assert "push_refused" in world.alerts()
    assert world.delivery(post).state is DeliveryState.PLANNED


def test_a_task_that_nobody_could_be_told_of_is_missed(world: World) -> None:
    post = _task(world)

    world.run(timedelta(hours=25), timedelta(minutes=10))

    assert world.delivery(post).state is DeliveryState.MISSED


def test_reminders_ring_until_they_are_spent_and_once_before_the_end(world: World) -> None:
    world.pair()
    post = _task(world)
    start = world.clock.now()

    rings = _rings_at(world, timedelta(hours=25))

    wanted = [5, 10, 30, 24 * 60 - 15]
    assert [(at - start) / timedelta(minutes=1) for at in rings] == wanted
    assert "no_answer" in world.alerts()
    assert world.delivery(post).state is DeliveryState.MISSED


def test_a_phone_that_has_the_task_rings_once_more_before_the_end(world: World) -> None:
    world.pair()
    post = _task(world)
    start = world.clock.now()
    _received(world, post)

    rings = _rings_at(world, timedelta(hours=25))

    assert [(at - start) / timedelta(minutes=1) for at in rings] == [24 * 60 - 15]
    assert "no_answer" not in world.alerts()


def test_reminders_that_were_slept_through_do_not_ring_all_at_once(world: World) -> None:
    world.pair()
    _task(world)
    world.clock.advance(timedelta(hours=3))
    before = len(world.notifier.rung)

    world.run(timedelta(minutes=10), timedelta(minutes=1))

    assert len(world.notifier.rung) - before == 1


def test_a_short_task_that_the_phone_has_is_not_rung_again_at_once(world: World) -> None:
    world.pair()
    end = world.clock.now() + timedelta(minutes=10)
    post = _task(world, not_after=end.isoformat())
    _received(world, post)

    rings = _rings_at(world, timedelta(minutes=9))

    assert rings == []


def test_under_a_hold_nothing_rings_and_it_still_ends(world: World) -> None:
    world.pair()
    post = _task(world)
    hold = place_hold(world.ports, HoldScope.SERVICE)
    before = len(world.notifier.rung)
    world.run(timedelta(hours=1), timedelta(minutes=1))
    held = (len(world.notifier.rung), world.delivery(post).next_step)

    release_hold(world.ports, hold.id)
    world.run(timedelta(minutes=1))

    assert held == (before, Step.EXPIRE)
    assert len(world.notifier.rung) == before + 1


def test_a_held_task_is_missed_at_its_end(world: World) -> None:
    world.pair()
    place_hold(world.ports, HoldScope.SERVICE)
    post = _task(world)

    world.run(timedelta(hours=25), timedelta(minutes=30))

    assert world.notifier.rung == []
    assert world.delivery(post).state is DeliveryState.MISSED


def _waking(world: World) -> None:
    """Let the agent sleep from 22 to 7."""
    hours = WeeklyHours(tuple(Window(day, time(7), time(22)) for day in range(7)))
    register_agent(world.ports, world.tenant.id, "ana", name="Ana", phone="+351 1", waking_hours=hours)


def test_reminders_wait_for_the_morning(world: World) -> None:
    _waking(world)
    world.pair()
    world.plan(world.whatsapp, after=timedelta(hours=12, minutes=57))  # 21:57
    world.run(timedelta(hours=12, minutes=57), timedelta(minutes=1))
    rung = len(world.notifier.rung)

    rings = _rings_at(world, timedelta(hours=9, minutes=30))

    assert rung == 1
    assert [at.strftime("%H:%M") for at in rings] == ["07:00"]


def test_a_late_task_waits_for_the_morning(world: World) -> None:
    _waking(world)
    post = world.plan(world.whatsapp, after=timedelta(hours=12, minutes=57))
    world.clock.advance(timedelta(hours=14))  # 23:00, and nobody was up
    world.pair()

    rings = _rings_at(world, timedelta(hours=8, minutes=30), timedelta(minutes=5))

    assert [at.strftime("%H:%M") for at in rings][:1] == ["07:00"]
    assert world.delivery(post).state is DeliveryState.NOTIFIED


def test_a_phone_that_answers_while_it_rings_is_not_overwritten(world: World) -> None:
    world.pair()
    post = world.plan(world.whatsapp, scheduled_at=None)
    world.notifier.meanwhile = lambda: _received(world, post)

    world.run()

    assert world.delivery(post).received_at is not None
    assert world.rows(Attempt)[0].outcome is Outcome.DONE


def test_without_reminders_it_rings_before_the_end_alone(tmp_path: Path) -> None:
    world = World(tmp_path, Timings(reminders=()))
    world.pair()
    _task(world)

    assert len(_rings_at(world, timedelta(hours=25), timedelta(minutes=5))) == 1
