"""Recalling: DELETE is the fence, and proves something only in time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postengine.engine.commands.cancel import cancel_delivery, cancel_post
from postengine.engine.commands.decide import Decision, decide
from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.posts.post import Content, Post
from postengine.engine.posts.record import RemotePost
from postengine.engine.posts.states import DeliveryState, HoldScope, Step
from postengine.testing.postiz import Fault, FaultKind, PublishFailure

from .world import World


def _promoted(world: World) -> Post:
    post = world.plan()
    world.run()
    world.run_until(post.scheduled_at - timedelta(seconds=200))
    return post


def _fault(world: World, kind: FaultKind, method: str = "DELETE", **fields: float) -> None:
    world.fake.faults.add(Fault(kind=kind, method=method, path="/posts", **fields))  # type: ignore[arg-type]


def _finish(world: World, post: Post) -> None:
    world.run_until(post.scheduled_at + timedelta(hours=3), timedelta(seconds=30))


def test_a_cancelled_promoted_post_is_deleted_and_seen_absent_before_it_counts(world: World) -> None:
    post = _promoted(world)
    (accepted,) = cancel_post(world.ports, post.id)

    world.run()

    assert (accepted.state, accepted.recall) == (DeliveryState.PROMOTED, DeliveryState.CANCELLED)
    assert world.delivery(post).state is DeliveryState.CANCELLED
    assert world.delivery(post).reason == "cancelled"
    assert world.live() == []
    assert world.rows(RemotePost)[0].gone_at is not None
    _finish(world, post)
    assert world.fake.network == []


def test_a_staged_post_is_cancelled_with_its_draft(world: World) -> None:
    post = world.plan()
    world.run()
    cancel_delivery(world.ports, world.delivery(post).id)

    world.run()

    assert world.delivery(post).state is DeliveryState.CANCELLED
    assert world.live() == []


def test_a_post_that_was_never_sent_is_cancelled_at_once(world: World) -> None:
    post = world.plan(after=timedelta(days=3))

    cancelled = cancel_delivery(world.ports, world.delivery(post).id, why="sold otherwise")

    assert (cancelled.state, cancelled.reason, cancelled.next_step) == (
        DeliveryState.CANCELLED,
        "sold otherwise",
        None,
    )


def test_a_recall_within_the_fence_margin_is_too_late(world: World) -> None:
    post = _promoted(world)
    world.run_until(post.scheduled_at - timedelta(seconds=20), timedelta(seconds=1))
    cancel_post(world.ports, post.id)

    world.run()
    answered = world.delivery(post)
    _finish(world, post)

    assert (answered.state, answered.recall) == (DeliveryState.PROMOTED, None)
    assert "too_late" in world.alerts()
    assert world.wire.count("DELETE") == 0
    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert len(world.fake.network) == 1


def test_a_recall_a_second_before_the_fence_margin_is_in_time(world: World) -> None:
    post = _promoted(world)
    world.run_until(post.scheduled_at - timedelta(seconds=21), timedelta(seconds=1))
    cancel_post(world.ports, post.id)

    world.run()
    _finish(world, post)

    assert world.delivery(post).state is DeliveryState.CANCELLED
    assert world.fake.network == []


def test_a_deletion_that_is_answered_too_late_proves_nothing(world: World) -> None:
    post = _promoted(world)
    world.run_until(post.scheduled_at - timedelta(seconds=22), timedelta(seconds=1))
    cancel_post(world.ports, post.id)
    _fault(world, "slow", delay_s=4)

    world.run()
    answered = world.delivery(post)
    _finish(world, post)

    assert (answered.state, answered.recall) == (DeliveryState.PROMOTED, None)
    assert world.fake.network == []
    assert world.delivery(post).needs_decision  # vanished, and who knows


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "proxy_502", "empty_401", "late_commit"])
def test_an_unanswered_deletion_is_asked_again(world: World, kind: FaultKind) -> None:
    post = _promoted(world)
    cancel_post(world.ports, post.id)
    _fault(world, kind)

    world.run(timedelta(seconds=100))

    assert world.delivery(post).state is DeliveryState.CANCELLED
    assert world.delivery(post).reason == "cancelled"
    assert world.wire.count("DELETE") == 2
    _finish(world, post)
    assert world.fake.network == []


def test_an_own_error_counts_as_answered_and_the_listing_decides(world: World) -> None:
    post = _promoted(world)
    cancel_post(world.ports, post.id)
    _fault(world, "500_before")

    world.run()
    waiting = world.delivery(post)
    world.run(timedelta(seconds=30))

    assert waiting.recall is DeliveryState.CANCELLED
    assert "has not let go" in world.why(post)
    assert world.delivery(post).state is DeliveryState.CANCELLED


def test_a_listing_that_fails_is_asked_again(world: World) -> None:
    post = _promoted(world)
    cancel_post(world.ports, post.id)
    _fault(world, "drop_before", "GET", times=3)  # the client itself asks three times

    world.run()
    waiting = world.delivery(post)
    world.run(timedelta(seconds=30))

    assert waiting.recall is DeliveryState.CANCELLED
    assert world.delivery(post).state is DeliveryState.CANCELLED


def test_an_outage_until_its_time_ends_in_what_happened(world: World) -> None:
    post = _promoted(world)
    cancel_post(world.ports, post.id)
    world.fake.begin_outage("app_down", timedelta(minutes=10))

    _finish(world, post)

    assert len(world.fake.network) == 1
    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_an_edit_of_a_promoted_post_recalls_it_and_promotes_the_new_words(world: World) -> None:
    post = _promoted(world)
    first = world.draft(post)
    edit_post(world.ports, post.id, PostChanges(content=Content(caption="New words")))

    _finish(world, post)

    assert first.is_deleted
    assert [entry.post_id for entry in world.fake.network] == [world.delivery(post).remote_id]
    assert "New words" in world.draft(post).content
    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_a_reschedule_of_a_promoted_post_goes_out_at_the_new_time_only(world: World) -> None:
    post = _promoted(world)
    at = post.scheduled_at + timedelta(hours=1)
    edit_post(world.ports, post.id, PostChanges(scheduled_at=at.isoformat()))

    _finish(world, post)

    assert [entry.at for entry in world.fake.network] == [at]


def test_a_hold_on_a_promoted_post_recalls_it_and_release_lets_it_go_on(world: World) -> None:
    post = _promoted(world)
    hold = place_hold(world.ports, HoldScope.TENANT, world.tenant.id)
    world.run()
    held = world.delivery(post)

    release_hold(world.ports, hold.id)
    _finish(world, post)

    assert (held.state, held.next_step) == (DeliveryState.STAGED, Step.MISS)
    assert [entry.at for entry in world.fake.network] == [post.scheduled_at]


def test_cancelling_during_the_promote_request_still_fences_it_off(world: World) -> None:
    post = world.plan()
    world.run()
    world.run_until(post.scheduled_at - timedelta(seconds=301))
    world.wire.meanwhile("PUT", lambda: cancel_post(world.ports, post.id), is_done=True)

    world.run(timedelta(minutes=1))
    _finish(world, post)

    assert world.delivery(post).state is DeliveryState.CANCELLED
    assert world.fake.network == []


def test_a_draft_whose_making_was_never_answered_is_found_and_deleted(world: World) -> None:
    world.fake.faults.add(Fault(kind="drop_after", method="POST", path="/posts"))
    post = world.plan()
    world.run()
    cancel_post(world.ports, post.id)

    world.run()

    assert world.delivery(post).state is DeliveryState.CANCELLED
    assert world.live() == []
    assert [remote.is_dead for remote in world.rows(RemotePost)] == [True]


def test_a_person_who_has_it_published_meanwhile_makes_it_published(world: World) -> None:
    post = world.plan()
    world.run()
    world.fake.hand.publish(world.draft(post).id)
    world.clock.advance(timedelta(seconds=1))
    world.fake.run_due()
    world.clock.advance(timedelta(seconds=4))
    world.fake.run_due()
    cancel_post(world.ports, post.id)

    world.run()

    delivery = world.delivery(post)
    assert (delivery.state, delivery.reason) == (
        DeliveryState.PUBLISHED,
        "too late to recall: it is published",
    )
    assert delivery.release_url is not None
    assert "too_late" in world.alerts()


def test_a_staged_post_that_is_queued_at_its_time_by_hand_is_for_a_person(world: World) -> None:
    post = world.plan()
    world.run()
    world.fake.begin_outage("temporal_down")
    world.fake.hand.promote(world.draft(post).id)
    world.clock.set(post.scheduled_at)
    cancel_post(world.ports, post.id)

    world.run()

    assert world.delivery(post).needs_decision
    assert "too_late" in (world.delivery(post).reason or "")


def test_what_was_moved_by_hand_while_it_went_out_is_not_sent_again(world: World) -> None:
    post = _promoted(world)
    world.run_until(post.scheduled_at, timedelta(seconds=1))
    world.fake.hand.move(world.draft(post).id, post.scheduled_at + timedelta(minutes=10))
    edit_post(world.ports, post.id, PostChanges(content=Content(caption="New words")))

    _finish(world, post)

    assert world.fake.duplicates() == 0
    assert [entry.by for entry in world.fake.network] == ["promote", "person"]
    assert world.wire.count("PUT") == 1
    assert "too_late" in world.alerts()


def test_what_was_moved_earlier_by_hand_is_fenced_by_its_new_date(world: World) -> None:
    post = _promoted(world)
    world.fake.hand.move(world.draft(post).id, world.clock.now() + timedelta(seconds=15))
    cancel_post(world.ports, post.id)

    _finish(world, post)

    assert len(world.fake.network) == 1
    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_a_decided_recall_needs_no_margin(world: World) -> None:
    post = _promoted(world)
    world.fake.begin_outage("temporal_down")
    world.run_until(post.scheduled_at + timedelta(hours=1), timedelta(minutes=1))
    assert world.delivery(post).needs_decision

    decided = decide(world.ports, world.delivery(post).id, Decision.DROP)
    world.run()

    assert decided.warning is not None
    assert world.delivery(post).state is DeliveryState.CANCELLED
    assert world.delivery(post).recall_is_decided is False
    assert world.live() == []
    assert "needs_decision" not in world.alerts()


def test_a_draft_of_a_missed_post_that_a_person_published_is_not_sent_again(world: World) -> None:
    post = world.plan()
    world.run()
    place_hold(world.ports, HoldScope.TENANT, world.tenant.id)
    world.run(timedelta(hours=5), timedelta(minutes=10))
    assert world.delivery(post).state is DeliveryState.MISSED
    world.fake.hand.publish(world.draft(post).id)
    world.fake.run_due()
    world.clock.advance(timedelta(seconds=5))
    world.fake.run_due()

    decide(world.ports, world.delivery(post).id, Decision.SEND_AGAIN)
    world.run(timedelta(minutes=5), timedelta(seconds=10))

    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert [entry.by for entry in world.fake.network] == ["person"]


def test_an_error_that_may_still_be_tried_again_is_recalled_by_a_decision(world: World) -> None:
    world.fake.fail_publish(PublishFailure(retry_after_s=3600))
    post = _promoted(world)
    world.run_until(post.scheduled_at + timedelta(minutes=5))
    assert world.delivery(post).state is DeliveryState.FAILED

    decide(world.ports, world.delivery(post).id, Decision.SEND_AGAIN)
    _finish(world, post)

    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert [entry.post_id for entry in world.fake.network] == [world.delivery(post).remote_id]
