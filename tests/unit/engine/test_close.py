"""Closing: each phone that was rung, but the one that knows, is told that a task is over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postengine.engine.commands.cancel import cancel_post
from postengine.engine.commands.decide import Decision, decide
from postengine.engine.commands.handover import PhoneSays
from postengine.engine.commands.hold import place_hold
from postengine.engine.ports import Rung
from postengine.engine.posts.agent import Device
from postengine.engine.posts.post import Post
from postengine.engine.posts.record import Attempt, Verb
from postengine.engine.posts.states import DeliveryState, HoldScope, Step

from .handovers import phone, rings, tell
from .world import World

TEN = timedelta(minutes=10)


@pytest.fixture
def phones(world: World) -> list[Device]:
    """Two phones of one agent."""
    return [phone(world, world.agent), phone(world, world.agent)]


@pytest.fixture
def task(world: World, phones: list[Device]) -> Post:
    """A task for which both phones were rung."""
    post = world.plan(world.whatsapp, scheduled_at=None)
    world.run()
    world.run(TEN, timedelta(minutes=1))
    assert set(rings(world)) == {device.id for device in phones}
    return post


def test_a_yes_on_one_phone_closes_the_task_on_the_other(
    world: World, task: Post, phones: list[Device]
) -> None:
    tell(world, task, PhoneSays.CONFIRMED, phones[0])

    world.run()

    assert rings(world, "task_closed") == [phones[1].id]
    ring = world.notifier.rung[-1][1]
    assert (ring.task_id, ring.time_to_live) == (world.delivery(task).id, timedelta(days=1))
    assert world.delivery(task).next_step is None


@pytest.mark.parametrize("end", ["cancel", "decide", "expire"])
def test_an_end_by_another_hand_closes_it_on_every_phone(
    world: World, task: Post, phones: list[Device], end: str
) -> None:
    if end == "cancel":
        cancel_post(world.ports, task.id)
    elif end == "decide":
        decide(world.ports, world.delivery(task).id, Decision.PUBLISHED)
    else:
        world.clock.advance(timedelta(hours=24))

    world.run()

    assert sorted(rings(world, "task_closed")) == sorted(device.id for device in phones)


def test_a_phone_that_was_not_rung_is_told_nothing(world: World) -> None:
    first, second = phone(world, world.agent), phone(world, world.agent)
    world.change(Device, second, last_seen_at=world.clock.now() - TEN)
    post = world.plan(world.whatsapp, scheduled_at=None)
    world.run()

    cancel_post(world.ports, post.id)
    world.run()

    assert rings(world, "task_closed") == [first.id]


def test_a_phone_that_is_being_rung_while_it_ends_is_told_too(world: World, phones: list[Device]) -> None:
    post = world.plan(world.whatsapp, scheduled_at=None)
    world.notifier.meanwhile = lambda: cancel_post(world.ports, post.id)

    world.run()

    assert sorted(rings(world, "task_closed")) == sorted(device.id for device in phones)
    assert world.delivery(post).state is DeliveryState.CANCELLED


def test_closing_waits_for_a_busy_push_service_three_times_and_no_more(
    world: World, task: Post, phones: list[Device]
) -> None:
    world.notifier.answers[phones[1].id] = Rung(retry_after=timedelta(seconds=30))
    cancel_post(world.ports, task.id)

    world.run(timedelta(minutes=5), timedelta(seconds=10))

    assert rings(world, "task_closed").count(phones[1].id) == 3
    assert rings(world, "task_closed").count(phones[0].id) == 1
    delivery = world.delivery(task)
    assert (delivery.next_step, delivery.closing_ids) == (None, None)


def test_a_revoked_phone_and_a_lost_registration_are_left_out(
    world: World, task: Post, phones: list[Device]
) -> None:
    world.change(Device, phones[0], revoked_at=world.clock.now())
    world.change(Device, phones[1], push_lost_at=world.clock.now())
    cancel_post(world.ports, task.id)

    world.run()

    assert rings(world, "task_closed") == []
    assert world.rows(Attempt, verb=Verb.CLOSE)[0].detail == "0 of 0 devices rung"


def test_closing_goes_on_under_a_hold(world: World, task: Post) -> None:
    place_hold(world.ports, HoldScope.SERVICE)
    cancel_post(world.ports, task.id)

    world.run()

    assert len(rings(world, "task_closed")) == 2


def test_a_task_handed_over_again_is_closed_before_it_rings_anew(world: World, task: Post) -> None:
    cancel_post(world.ports, task.id)
    decide(world.ports, world.delivery(task).id, Decision.SEND_AGAIN)
    assert world.delivery(task).next_step is Step.CLOSE
    world.notifier.rung.clear()

    world.run()

    assert [ring.kind for _, ring in world.notifier.rung] == ["task_closed", "task_closed", "manual_task"]


def test_a_closing_that_was_disturbed_is_given_up(world: World, task: Post, phones: list[Device]) -> None:
    cancel_post(world.ports, task.id)
    again = lambda: decide(world.ports, world.delivery(task).id, Decision.SEND_AGAIN)  # noqa: E731
    world.notifier.meanwhile = again

    world.run()

    assert world.delivery(task).state is DeliveryState.NOTIFIED
    assert rings(world, "task_closed")[:2] == [device.id for device in phones]
