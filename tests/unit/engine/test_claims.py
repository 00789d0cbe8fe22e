"""Claims: leased, fenced, counted; doubled, late and lost messages are harmless."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.hold import release_hold
from postengine.engine.delivery.perform import perform
from postengine.engine.jobs import Job, Message, job_for
from postengine.engine.ledger.moving import take
from postengine.engine.ports import Draft, Made
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import ClaimLost
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.post import Content, Post
from postengine.engine.posts.record import Attempt, Verb
from postengine.engine.posts.states import AssetState, DeliveryState, HoldReason, Mode, Step
from postengine.engine.posts.tenant import Account
from postengine.engine.run import run_once
from postengine.engine.schedule.claim import claim_due
from postengine.engine.schedule.tick import tick
from postengine.testing.publisher import PassOn

from .world import PUBLISHED_WAY, World

LEASE = timedelta(seconds=90)


def _ready(world: World) -> Post:
    """Return a post whose picture is there, and whose draft is to be made now."""
    post = world.plan()
    for _, message in claim_due(world.ports):
        perform(world.ports, message)
    return post


def _claimed(world: World) -> Message:
    (message,) = world.claim("delivery")
    return message


def test_claimed_work_is_not_claimed_again_while_its_lease_lasts(world: World) -> None:
    post = _ready(world)
    first = _claimed(world)

    assert claim_due(world.ports) == []
    world.clock.advance(LEASE)
    assert _claimed(world).fence == first.fence + 1
    assert world.delivery(post).crashes == 0  # nobody had begun


def test_a_doubled_message_is_dropped(world: World) -> None:
    _ready(world)
    message = _claimed(world)

    assert perform(world.ports, message) is True
    assert perform(world.ports, message) is False
    assert world.wire.count("POST", "/posts") == 1


def test_a_message_of_an_older_fence_is_dropped(world: World) -> None:
    _ready(world)
    stale = _claimed(world)
    world.clock.advance(LEASE)
    fresh = _claimed(world)

    assert perform(world.ports, stale) is False
    assert perform(world.ports, fresh) is True


def test_a_message_about_nothing_is_dropped(world: World) -> None:
    assert perform(world.ports, Message("delivery", "del_x", Step.STAGE, 1)) is False
    assert perform(world.ports, Message("asset", "asset_x", Step.RENDER, 1)) is False


def test_a_message_for_work_that_was_given_back_is_dropped(world: World) -> None:
    post = _ready(world)
    message = _claimed(world)
    world.change(Delivery, world.delivery(post), lease_until=None)

    assert perform(world.ports, message) is False


def test_a_stale_workers_late_write_loses(world: World) -> None:
    post = _ready(world)
    message = _claimed(world)

    def somebody_else() -> None:
        world.clock.advance(LEASE)
        again = _claimed(world)
        perform(world.ports, again)

    world.wire.meanwhile("POST", somebody_else)  # while the file is uploaded
    perform(world.ports, message)
    world.run(timedelta(minutes=3))

    assert world.delivery(post).state is DeliveryState.STAGED
    assert len(world.live()) == 1
    assert world.wire.count("POST", "/posts") == 1


def test_two_workers_that_both_made_a_draft_leave_one(world: World) -> None:
    post = _ready(world)
    message = _claimed(world)

    def somebody_else() -> None:
        world.clock.advance(LEASE)
        for _, again in claim_due(world.ports):
            perform(world.ports, again)

    world.wire.meanwhile("POST", lambda: world.wire.meanwhile("POST", somebody_else))
    perform(world.ports, message)
    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert len(world.live()) == 1
    assert len(world.fake.network) == 1


def test_a_lease_that_ends_after_the_work_was_begun_counts_as_a_crash(world: World) -> None:
    post = _ready(world)
    message = _claimed(world)
    take(world.ports, Delivery, message.id, message.fence)
    world.clock.advance(LEASE)

    _claimed(world)

    assert world.delivery(post).crashes == 1


def _crash(world: World, times: int) -> None:
    for _ in range(times):
        for _, message in claim_due(world.ports):
            if message.kind == "asset":
                take(world.ports, Asset, message.id, message.fence)
            else:
                take(world.ports, Delivery, message.id, message.fence)
        world.clock.advance(LEASE)


def test_work_that_keeps_crashing_is_held_and_others_go_on(world: World) -> None:
    post = _ready(world)
    _crash(world, 5)

    claim_due(world.ports)
    other = world.plan(external_id="other")
    world.run_until(other.scheduled_at + timedelta(minutes=2))

    (hold,) = world.rows(Hold)
    assert (hold.reason, hold.scope_id) == (HoldReason.QUARANTINED, world.delivery(post).id)
    assert "quarantined" in world.alerts()
    assert world.delivery(post).next_step is Step.MISS
    assert world.delivery(other).state is DeliveryState.PUBLISHED


def test_work_that_dies_at_the_same_call_each_time_is_held_though_it_looks_twice_in_between(
    world: World,
) -> None:
    post = _ready(world)
    deadly = replace(world.ports, publisher=_Deadly(world.ports.publisher))

    for _ in range(100):
        with suppress(KeyboardInterrupt):
            run_once(deadly)
        world.clock.advance(timedelta(seconds=30))

    assert len(world.rows(Attempt, verb=Verb.CREATE)) == 5
    assert [hold.reason for hold in world.rows(Hold)] == [HoldReason.QUARANTINED]
    assert world.delivery(post).next_step is Step.MISS


class _Deadly(PassOn):
    """Ends its process in the middle of each draft."""

    def draft(self, account: Account, draft: Draft) -> Made:  # noqa: ARG002 - it never gets there
        raise KeyboardInterrupt


def test_released_from_quarantine_it_goes_on(world: World) -> None:
    post = _ready(world)
    _crash(world, 5)
    claim_due(world.ports)

    release_hold(world.ports, world.rows(Hold)[0].id)
    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert world.history(post) == PUBLISHED_WAY


def test_what_is_still_allowed_in_quarantine_is_tried_again_rarely(world: World) -> None:
    post = world.plan()
    world.run_until(post.scheduled_at + timedelta(seconds=19))
    world.clock.advance(timedelta(seconds=1))
    _crash(world, 5)

    claim_due(world.ports)
    quarantined = world.delivery(post)
    world.run(timedelta(minutes=20), timedelta(seconds=30))

    assert quarantined.crashes == 0
    assert quarantined.act_at is not None
    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_a_crash_in_the_past_is_forgotten_once_a_step_comes_to_a_result(world: World) -> None:
    post = _ready(world)
    _crash(world, 3)

    world.run()

    assert world.delivery(post).state is DeliveryState.STAGED
    assert world.delivery(post).crashes == 0


def test_a_picture_that_keeps_crashing_is_given_up(world: World) -> None:
    world.plan()
    _crash(world, 5)

    jobs = claim_due(world.ports)

    (asset,) = [row for row in world.rows(Asset) if row.spec]
    assert jobs == []
    assert (asset.state, asset.next_step) == (AssetState.FAILED, None)
    assert "5 workers died" in (asset.reason or "")
    assert "quarantined" in world.alerts()


def test_no_more_is_claimed_than_workers_can_begin(world: World) -> None:
    for number in range(120):
        world.plan(external_id=f"p{number}")
    run = [message for _, message in claim_due(world.ports)]  # one picture for all of them
    for message in run:
        perform(world.ports, message)

    first, second = len(claim_due(world.ports)), len(claim_due(world.ports))

    assert (len(run), first, second) == (1, 100, 0)


def test_pictures_are_claimed_two_for_each_worker(world: World) -> None:
    for number in range(6):
        world.plan(external_id=f"p{number}", title=str(number), content=world.badge(str(number)))

    assert len(claim_due(world.ports)) == 4


@pytest.mark.parametrize(
    ("step", "mode", "job"),
    [
        (Step.RENDER, Mode.AUTOMATIC, Job.RENDER_MEDIA),
        (Step.PROMOTE, Mode.AUTOMATIC, Job.POST_TO_SOCIALS),
        (Step.NOTIFY, Mode.MANUAL, Job.NOTIFY_MOBILE_APP),
        (Step.MISS, Mode.MANUAL, Job.NOTIFY_MOBILE_APP),
    ],
)
def test_each_step_has_its_job(step: Step, mode: Mode, job: Job) -> None:
    assert job_for(step, mode) is job


def test_a_tick_hands_over_what_is_due_and_says_when_to_look_again(world: World) -> None:
    world.clock.advance(timedelta(seconds=10, milliseconds=500))
    idle = tick(world.ports)
    world.plan()

    busy = tick(world.ports)

    assert idle == world.clock.now().replace(minute=1, second=0, microsecond=0)
    assert busy == idle
    assert len(world.dispatcher) == 1


def test_a_tick_names_a_sooner_instant_where_one_is_known(world: World) -> None:
    post = world.plan()
    world.run()
    world.run_until(post.scheduled_at - timedelta(seconds=310))

    assert tick(world.ports) == post.scheduled_at - timedelta(seconds=300)


def test_a_tick_never_names_the_past(world: World) -> None:
    for number in range(6):
        world.plan(external_id=f"p{number}", title=str(number), content=world.badge(str(number)))
    world.clock.advance(timedelta(seconds=1))

    assert tick(world.ports) == world.clock.now()


def test_a_write_during_the_step_takes_the_work_away(world: World) -> None:
    post = _ready(world)
    message = _claimed(world)
    delivery = take(world.ports, Delivery, message.id, message.fence)
    edit_post(world.ports, post.id, PostChanges(content=Content(caption="New words")))

    with pytest.raises(ClaimLost) as caught:
        take(world.ports, Delivery, message.id, message.fence)

    assert caught.value.fence == delivery.fence
    assert run_once(world.ports) > 0
    assert {attempt.rev for attempt in world.rows(Attempt)} == {2}


def test_a_step_that_time_has_overtaken_is_planned_anew(world: World) -> None:
    post = world.plan()
    world.run()
    world.clock.set(post.scheduled_at + timedelta(hours=2))

    (message,) = world.claim("delivery")

    assert message.step is Step.PROMOTE
    assert perform(world.ports, message) is False
    assert world.delivery(post).next_step is Step.MISS
    world.run()
    assert world.delivery(post).state is DeliveryState.MISSED
