"""A store put back to an older point: its rows tell what the lost one has sent, and nothing is sent twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from postengine.engine.commands.cancel import cancel_post
from postengine.engine.commands.decide import Decision, decide
from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.ports import Row
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.post import Post
from postengine.engine.posts.states import DeliveryState, HoldReason, HoldScope
from postengine.testing.postiz import Fault, PublishFailure

from .world import World

_S = DeliveryState
_MINUTE = timedelta(minutes=1)
_GRACE = timedelta(hours=2)

BackedUp = Callable[[World], tuple[Post, list[Row]]]


def _planned(world: World) -> tuple[Post, list[Row]]:
    """Plan a post, and take a backup before it is staged."""
    post = world.plan()
    world.draw()
    return post, world.backup()


def _staged(world: World) -> tuple[Post, list[Row]]:
    post = world.plan()
    world.run()
    assert world.delivery(post).state is _S.STAGED
    return post, world.backup()


def _restore(world: World, backup: list[Row]) -> int:
    """Put the backup back; return how many requests there had been."""
    world.put_back(backup)
    place_hold(world.ports, HoldScope.SERVICE, reason=HoldReason.RESTORED)
    return len(world.wire.requests)


def _adopt(world: World) -> None:
    (hold,) = world.rows(Hold, reason=HoldReason.RESTORED, released_at=None)
    release_hold(world.ports, hold.id)


def _run_past_grace(world: World, post: Post) -> None:
    world.run_until(post.scheduled_at + _GRACE + _MINUTE)


def _changing(world: World, before: int) -> list[tuple[str, str]]:
    """Return the requests since number `before` that change anything at Postiz."""
    return [sent for sent in world.wire.requests[before:] if sent[0] != "GET"]


@pytest.mark.parametrize("backed_up", [_planned, _staged])
@pytest.mark.parametrize("lost_after", [-_MINUTE, _MINUTE])
def test_what_the_lost_store_had_promoted_is_seen_published_at_the_end_of_its_grace(
    world: World, backed_up: BackedUp, lost_after: timedelta
) -> None:
    post, backup = backed_up(world)
    world.run_until(post.scheduled_at + lost_after)
    before = _restore(world, backup)

    _run_past_grace(world, post)

    row = world.delivery(post)
    assert row.state is _S.PUBLISHED
    assert row.release_url == world.draft(post).release_url
    assert world.history(post)[-2:] == [_S.PROMOTED, _S.PUBLISHED]
    assert world.alerts() == set()
    assert _changing(world, before) == []
    assert len(world.fake.network) == 1


@pytest.mark.parametrize("is_adopted", [False, True])
def test_what_the_lost_store_made_anew_is_found_beside_the_draft_that_is_known(
    world: World, is_adopted: bool
) -> None:
    post, backup = _staged(world)
    world.fake.faults.add(Fault(kind="drop_after", method="PUT", path="/posts", times=1))
    world.run_until(post.scheduled_at + _MINUTE, timedelta(seconds=1))
    second = world.draft(post).id
    before = _restore(world, backup)
    first = world.delivery(post).remote_id

    if is_adopted:
        _adopt(world)
    _run_past_grace(world, post)

    assert first != second
    assert world.delivery(post).state is _S.PUBLISHED
    assert world.delivery(post).release_url == world.fake.posts[second].release_url
    assert [path for method, path in _changing(world, before) if method != "DELETE"] == []
    assert len(world.fake.network) == 1


def test_what_the_lost_store_had_put_off_is_followed_to_its_new_date(world: World) -> None:
    post, backup = _staged(world)
    later = post.scheduled_at + _GRACE + 2 * _MINUTE
    edit_post(world.ports, post.id, PostChanges(scheduled_at=later.isoformat()))
    world.run_until(later - 4 * _MINUTE)
    _restore(world, backup)

    _run_past_grace(world, post)
    queued = world.delivery(post)
    world.run_until(later + _MINUTE)

    assert (queued.state, queued.due_at) == (_S.PROMOTED, later)
    assert world.delivery(post).state is _S.PUBLISHED


def test_what_the_lost_store_had_promoted_and_fails_is_failed(world: World) -> None:
    world.fake.fail_publish(PublishFailure(times=None, reason="too blue"))
    post, backup = _staged(world)
    world.run_until(post.scheduled_at - _MINUTE)
    _restore(world, backup)

    _run_past_grace(world, post)

    assert world.delivery(post).state is _S.FAILED
    assert world.alerts() == {"failed"}


@pytest.mark.parametrize("backed_up", [_planned, _staged])
def test_what_nobody_has_promoted_is_missed(world: World, backed_up: BackedUp) -> None:
    post, backup = backed_up(world)
    world.run(_MINUTE)
    before = _restore(world, backup)

    _run_past_grace(world, post)

    assert world.delivery(post).state is _S.MISSED
    assert world.alerts() == {"missed"}
    assert _changing(world, before) == []


def test_a_persons_copy_does_not_count_as_what_the_lost_store_sent(world: World) -> None:
    post, backup = _staged(world)
    _restore(world, backup)
    copy = world.fake.hand.copy(world.delivery(post).remote_id or "")
    world.fake.hand.promote(copy.id)

    _run_past_grace(world, post)

    assert world.delivery(post).state is _S.MISSED


def test_while_postiz_does_not_answer_nothing_is_said_to_be_missed_and_the_operator_is_told(
    world: World,
) -> None:
    post, backup = _planned(world)
    world.run_until(post.scheduled_at + _MINUTE)
    before = _restore(world, backup)
    world.run_until(post.scheduled_at + _GRACE - _MINUTE)
    world.fake.begin_outage("app_down", timedelta(hours=1))

    world.run(timedelta(minutes=31), timedelta(seconds=1))
    unseen, alerts = world.delivery(post), world.alerts()
    asked = len(world.wire.requests) - before
    world.run(timedelta(minutes=40))

    assert unseen.state is _S.PLANNED
    assert alerts == {"unseen"}
    assert 10 < asked < 60  # a back-off stands between two looks
    assert world.delivery(post).state is _S.PUBLISHED


def test_what_was_planned_after_the_restore_is_missed_without_a_look(world: World) -> None:
    _restore(world, world.backup())
    world.clock.advance(_MINUTE)
    post = world.plan()
    world.run()
    before = len(world.wire.requests)

    _run_past_grace(world, post)

    assert world.delivery(post).state is _S.MISSED
    assert world.wire.requests[before:] == []


def test_a_task_of_before_the_restore_is_missed_without_a_look(world: World) -> None:
    post = world.plan(world.whatsapp)
    world.draw()
    before = _restore(world, world.backup())

    world.run_until(post.scheduled_at + timedelta(hours=25), timedelta(minutes=5))

    assert world.delivery(post).state is _S.MISSED
    assert world.wire.requests[before:] == []


@pytest.mark.parametrize("backed_up", [_planned, _staged])
def test_what_is_cancelled_and_out_is_told_when_it_is_adopted(world: World, backed_up: BackedUp) -> None:
    post, backup = backed_up(world)
    world.run_until(post.scheduled_at + _MINUTE)
    before = _restore(world, backup)

    cancel_post(world.ports, post.id)
    world.run(_MINUTE)
    held = world.delivery(post)
    changed = _changing(world, before)
    _adopt(world)
    world.run(_MINUTE)

    assert (held.recall, held.next_step, changed) == (_S.CANCELLED, None, [])
    assert world.delivery(post).state is _S.PUBLISHED
    assert world.alerts() == {"too_late"}


@pytest.mark.parametrize("lost_at", [timedelta(hours=-1), -4 * _MINUTE])
def test_what_is_cancelled_and_still_at_postiz_is_deleted_when_it_is_adopted(
    world: World, lost_at: timedelta
) -> None:
    post, backup = _planned(world)
    world.run_until(post.scheduled_at + lost_at)
    _restore(world, backup)

    cancel_post(world.ports, post.id)
    _adopt(world)
    world.run(_MINUTE)

    assert world.delivery(post).state is _S.CANCELLED
    assert world.live() == []
    assert world.alerts() == set()


def test_what_is_cancelled_after_the_adoption_is_looked_for_too(world: World) -> None:
    post, backup = _planned(world)
    world.run_until(post.scheduled_at - 4 * _MINUTE)
    _restore(world, backup)
    _adopt(world)

    cancel_post(world.ports, post.id)
    world.run_until(post.scheduled_at + _MINUTE)

    assert world.delivery(post).state is _S.CANCELLED
    assert world.fake.network == []


def test_what_the_lost_store_had_sent_again_is_found_when_it_is_to_be_sent_again(world: World) -> None:
    hold = place_hold(world.ports, HoldScope.CHANNEL, world.instagram.id)
    post = world.plan(after=_MINUTE)
    _run_past_grace(world, post)
    backup = world.backup()
    release_hold(world.ports, hold.id)
    decide(world.ports, world.delivery(post).id, Decision.SEND_AGAIN)
    world.run(5 * _MINUTE)
    assert world.delivery(post).state is _S.PUBLISHED
    _restore(world, backup)
    _adopt(world)

    release_hold(world.ports, hold.id)
    missed = world.delivery(post).state
    decide(world.ports, world.delivery(post).id, Decision.SEND_AGAIN)
    world.run(5 * _MINUTE)

    assert (missed, world.delivery(post).state) == (_S.MISSED, _S.PUBLISHED)
    assert len(world.fake.network) == 1


def test_what_another_installation_sends_after_it_was_missed_here_is_told_when_it_is_adopted(
    world: World,
) -> None:
    post, backup = _staged(world)
    draft = world.draft(post)
    _restore(world, backup)
    _run_past_grace(world, post)
    missed = world.delivery(post)
    world.fake.hand.promote(draft.id)
    world.run(_MINUTE)

    _adopt(world)
    world.run(_MINUTE)

    assert (missed.state, len(world.fake.network)) == (_S.MISSED, 1)
    assert world.delivery(post).state is _S.PUBLISHED
    assert world.alerts() == {"too_late"}


def test_what_was_missed_here_and_is_nowhere_out_stays_missed_when_it_is_adopted(world: World) -> None:
    post, backup = _staged(world)
    _restore(world, backup)
    _run_past_grace(world, post)

    _adopt(world)
    world.run(_MINUTE)

    row = world.delivery(post)
    assert (row.state, row.recall, row.next_step) == (_S.MISSED, None, None)
    assert world.live() == []
    assert world.alerts() == {"missed"}


def test_what_was_due_before_the_adoption_and_cannot_be_found_is_left_to_a_person(world: World) -> None:
    post, backup = _planned(world)
    world.run_until(post.scheduled_at + _MINUTE)
    world.fake.hand.delete(world.draft(post).id)  # at Postiz alone: at the network it stays
    before = _restore(world, backup)

    _adopt(world)
    world.run(_MINUTE)

    row = world.delivery(post)
    assert (row.state, row.next_step) == (_S.MISSED, None)
    assert "due before the restored database was adopted" in (row.reason or "")
    assert world.alerts() == {"missed"}
    assert ("POST", "/posts") not in _changing(world, before)
    assert len(world.fake.network) == 1


def test_a_person_may_have_it_sent_all_the_same(world: World) -> None:
    post, backup = _planned(world)
    world.clock.advance(timedelta(seconds=1))
    _restore(world, backup)
    world.run_until(post.scheduled_at + _MINUTE)
    _adopt(world)
    world.run(_MINUTE)
    left = world.delivery(post).state

    decide(world.ports, world.delivery(post).id, Decision.SEND_AGAIN)
    world.run(5 * _MINUTE)

    assert (left, world.delivery(post).state) == (_S.MISSED, _S.PUBLISHED)
    assert len(world.fake.network) == 1


def test_what_falls_due_after_the_adoption_goes_out_by_itself(world: World) -> None:
    post, backup = _planned(world)
    world.clock.advance(timedelta(seconds=1))
    _restore(world, backup)
    world.run(_MINUTE)

    _adopt(world)
    world.run_until(post.scheduled_at + _MINUTE)

    assert world.delivery(post).state is _S.PUBLISHED
    assert len(world.fake.network) == 1


def test_a_state_of_a_newer_postiz_is_asked_about_and_not_missed(world: World) -> None:
    post, backup = _planned(world)
    world.run_until(post.scheduled_at - 10 * _MINUTE)
    draft = world.draft(post)
    _restore(world, backup)
    draft.state = "IN_REVIEW"  # type: ignore[assignment] # a word that this version of ours does not know

    _run_past_grace(world, post)

    assert world.delivery(post).state is _S.UNCONFIRMED
