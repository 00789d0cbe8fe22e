"""What a phone tells, in any order and however late: the highest reached is kept, a "Yes" is the proof."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import permutations

import pytest

from postengine.engine.commands.cancel import cancel_post
from postengine.engine.commands.handover import PhoneSays, PhoneTells, hear, polled
from postengine.engine.commands.hold import place_hold
from postengine.engine.ledger.change import changing
from postengine.engine.posts.agent import Device
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Conflict, Invalid
from postengine.engine.posts.post import Post
from postengine.engine.posts.states import DeliveryState, HoldScope, Step

from .world import World

_S = DeliveryState


@pytest.fixture
def task(world: World) -> Post:
    """A task of which the phone was told."""
    world.pair()
    post = world.plan(world.whatsapp, scheduled_at=None)
    world.run()
    assert world.delivery(post).state is _S.NOTIFIED
    return post


def _tell(
    world: World,
    post: Post,
    says: PhoneSays,
    *,
    reason: str = "",
    until: datetime | None = None,
    proof_url: str | None = None,
) -> Delivery:
    tells = PhoneTells(
        says=says, occurred_at=world.clock.now(), reason=reason, snooze_until=until, proof_url=proof_url
    )
    with changing(world.ports) as change:
        (delivery,) = change.tx.find(Delivery, {"post_id": post.id}, lock=True)
        device = next(iter(change.tx.find(Device, {})), None)
        return hear(change, delivery, tells, who="ana", device=device)


def test_the_usual_way_from_doorbell_to_yes(world: World, task: Post) -> None:
    for says in (PhoneSays.RECEIVED, PhoneSays.OPENED, PhoneSays.SHARED):
        _tell(world, task, says)
    _tell(world, task, PhoneSays.CONFIRMED, proof_url="https://wa.example/1")

    delivery = world.delivery(task)
    assert world.history(task) == [_S.NOTIFIED, _S.OPENED, _S.SHARED, _S.PUBLISHED]
    assert (delivery.release_url, delivery.next_step) == ("https://wa.example/1", None)
    assert delivery.sent_at is not None
    assert delivery.received_at is not None


@pytest.mark.parametrize(
    "order", list(permutations([PhoneSays.RECEIVED, PhoneSays.OPENED, PhoneSays.SHARED]))
)
def test_events_in_any_order_keep_the_highest(world: World, task: Post, order: tuple[PhoneSays, ...]) -> None:
    for says in order:
        _tell(world, task, says)

    assert world.delivery(task).state is _S.SHARED
    assert world.delivery(task).received_at is not None


@pytest.mark.parametrize(
    ("says", "state"),
    [
        (PhoneSays.RECEIVED, _S.NOTIFIED),
        (PhoneSays.OPENED, _S.OPENED),
        (PhoneSays.SHARED, _S.SHARED),
        (PhoneSays.CONFIRMED, _S.PUBLISHED),
        (PhoneSays.DECLINED, _S.DECLINED),
    ],
)
def test_a_phone_that_was_never_rung_may_tell_all_the_same(
    world: World, says: PhoneSays, state: DeliveryState
) -> None:
    post = world.plan(world.whatsapp)
    world.clock.set(post.scheduled_at)

    _tell(world, post, says)

    assert world.delivery(post).state is state


def test_a_decline_keeps_its_reason(world: World, task: Post) -> None:
    _tell(world, task, PhoneSays.DECLINED, reason="no access to the phone")

    assert (world.delivery(task).state, world.delivery(task).reason) == (
        _S.DECLINED,
        "no access to the phone",
    )


def test_a_decline_without_a_reason_says_so(world: World, task: Post) -> None:
    _tell(world, task, PhoneSays.DECLINED)

    assert world.delivery(task).reason == "declined on the phone"


def test_a_phone_that_could_not_do_it_tells_the_operator_and_stays_open(world: World, task: Post) -> None:
    _tell(world, task, PhoneSays.FAILED, reason="no room on the disk")

    assert world.delivery(task).state is _S.NOTIFIED
    assert "no room on the disk" in (world.delivery(task).reason or "")
    assert "phone_failed" in world.alerts()


def test_a_snooze_moves_the_next_ring_and_not_the_state(world: World, task: Post) -> None:
    until = world.clock.now() + timedelta(minutes=40)
    _tell(world, task, PhoneSays.OPENED)
    rung = len(world.notifier.rung)

    _tell(world, task, PhoneSays.SNOOZED, until=until)
    world.run_until(until - timedelta(seconds=1))
    early = len(world.notifier.rung)
    world.run(timedelta(seconds=1))

    assert world.delivery(task).state is _S.OPENED
    assert (early, len(world.notifier.rung)) == (rung, rung + 1)
    assert world.delivery(task).snoozed_until is None


def test_a_fourth_snooze_is_one_too_many(world: World, task: Post) -> None:
    for minutes in (10, 20, 30):
        _tell(world, task, PhoneSays.SNOOZED, until=world.clock.now() + timedelta(minutes=minutes))

    with pytest.raises(Conflict) as caught:
        _tell(world, task, PhoneSays.SNOOZED, until=world.clock.now() + timedelta(minutes=40))

    assert caught.value.code == "too_many_snoozes"
    assert world.delivery(task).snoozes == 3


@pytest.mark.parametrize("span", [None, timedelta(0), timedelta(minutes=-5), timedelta(hours=24)])
def test_a_snooze_ends_between_now_and_the_end(world: World, task: Post, span: timedelta | None) -> None:
    until = None if span is None else world.clock.now() + span

    with pytest.raises(Invalid) as caught:
        _tell(world, task, PhoneSays.SNOOZED, until=until)

    assert caught.value.problems[0].code == "out_of_range"


def test_no_answer_until_its_end_is_missed(world: World, task: Post) -> None:
    _tell(world, task, PhoneSays.OPENED)

    world.run(timedelta(hours=24, minutes=1), timedelta(minutes=5))

    assert world.delivery(task).state is _S.MISSED
    assert world.delivery(task).reason == "no answer from the phone; it was opened"
    assert "missed" in world.alerts()


def test_a_late_yes_beats_the_timer_within_the_grace(world: World, task: Post) -> None:
    world.run(timedelta(hours=30), timedelta(minutes=30))

    _tell(world, task, PhoneSays.CONFIRMED)

    assert (world.delivery(task).state, world.delivery(task).reason) == (_S.PUBLISHED, "confirmed late")
    assert "missed" not in world.alerts()


def test_a_yes_after_the_grace_is_a_conflict(world: World, task: Post) -> None:
    world.run(timedelta(hours=97), timedelta(minutes=30))

    with pytest.raises(Conflict) as caught:
        _tell(world, task, PhoneSays.CONFIRMED)

    assert caught.value.code == "ended"


@pytest.mark.parametrize("says", [PhoneSays.CONFIRMED, PhoneSays.DECLINED, PhoneSays.SNOOZED])
def test_what_contradicts_a_cancellation_is_a_conflict(world: World, task: Post, says: PhoneSays) -> None:
    cancel_post(world.ports, task.id)

    with pytest.raises(Conflict):
        _tell(world, task, says)


@pytest.mark.parametrize(
    ("end", "says"),
    [
        (_S.PUBLISHED, PhoneSays.CONFIRMED),
        (_S.PUBLISHED, PhoneSays.SHARED),
        (_S.PUBLISHED, PhoneSays.OPENED),
        (_S.DECLINED, PhoneSays.DECLINED),
        (_S.CANCELLED, PhoneSays.RECEIVED),
        (_S.MISSED, PhoneSays.FAILED),
    ],
)
def test_what_agrees_with_the_end_or_no_longer_matters_is_taken(
    world: World, task: Post, end: DeliveryState, says: PhoneSays
) -> None:
    ended = world.change(Delivery, world.delivery(task), state=end, next_step=None, act_at=None)

    assert _tell(world, task, says) == ended
    assert world.delivery(task) == ended


@pytest.mark.parametrize("end", [_S.PUBLISHED, _S.DECLINED])
def test_a_second_answer_that_differs_is_a_conflict(world: World, task: Post, end: DeliveryState) -> None:
    world.change(Delivery, world.delivery(task), state=end)
    other = PhoneSays.DECLINED if end is _S.PUBLISHED else PhoneSays.CONFIRMED

    with pytest.raises(Conflict):
        _tell(world, task, other)


def test_a_phone_that_asks_counts_as_told(world: World) -> None:
    due = world.plan(world.whatsapp, scheduled_at=None)
    later = world.plan(world.whatsapp, external_id="later")
    world.run()

    with changing(world.ports) as change:
        polled(change, world.agent.id, who="ana")

    assert (world.delivery(due).state, world.delivery(later).state) == (_S.NOTIFIED, _S.PLANNED)


def test_a_phone_that_asks_is_told_nothing_that_is_held(world: World) -> None:
    place_hold(world.ports, HoldScope.SERVICE)
    post = world.plan(world.whatsapp, scheduled_at=None)
    world.run()

    with changing(world.ports) as change:
        polled(change, world.agent.id, who="ana")

    assert (world.delivery(post).state, world.delivery(post).next_step) == (_S.PLANNED, Step.MISS)


def test_a_phones_word_beats_the_worker_that_is_ringing(world: World, task: Post) -> None:
    world.notifier.meanwhile = lambda: _tell(world, task, PhoneSays.CONFIRMED)

    world.run(timedelta(minutes=5, seconds=1))

    assert world.delivery(task).state is _S.PUBLISHED
    assert world.delivery(task).reminders == 0
