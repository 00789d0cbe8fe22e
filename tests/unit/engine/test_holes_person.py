"""A person works on our drafts in Postiz, or the store is restored: nothing of theirs is lost or doubled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postengine.engine.commands.cancel import cancel_post
from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.posts.post import Content, Post
from postengine.engine.posts.states import DeliveryState
from postengine.engine.posts.tenant import Account
from postengine.testing.postiz import Fault

from .world import World

_S = DeliveryState
_LITTLE = timedelta(seconds=5)
_OTHER = PostChanges(content=Content(caption="other"))


@pytest.fixture
def adopted(world: World) -> Post:
    """A post whose draft was made without an answer, and found."""
    world.fake.faults.add(Fault(kind="drop_after", method="POST", path="/posts$"))
    post = world.plan()
    world.run(timedelta(minutes=3))
    assert world.delivery(post).state is _S.STAGED
    return post


def _remote_id(world: World, post: Post) -> str:
    return world.delivery(post).remote_id or ""


@pytest.mark.parametrize("is_promoted", [False, True])
def test_a_persons_copy_of_an_adopted_draft_is_never_deleted(
    world: World, adopted: Post, is_promoted: bool
) -> None:
    mine = world.fake.hand.copy(_remote_id(world, adopted))
    if is_promoted:
        world.fake.hand.promote(mine.id)

    world.run_until(adopted.scheduled_at + timedelta(minutes=2), _LITTLE)

    assert not world.fake.posts[mine.id].is_deleted


def test_a_recall_leaves_a_persons_copy(world: World, adopted: Post) -> None:
    mine = world.fake.hand.copy(_remote_id(world, adopted))

    cancel_post(world.ports, adopted.id)
    world.run(timedelta(minutes=2))

    assert [row.id for row in world.live()] == [mine.id]


@pytest.mark.parametrize("lost_s", [6950, 7210, 7260])
@pytest.mark.parametrize("is_staged", [False, True])
def test_a_restored_store_publishes_once(world: World, is_staged: bool, lost_s: int) -> None:
    post = world.plan()
    if is_staged:
        world.run()
    else:
        world.draw()
        world.change(Account, world.account, listed_at=world.clock.now())
    backup = world.backup()
    world.run(timedelta(seconds=lost_s), timedelta(seconds=1))

    world.put_back(backup)
    world.run_until(post.scheduled_at + timedelta(hours=3))

    assert len(world.fake.network) == 1


def test_a_draft_that_only_the_lost_store_knew_beside_a_new_one_is_for_a_person(world: World) -> None:
    post = world.plan()
    world.draw()
    world.change(Account, world.account, listed_at=world.clock.now())
    backup = world.backup()
    world.run()

    world.put_back(backup)
    world.run_until(post.scheduled_at + timedelta(hours=3))

    assert world.alerts() == {"hand", "missed"}
    assert world.fake.network == []


def test_an_edit_of_what_a_person_has_published_makes_no_second(world: World) -> None:
    post = world.plan(after=timedelta(hours=5))
    world.run()
    world.fake.hand.publish(_remote_id(world, post))
    world.run(timedelta(seconds=10))

    edit_post(world.ports, post.id, _OTHER)
    world.run_until(post.scheduled_at + timedelta(minutes=1))

    assert len(world.fake.network) == 1


def test_an_edit_of_what_a_person_has_deleted_goes_out_once(world: World) -> None:
    post = world.plan()
    world.run()
    world.fake.hand.delete(_remote_id(world, post))

    edit_post(world.ports, post.id, _OTHER)
    world.run_until(post.scheduled_at + timedelta(minutes=1), timedelta(seconds=10))

    assert world.texts_out() == ["other"]


def test_what_a_person_moves_earlier_and_promotes_is_seen_published(world: World) -> None:
    post = world.plan()
    world.run()
    world.fake.hand.move(_remote_id(world, post), post.scheduled_at - timedelta(hours=1))
    world.fake.hand.promote(_remote_id(world, post))

    world.run_until(post.scheduled_at + timedelta(minutes=1), timedelta(seconds=10))

    assert len(world.fake.network) == 1
    assert world.delivery(post).state is _S.PUBLISHED
