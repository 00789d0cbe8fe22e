"""Deciding: a person says what became of a delivery, or what is to become of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postengine.engine.commands.cancel import cancel_delivery, cancel_post
from postengine.engine.commands.decide import Decision, decide
from postengine.engine.commands.withdraw import change_listing
from postengine.engine.posts.delivery import Delivery, make_ref
from postengine.engine.posts.errors import Conflict, NotFound
from postengine.engine.posts.post import Post
from postengine.engine.posts.record import RemotePost
from postengine.engine.posts.states import DeliveryState, ListingStatus, Mode
from postengine.testing.postiz import Fault

from .world import World


@pytest.fixture
def unconfirmed(world: World) -> Post:
    """A post whose promote was lost too late to be begun anew, and never done."""
    world.fake.faults.add(Fault(kind="drop_before", method="PUT"))
    post = world.plan(scheduled_at=None)
    world.run(timedelta(seconds=10))
    assert world.delivery(post).needs_decision
    return post


def test_published_is_taken_by_word(world: World, unconfirmed: Post) -> None:
    decided = decide(
        world.ports, world.delivery(unconfirmed).id, Decision.PUBLISHED, release_url="https://i.example/1"
    )

    assert decided.delivery.state is DeliveryState.PUBLISHED
    assert decided.delivery.release_url == "https://i.example/1"
    assert "needs_decision" not in world.alerts()
    assert decided.warning is None


@pytest.mark.parametrize(
    ("decision", "state"), [(Decision.FAILED, DeliveryState.FAILED), (Decision.DROP, DeliveryState.CANCELLED)]
)
def test_failed_and_drop_first_delete_what_there_is(
    world: World, unconfirmed: Post, decision: Decision, state: DeliveryState
) -> None:
    decided = decide(world.ports, world.delivery(unconfirmed).id, decision)
    world.run()

    assert (decided.delivery.state, decided.delivery.recall) == (DeliveryState.UNCONFIRMED, state)
    assert not decided.delivery.needs_decision
    assert world.delivery(unconfirmed).state is state
    assert world.live() == []
    assert "needs_decision" not in world.alerts()


def test_send_again_deletes_first_and_publishes_under_a_new_mark(world: World, unconfirmed: Post) -> None:
    first = world.draft(unconfirmed)
    decide(world.ports, world.delivery(unconfirmed).id, Decision.SEND_AGAIN)

    world.run(timedelta(minutes=1))

    delivery = world.delivery(unconfirmed)
    assert first.is_deleted
    assert (delivery.state, delivery.occurrence) == (DeliveryState.PUBLISHED, 2)
    assert [entry.ref for entry in world.fake.network] == [make_ref("harbour", "p1", "ig", 2)]


def test_send_again_may_name_a_time(world: World, unconfirmed: Post) -> None:
    at = world.clock.now() + timedelta(hours=1)

    decide(world.ports, world.delivery(unconfirmed).id, Decision.SEND_AGAIN, send_at=at)
    world.run_until(at + timedelta(minutes=2))

    assert [entry.at for entry in world.fake.network] == [
        at.replace(microsecond=at.microsecond // 1000 * 1000)
    ]


def test_a_post_that_was_seen_queued_past_its_time_comes_with_a_warning(world: World) -> None:
    post = world.plan()
    world.run_until(post.scheduled_at - timedelta(minutes=4))
    world.fake.begin_outage("temporal_down")
    world.run(timedelta(hours=1), timedelta(minutes=1))

    decided = decide(world.ports, world.delivery(post).id, Decision.SEND_AGAIN)

    assert "may still come out" in (decided.warning or "")


@pytest.mark.parametrize("state", [DeliveryState.MISSED, DeliveryState.CANCELLED, DeliveryState.FAILED])
def test_what_never_reached_postiz_is_sent_again_from_the_start(world: World, state: DeliveryState) -> None:
    post = world.plan(after=timedelta(days=2))
    world.change(Delivery, world.delivery(post), state=state, next_step=None, act_at=None)

    decided = decide(world.ports, world.delivery(post).id, Decision.SEND_AGAIN)
    world.run(timedelta(minutes=1))

    assert (decided.delivery.state, decided.delivery.recall) == (DeliveryState.PLANNED, None)
    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_an_unconfirmed_one_without_evidence_is_recalled_all_the_same(
    world: World, unconfirmed: Post
) -> None:
    for remote in world.rows(RemotePost):
        world.change(RemotePost, remote, gone_at=world.clock.now())

    decided = decide(world.ports, world.delivery(unconfirmed).id, Decision.SEND_AGAIN)
    world.run()

    assert decided.delivery.recall is DeliveryState.PLANNED
    assert world.delivery(unconfirmed).state in {DeliveryState.PROMOTED, DeliveryState.PUBLISHED}


def test_the_word_of_a_person_closes_a_manual_task(world: World) -> None:
    world.pair()
    post = world.plan(world.whatsapp, scheduled_at=None)
    world.run()

    decided = decide(world.ports, world.delivery(post).id, Decision.PUBLISHED)

    assert decided.delivery.state is DeliveryState.PUBLISHED


@pytest.mark.parametrize("state", [DeliveryState.DECLINED, DeliveryState.MISSED, DeliveryState.CANCELLED])
def test_a_task_is_handed_over_again(world: World, state: DeliveryState) -> None:
    world.pair()
    post = world.plan(world.whatsapp, scheduled_at=None)
    world.run()
    rung = len(world.notifier.rung)
    world.change(
        Delivery, world.delivery(post), state=state, next_step=None, act_at=None, reminders=3, snoozes=3
    )

    decide(world.ports, world.delivery(post).id, Decision.SEND_AGAIN)
    world.run()

    delivery = world.delivery(post)
    assert (delivery.state, delivery.reminders, delivery.snoozes) == (DeliveryState.NOTIFIED, 0, 0)
    assert len(world.notifier.rung) == rung + 1


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("state", list(DeliveryState))
@pytest.mark.parametrize("decision", list(Decision))
def test_what_may_be_said_of_which_state(
    world: World, mode: Mode, state: DeliveryState, decision: Decision
) -> None:
    post = world.plan(world.instagram if mode is Mode.AUTOMATIC else world.whatsapp)
    world.change(Delivery, world.delivery(post), state=state)
    again = {"unconfirmed", "failed", "missed", "cancelled", "declined"}
    ended = {"missed", "declined", "cancelled"}
    by_word = {*ended, "planned", "notified", "opened", "shared"} if mode is Mode.MANUAL else set[str]()
    allowed = {
        Decision.PUBLISHED: {"unconfirmed"} | by_word,
        Decision.FAILED: {"unconfirmed"},
        Decision.DROP: {"unconfirmed"},
        Decision.SEND_AGAIN: again,
    }[decision]
    impossible = mode is Mode.MANUAL and state in {"unconfirmed", "failed", "staged", "promoted"}
    impossible = impossible or (mode is Mode.AUTOMATIC and state == "declined")
    if impossible:
        return
    if state in allowed:
        decide(world.ports, world.delivery(post).id, decision)
    else:
        with pytest.raises(Conflict) as caught:
            decide(world.ports, world.delivery(post).id, decision)
        assert caught.value.code == "not_decidable"


def test_nothing_is_decided_while_a_recall_runs(world: World, unconfirmed: Post) -> None:
    decide(world.ports, world.delivery(unconfirmed).id, Decision.DROP)

    with pytest.raises(Conflict) as caught:
        decide(world.ports, world.delivery(unconfirmed).id, Decision.SEND_AGAIN)

    assert "recalling" in str(caught.value)


def test_what_is_not_there_cannot_be_decided(world: World) -> None:
    with pytest.raises(NotFound):
        decide(world.ports, "del_x", Decision.DROP)


def test_a_post_of_a_sold_property_is_not_sent_again(world: World) -> None:
    post = world.plan()
    change_listing(world.ports, world.listing.id, status=ListingStatus.SOLD)

    with pytest.raises(Conflict) as caught:
        decide(world.ports, world.delivery(post).id, Decision.SEND_AGAIN)

    assert caught.value.code == "off_market"


def test_a_decision_to_send_again_can_be_cancelled_while_it_is_under_way(
    world: World, unconfirmed: Post
) -> None:
    decide(world.ports, world.delivery(unconfirmed).id, Decision.SEND_AGAIN)
    cancel_delivery(world.ports, world.delivery(unconfirmed).id)

    world.run(timedelta(minutes=1))

    assert world.delivery(unconfirmed).state is DeliveryState.CANCELLED
    assert world.fake.network == []


def test_a_post_without_listing_is_sent_again(world: World) -> None:
    post = world.plan(listing_id=None, content=world.words("Open day"))
    cancel_post(world.ports, post.id)

    decide(world.ports, world.delivery(post).id, Decision.SEND_AGAIN)
    world.run(timedelta(minutes=1))

    assert world.delivery(post).state is DeliveryState.PUBLISHED
