"""Promoting: once for an id, proven in time, or fenced off and begun anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.register import register_account
from postengine.engine.posts.post import Content, Post
from postengine.engine.posts.record import Attempt, Outcome, RemotePost, Verb
from postengine.engine.posts.states import DeliveryState
from postengine.engine.posts.tenant import Account
from postengine.testing.postiz import Fault, FaultKind, PublishFailure

from .world import PUBLISHED_WAY, World

LEAD = timedelta(seconds=300)


def _staged(world: World) -> Post:
    """Return a post that is due to be promoted in a second."""
    post = world.plan()
    world.run()
    world.run_until(post.scheduled_at - LEAD - timedelta(seconds=1))
    return post


def _fault(world: World, kind: FaultKind, method: str = "PUT", **fields: float) -> None:
    world.fake.faults.add(Fault(kind=kind, method=method, path="/posts", **fields))  # type: ignore[arg-type]


def _promotes(world: World) -> list[Attempt]:
    return [attempt for attempt in world.rows(Attempt) if attempt.verb is Verb.PROMOTE]


@pytest.mark.parametrize("kind", ["drop_after", "drop_before", "cut_after", "proxy_502", "empty_401"])
def test_an_unanswered_promote_kills_the_id_and_a_new_draft_is_promoted(
    world: World, kind: FaultKind
) -> None:
    post = _staged(world)
    first = world.draft(post)
    _fault(world, kind)

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert first.is_deleted
    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert [entry.post_id for entry in world.fake.network] == [world.delivery(post).remote_id]
    assert len({attempt.remote_id for attempt in _promotes(world)}) == len(_promotes(world)) == 2
    assert [remote.is_dead for remote in world.rows(RemotePost)] == [True, False]


def test_a_promote_that_commits_after_its_client_gave_up_publishes_nothing_twice(world: World) -> None:
    post = _staged(world)
    _fault(world, "late_commit", delay_s=120)

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert len(world.fake.network) == 1
    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_a_slow_answer_proves_nothing(world: World) -> None:
    post = _staged(world)
    first = world.draft(post)
    _fault(world, "slow", delay_s=6)

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert [attempt.outcome for attempt in _promotes(world)] == [Outcome.UNPROVEN, Outcome.DONE]
    assert first.is_deleted
    assert len(world.fake.network) == 1


def test_an_answer_within_the_proof_is_enough(world: World) -> None:
    post = _staged(world)
    _fault(world, "slow", delay_s=4.9)

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert world.history(post) == PUBLISHED_WAY
    assert [attempt.outcome for attempt in _promotes(world)] == [Outcome.DONE]


def test_its_own_error_after_it_was_done_proves_nothing_and_is_fenced_off(world: World) -> None:
    post = _staged(world)
    first = world.draft(post)
    _fault(world, "500_after")

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert first.is_deleted
    assert [entry.post_id for entry in world.fake.network] == [world.delivery(post).remote_id]
    assert [attempt.outcome for attempt in _promotes(world)] == [Outcome.FAILED, Outcome.DONE]


def test_its_own_error_before_it_was_done_costs_the_id(world: World) -> None:
    post = _staged(world)
    first = world.draft(post)
    _fault(world, "500_before")

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert first.is_deleted
    assert len(world.fake.network) == 1
    assert world.delivery(post).remote_id != first.id


def test_a_promote_that_was_certainly_not_sent_may_be_sent_for_the_same_id(world: World) -> None:
    post = _staged(world)
    first = world.draft(post)
    _fault(world, "429", delay_s=10)

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert [attempt.outcome for attempt in _promotes(world)] == [Outcome.UNSENT, Outcome.DONE]
    assert [entry.post_id for entry in world.fake.network] == [first.id]


def test_a_listing_that_fails_before_the_promote_is_tried_again(world: World) -> None:
    post = _staged(world)
    _fault(world, "drop_before", method="GET", times=3)

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert world.history(post) == PUBLISHED_WAY
    assert len(world.fake.network) == 1


def test_a_process_that_dies_after_the_promote_was_done_fences_it_off(world: World) -> None:
    post = _staged(world)
    first = world.draft(post)
    world.wire.meanwhile("PUT", _die, is_done=True)

    with pytest.raises(KeyboardInterrupt):
        world.run(timedelta(seconds=1))
    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert first.is_deleted
    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert [entry.post_id for entry in world.fake.network] == [world.delivery(post).remote_id]


def test_a_process_that_dies_before_the_promote_was_done_costs_the_id(world: World) -> None:
    post = _staged(world)
    first = world.draft(post)
    world.wire.meanwhile("PUT", _die)

    with pytest.raises(KeyboardInterrupt):
        world.run(timedelta(seconds=1))
    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert first.is_deleted
    assert len({attempt.remote_id for attempt in _promotes(world)}) == 2
    assert len(world.fake.network) == 1


def test_skewed_clocks_forbid_a_second_promote(world: World) -> None:
    post = _staged(world)
    world.fake.skew = timedelta(seconds=8)
    _fault(world, "drop_before")

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert world.delivery(post).state is DeliveryState.UNCONFIRMED
    assert world.wire.count("PUT") == 1
    assert {"clock_skew", "needs_decision"} <= world.alerts()
    assert world.fake.network == []


def test_a_draft_that_an_old_edit_of_ours_has_overtaken_is_begun_anew(world: World) -> None:
    post = _staged(world)
    first = world.draft(post)
    first.settings["postengine"] = {"ref": world.delivery(post).ref, "rev": 99, "attempt": "att_old"}

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert first.is_deleted
    assert [entry.post_id for entry in world.fake.network] == [world.delivery(post).remote_id]


def test_a_server_whose_clock_is_ahead_lets_nothing_out_early(world: World) -> None:
    post = world.plan()
    world.run()
    world.fake.skew = timedelta(seconds=60)

    world.run_until(post.scheduled_at + timedelta(minutes=5), timedelta(seconds=5))

    assert [entry.at >= post.scheduled_at for entry in world.fake.network] == [True]
    assert "clock_skew" in world.alerts()


def test_the_servers_skew_is_written_down(world: World) -> None:
    _staged(world)
    world.fake.skew = timedelta(seconds=-9)

    world.run(timedelta(seconds=2))

    assert world.rows(Account)[0].skew_s == -9


def test_an_edit_while_the_promote_runs_is_not_published_in_the_old_words(world: World) -> None:
    post = _staged(world)
    first = world.draft(post)

    def edit() -> None:
        edit_post(world.ports, post.id, PostChanges(content=Content(caption="New words")))

    world.wire.meanwhile("PUT", edit)
    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert first.is_deleted
    assert [entry.post_id for entry in world.fake.network] == [world.delivery(post).remote_id]
    assert "New words" in world.draft(post).content


def test_a_reschedule_to_next_week_while_the_promote_runs_is_not_published_today(world: World) -> None:
    post = _staged(world)

    def reschedule() -> None:
        at = (post.scheduled_at + timedelta(days=7)).isoformat()
        edit_post(world.ports, post.id, PostChanges(scheduled_at=at))

    world.wire.meanwhile("PUT", reschedule)
    world.run_until(post.scheduled_at + timedelta(hours=1))

    assert world.fake.network == []
    assert world.live() == []
    assert world.delivery(post).state is DeliveryState.PLANNED


def test_a_refused_key_holds_the_account_and_its_new_key_heals_it(world: World) -> None:
    post = _staged(world)
    world.change(Account, world.account, api_key="wrong")

    world.run(timedelta(seconds=5))
    sick = world.alerts()
    register_account(world.ports, world.account.base_url, "key-of-harbour", account_id=world.account.id)
    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert "account_sick" in sick
    assert "account_sick" not in world.alerts()
    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert len(world.fake.network) == 1


@pytest.mark.parametrize("state", ["PUBLISHED", "ERROR"])
def test_what_a_person_has_let_out_is_taken_as_it_is(world: World, state: str) -> None:
    post = _staged(world)
    if state == "ERROR":
        world.fake.fail_publish(PublishFailure(reason="no"))
    world.fake.hand.publish(world.draft(post).id)
    world.fake.run_due()
    world.clock.advance(timedelta(seconds=3))
    world.fake.run_due()

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert world.wire.count("PUT") == 0
    wanted = DeliveryState.PUBLISHED if state == "PUBLISHED" else DeliveryState.FAILED
    assert world.delivery(post).state is wanted


def test_what_died_unproven_and_is_found_at_its_time_is_for_a_person(world: World) -> None:
    post = _staged(world)
    world.wire.meanwhile("PUT", _die, is_done=True)
    with pytest.raises(KeyboardInterrupt):
        world.run(timedelta(seconds=1))
    world.fake.begin_outage("temporal_down")

    world.clock.set(post.scheduled_at)
    world.run(timedelta(minutes=1), timedelta(seconds=5))

    assert world.delivery(post).needs_decision
    assert world.wire.count("PUT") == 1


def test_a_draft_that_was_deleted_after_it_may_have_gone_out_is_for_a_person(world: World) -> None:
    post = _staged(world)
    world.wire.meanwhile("PUT", _die, is_done=True)
    with pytest.raises(KeyboardInterrupt):
        world.run(timedelta(seconds=1))
    world.clock.set(post.scheduled_at + timedelta(minutes=1))
    world.fake.run_due()
    world.fake.hand.delete(world.draft(post).id)

    world.run(timedelta(minutes=1), timedelta(seconds=5))

    assert len(world.fake.network) == 1
    assert world.delivery(post).needs_decision


def _die() -> None:
    raise KeyboardInterrupt
