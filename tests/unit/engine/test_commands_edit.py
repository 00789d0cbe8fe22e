"""Editing, rescheduling and changing a listing: by the way that each state asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from postengine.engine.commands.cancel import cancel_delivery, cancel_post
from postengine.engine.commands.decide import Decision, decide
from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.withdraw import change_listing
from postengine.engine.posts.errors import Conflict, Invalid, NotFound
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.post import Content, MediaItem, MediaKind, Post
from postengine.engine.posts.states import DeliveryState, ListingStatus, Step
from postengine.errors import PostEngineError

from .world import World


class RetryLater(PostEngineError):
    """A renderer that is busy."""

    retryable = True


NEW = PostChanges(content=Content(caption="New words"))


def _price(world: World, price: str) -> None:
    facts = replace(world.listing.facts, price=price)
    change_listing(world.ports, world.listing.id, facts=facts)


def test_a_planned_post_is_changed_in_place(world: World) -> None:
    post = world.plan(after=timedelta(days=3))

    edited = edit_post(world.ports, post.id, replace(NEW, title="Other", zone="Europe/Madrid"))

    assert (edited.title, edited.zone, edited.rev) == ("Other", "Europe/Madrid", 2)
    assert world.delivery(post).rev == 2
    assert world.delivery(post).due_at == post.scheduled_at


def test_overrides_change_one_channel(world: World) -> None:
    post = world.plan(world.instagram, world.whatsapp)

    edit_post(world.ports, post.id, PostChanges(overrides={world.instagram.id: Content(caption="Only here")}))

    overrides = {row.channel_id: row.overrides.caption for row in world.deliveries(post)}
    assert overrides == {world.instagram.id: "Only here", world.whatsapp.id: None}


def test_settings_are_merged_key_by_key(world: World) -> None:
    post = world.plan(
        content=Content(
            caption="x", media=(MediaItem(kind=MediaKind.CARD),), settings={"post_type": "post", "a": 1}
        )
    )

    edited = edit_post(world.ports, post.id, PostChanges(content=Content(settings={"b": 2})))

    assert edited.content.settings == {"post_type": "post", "a": 1, "b": 2}


def test_an_edit_that_changes_nothing_leaves_a_promoted_post_alone(world: World) -> None:
    post = world.plan()
    world.run_until(post.scheduled_at - timedelta(minutes=4))

    edit_post(world.ports, post.id, PostChanges(title=post.title, scheduled_at=post.local_time))

    assert world.delivery(post).recall is None
    assert world.delivery(post).state is DeliveryState.PROMOTED


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (PostChanges(scheduled_at="2020-01-01T00:00"), "in_the_past"),
        (PostChanges(scheduled_at="x"), "not_a_time"),
        (PostChanges(not_after="2026-12-01T09:30"), "before_start"),
        (PostChanges(content=Content(caption="{size}")), "unresolved_placeholder"),
        (PostChanges(content=Content(caption="x" * 2201)), "too_long"),
    ],
)
def test_a_bad_change_changes_nothing(world: World, changes: PostChanges, code: str) -> None:
    post = world.plan()
    before = world.delivery(post)

    with pytest.raises(Invalid) as caught:
        edit_post(world.ports, post.id, changes)

    assert code in {problem.code for problem in caught.value.problems}
    assert world.delivery(post) == before
    assert world.rows(Post)[0] == post


def test_a_post_that_does_not_exist_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        edit_post(world.ports, "post_x", NEW)


def test_a_post_that_waits_for_a_decision_cannot_be_edited(world: World) -> None:
    post = world.plan()
    world.change(type(world.delivery(post)), world.delivery(post), state=DeliveryState.UNCONFIRMED)

    with pytest.raises(Conflict) as caught:
        edit_post(world.ports, post.id, NEW)

    assert caught.value.code == "needs_decision"


def test_what_has_ended_is_left_as_it_was(world: World) -> None:
    post = world.plan(world.instagram, world.whatsapp)
    by_channel = {row.channel_id: row for row in world.deliveries(post)}
    cancel_delivery(world.ports, by_channel[world.whatsapp.id].id)

    edit_post(world.ports, post.id, NEW)

    revs = {row.channel_id: row.rev for row in world.deliveries(post)}
    assert revs == {world.instagram.id: 2, world.whatsapp.id: 1}


def test_an_open_handover_gets_the_new_words_and_stays_open(world: World) -> None:
    world.pair()
    post = world.plan(world.whatsapp, scheduled_at=None)
    world.run()

    edit_post(world.ports, post.id, NEW)

    assert (world.delivery(post).state, world.delivery(post).rev) == (DeliveryState.NOTIFIED, 2)


def test_an_edit_while_a_recall_runs_keeps_its_aim(world: World) -> None:
    post = world.plan()
    world.run_until(post.scheduled_at - timedelta(minutes=4))
    cancel_post(world.ports, post.id)

    edit_post(world.ports, post.id, NEW)
    world.run()

    assert world.delivery(post).state is DeliveryState.CANCELLED


def test_a_later_end_may_be_given_to_what_waits(world: World) -> None:
    post = world.plan()
    end = post.scheduled_at + timedelta(minutes=10)

    edit_post(world.ports, post.id, PostChanges(not_after=end.isoformat()))

    assert world.delivery(post).miss_at == end


def test_an_edit_of_what_is_sent_again_tomorrow_does_not_send_it_now(world: World) -> None:
    post = world.plan()
    cancel_post(world.ports, post.id)
    at = world.clock.now() + timedelta(days=2)
    decide(world.ports, world.delivery(post).id, Decision.SEND_AGAIN, send_at=at)
    world.run_until(post.scheduled_at + timedelta(hours=12), timedelta(hours=1))

    edit_post(world.ports, post.id, NEW)
    world.run(timedelta(hours=2), timedelta(minutes=1))

    assert world.fake.network == []
    assert world.delivery(post).due_at == at


def test_a_new_price_is_drawn_and_written_anew(world: World) -> None:
    post = world.plan()
    world.run()

    _price(world, "€ 470,000")
    world.run()

    assert len(world.renderer.rendered) == 2
    assert "€ 470,000" in world.draft(post).content
    assert world.wire.count("POST", "/upload") == 2
    assert len(world.live()) == 1


def test_a_new_price_recalls_what_is_promoted(world: World) -> None:
    post = world.plan()
    world.run_until(post.scheduled_at - timedelta(minutes=4))
    first = world.draft(post)

    _price(world, "€ 470,000")
    world.run_until(post.scheduled_at + timedelta(minutes=2))

    assert first.is_deleted
    assert "€ 470,000" in world.draft(post).content
    assert [entry.post_id for entry in world.fake.network] == [world.delivery(post).remote_id]


def test_nothing_is_sent_until_its_new_picture_is_drawn(world: World) -> None:
    post = world.plan()
    world.run()
    world.renderer.error = RetryLater("busy")
    _price(world, "€ 470,000")

    world.run_until(post.scheduled_at + timedelta(minutes=10), timedelta(minutes=1))
    sent_early = len(world.fake.network)
    world.renderer.error = None
    world.run(timedelta(minutes=10), timedelta(seconds=30))

    assert sent_early == 0
    assert "€ 470,000" in world.draft(post).content
    assert len(world.fake.network) == 1


def test_a_change_that_says_nothing_new_leaves_deliveries_alone(world: World) -> None:
    post = world.plan(content=Content(caption="Come and see", media=(MediaItem(kind=MediaKind.PHOTO),)))
    world.run()
    before = world.delivery(post)

    _price(world, "€ 470,000")

    assert world.delivery(post) == before


def test_the_same_listing_again_is_no_change(world: World) -> None:
    listing = change_listing(world.ports, world.listing.id, facts=world.listing.facts)

    assert listing.rev == 1


@pytest.mark.parametrize("status", [ListingStatus.SOLD, ListingStatus.WITHDRAWN])
def test_off_the_market_everything_unsent_is_cancelled_in_one_move(
    world: World, status: ListingStatus
) -> None:
    world.pair()
    posts = [
        world.plan(external_id="planned", after=timedelta(days=3)),
        world.plan(external_id="staged", after=timedelta(hours=5)),
        world.plan(external_id="promoted", after=timedelta(minutes=4)),
        world.plan(world.whatsapp, external_id="task", scheduled_at=None),
    ]
    world.run()
    states = [world.delivery(post).state for post in posts]

    change_listing(world.ports, world.listing.id, status=status)
    world.run(timedelta(hours=6), timedelta(minutes=1))

    assert states == ["planned", "staged", "promoted", "notified"]
    assert {world.delivery(post).state for post in posts} == {DeliveryState.CANCELLED}
    assert world.live() == []
    assert world.fake.network == []


def test_what_is_out_stays_out_when_the_listing_goes(world: World) -> None:
    post = world.plan(scheduled_at=None)
    world.run(timedelta(minutes=1))

    change_listing(world.ports, world.listing.id, status=ListingStatus.SOLD)

    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_a_withdrawal_beats_a_decision_to_send_again_that_is_under_way(world: World) -> None:
    post = world.plan()
    world.run()
    world.fake.hand.delete(world.draft(post).id)
    world.run_until(post.scheduled_at)
    assert world.delivery(post).state is DeliveryState.CANCELLED
    decide(world.ports, world.delivery(post).id, Decision.SEND_AGAIN)

    change_listing(world.ports, world.listing.id, status=ListingStatus.WITHDRAWN)
    world.run(timedelta(minutes=10))

    assert world.delivery(post).state is DeliveryState.CANCELLED
    assert world.fake.network == []


def test_a_new_price_reaches_what_is_about_to_be_sent_again(world: World) -> None:
    post = world.plan()
    world.run()
    world.fake.hand.delete(world.draft(post).id)
    world.run_until(post.scheduled_at)
    decide(world.ports, world.delivery(post).id, Decision.SEND_AGAIN)
    asset_ids = world.delivery(post).asset_ids

    _price(world, "€ 470,000")
    world.run(timedelta(minutes=5))

    assert world.delivery(post).asset_ids != asset_ids
    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert "€ 470,000" in world.draft(post).content


def test_a_listing_that_leaves_the_market_unseen_stops_the_step_at_its_last_write(world: World) -> None:
    post = world.plan()
    world.run()
    world.change(Listing, world.listing, status=ListingStatus.SOLD)

    world.run_until(post.scheduled_at + timedelta(minutes=1), timedelta(seconds=30))

    assert world.wire.count("PUT") == 0
    assert world.delivery(post).reason == "the listing is off the market"
    assert world.delivery(post).next_step is Step.PROMOTE


def test_cancelling_twice_and_what_is_not_there(world: World) -> None:
    post = world.plan()
    cancel_post(world.ports, post.id)

    assert [row.state for row in cancel_post(world.ports, post.id)] == [DeliveryState.CANCELLED]
    with pytest.raises(Conflict) as caught:
        cancel_delivery(world.ports, world.delivery(post).id)
    assert caught.value.code == "not_open"
    with pytest.raises(NotFound):
        cancel_post(world.ports, "post_x")
