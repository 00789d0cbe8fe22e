"""Staging: a draft is found, rewritten or made; what was lost on the way is looked for, never doubled."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.posts.post import Content
from postengine.engine.posts.record import Attempt, Outcome, RemotePost, Upload, Verb
from postengine.engine.posts.states import DeliveryState, Step
from postengine.testing.postiz import Fault, FaultKind

from .world import World

POSTS = "/public/v1/posts"


def _lose(world: World, kind: FaultKind, method: str = "POST", path: str = POSTS, **fields: float) -> None:
    world.fake.faults.add(Fault(kind=kind, method=method, path=path, **fields))  # type: ignore[arg-type]


def test_the_account_is_listed_before_its_first_draft_only(world: World) -> None:
    world.plan(external_id="a")
    world.run()
    first = list(world.wire.requests)
    world.plan(external_id="b")

    world.run()

    methods = [method for method, path in first if path.endswith("/posts")]
    assert methods == ["GET", "POST"]
    assert [method for method, _ in world.wire.requests[len(first) :]] == ["POST"]


@pytest.mark.parametrize("kind", ["drop_after", "cut_after", "500_after"])
def test_a_draft_whose_answer_was_lost_is_adopted(world: World, kind: FaultKind) -> None:
    _lose(world, kind)
    post = world.plan()

    world.run(timedelta(minutes=3))

    assert world.delivery(post).state is DeliveryState.STAGED
    assert world.wire.count("POST", "/posts") == 1
    assert [row.id for row in world.live()] == [world.delivery(post).remote_id]
    assert "found its draft" in world.why(post)


def test_a_draft_whose_making_failed_by_its_own_error_is_made_after_one_empty_look(world: World) -> None:
    _lose(world, "500_before")
    post = world.plan()
    started_at = world.clock.now()

    world.run(timedelta(seconds=10))

    creates = world.rows(Attempt, verb=Verb.CREATE)
    assert world.delivery(post).state is DeliveryState.STAGED
    assert [attempt.outcome for attempt in creates] == [Outcome.FAILED, Outcome.DONE]
    assert creates[1].opened_at - started_at <= world.ports.timings.backoff


def test_a_draft_that_was_not_made_is_made_after_two_empty_looks(world: World) -> None:
    _lose(world, "drop_before")
    post = world.plan()
    started_at = world.clock.now()

    world.run(timedelta(minutes=3))

    creates = [attempt for attempt in world.rows(Attempt) if attempt.verb is Verb.CREATE]
    assert world.delivery(post).state is DeliveryState.STAGED
    assert len(creates) == 2
    assert creates[1].opened_at - started_at >= world.ports.timings.settle
    assert world.delivery(post).absent_at is None


def test_a_request_that_runs_on_after_its_client_gave_up_makes_no_second_draft(world: World) -> None:
    _lose(world, "late_commit", delay_s=40, hangs=False)
    post = world.plan()

    world.run(timedelta(minutes=3))

    assert world.delivery(post).state is DeliveryState.STAGED
    assert len(world.live()) == 1
    assert world.wire.count("POST", "/posts") == 1


def test_a_draft_that_turns_up_after_all_is_deleted_by_the_next_listing(world: World) -> None:
    _lose(world, "late_commit", delay_s=300, hangs=False)
    post = world.plan()

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert len(world.live()) == 1
    assert len(world.fake.network) == 1


def test_a_process_that_dies_while_making_a_draft_finds_it_again(world: World) -> None:
    post = world.plan()

    def die() -> None:
        raise KeyboardInterrupt

    world.wire.meanwhile("POST", lambda: None)
    world.wire.meanwhile("POST", lambda: world.wire.meanwhile("POST", die, is_done=True), is_done=True)
    with pytest.raises(KeyboardInterrupt):
        world.run()
    world.run(timedelta(minutes=5), timedelta(seconds=10))

    delivery = world.delivery(post)
    assert (delivery.state, delivery.crashes) == (DeliveryState.STAGED, 0)
    assert [row.id for row in world.live()] == [delivery.remote_id]
    assert {attempt.outcome for attempt in world.rows(Attempt)} == {None}


def test_an_edit_of_a_staged_post_rewrites_the_same_draft(world: World) -> None:
    post = world.plan()
    world.run()
    before = world.draft(post)

    edit_post(world.ports, post.id, PostChanges(content=Content(caption="New words")))
    world.run()

    assert world.draft(post).id == before.id
    assert "New words" in world.draft(post).content
    assert [attempt.verb for attempt in world.rows(Attempt)] == [Verb.CREATE, Verb.REWRITE]
    assert world.rows(RemotePost)[0].rev == world.delivery(post).rev == 2


@pytest.mark.parametrize("kind", ["drop_after", "drop_before", "500_after"])
def test_an_edit_that_was_not_answered_gives_its_draft_up(world: World, kind: FaultKind) -> None:
    post = world.plan()
    world.run()
    first = world.draft(post)
    edit_post(world.ports, post.id, PostChanges(content=Content(caption="New words")))
    _lose(world, kind)

    world.run(timedelta(minutes=3))

    assert first.is_deleted
    assert world.draft(post).id != first.id
    assert "New words" in world.draft(post).content
    assert [remote.is_dead for remote in world.rows(RemotePost)] == [True, False]


def test_an_edit_that_was_never_sent_is_sent_again_to_the_same_draft(world: World) -> None:
    post = world.plan()
    world.run()
    first = world.draft(post)
    edit_post(world.ports, post.id, PostChanges(content=Content(caption="New words")))
    _lose(world, "429", delay_s=30)

    world.run(timedelta(minutes=3))

    assert world.draft(post) is first
    assert "New words" in first.content


def test_a_draft_that_a_person_deleted_is_made_anew_after_an_edit(world: World) -> None:
    post = world.plan()
    world.run()
    first = world.draft(post)
    world.fake.hand.delete(first.id)

    edit_post(world.ports, post.id, PostChanges(content=Content(caption="New words")))
    world.run()

    assert world.delivery(post).state is DeliveryState.STAGED
    assert world.draft(post).id != first.id


def test_a_stale_draft_of_another_rev_is_deleted_before_a_new_one_is_made(world: World) -> None:
    _lose(world, "late_commit", delay_s=20, hangs=False)
    post = world.plan()
    world.run()
    edit_post(world.ports, post.id, PostChanges(content=Content(caption="New words")))

    world.run(timedelta(minutes=5))

    (live,) = world.live()
    assert "New words" in live.content
    assert live.id == world.delivery(post).remote_id
    assert "an older draft was in the way" in world.why(post)


def test_what_postiz_refuses_fails_with_its_reason_and_an_alert(world: World) -> None:
    post = world.plan()
    world.change(type(world.instagram), world.instagram, integration_id="int-unknown")

    world.run()

    delivery = world.delivery(post)
    assert (delivery.state, delivery.next_step) == (DeliveryState.FAILED, None)
    assert "Postiz refused it" in (delivery.reason or "")
    assert "refused" in world.alerts()


def test_an_upload_that_fails_is_tried_again(world: World) -> None:
    _lose(world, "500_before", path="/upload")
    post = world.plan()

    world.run()
    waiting = world.delivery(post)
    world.run(timedelta(seconds=10))

    assert (waiting.state, waiting.tries) == (DeliveryState.PLANNED, 1)
    assert world.delivery(post).state is DeliveryState.STAGED
    assert len(world.live()) == 1


def test_a_file_that_postiz_refuses_fails_the_delivery(world: World) -> None:
    post = world.plan()
    world.renderer.content = b"not a picture"

    world.run()

    assert world.delivery(post).state is DeliveryState.FAILED
    assert "refused" in world.alerts()


def test_a_listing_that_fails_is_tried_again(world: World) -> None:
    _lose(world, "drop_before", method="GET", times=3)
    post = world.plan()

    world.run(timedelta(seconds=10))

    assert world.delivery(post).state is DeliveryState.STAGED


def test_an_edit_during_the_creation_leaves_one_draft_with_the_new_words(world: World) -> None:
    post = world.plan()
    world.run()  # the account is known, and the file is there
    other = world.plan(external_id="p2")

    def edit() -> None:
        edit_post(world.ports, other.id, PostChanges(content=Content(caption="New words")))

    world.wire.meanwhile("POST", edit, is_done=True)
    world.run(timedelta(minutes=2))

    drafts = [row for row in world.live() if row.ref == world.delivery(other).ref]
    assert [row.id for row in drafts] == [world.delivery(other).remote_id]
    assert "New words" in drafts[0].content
    assert world.delivery(post).state is DeliveryState.STAGED


def test_an_older_installations_draft_is_adopted_from_a_lost_database(tmp_path: Path) -> None:
    before = World(tmp_path / "a")
    before.plan()
    before.run()
    after = World(tmp_path / "b")
    after.fake = before.fake
    after.wire = before.wire
    post = after.plan()

    after.run()

    assert after.delivery(post).state is DeliveryState.STAGED
    assert len(after.live()) == 1
    assert before.wire.count("POST", "/posts") == 1


def test_a_draft_promoted_by_hand_while_we_edit_is_fenced_off_first(world: World) -> None:
    post = world.plan()
    world.run()
    first = world.draft(post)
    edit_post(world.ports, post.id, PostChanges(content=Content(caption="New words")))
    world.fake.hand.promote(first.id)

    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert first.is_deleted
    assert [entry.post_id for entry in world.fake.network] == [world.delivery(post).remote_id]
    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_nothing_is_staged_under_a_fence_that_is_lost_during_the_upload(world: World) -> None:
    post = world.plan()

    def edit() -> None:
        edit_post(world.ports, post.id, PostChanges(content=Content(caption="New words")))

    world.wire.meanwhile("POST", edit, is_done=True)  # the first POST is the upload
    world.run()

    creates = [attempt for attempt in world.rows(Attempt) if attempt.outcome is Outcome.DONE]
    assert [attempt.rev for attempt in creates] == [2]
    assert world.delivery(post).next_step is Step.PROMOTE


def test_a_file_that_postiz_has_lost_is_uploaded_again(world: World) -> None:
    content = world.words("one")
    first = world.plan(external_id="a", content=content)
    world.run()
    (upload,) = world.rows(Upload)
    world.fake.uploads.forget(upload.url)
    world.clock.advance(timedelta(hours=1))

    second = world.plan(external_id="b", content=content)
    world.run()

    assert world.wire.count("POST", "/upload") == 2
    (again,) = world.rows(Upload)
    assert again.media_id != upload.media_id
    assert world.delivery(second).state is DeliveryState.STAGED
    assert world.draft(second).image != world.draft(first).image


def test_a_file_that_is_still_there_is_asked_for_once_an_hour(world: World) -> None:
    content = world.words("one")
    for number in range(4):
        world.plan(external_id=f"p{number}", content=content, after=timedelta(hours=20))
        world.run()
        world.clock.advance(timedelta(minutes=40))

    assert world.wire.count("POST", "/upload") == 1
    assert world.wire.count("HEAD") == 1


def test_a_file_that_may_be_there_is_used(world: World) -> None:
    content = world.words("one")
    world.plan(external_id="a", content=content)
    world.run()
    world.clock.advance(timedelta(hours=1))
    world.fake.faults.add(Fault(kind="proxy_502", method="HEAD", times=None))

    second = world.plan(external_id="b", content=content)
    world.run(timedelta(minutes=1))

    assert world.wire.count("POST", "/upload") == 1
    assert world.delivery(second).state is DeliveryState.STAGED
