"""Confirming: a listing says what became of it; whatever it cannot say is for a person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postengine.engine.posts.post import Post
from postengine.engine.posts.record import RemotePost
from postengine.engine.posts.states import DeliveryState, Step
from postengine.engine.posts.tenant import Account
from postengine.testing.postiz import Fault, PublishFailure

from .world import World


def _promoted(world: World, **changes: object) -> Post:
    post = world.plan(**changes)  # type: ignore[arg-type] # a test's own spelling
    world.run()
    world.run_until(post.scheduled_at - timedelta(seconds=200))
    return post


def test_one_listing_serves_all_that_an_account_has_outstanding(world: World) -> None:
    posts = [_promoted(world, external_id=name, after=timedelta(hours=2)) for name in ("a",)]
    posts += [world.plan(external_id=name, after=timedelta(seconds=200)) for name in ("b", "c")]
    world.run()
    world.run_until(posts[0].scheduled_at)
    before = world.wire.count("GET")

    world.run(timedelta(seconds=25))

    assert {world.delivery(post).state for post in posts} == {DeliveryState.PUBLISHED}
    assert world.wire.count("GET") - before == 1


def test_an_error_fails_with_its_reason_and_is_followed_until_it_is_published(world: World) -> None:
    world.fake.fail_publish(PublishFailure(retry_after_s=1800, reason="rate limited"))
    post = _promoted(world)

    world.run_until(post.scheduled_at + timedelta(minutes=5))
    failed = world.delivery(post)
    world.run_until(post.scheduled_at + timedelta(hours=2), timedelta(minutes=1))

    assert (failed.state, failed.next_step) == (DeliveryState.FAILED, Step.CONFIRM)
    assert "failed" in world.alerts()
    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert len(world.fake.network) == 1


def test_an_error_is_followed_for_a_day_and_no_longer(world: World) -> None:
    world.fake.fail_publish(PublishFailure())
    post = _promoted(world)

    world.run_until(post.scheduled_at + timedelta(hours=25), timedelta(minutes=5))
    last = world.wire.count("GET")
    world.run(timedelta(hours=5), timedelta(minutes=5))

    assert world.delivery(post).state is DeliveryState.FAILED
    assert world.delivery(post).next_step is None
    assert world.wire.count("GET") == last


def test_a_post_whose_comment_failed_is_published_with_a_note(world: World) -> None:
    post = _promoted(world)
    world.run_until(post.scheduled_at + timedelta(seconds=5), timedelta(seconds=1))
    row = world.draft(post)
    row.state, row.release_url = "ERROR", "https://instagram.example/1"

    world.run(timedelta(minutes=1))

    delivery = world.delivery(post)
    assert delivery.state is DeliveryState.PUBLISHED
    assert (delivery.reason, delivery.release_url) == (
        "published, but a comment failed",
        "https://instagram.example/1",
    )


def test_queued_long_past_its_time_is_for_a_person_and_may_still_come_out(world: World) -> None:
    post = _promoted(world)
    world.fake.begin_outage("temporal_down", timedelta(hours=1))

    world.run_until(post.scheduled_at + timedelta(minutes=29), timedelta(seconds=30))
    patient = world.delivery(post).state
    world.run_until(post.scheduled_at + timedelta(minutes=46), timedelta(seconds=30))
    stuck = world.delivery(post)
    world.run_until(post.scheduled_at + timedelta(hours=2), timedelta(seconds=30))

    assert patient is DeliveryState.PROMOTED
    assert stuck.needs_decision
    assert "QUEUE" in (stuck.reason or "")
    assert world.rows(RemotePost)[0].was_queued_late
    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert "needs_decision" not in world.alerts()
    assert len(world.fake.network) == 1


def test_what_vanished_after_its_time_is_for_a_person(world: World) -> None:
    post = _promoted(world)
    world.fake.hand.delete(world.draft(post).id)

    world.run_until(post.scheduled_at + timedelta(seconds=20))
    patient = world.delivery(post).state
    world.run_until(post.scheduled_at + timedelta(minutes=5))

    assert patient is DeliveryState.PROMOTED
    assert world.delivery(post).needs_decision
    assert "absent" in (world.delivery(post).reason or "")
    assert "needs_decision" in world.alerts()


def test_a_draft_past_its_time_is_for_a_person(world: World) -> None:
    post = _promoted(world)
    row = world.draft(post)
    world.fake.hand.delete(row.id)
    row.is_deleted, row.state = False, "DRAFT"

    world.run_until(post.scheduled_at + timedelta(minutes=5))

    assert world.delivery(post).needs_decision
    assert "DRAFT" in (world.delivery(post).reason or "")


def test_a_promoted_post_moved_later_by_hand_is_waited_for(world: World) -> None:
    post = _promoted(world)
    world.fake.hand.move(world.draft(post).id, post.scheduled_at + timedelta(hours=3))

    world.run_until(post.scheduled_at + timedelta(hours=2), timedelta(minutes=1))
    patient = world.delivery(post).state
    world.run_until(post.scheduled_at + timedelta(hours=4), timedelta(minutes=1))

    assert patient is DeliveryState.PROMOTED
    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert len(world.fake.network) == 1


def test_a_failing_listing_waits_longer_each_time_and_keeps_what_was_seen(world: World) -> None:
    world.fake.fail_publish(PublishFailure(reason="too blue"))
    post = _promoted(world)
    world.run_until(post.scheduled_at + timedelta(minutes=5))
    failed = world.delivery(post)
    world.fake.begin_outage("app_down")

    world.run(timedelta(hours=2), timedelta(minutes=1))

    assert world.delivery(post).reason == failed.reason
    assert world.delivery(post).state is DeliveryState.FAILED


def test_a_listing_that_was_lost_is_asked_again(world: World) -> None:
    post = _promoted(world)
    world.fake.faults.add(Fault(kind="drop_before", method="GET", path="/posts", times=3))

    world.run_until(post.scheduled_at + timedelta(seconds=21))
    waiting = world.delivery(post)
    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert (waiting.state, waiting.next_step) == (DeliveryState.PROMOTED, Step.CONFIRM)
    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_a_key_that_is_refused_while_looking_is_asked_again_as_rarely_as_a_look(world: World) -> None:
    post = _promoted(world)
    world.change(Account, world.account, api_key="wrong")
    world.run_until(post.scheduled_at)
    before = world.wire.count("GET")

    world.run(timedelta(minutes=5))
    asked = world.wire.count("GET") - before
    world.change(Account, world.account, api_key="key-of-harbour")
    world.run(timedelta(minutes=20), timedelta(seconds=20))

    assert 1 <= asked <= 5
    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_another_delivery_that_has_moved_on_is_left_alone(world: World) -> None:
    first = _promoted(world, external_id="a")
    second = world.plan(external_id="b", after=first.scheduled_at - world.clock.now())
    world.run()
    world.run_until(first.scheduled_at + timedelta(seconds=19))

    def touch() -> None:
        other = world.delivery(second)
        world.change(type(other), other, fence=other.fence + 7)

    world.wire.meanwhile("GET", touch)
    world.run(timedelta(minutes=2))

    assert world.delivery(first).state is DeliveryState.PUBLISHED
    assert world.delivery(second).state is DeliveryState.PUBLISHED
    assert len(world.fake.network) == 2


@pytest.mark.parametrize("is_received", [True, False])
def test_what_the_server_repeats_by_itself_is_not_ours(world: World, is_received: bool) -> None:
    world.fake.fail_publish(PublishFailure(retry_after_s=600, is_received=is_received))
    post = _promoted(world)

    world.run_until(post.scheduled_at + timedelta(hours=2), timedelta(seconds=30))

    assert world.fake.duplicates() == 0
    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert [entry.by for entry in world.fake.network] == (
        ["promote", "server-retry"] if is_received else ["server-retry"]
    )


def test_why_it_failed_is_looked_up_in_the_notifications(world: World) -> None:
    world.fake.fail_publish(PublishFailure(reason="too blue"))
    post = _promoted(world)

    world.run_until(post.scheduled_at + timedelta(minutes=5))

    assert world.delivery(post).state is DeliveryState.FAILED
    assert world.delivery(post).reason == "too blue"


def test_without_notifications_it_says_that_postiz_does_not_say_why(world: World) -> None:
    world.fake.fail_publish(PublishFailure(reason="too blue"))
    world.fake.faults.add(Fault(kind="empty_401", method="GET", path="/notifications", times=None))
    post = _promoted(world)

    world.run_until(post.scheduled_at + timedelta(minutes=5))

    assert world.delivery(post).state is DeliveryState.FAILED
    assert "does not say why" in (world.delivery(post).reason or "")
