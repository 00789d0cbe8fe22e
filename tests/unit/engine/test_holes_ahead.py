"""What is still ahead can be held, withdrawn and cancelled, and nothing goes out before or after its time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from postengine.engine.commands.cancel import cancel_post
from postengine.engine.commands.decide import Decision, decide
from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.commands.withdraw import change_listing
from postengine.engine.posts.post import Content, Post
from postengine.engine.posts.states import DeliveryState, HoldScope, ListingStatus, Step
from postengine.engine.run import run_once
from postengine.testing.postiz import Fault

from .world import World

_S = DeliveryState
_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("before_s", [0, 5, 15, 30, 45])
def test_a_hold_with_a_date_keeps_back_what_is_due_in_it(world: World, before_s: int) -> None:
    """Although cron looks only at full minutes and at the next instant that the store names."""
    post = world.plan(after=timedelta(hours=2, seconds=50))
    begins_at = post.scheduled_at - timedelta(seconds=before_s)
    ends_at = post.scheduled_at + timedelta(hours=1)
    place_hold(world.ports, HoldScope.TENANT, world.tenant.id, from_at=begins_at, until_at=ends_at)

    while (now := world.clock.now()) < post.scheduled_at + timedelta(minutes=30):
        run_once(world.ports)
        minute_at = now.replace(second=0, microsecond=0) + _MINUTE
        at = min(minute_at, max(world.store.next_act_at() or minute_at, now + _SECOND))
        while world.clock.now() < at:
            world.clock.advance(min(_SECOND, at - world.clock.now()))
            world.fake.run_due()

    assert world.fake.network == []


@pytest.fixture
def unconfirmed(world: World) -> Post:
    """A post of which nobody knows whether it was promoted, and whose time has not come."""
    world.fake.skew = timedelta(seconds=-10)
    post = world.plan()
    world.run()
    world.fake.faults.add(Fault(kind="slow", method="PUT", path="/posts", delay_s=8))
    world.run_until(post.scheduled_at - timedelta(seconds=200))
    assert world.delivery(post).state is _S.UNCONFIRMED
    return post


def _withdraw(world: World, _: Post) -> None:
    change_listing(world.ports, world.listing.id, status=ListingStatus.WITHDRAWN)


def _hold(world: World, _: Post) -> None:
    place_hold(world.ports, HoldScope.TENANT, world.tenant.id)


def _cancel(world: World, post: Post) -> None:
    cancel_post(world.ports, post.id)


@pytest.mark.parametrize("stop", [_withdraw, _hold, _cancel])
def test_an_unconfirmed_post_that_is_still_ahead_is_taken_back(
    world: World, unconfirmed: Post, stop: Callable[[World, Post], None]
) -> None:
    stop(world, unconfirmed)

    world.run_until(unconfirmed.scheduled_at + timedelta(minutes=5))

    assert world.fake.network == []
    assert {row.state for row in world.live()} <= {"DRAFT"}


@pytest.mark.parametrize("at_s", [-290, -30, -5, 0, 1])
def test_sending_again_what_is_being_published_sends_it_once_or_warns(
    world: World, unconfirmed: Post, at_s: int
) -> None:
    fires_at = unconfirmed.scheduled_at + timedelta(seconds=10)  # by our clock: theirs is behind
    world.run_until(fires_at + timedelta(seconds=at_s), _SECOND)

    decided = decide(world.ports, world.delivery(unconfirmed).id, Decision.SEND_AGAIN)
    world.run(timedelta(minutes=20), _SECOND)

    assert len(world.fake.network) == 1 or decided.warning is not None


def test_a_draft_that_a_person_moves_past_its_end_never_goes_out(world: World) -> None:
    end = world.clock.now() + timedelta(hours=3)
    post = world.plan(not_after=end.isoformat())
    world.run()
    world.fake.hand.move(world.delivery(post).remote_id or "", end + timedelta(hours=1))

    world.run_until(end + timedelta(hours=3))

    assert world.fake.network == []


@pytest.mark.parametrize("ahead_s", [30, 120, 600])
def test_a_server_whose_clock_is_ahead_publishes_nothing_early(world: World, ahead_s: int) -> None:
    world.fake.skew = timedelta(seconds=ahead_s)
    post = world.plan()

    world.run_until(post.scheduled_at + timedelta(minutes=5), timedelta(seconds=5))

    assert [entry.at >= post.scheduled_at for entry in world.fake.network] == [True]


def test_an_outage_that_ends_in_time_makes_nothing_late(world: World) -> None:
    posts = [world.plan(external_id=f"x{number}") for number in range(4)]
    world.run()
    due_at = posts[0].scheduled_at
    world.run_until(due_at - timedelta(seconds=301))
    world.fake.begin_outage("temporal_down", _MINUTE)

    world.run_until(due_at + timedelta(minutes=15), _SECOND)

    assert [entry.at for entry in world.fake.network] == [due_at] * 4


def test_a_hold_that_is_released_past_the_grace_fires_nothing(world: World) -> None:
    post = world.plan()
    hold = place_hold(world.ports, HoldScope.TENANT, world.tenant.id)
    world.run_until(post.scheduled_at + timedelta(hours=2, seconds=1), timedelta(seconds=30))

    release_hold(world.ports, hold.id)
    world.run(_MINUTE)

    assert world.fake.network == []
    assert world.delivery(post).state is _S.MISSED


def test_a_hold_keeps_back_what_is_sent_again(world: World) -> None:
    post = world.plan()
    world.run()
    cancel_post(world.ports, post.id)
    world.run()
    place_hold(world.ports, HoldScope.POST, post.id)

    decide(world.ports, world.delivery(post).id, Decision.SEND_AGAIN)
    world.run(_MINUTE)

    assert world.fake.network == []


def test_a_lost_draft_that_turns_up_after_the_cancellation_never_goes_out(world: World) -> None:
    world.fake.faults.add(Fault(kind="late_commit", method="POST", path="/posts$", delay_s=300, hangs=False))
    post = world.plan()
    world.run()

    cancel_post(world.ports, post.id)
    world.run_until(post.scheduled_at + timedelta(hours=1), timedelta(seconds=30))

    assert world.fake.network == []
    assert world.delivery(post).state is _S.CANCELLED


def test_what_is_moved_a_month_ahead_goes_out_then_and_once(world: World) -> None:
    post = world.plan()
    world.run()
    at = post.scheduled_at + timedelta(days=30)
    edit_post(world.ports, post.id, PostChanges(scheduled_at=at.isoformat()))
    world.run_until(post.scheduled_at + timedelta(days=2), timedelta(minutes=30))
    early = list(world.fake.network)

    world.run_until(at + timedelta(minutes=5), timedelta(minutes=5))

    assert early == []
    assert len(world.fake.network) == 1


def test_what_is_moved_too_late_is_still_confirmed_soon(world: World) -> None:
    post = world.plan()
    world.run()
    world.run_until(post.scheduled_at - timedelta(seconds=15), timedelta(seconds=5))
    at = post.scheduled_at + timedelta(days=7)

    edit_post(world.ports, post.id, PostChanges(scheduled_at=at.isoformat()))
    world.run_until(post.scheduled_at + timedelta(hours=2))

    assert world.delivery(post).state is _S.PUBLISHED


def test_a_new_time_goes_before_a_draft_that_a_person_has_moved(world: World) -> None:
    post = world.plan()
    world.run()
    remote_id = world.delivery(post).remote_id or ""
    world.fake.hand.move(remote_id, post.scheduled_at - timedelta(hours=1))
    world.run_until(post.scheduled_at - timedelta(seconds=250))
    alerts = world.alerts()

    at = post.scheduled_at + timedelta(hours=1)
    edit_post(world.ports, post.id, PostChanges(scheduled_at=at.isoformat()))
    world.run_until(at + timedelta(hours=3))

    assert "hand" in alerts
    assert [entry.at for entry in world.fake.network] == [at]


def test_what_is_cancelled_while_its_picture_is_drawn_leaves_nothing(world: World) -> None:
    post = world.plan()
    claimed = world.claim("asset")
    cancel_post(world.ports, post.id)

    world.perform(claimed)
    world.run_until(post.scheduled_at + _MINUTE)

    assert world.live() == []
    assert world.fake.network == []


def test_an_edit_just_before_its_time_of_what_a_person_promoted_never_doubles(world: World) -> None:
    post = world.plan(after=timedelta(minutes=20))
    world.run()
    world.fake.hand.promote(world.delivery(post).remote_id or "")
    world.run_until(post.scheduled_at - timedelta(seconds=3), _SECOND)

    edit_post(world.ports, post.id, PostChanges(content=Content(caption="x")))
    world.run(timedelta(minutes=10), _SECOND)

    assert len(world.fake.network) == 1


def test_an_end_that_passes_during_the_upload_stops_the_step_at_its_last_write(world: World) -> None:
    end = world.clock.now() + _MINUTE
    post = world.plan(scheduled_at=None, not_after=end.isoformat())
    world.draw()
    world.wire.meanwhile("POST", lambda: world.clock.set(end))

    world.perform(world.claim("delivery"))
    written = world.delivery(post)
    world.run(_SECOND)

    assert (written.state, written.next_step) == (_S.PLANNED, Step.MISS)
    assert world.delivery(post).state is _S.MISSED
    assert world.wire.count("POST", "/posts") == 0
