"""What is unsent follows what it is made from, and a post that is planned again follows what is asked now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.register import register_agent, register_channel, register_tenant
from postengine.engine.commands.withdraw import change_listing
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.errors import Invalid
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.post import Content, MediaItem, MediaKind
from postengine.engine.posts.states import DeliveryState, HoldReason, ListingStatus

from .world import KEY, World

_S = DeliveryState
_SOON = timedelta(minutes=5)


def _new_phone(world: World) -> None:
    register_agent(world.ports, world.tenant.id, "ana", name="Ana", phone="+351 999")


def _linkedin(world: World) -> Channel:
    world.fake.add_account(KEY, [{"id": "int-li", "identifier": "linkedin-page"}])
    return register_channel(
        world.ports, world.tenant.id, "li", kind="linkedin-page", name="LinkedIn", integration_id="int-li"
    )


def test_an_agents_new_phone_reaches_the_draft(world: World) -> None:
    content = Content(caption="call {agent.phone}", media=(MediaItem(kind=MediaKind.CARD),))
    post = world.plan(content=content)
    world.run()

    _new_phone(world)
    world.run_until(post.scheduled_at + _SOON)

    assert world.texts_out() == ["call +351 999"]


def test_an_agents_new_phone_reaches_the_picture(world: World) -> None:
    post = world.plan()
    world.run()

    _new_phone(world)
    world.run_until(post.scheduled_at + _SOON)

    (asset_id,) = world.delivery(post).asset_ids
    (asset,) = world.rows(Asset, id=asset_id)
    assert "+351 999" in str(asset.spec)
    assert len(world.fake.network) == 1


def test_a_tenants_new_legal_line_reaches_the_draft(world: World) -> None:
    post = world.plan()
    world.run()

    register_tenant(
        world.ports,
        "harbour",
        name="Harbour & Hill",
        zone="Europe/Lisbon",
        account_id=world.account.id,
        legal="AMI 123",
    )
    world.run_until(post.scheduled_at + _SOON)

    assert ["AMI 123" in text for text in world.texts_out()] == [True]


def test_a_channels_new_integration_gets_the_post(world: World) -> None:
    world.fake.add_account(KEY, [{"id": "int-ig2", "identifier": "instagram", "name": "New"}])
    post = world.plan()
    world.run()

    register_channel(
        world.ports,
        world.tenant.id,
        "ig",
        kind="instagram",
        name="Instagram",
        integration_id="int-ig2",
        settings={"post_type": "post"},
    )
    world.run_until(post.scheduled_at + _SOON)

    assert [entry.integration for entry in world.fake.network] == ["int-ig2"]


def test_a_price_that_a_text_needs_cannot_be_taken_away(world: World) -> None:
    post = world.plan()
    world.run()

    with pytest.raises(Invalid):
        change_listing(world.ports, world.listing.id, facts=replace(world.listing.facts, price=""))

    (listing,) = world.rows(Listing)
    world.run_until(post.scheduled_at + _SOON)
    assert listing.facts.price == "€ 485,000"
    assert world.texts_out() == ["3 Bedroom Apartment for € 485,000"]


def test_a_price_that_changes_while_a_picture_is_drawn_is_drawn_again(world: World) -> None:
    post = world.plan()
    claimed = world.claim("asset")
    change_listing(world.ports, world.listing.id, facts=replace(world.listing.facts, price="€ 9"))

    world.perform(claimed)
    world.run_until(post.scheduled_at + timedelta(minutes=1))

    assert "€ 9" in str(world.renderer.rendered[-1])
    assert world.texts_out() == ["3 Bedroom Apartment for € 9"]


def test_a_new_zone_moves_the_instant_of_a_local_time(world: World) -> None:
    post = world.plan(scheduled_at="2026-12-01T18:00")

    edit_post(world.ports, post.id, PostChanges(zone="America/New_York"))

    assert world.delivery(post).due_at.isoformat() == "2026-12-01T23:00:00+00:00"


def test_a_channel_that_is_no_longer_named_gets_nothing(world: World) -> None:
    post = world.plan(world.instagram, _linkedin(world))
    world.run()

    world.plan(world.instagram)
    world.run_until(post.scheduled_at + _SOON)

    assert [entry.integration for entry in world.fake.network] == ["int-ig"]


def test_a_channel_that_is_added_gets_its_post(world: World) -> None:
    linkedin = _linkedin(world)
    post = world.plan(world.instagram)
    world.run()

    world.plan(world.instagram, linkedin)
    world.run_until(post.scheduled_at + _SOON)

    assert sorted(entry.integration for entry in world.fake.network) == ["int-ig", "int-li"]


def test_an_added_channel_that_cannot_take_it_is_refused_and_changes_nothing(world: World) -> None:
    linkedin = _linkedin(world)
    post = world.plan(linkedin, content=Content(caption="words alone"))

    with pytest.raises(Invalid) as caught:
        world.plan(linkedin, world.instagram, content=Content(caption="other words alone"))

    assert caught.value.problems
    assert [row.channel_id for row in world.deliveries(post)] == [linkedin.id]
    assert world.delivery(post).rev == 1


def test_a_post_planned_again_as_unapproved_waits_once(world: World) -> None:
    post = world.plan()
    world.run()

    world.plan(is_approved=False)
    world.plan(is_approved=False)
    world.run_until(post.scheduled_at + _SOON)

    assert [hold.reason for hold in world.rows(Hold, scope_id=post.id)] == [HoldReason.UNAPPROVED]
    assert world.fake.network == []


def test_a_post_is_not_planned_again_for_a_listing_off_the_market(world: World) -> None:
    post = world.plan()
    change_listing(world.ports, world.listing.id, status=ListingStatus.SOLD)

    with pytest.raises(Invalid) as caught:
        world.plan(title="Once more")

    assert [problem.code for problem in caught.value.problems] == ["off_market"]
    assert world.delivery(post).state is _S.CANCELLED
