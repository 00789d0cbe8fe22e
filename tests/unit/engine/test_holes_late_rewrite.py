"""A rewrite or promote whose worker froze with the request in hand, and which is written much later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.posts.post import Content, Post
from postengine.engine.posts.states import DeliveryState
from postengine.testing.postiz import Fault, FaultKind

from .freeze import freeze
from .world import World

_S = DeliveryState
_LITTLE = timedelta(seconds=5)


def _says(caption: str) -> PostChanges:
    return PostChanges(content=Content(caption=caption))


def _frozen_rewrite(
    world: World, changes: PostChanges, after: timedelta = timedelta(hours=2)
) -> tuple[Post, Callable[[], httpx.Response]]:
    """Stage a post and edit it; the worker that rewrites its draft freezes before the request is sent."""
    post = world.plan(after=after)
    world.run()
    edit_post(world.ports, post.id, changes)
    (message,) = world.claim("delivery")
    return post, freeze(world, message, "POST", "/posts")


def test_a_rewrite_that_wakes_after_the_promote_takes_nothing_back(world: World) -> None:
    post, wake = _frozen_rewrite(world, _says("second"))
    world.run_until(post.scheduled_at - timedelta(seconds=200))
    before = world.delivery(post).state

    wake()
    world.run_until(post.scheduled_at + timedelta(minutes=5))

    assert before is _S.PROMOTED
    assert world.delivery(post).state is _S.PUBLISHED
    assert world.texts_out() == ["second"]


def test_old_words_that_are_written_during_the_promote_never_go_out(world: World) -> None:
    post, wake = _frozen_rewrite(world, _says("second"))
    edit_post(world.ports, post.id, _says("third"))
    world.run_until(post.scheduled_at - timedelta(seconds=301))

    world.wire.meanwhile("PUT", wake)  # between the listing and the promote
    world.run_until(post.scheduled_at + timedelta(minutes=5), _LITTLE)

    assert world.texts_out() == ["third"]


def test_an_old_date_that_is_written_late_does_not_undo_a_reschedule(world: World) -> None:
    at = world.clock.now() + timedelta(hours=5)
    later = PostChanges(scheduled_at=(at + timedelta(hours=1)).isoformat())
    post, wake = _frozen_rewrite(world, later, timedelta(hours=5))
    sooner_at = at - timedelta(hours=1)
    edit_post(world.ports, post.id, PostChanges(scheduled_at=sooner_at.isoformat()))
    world.run(timedelta(seconds=200))

    wake()
    world.run_until(at + timedelta(hours=2))

    assert [entry.at for entry in world.fake.network] == [sooner_at]


def test_a_rewrite_of_a_killed_worker_that_is_done_after_the_promote_takes_nothing_back(world: World) -> None:
    post, wake = _frozen_rewrite(world, _says("second"), timedelta(hours=1))
    world.run_until(post.scheduled_at - timedelta(seconds=100), _LITTLE)

    wake()
    world.run_until(post.scheduled_at + timedelta(seconds=100), _LITTLE)

    assert world.delivery(post).state is _S.PUBLISHED
    assert world.texts_out() == ["second"]


def test_a_promote_that_was_never_sent_does_not_fire_hours_later(world: World) -> None:
    post = world.plan()
    world.run()
    world.run_until(post.scheduled_at - timedelta(seconds=301))
    world.clock.advance(timedelta(seconds=1))
    (message,) = world.claim("delivery")
    wake = freeze(world, message, "PUT")
    world.clock.set(post.scheduled_at - timedelta(seconds=10))  # nobody was up
    world.run(timedelta(hours=5), timedelta(minutes=1))

    wake()
    world.run(timedelta(minutes=1))

    assert world.fake.network == []
    assert world.delivery(post).state is _S.UNCONFIRMED


@pytest.mark.parametrize("kind", ["drop_after", "500_after", "cut_after"])
def test_a_second_edit_while_an_unanswered_first_is_recalled_goes_out(world: World, kind: FaultKind) -> None:
    post = world.plan()
    world.run()
    world.fake.faults.add(Fault(kind=kind, method="POST", path="/posts$"))
    edit_post(world.ports, post.id, _says("one"))
    world.run()

    edit_post(world.ports, post.id, _says("two"))
    world.run_until(post.scheduled_at + timedelta(minutes=1), timedelta(seconds=10))

    assert world.texts_out() == ["two"]
