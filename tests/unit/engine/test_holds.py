"""Holds: one mechanism for every reason to wait; what has passed is shown, never fired."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from postengine.engine.commands.approve import approve_post
from postengine.engine.commands.cancel import cancel_post
from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.posts.errors import Invalid, NotFound
from postengine.engine.posts.hold import SERVICE, Hold, is_allowed
from postengine.engine.posts.record import HistoryEntry
from postengine.engine.posts.states import DeliveryState, HoldReason, HoldScope, Step
from postengine.engine.posts.timings import Timings

from .world import PUBLISHED_WAY, World

ALWAYS = {Step.RENDER, Step.CONFIRM, Step.RECALL, Step.MISS, Step.EXPIRE, Step.CHECK, Step.CLOSE, Step.WATCH}
_STAGED = DeliveryState.STAGED
STAGES = {HoldReason.PAUSED, HoldReason.SICK, HoldReason.DRAFTS_ONLY}


@pytest.mark.parametrize(("step", "reason"), list(product(Step, HoldReason)))
def test_each_step_under_each_reason(step: Step, reason: HoldReason) -> None:
    expected = step in ALWAYS or (step is Step.STAGE and reason in STAGES)
    if reason is HoldReason.RESTORED:
        expected = step in ALWAYS - {Step.RECALL, Step.CLOSE}

    assert is_allowed(step, [reason]) is expected


def test_all_reasons_have_to_allow_a_step() -> None:
    assert is_allowed(Step.STAGE, [HoldReason.PAUSED, HoldReason.SICK])
    assert not is_allowed(Step.STAGE, [HoldReason.PAUSED, HoldReason.RESTORED])
    assert is_allowed(Step.PROMOTE, [])


def test_the_table_has_every_word() -> None:
    assert len(Step) == 14
    assert len(HoldReason) == 7


def _scope_id(world: World, scope: HoldScope, post_id: str, delivery_id: str) -> str:
    return {
        HoldScope.SERVICE: SERVICE,
        HoldScope.TENANT: world.tenant.id,
        HoldScope.ACCOUNT: world.account.id,
        HoldScope.CHANNEL: world.instagram.id,
        HoldScope.LISTING: world.listing.id,
        HoldScope.POST: post_id,
        HoldScope.DELIVERY: delivery_id,
    }[scope]


@pytest.mark.parametrize("scope", list(HoldScope))
@pytest.mark.parametrize("is_placed_early", [True, False])
def test_a_hold_of_each_scope_holds_what_is_in_it(
    world: World, scope: HoldScope, is_placed_early: bool
) -> None:
    post = world.plan()
    scope_id = _scope_id(world, scope, post.id, world.delivery(post).id)
    if not is_placed_early:
        world.run()
    place_hold(world.ports, scope, scope_id)

    world.run_until(post.scheduled_at + timedelta(hours=3), timedelta(minutes=1))

    assert world.fake.network == []
    assert world.delivery(post).state is DeliveryState.MISSED
    assert "held until it was too late: paused" in (world.delivery(post).reason or "")


@pytest.mark.parametrize("reason", list(HoldReason))
def test_under_each_reason_a_draft_is_made_or_not(world: World, reason: HoldReason) -> None:
    place_hold(world.ports, HoldScope.SERVICE, reason=reason)
    post = world.plan()

    world.run_until(post.scheduled_at + timedelta(minutes=1))

    assert len(world.live()) == (1 if reason in STAGES else 0)
    assert world.fake.network == []


def test_a_release_in_time_lets_it_go_on(world: World) -> None:
    hold = place_hold(world.ports, HoldScope.SERVICE)
    post = world.plan()
    world.run_until(post.scheduled_at - timedelta(minutes=10), timedelta(minutes=1))

    release_hold(world.ports, hold.id)
    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert world.history(post) == PUBLISHED_WAY
    assert [entry.at for entry in world.fake.network] == [post.scheduled_at]


def test_a_release_never_fires_a_backlog(world: World) -> None:
    posts = [world.plan(external_id=f"p{number}") for number in range(5)]
    hold = place_hold(world.ports, HoldScope.SERVICE)
    world.run(timedelta(hours=5), timedelta(minutes=10))

    release_hold(world.ports, hold.id)
    world.run(timedelta(hours=1), timedelta(minutes=1))

    assert {world.delivery(post).state for post in posts} == {DeliveryState.MISSED}
    assert world.fake.network == []


def test_a_post_that_is_not_approved_is_not_staged_until_it_is(world: World) -> None:
    post = world.plan(is_approved=False)
    world.run(timedelta(minutes=1))
    before = len(world.fake.posts)

    approve_post(world.ports, post.id)
    approve_post(world.ports, post.id)
    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert before == 0
    assert world.history(post) == PUBLISHED_WAY
    assert [entry.why for entry in world.rows(HistoryEntry, subject_id=post.id)].count("approved") == 1


def test_a_post_that_is_approved_too_late_is_missed(world: World) -> None:
    post = world.plan(is_approved=False)
    world.run(timedelta(hours=5), timedelta(minutes=10))

    approve_post(world.ports, post.id)
    world.run(timedelta(minutes=10), timedelta(minutes=1))

    assert world.delivery(post).reason == "held until it was too late: unapproved"
    assert world.fake.network == []


def test_approving_what_does_not_exist_is_told(world: World) -> None:
    with pytest.raises(NotFound):
        approve_post(world.ports, "post_x")


def test_drafts_only_mode_stages_and_promotes_once_it_is_switched_on(world: World) -> None:
    hold = place_hold(world.ports, HoldScope.SERVICE, reason=HoldReason.DRAFTS_ONLY)
    post = world.plan()
    world.run()
    staged = world.delivery(post).state

    release_hold(world.ports, hold.id)
    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert staged is DeliveryState.STAGED
    assert world.history(post) == PUBLISHED_WAY


def test_a_hold_with_dates_begins_and_ends_by_itself(world: World) -> None:
    first = world.plan(external_id="during", after=timedelta(hours=2))
    second = world.plan(external_id="after", after=timedelta(hours=5))
    now = world.clock.now()
    hold = place_hold(
        world.ports,
        HoldScope.TENANT,
        world.tenant.id,
        from_at=now + timedelta(hours=1),
        until_at=now + timedelta(hours=4, minutes=30),
    )

    world.run_until(second.scheduled_at + timedelta(minutes=2), timedelta(minutes=1))

    assert not hold.is_active(now)
    assert world.delivery(first).state is DeliveryState.MISSED
    assert world.delivery(second).state is DeliveryState.PUBLISHED
    assert world.rows(Hold)[0].released_at is not None


def test_a_hold_with_dates_recalls_what_would_go_out_once_it_has_begun(tmp_path: Path) -> None:
    world = World(tmp_path, Timings(promote_lead=timedelta(hours=24)))
    post = world.plan(after=timedelta(hours=2))
    world.run()
    draft = world.draft(post)
    place_hold(
        world.ports,
        HoldScope.TENANT,
        world.tenant.id,
        note="holiday",
        from_at=world.clock.now() + timedelta(hours=1),
    )

    world.run_until(post.scheduled_at + timedelta(hours=1), timedelta(minutes=1))

    assert draft.is_deleted
    assert world.fake.network == []
    assert "held from" in world.why(post)


def test_a_hold_with_dates_leaves_what_goes_out_before_it(tmp_path: Path) -> None:
    world = World(tmp_path, Timings(promote_lead=timedelta(hours=24)))
    post = world.plan(after=timedelta(hours=2))
    world.run()
    place_hold(
        world.ports,
        HoldScope.TENANT,
        world.tenant.id,
        from_at=world.clock.now() + timedelta(hours=3),
    )

    world.run_until(post.scheduled_at + timedelta(minutes=2), timedelta(minutes=1))

    assert world.wire.count("DELETE") == 0
    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_a_hold_that_came_and_went_while_nobody_was_up_recalls_nothing(tmp_path: Path) -> None:
    world = World(tmp_path, Timings(promote_lead=timedelta(hours=24)))
    post = world.plan(after=timedelta(hours=5))
    world.run()
    now = world.clock.now()
    place_hold(
        world.ports,
        HoldScope.TENANT,
        world.tenant.id,
        from_at=now + timedelta(hours=1),
        until_at=now + timedelta(hours=2),
    )
    world.clock.advance(timedelta(hours=3))

    world.run()

    assert world.delivery(post).state is DeliveryState.PROMOTED
    assert world.delivery(post).recall is None
    assert world.wire.count("DELETE") == 0


def test_a_hold_that_ends_before_it_begins_is_refused(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        place_hold(world.ports, HoldScope.SERVICE, until_at=world.clock.now())

    assert caught.value.problems[0].code == "before_start"


def test_the_same_hold_again_is_the_one_that_stands(world: World) -> None:
    first = place_hold(world.ports, HoldScope.SERVICE)

    assert place_hold(world.ports, HoldScope.SERVICE).id == first.id
    assert place_hold(world.ports, HoldScope.SERVICE, reason=HoldReason.SICK).id != first.id


def test_a_hold_for_next_week_does_not_stand_for_one_from_now_on(world: World) -> None:
    place_hold(world.ports, HoldScope.SERVICE, from_at=world.clock.now() + timedelta(days=7))
    post = world.plan()

    place_hold(world.ports, HoldScope.SERVICE)
    world.run_until(post.scheduled_at + timedelta(minutes=5))

    assert world.fake.network == []


def test_a_hold_that_ends_soon_does_not_stand_for_one_without_end(world: World) -> None:
    place_hold(world.ports, HoldScope.SERVICE, until_at=world.clock.now() + timedelta(hours=1))
    post = world.plan()

    place_hold(world.ports, HoldScope.SERVICE)
    world.run_until(post.scheduled_at + timedelta(minutes=5))

    assert world.fake.network == []


def test_releasing_twice_changes_nothing(world: World) -> None:
    hold = place_hold(world.ports, HoldScope.SERVICE)
    first = release_hold(world.ports, hold.id)
    world.clock.advance(timedelta(minutes=1))

    assert release_hold(world.ports, hold.id) == first


def test_a_hold_during_the_step_stops_it_at_the_last_write(world: World) -> None:
    post = world.plan()
    world.run()
    world.run_until(post.scheduled_at - timedelta(seconds=301))
    world.wire.meanwhile("GET", lambda: place_hold(world.ports, HoldScope.SERVICE))

    world.run(timedelta(minutes=1))

    assert world.wire.count("PUT") == 0
    assert world.delivery(post).next_step is Step.MISS


def test_a_hold_that_begins_by_date_during_the_step_stops_it_too(world: World) -> None:
    post = world.plan()
    world.run()
    begins_at = post.scheduled_at - timedelta(seconds=300)
    place_hold(world.ports, HoldScope.SERVICE, from_at=begins_at + timedelta(seconds=1))
    world.run_until(begins_at - timedelta(seconds=1))
    world.wire.meanwhile("GET", lambda: world.clock.advance(timedelta(seconds=2)))

    world.run(timedelta(seconds=3))

    assert world.wire.count("PUT") == 0
    assert world.delivery(post).next_step is Step.MISS


def test_a_hold_whose_promote_request_was_lost_fences_it_off(world: World) -> None:
    post = world.plan()
    world.run()
    draft = world.draft(post)
    world.run_until(post.scheduled_at - timedelta(seconds=301))

    def die() -> None:
        raise KeyboardInterrupt

    world.wire.meanwhile("PUT", die, is_done=True)
    with pytest.raises(KeyboardInterrupt):
        world.run(timedelta(seconds=1))
    place_hold(world.ports, HoldScope.SERVICE)
    world.run_until(post.scheduled_at + timedelta(hours=3), timedelta(seconds=30))

    assert draft.is_deleted
    assert world.fake.network == []
    assert world.delivery(post).state is DeliveryState.MISSED


def test_a_missed_post_whose_promote_request_was_lost_is_fenced_off_first(world: World) -> None:
    end = world.clock.now() + timedelta(hours=2, seconds=1)
    post = world.plan(not_after=end.isoformat())
    world.run()
    world.run_until(post.scheduled_at - timedelta(seconds=301))

    def die() -> None:
        raise KeyboardInterrupt

    world.wire.meanwhile("PUT", die, is_done=True)
    with pytest.raises(KeyboardInterrupt):
        world.run(timedelta(seconds=1))
    world.clock.set(end)
    world.run(timedelta(minutes=3), timedelta(seconds=5))

    assert len(world.fake.network) == 1
    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert "too_late" in world.alerts()


def test_under_the_hold_of_a_copy_what_is_promoted_goes_out_and_is_seen(world: World) -> None:
    post = world.plan()
    world.run_until(post.scheduled_at - timedelta(seconds=200))
    place_hold(world.ports, HoldScope.SERVICE, reason=HoldReason.RESTORED)

    world.run_until(post.scheduled_at + timedelta(minutes=1))

    assert world.wire.count("DELETE") == 0
    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_under_the_hold_of_a_copy_a_recall_stands_still_and_goes_on_afterwards(world: World) -> None:
    post = world.plan()
    world.run()
    hold = place_hold(world.ports, HoldScope.SERVICE, reason=HoldReason.RESTORED)
    cancel_post(world.ports, post.id)
    world.run(timedelta(minutes=1))
    still = world.delivery(post)

    release_hold(world.ports, hold.id)
    world.run(timedelta(minutes=1))

    assert (still.state, still.recall, still.next_step) == (_STAGED, DeliveryState.CANCELLED, None)
    assert world.delivery(post).state is DeliveryState.CANCELLED
    assert world.live() == []
