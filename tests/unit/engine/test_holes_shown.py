"""What cannot get through for long is shown to a person, and what is seen is read as of when it was seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from postengine.engine.commands.cancel import cancel_post
from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.commands.register import register_account
from postengine.engine.posts.post import Post
from postengine.engine.posts.states import DeliveryState, HoldScope
from postengine.errors import PostEngineError

from .world import World

_S = DeliveryState


class DiskFull(PostEngineError):
    """No picture can be made now."""

    retryable = True


@pytest.fixture
def promoted(world: World) -> Post:
    post = world.plan()
    world.run()
    world.run_until(post.scheduled_at - timedelta(seconds=200))
    assert world.delivery(post).state is _S.PROMOTED
    return post


def _lose_the_key(world: World) -> None:
    register_account(world.ports, "https://postiz.test/api", "wrong", account_id=world.account.id)


def _lose_the_server(world: World) -> None:
    world.fake.begin_outage("app_down")


def test_a_recall_that_never_gets_through_is_shown(world: World, promoted: Post) -> None:
    _lose_the_key(world)
    cancel_post(world.ports, promoted.id)

    world.run_until(promoted.scheduled_at + timedelta(hours=12), timedelta(minutes=5))

    assert world.alerts() - {"clock_skew"}


@pytest.mark.parametrize("lose", [_lose_the_key, _lose_the_server])
def test_a_confirm_that_never_gets_through_is_shown(
    world: World, promoted: Post, lose: Callable[[World], None]
) -> None:
    lose(world)

    world.run_until(promoted.scheduled_at + timedelta(hours=48), timedelta(minutes=5))

    assert world.alerts() - {"clock_skew"}


@pytest.mark.parametrize("steps", [2, 3])
def test_a_listing_from_before_a_promote_says_nothing_about_it(world: World, steps: int) -> None:
    first = world.plan(external_id="a")
    late = world.plan(external_id="b")
    world.run()
    world.run_until(first.scheduled_at - timedelta(seconds=200))
    hold = place_hold(world.ports, HoldScope.POST, late.id)
    world.run_until(first.scheduled_at + timedelta(seconds=19), timedelta(seconds=1))
    world.clock.advance(timedelta(seconds=6))
    world.fake.run_due()
    looks = world.claim("delivery")
    release_hold(world.ports, hold.id)

    def promote_late() -> None:
        for _ in range(steps):
            world.perform(world.claim("delivery"))

    world.wire.meanwhile("GET", promote_late, is_done=True)
    world.perform(looks)

    assert world.delivery(late).state is _S.PROMOTED
    assert "unconfirmed" not in world.history(late)


def test_a_post_that_a_person_moves_far_away_is_not_called_vanished(world: World) -> None:
    first = world.plan(external_id="a")
    moved = world.plan(external_id="b")
    world.run()
    world.run_until(first.scheduled_at - timedelta(seconds=100))

    world.fake.hand.move(world.delivery(moved).remote_id or "", world.clock.now() + timedelta(days=100))
    world.run_until(first.scheduled_at + timedelta(hours=1))

    assert world.delivery(moved).state is _S.PROMOTED


def test_a_promoted_post_that_a_person_deletes_is_shown_soon_after_its_time(
    world: World, promoted: Post
) -> None:
    world.fake.hand.delete(world.delivery(promoted).remote_id or "")

    world.run_until(promoted.scheduled_at + timedelta(minutes=2), timedelta(seconds=5))

    assert world.delivery(promoted).state is _S.UNCONFIRMED


def test_a_missed_post_keeps_its_reason_when_its_picture_comes_later(world: World) -> None:
    world.renderer.error = DiskFull("disk full")
    post = world.plan()
    world.run_until(post.scheduled_at + timedelta(hours=3), timedelta(minutes=5))

    world.renderer.error = None
    world.run(timedelta(minutes=20), timedelta(seconds=30))

    missed = world.delivery(post)
    assert (missed.state, missed.is_media_ready) == (_S.MISSED, True)
    assert "disk full" in (missed.reason or "")
