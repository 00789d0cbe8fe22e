"""A person's hand in Postiz: noted and respected, and never doubled by ours."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postengine.engine.commands.cancel import cancel_post
from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.hold import release_hold
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.post import Content, Post
from postengine.engine.posts.record import HistoryEntry
from postengine.engine.posts.states import DeliveryState, HoldReason, Step
from postengine.testing.postiz import Fault

from .world import PUBLISHED_WAY, World


@pytest.fixture
def post(world: World) -> Post:
    """A post with a draft in Postiz."""
    planned = world.plan()
    world.run()
    return planned


def _finish(world: World, post: Post) -> None:
    world.run_until(post.scheduled_at + timedelta(hours=3), timedelta(seconds=30))


@pytest.mark.parametrize("loses_mark", [True, False])
def test_edited_text_is_promoted_as_it_is(world: World, post: Post, loses_mark: bool) -> None:
    draft = world.draft(post)
    world.fake.hand.edit(draft.id, "a person's words", loses_mark=loses_mark)

    _finish(world, post)

    assert world.history(post) == PUBLISHED_WAY
    assert [entry.post_id for entry in world.fake.network] == [draft.id]
    assert draft.content == "a person's words"


def test_a_draft_moved_later_is_published_then(world: World, post: Post) -> None:
    at = post.scheduled_at + timedelta(hours=1)
    world.fake.hand.move(world.draft(post).id, at)

    _finish(world, post)

    assert [entry.at for entry in world.fake.network] == [at]
    assert world.delivery(post).due_at == at
    assert "moved in Postiz to" in world.why(post)


def test_an_edit_afterwards_keeps_the_later_date(world: World, post: Post) -> None:
    at = post.scheduled_at + timedelta(hours=1)
    world.fake.hand.move(world.draft(post).id, at)
    world.run_until(post.scheduled_at - timedelta(minutes=4))
    edit_post(world.ports, post.id, PostChanges(content=Content(caption="New words")))

    _finish(world, post)

    assert [entry.at for entry in world.fake.network] == [at]


def test_a_reschedule_here_beats_the_later_date(world: World, post: Post) -> None:
    world.fake.hand.move(world.draft(post).id, post.scheduled_at + timedelta(hours=1))
    world.run_until(post.scheduled_at - timedelta(minutes=4))
    edit_post(world.ports, post.id, PostChanges(scheduled_at=post.scheduled_at.isoformat()))

    _finish(world, post)

    assert [entry.at for entry in world.fake.network] == [post.scheduled_at]


def test_a_draft_moved_earlier_holds_and_nothing_goes_out_sooner(world: World, post: Post) -> None:
    world.fake.hand.move(world.draft(post).id, post.scheduled_at - timedelta(hours=1))

    world.run_until(post.scheduled_at + timedelta(hours=1))

    (hold,) = world.rows(Hold)
    assert hold.reason is HoldReason.HAND
    assert world.delivery(post).next_step is Step.MISS
    assert "earlier than planned" in (world.delivery(post).reason or "")
    assert "hand" in world.alerts()
    assert world.fake.network == []


def test_a_reschedule_and_a_release_let_a_moved_draft_go_on(world: World, post: Post) -> None:
    world.fake.hand.move(world.draft(post).id, post.scheduled_at - timedelta(hours=1))
    world.run_until(post.scheduled_at - timedelta(minutes=4))
    at = post.scheduled_at + timedelta(minutes=30)
    edit_post(world.ports, post.id, PostChanges(scheduled_at=at.isoformat()))
    release_hold(world.ports, world.rows(Hold)[0].id)

    _finish(world, post)

    assert [entry.at for entry in world.fake.network] == [at]


def test_a_deleted_draft_is_withdrawn_with_an_alert(world: World, post: Post) -> None:
    world.fake.hand.delete(world.draft(post).id)

    _finish(world, post)

    assert world.delivery(post).state is DeliveryState.CANCELLED
    assert "withdrawn_in_postiz" in world.alerts()
    assert world.fake.network == []
    assert world.wire.count("POST", "/posts") == 1


def test_a_deleted_draft_that_was_given_up_is_begun_anew(world: World, post: Post) -> None:
    draft = world.draft(post)
    world.run_until(post.scheduled_at - timedelta(seconds=301))
    world.fake.faults.add(Fault(kind="drop_before", method="PUT"))
    world.wire.meanwhile("DELETE", lambda: world.fake.hand.delete(draft.id))

    _finish(world, post)

    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert [entry.post_id for entry in world.fake.network] == [world.delivery(post).remote_id]


def test_a_draft_promoted_by_hand_counts_as_promoted(world: World, post: Post) -> None:
    world.fake.hand.promote(world.draft(post).id)

    _finish(world, post)

    assert world.history(post) == PUBLISHED_WAY
    assert world.wire.count("PUT") == 0
    assert "by another hand" in world.why(post)
    assert [entry.by for entry in world.fake.network] == ["person"]


def test_a_copy_holds_and_is_never_deleted(world: World, post: Post) -> None:
    copied = world.fake.hand.copy(world.draft(post).id)

    _finish(world, post)

    assert copied.id in (world.rows(Hold)[0].note)
    assert not copied.is_deleted
    assert "hand" in world.alerts()
    assert world.fake.network == []


def test_a_published_copy_holds_ours_back(world: World, post: Post) -> None:
    copied = world.fake.hand.copy(world.draft(post).id)
    world.fake.hand.publish(copied.id)

    _finish(world, post)

    assert [entry.post_id for entry in world.fake.network] == [copied.id]
    assert world.delivery(post).state is DeliveryState.MISSED


def test_a_copy_that_is_gone_and_a_release_let_it_go_on(world: World, post: Post) -> None:
    copied = world.fake.hand.copy(world.draft(post).id)
    world.run_until(post.scheduled_at - timedelta(minutes=4))
    world.fake.hand.delete(copied.id)
    release_hold(world.ports, world.rows(Hold)[0].id)

    _finish(world, post)

    assert [entry.at for entry in world.fake.network] == [post.scheduled_at]


def test_a_copy_found_while_staging_holds_and_makes_nothing(world: World, post: Post) -> None:
    copied = world.fake.hand.copy(world.draft(post).id)
    edit_post(world.ports, post.id, PostChanges(content=Content(caption="New words")))

    world.run()

    assert world.delivery(post).next_step is Step.MISS
    assert world.wire.count("POST", "/posts") == 1
    assert not copied.is_deleted


def test_a_copy_is_left_when_ours_is_cancelled(world: World, post: Post) -> None:
    copied = world.fake.hand.copy(world.draft(post).id)
    cancel_post(world.ports, post.id)

    world.run()

    assert world.delivery(post).state is DeliveryState.CANCELLED
    assert [row.id for row in world.live()] == [copied.id]


def _lost_twin(world: World, post: Post) -> str:
    """Return the id of a second draft of ours, whose making was never answered, beside the known one."""
    known = world.draft(post)
    world.fake.faults.add(Fault(kind="late_commit", method="POST", path="/posts$", delay_s=200, hangs=False))
    other = world.plan(external_id="twin")
    world.run(timedelta(minutes=5), timedelta(seconds=10))
    twins = [row.id for row in world.live() if row.ref == world.delivery(other).ref]
    assert known.id not in twins
    (lost,) = [id_ for id_ in twins if id_ != world.delivery(other).remote_id]
    return lost


def test_a_lost_draft_that_a_person_promoted_is_fenced_off_first(world: World, post: Post) -> None:
    lost = _lost_twin(world, post)
    world.fake.hand.promote(lost)

    _finish(world, post)

    entries = [entry for entry in world.fake.network if entry.ref == world.fake.posts[lost].ref]
    assert world.fake.posts[lost].is_deleted
    assert len(entries) == 1
    assert entries[0].post_id != lost


def test_a_lost_draft_that_a_person_published_is_for_a_person(world: World, post: Post) -> None:
    lost = _lost_twin(world, post)
    world.fake.hand.publish(lost)

    _finish(world, post)

    entries = [entry.post_id for entry in world.fake.network if entry.ref == world.fake.posts[lost].ref]
    assert entries == [lost]
    assert "Postiz shows another post with our mark" in "".join(
        row.why for row in world.rows(HistoryEntry) if row.to_state == "unconfirmed"
    )


def test_a_lost_draft_that_a_person_published_is_found_while_staging(world: World) -> None:
    world.fake.faults.add(Fault(kind="drop_after", method="POST", path="/posts$"))
    post = world.plan()
    world.run()
    (lost,) = world.live()
    world.fake.hand.publish(lost.id)

    world.run(timedelta(minutes=10), timedelta(seconds=10))

    assert [entry.post_id for entry in world.fake.network] == [lost.id]
    assert world.wire.count("POST", "/posts") == 1
    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_a_lost_draft_that_a_person_promoted_is_fenced_off_while_staging(world: World) -> None:
    world.fake.faults.add(Fault(kind="drop_after", method="POST", path="/posts$"))
    post = world.plan()
    world.run()
    (lost,) = world.live()
    world.fake.hand.promote(lost.id)

    _finish(world, post)

    assert lost.is_deleted
    assert [entry.post_id for entry in world.fake.network] == [world.delivery(post).remote_id]
