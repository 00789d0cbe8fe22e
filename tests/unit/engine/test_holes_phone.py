"""The phone's tasks under holds, past their end, in the night, and told of before their time."""

from __future__ import annotations

from datetime import time, timedelta

from postengine.engine.commands.handover import PhoneSays, PhoneTells, hear, polled
from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.commands.register import register_agent, register_channel
from postengine.engine.ledger.change import changing
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.hours import WeeklyHours, Window
from postengine.engine.posts.post import Post
from postengine.engine.posts.states import DeliveryState, HoldScope
from postengine.engine.run import run_once

from .world import World

_S = DeliveryState
_DAYTIME = WeeklyHours(tuple(Window(day, time(8), time(20)) for day in range(7)))


def _tell(world: World, post: Post, says: PhoneSays) -> Delivery:
    delivery_id = world.delivery(post).id
    with changing(world.ports) as change:
        row = change.need(Delivery, delivery_id, lock=True)
        return hear(change, row, PhoneTells(says=says, occurred_at=change.now), who="ana")


def test_a_task_that_is_received_before_its_time_still_rings_when_it_is_due(world: World) -> None:
    world.pair()
    post = world.plan(world.whatsapp)
    world.run()

    told = _tell(world, post, PhoneSays.RECEIVED)
    world.run_until(post.scheduled_at + timedelta(minutes=1), timedelta(seconds=10))

    assert told.state is _S.PLANNED
    assert world.delivery(post).state is _S.NOTIFIED
    assert len(world.notifier.rung) == 1


def test_a_task_that_is_opened_under_a_hold_is_reminded_of(world: World) -> None:
    world.pair()
    post = world.plan(world.whatsapp)
    place_hold(
        world.ports,
        HoldScope.TENANT,
        world.tenant.id,
        until_at=post.scheduled_at + timedelta(hours=1),
    )
    world.run_until(post.scheduled_at + timedelta(minutes=1), timedelta(minutes=1))

    _tell(world, post, PhoneSays.OPENED)
    world.run_until(post.scheduled_at + timedelta(hours=23, minutes=54), timedelta(minutes=5))

    assert world.notifier.rung


def test_a_task_that_is_asked_for_past_its_end_is_not_notified(world: World) -> None:
    world.pair()
    end = world.clock.now() + timedelta(hours=3)
    post = world.plan(world.whatsapp, not_after=end.isoformat())
    for _ in range(3):
        run_once(world.ports)
    world.clock.set(end + timedelta(seconds=1))

    with changing(world.ports) as change:
        polled(change, world.agent.id, who="ana")

    assert world.delivery(post).state is _S.PLANNED


def test_a_reminder_that_a_hold_has_put_off_waits_for_waking_hours(world: World) -> None:
    register_agent(world.ports, world.tenant.id, "ana", name="Ana", phone="1", waking_hours=_DAYTIME)
    channel = register_channel(
        world.ports,
        world.tenant.id,
        "wa-long",
        kind="whatsapp_status",
        name="Ana's status",
        agent_id=world.agent.id,
        grace_s=48 * 3600,
    )
    world.pair()
    post = world.plan(channel, after=timedelta(hours=10, minutes=58))  # 19:58
    world.run_until(post.scheduled_at + timedelta(seconds=20))
    hold = place_hold(world.ports, HoldScope.TENANT, world.tenant.id)
    world.run_until(post.scheduled_at + timedelta(hours=25, minutes=30), timedelta(minutes=20))  # 21:28
    rung = len(world.notifier.rung)

    release_hold(world.ports, hold.id)
    world.run(timedelta(minutes=10), timedelta(seconds=30))
    in_the_night = len(world.notifier.rung)
    world.run(timedelta(hours=11), timedelta(minutes=5))  # past 8:00

    assert (rung, in_the_night) == (1, 1)
    assert len(world.notifier.rung) > 1
