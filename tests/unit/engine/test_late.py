"""Late: made at the last minute, or after an outage of ours; one shot, then only look."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from postengine.engine.posts.checkup import Checkup
from postengine.engine.posts.record import Attempt, Outcome, Verb
from postengine.engine.posts.states import DeliveryState, Step
from postengine.engine.posts.timings import Timings
from postengine.engine.schedule.claim import claim_due
from postengine.testing.postiz import Fault, FaultKind, PublishFailure

from .freeze import freeze
from .world import PUBLISHED_WAY, World

NOW = timedelta(0)


def _fault(world: World, kind: FaultKind, method: str = "PUT", **fields: object) -> None:
    world.fake.faults.add(Fault(kind=kind, method=method, path="/posts", **fields))  # type: ignore[arg-type]


def test_post_now_goes_out_at_once(world: World) -> None:
    post = world.plan(scheduled_at=None)

    world.run(timedelta(minutes=1))

    assert world.history(post) == PUBLISHED_WAY
    assert (world.fake.network[0].at - post.scheduled_at) < timedelta(seconds=1)


def test_what_was_due_while_the_engine_was_down_goes_out_within_the_grace(world: World) -> None:
    post = world.plan()
    world.clock.advance(timedelta(hours=3, minutes=59))

    world.run(timedelta(minutes=1))

    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert len(world.fake.network) == 1


def test_what_is_later_than_its_grace_is_missed_with_an_alert(world: World) -> None:
    post = world.plan()
    world.clock.advance(timedelta(hours=4))

    world.run(timedelta(minutes=1))

    assert world.delivery(post).state is DeliveryState.MISSED
    assert "missed" in world.alerts()
    assert world.fake.network == []
    assert world.live() == []


def test_nothing_is_sent_after_its_own_end(world: World) -> None:
    end = world.clock.now() + timedelta(hours=2, minutes=10)
    post = world.plan(not_after=end.isoformat())
    world.run()
    world.clock.set(end)

    world.run(timedelta(minutes=1))

    assert world.delivery(post).state is DeliveryState.MISSED
    assert world.fake.network == []


@pytest.mark.parametrize("delay_s", [6, 30])
def test_a_slow_late_promote_counts_if_it_is_seen_queued_or_out(world: World, delay_s: float) -> None:
    _fault(world, "slow", delay_s=delay_s)
    post = world.plan(scheduled_at=None)

    world.run(timedelta(minutes=5))

    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert world.wire.count("PUT") == 1
    assert len(world.fake.network) == 1


def test_a_lost_late_promote_that_was_done_is_seen_published(world: World) -> None:
    _fault(world, "drop_after", delay_s=5)
    post = world.plan(scheduled_at=None)

    world.run(timedelta(minutes=5))

    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert world.wire.count("PUT") == 1
    assert len(world.fake.network) == 1


def test_a_lost_late_promote_that_was_not_done_is_for_a_person(world: World) -> None:
    _fault(world, "drop_before")
    post = world.plan(scheduled_at=None)

    world.run(timedelta(minutes=5))

    assert world.delivery(post).needs_decision
    assert "DRAFT" in (world.delivery(post).reason or "")
    assert world.wire.count("PUT") == 1
    assert world.wire.count("DELETE") == 0


def test_a_lost_late_promote_seen_in_queue_is_for_a_person(world: World) -> None:
    _fault(world, "drop_after")
    post = world.plan(scheduled_at=None)

    world.run()
    waiting = world.delivery(post)
    world.run(timedelta(minutes=10))

    assert waiting.needs_decision
    assert "QUEUE" in (waiting.reason or "")
    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert len(world.fake.network) == 1


def test_a_late_promote_answered_slowly_and_seen_in_queue_counts(world: World) -> None:
    world.fake.begin_outage("temporal_down", timedelta(minutes=2))
    post = world.plan(scheduled_at=None)

    world.run(timedelta(seconds=1))
    waiting = world.delivery(post).state
    world.fake.hand.promote(world.draft(post).id)
    world.run(timedelta(minutes=10))

    assert waiting is DeliveryState.PROMOTED
    assert world.wire.count("PUT") == 1


def test_a_late_promote_that_runs_on_publishes_once_and_is_seen_by_following(world: World) -> None:
    _fault(world, "late_commit", delay_s=60, hangs=False)
    post = world.plan(scheduled_at=None)

    world.run(timedelta(seconds=30))
    waiting = world.delivery(post)
    world.run(timedelta(minutes=10))

    assert waiting.needs_decision
    assert len(world.fake.network) == 1
    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_a_late_promote_whose_look_fails_too_is_for_a_person(world: World) -> None:
    _fault(world, "drop_before")
    world.wire.meanwhile("PUT", lambda: _fault(world, "drop_before", "GET", times=3))
    post = world.plan(scheduled_at=None)

    world.run(timedelta(seconds=2))

    assert world.delivery(post).needs_decision


def test_a_late_post_that_failed_on_the_network_is_failed(world: World) -> None:
    world.fake.fail_publish(PublishFailure(reason="bad picture"))
    _fault(world, "drop_after", delay_s=5)
    post = world.plan(scheduled_at=None)

    world.run(timedelta(minutes=5))

    assert world.delivery(post).state is DeliveryState.FAILED
    assert world.wire.count("PUT") == 1


def test_a_lead_of_zero_promotes_at_its_time(tmp_path: Path) -> None:
    world = World(tmp_path, Timings(promote_lead=NOW))
    post = world.plan()
    world.run()

    world.run_until(post.scheduled_at - timedelta(seconds=1))
    before = world.draft(post).state
    world.run(timedelta(minutes=1))

    assert before == "DRAFT"
    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert world.fake.network[0].at >= post.scheduled_at


def test_a_long_lead_schedules_through_postiz(tmp_path: Path) -> None:
    world = World(tmp_path, Timings(promote_lead=timedelta(hours=24)))
    post = world.plan(after=timedelta(hours=20))
    world.run()

    queued = world.draft(post).state
    world.clock.set(post.scheduled_at - timedelta(seconds=1))  # nobody is up meanwhile
    world.fake.run_due()
    world.run(timedelta(minutes=2))

    assert queued == "QUEUE"
    assert [entry.at for entry in world.fake.network] == [post.scheduled_at]
    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_a_late_promote_that_failed_by_its_own_error_and_left_a_draft_is_begun_anew(world: World) -> None:
    world.fake.faults.add(Fault(kind="500_before", method="PUT", times=2))
    post = world.plan(scheduled_at=None)

    world.run(timedelta(minutes=2))

    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert len(world.fake.network) == 1
    attempts = world.rows(Attempt, verb=Verb.PROMOTE)
    assert [attempt.outcome for attempt in attempts] == [Outcome.FAILED, Outcome.FAILED, Outcome.DONE]
    assert len({attempt.remote_id for attempt in attempts}) == 3


def test_a_late_promote_that_failed_by_its_own_error_after_it_was_done_is_seen_published(
    world: World,
) -> None:
    world.fake.faults.add(Fault(kind="500_after", method="PUT"))
    post = world.plan(scheduled_at=None)

    world.run(timedelta(minutes=10), timedelta(seconds=10))

    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert len(world.fake.network) == 1


@pytest.mark.parametrize("listing", [1, 2])
def test_a_failure_that_is_written_down_after_the_listing_says_nothing_about_it(
    world: World, listing: int
) -> None:
    """A worker that froze with its request in hand, done and failed while another one looks."""
    post = world.plan(scheduled_at=None)
    while world.delivery(post).next_step is not Step.PROMOTE:
        messages = [message for _, message in claim_due(world.ports)]
        world.perform(messages)
    (message,) = world.claim("delivery")
    wake = freeze(world, message, "PUT")
    world.clock.advance(world.ports.timings.lease + timedelta(seconds=1))
    (attempt,) = world.rows(Attempt, verb=Verb.PROMOTE)
    world.change(Checkup, world.rows(Checkup)[0], next_step=None)  # its looks are no listings

    def done_and_failed() -> None:
        wake()
        world.change(Attempt, attempt, outcome=Outcome.FAILED)

    def at_the_next_listing() -> None:
        world.wire.meanwhile("GET", done_and_failed, is_done=True)

    if listing == 1:
        at_the_next_listing()
    else:  # that of the recall
        world.wire.meanwhile("GET", at_the_next_listing, is_done=True)
    world.run(timedelta(minutes=10), timedelta(seconds=10))

    assert len(world.fake.network) == 1
    assert world.delivery(post).state is (
        DeliveryState.PUBLISHED if listing == 1 else DeliveryState.UNCONFIRMED
    )
