"""Planning a post: everything that is wrong with it is told at once, and nothing is half written."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from postengine.engine.commands.plan import ChannelUse
from postengine.engine.commands.register import register_agent, register_channel, register_tenant
from postengine.engine.commands.withdraw import change_listing
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Conflict, Invalid, NotFound
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.post import Content, MediaItem, MediaKind, Post
from postengine.engine.posts.states import DeliveryState, ListingStatus
from postengine.engine.posts.tenant import Brand

from .world import World

CARD = (MediaItem(kind=MediaKind.CARD),)


def _codes(caught: pytest.ExceptionInfo[Invalid]) -> set[str]:
    return {problem.code for problem in caught.value.problems}


@pytest.mark.parametrize(
    "changes",
    [
        {"tenant_id": "ten_x"},
        {"listing_id": "lst_x"},
        {"agent_id": "agt_x"},
        {"channels": (ChannelUse(channel_id="ch_x"),)},
    ],
)
def test_what_does_not_exist_is_not_found(world: World, changes: dict[str, object]) -> None:
    with pytest.raises(NotFound):
        world.plan(**changes)  # type: ignore[arg-type] # a test's own spelling

    assert world.rows(Post) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"channels": ()}, "missing"),
        ({"scheduled_at": "tomorrow"}, "not_a_time"),
        ({"scheduled_at": "2026-12-01T18:00", "zone": "Europe/Porto"}, "unknown_zone"),
        ({"scheduled_at": "2027-03-28T01:30"}, "nonexistent_time"),
        ({"scheduled_at": "2020-01-01T00:00"}, "in_the_past"),
        ({"scheduled_at": "2029-01-01T00:00"}, "too_far"),
        ({"not_after": "2026-12-01T09:00"}, "before_start"),
        ({"not_after": "soon"}, "not_a_time"),
        ({"content": Content(caption="x" * 2201, media=CARD)}, "too_long"),
        ({"content": Content(caption="{size}", media=CARD)}, "unresolved_placeholder"),
        ({"content": Content(caption="x", first_comment="{size}", media=CARD)}, "unresolved_placeholder"),
        ({"content": Content(caption="x", media=CARD * 11)}, "too_many"),
        (
            {"content": Content(caption="x", media=(MediaItem(kind=MediaKind.CARD, photo_ids=("a",)),))},
            "unknown_photo",
        ),
        ({"listing_id": None, "content": Content(caption="x", media=CARD)}, "no_photo"),
    ],
)
def test_each_problem_has_a_code_and_nothing_is_written(
    world: World, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(Invalid) as caught:
        world.plan(**changes)  # type: ignore[arg-type] # a test's own spelling

    assert code in _codes(caught)
    assert world.rows(Post) == []
    assert world.rows(Delivery) == []


def test_an_instagram_post_without_a_picture_is_refused_on_its_channel(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        world.plan(content=Content(caption="only words"))

    assert caught.value.problems[0].field.startswith("channels[ig].")


def test_a_channel_named_twice_is_refused(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        world.plan(world.instagram, world.instagram)

    assert _codes(caught) == {"repeated"}


def test_rows_of_another_tenant_are_refused_together(world: World) -> None:
    other = register_tenant(world.ports, "hill", name="Hill", zone="Europe/Lisbon")
    agent = register_agent(world.ports, other.id, "bo", name="Bo")
    world.change(Channel, world.instagram, tenant_id=other.id)
    world.change(Listing, world.listing, tenant_id=other.id)

    with pytest.raises(Invalid) as caught:
        world.plan(agent_id=agent.id)

    assert [problem.code for problem in caught.value.problems] == ["foreign"] * 3


@pytest.mark.parametrize("status", [ListingStatus.SOLD, ListingStatus.WITHDRAWN])
def test_a_listing_off_the_market_is_refused(world: World, status: ListingStatus) -> None:
    change_listing(world.ports, world.listing.id, status=status)

    with pytest.raises(Invalid) as caught:
        world.plan()

    assert _codes(caught) == {"off_market"}


def test_a_tenant_without_postiz_cannot_post_by_itself(world: World) -> None:
    register_tenant(world.ports, "harbour", name="Harbour", zone="Europe/Lisbon")

    with pytest.raises(Invalid) as caught:
        world.plan()

    assert _codes(caught) == {"no_account"}


def test_a_personal_channel_without_owner_is_refused_even_with_an_agent(world: World) -> None:
    world.change(Channel, world.whatsapp, agent_id=None)

    with pytest.raises(Invalid) as caught:
        world.plan(world.whatsapp, agent_id=world.agent.id)

    assert _codes(caught) == {"no_agent"}


def test_a_group_channel_takes_the_posts_agent(world: World) -> None:
    group = register_channel(world.ports, world.tenant.id, "grp", kind="facebook_group", name="Group")
    with pytest.raises(Invalid):
        world.plan(group)

    post = world.plan(group, agent_id=world.agent.id)

    assert world.delivery(post).agent_id == world.agent.id


def test_a_caption_too_long_for_a_manual_channel_is_refused(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        world.plan(world.whatsapp, content=Content(caption="x" * 701, media=CARD))

    assert _codes(caught) == {"too_long"}


def test_a_task_takes_at_most_ten_pictures(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        world.plan(world.whatsapp, content=Content(caption="x", media=CARD * 11))

    assert _codes(caught) == {"too_many"}


def test_a_video_file_is_checked_as_one(world: World) -> None:
    reel = (MediaItem(kind=MediaKind.REEL), MediaItem(kind=MediaKind.FILE, photo_ids=(world.photo.id,)))
    post = world.plan(content=Content(caption="x", media=reel))

    assert world.delivery(post).asset_ids[1] == world.photo.id


def test_a_file_that_is_not_named_takes_the_listings_first_photo(world: World) -> None:
    post = world.plan(content=Content(caption="x", media=(MediaItem(kind=MediaKind.FILE),)))

    assert world.delivery(post).asset_ids == (world.photo.id,)
    assert world.delivery(post).is_media_ready


def test_a_file_that_does_not_exist_is_refused(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        world.plan(content=Content(caption="x", media=(MediaItem(kind=MediaKind.FILE, photo_ids=("a",)),)))

    assert _codes(caught) == {"unknown_photo"}


def test_the_logo_of_the_brand_is_drawn_from_its_file(world: World) -> None:
    register_tenant(
        world.ports,
        "harbour",
        name="Harbour",
        zone="Europe/Lisbon",
        account_id=world.account.id,
        brand=Brand(logo_asset_id=world.photo.id),
    )
    post = world.plan()

    world.run()

    assert world.delivery(post).state is DeliveryState.STAGED


@pytest.mark.parametrize(
    ("zone", "agent_zone", "expected"),
    [
        (None, None, "2026-12-02T18:00:00+00:00"),
        (None, "Europe/Madrid", "2026-12-02T17:00:00+00:00"),
        ("America/New_York", "Europe/Madrid", "2026-12-02T23:00:00+00:00"),
    ],
)
def test_a_local_time_is_the_posts_the_agents_or_the_tenants(
    world: World, zone: str | None, agent_zone: str | None, expected: str
) -> None:
    register_agent(world.ports, world.tenant.id, "ana", name="Ana", phone="+351 1", zone=agent_zone)

    post = world.plan(scheduled_at="2026-12-02T18:00", zone=zone, agent_id=world.agent.id)

    assert post.scheduled_at.isoformat() == expected
    assert (post.local_time, post.zone) == ("2026-12-02T18:00", zone or agent_zone or "Europe/Lisbon")


def test_a_doubled_local_time_takes_the_first(world: World) -> None:
    post = world.plan(scheduled_at="2027-10-31T01:30", zone="Europe/Lisbon")

    assert post.scheduled_at.isoformat() == "2027-10-31T00:30:00+00:00"


def test_the_same_post_again_changes_nothing(world: World) -> None:
    post = world.plan()
    world.run()
    before = (world.delivery(post), len(world.wire.requests))

    again = world.plan()
    world.run()

    assert again.id == post.id
    assert (world.delivery(post), len(world.wire.requests)) == before
    assert len(world.rows(Delivery)) == 1


def test_the_same_post_again_after_it_is_out_changes_nothing(world: World) -> None:
    post = world.plan()
    world.run_until(post.scheduled_at + timedelta(minutes=2))

    again = world.plan(scheduled_at=post.local_time)

    assert again.rev == post.rev
    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_another_text_after_it_is_out_is_a_conflict(world: World) -> None:
    post = world.plan()
    world.run_until(post.scheduled_at + timedelta(minutes=2))

    with pytest.raises(Conflict) as caught:
        world.plan(scheduled_at=post.local_time, content=Content(caption="x", media=CARD))

    assert caught.value.code == "already_published"


def test_the_same_post_with_another_text_is_an_edit(world: World) -> None:
    post = world.plan()
    world.run()

    again = world.plan(scheduled_at=post.local_time, content=Content(caption="New words", media=CARD))
    world.run()

    assert (again.id, again.rev) == (post.id, 2)
    assert "New words" in world.draft(post).content
    assert len(world.live()) == 1


def test_the_same_time_again_does_not_undo_what_a_hand_has_moved(world: World) -> None:
    post = world.plan()
    world.run()
    at = post.scheduled_at + timedelta(hours=1)
    world.fake.hand.move(world.draft(post).id, at)
    world.run_until(post.scheduled_at - timedelta(minutes=4))

    world.plan(scheduled_at=post.local_time, content=Content(caption="New words", media=CARD))
    world.run_until(at + timedelta(minutes=2))

    assert [entry.at for entry in world.fake.network] == [at]


def test_a_post_without_an_external_id_is_a_new_one_each_time(world: World) -> None:
    first, second = world.plan(external_id=None), world.plan(external_id=None)

    assert first.id != second.id
    assert world.delivery(first).ref != world.delivery(second).ref


def test_an_unapproved_post_waits_under_a_hold(world: World) -> None:
    post = world.plan(is_approved=False)

    assert [hold.scope_id for hold in world.rows(Hold)] == [post.id]


def test_seconds_are_kept_to_the_millisecond_as_postiz_does(world: World) -> None:
    post = world.plan(scheduled_at="2026-12-02T18:00:00.123456")

    assert post.scheduled_at.microsecond == 123000


def test_a_post_without_listing_and_agent_says_what_it_says(world: World) -> None:
    item = MediaItem(kind=MediaKind.CARD, photo_ids=(world.photo.id,))
    post = world.plan(listing_id=None, title="Open day", content=Content(caption="{title}", media=(item,)))

    world.run()

    assert "Open day" in world.draft(post).content
    assert world.renderer.rendered[0]["listing"] == {"title": "Open day", "locale": "en-GB"}


def test_equal_pictures_are_made_once_and_needed_at_the_earlier_time(world: World) -> None:
    late = world.plan(external_id="late", after=timedelta(hours=5))
    soon = world.plan(external_id="soon", after=timedelta(hours=2))

    assets = {world.delivery(post).asset_ids for post in (late, soon)}
    world.run()

    assert len(assets) == 1
    assert len(world.renderer.rendered) == 1


def test_the_title_stands_in_for_a_listing_without_one(world: World) -> None:
    change_listing(world.ports, world.listing.id, facts=replace(world.listing.facts, title=""))

    post = world.plan(title="Flat by the sea")
    world.run()

    assert "Flat by the sea" in world.draft(post).content


def test_a_comment_that_the_network_would_never_show_is_refused(world: World) -> None:
    channel = register_channel(
        world.ports,
        world.tenant.id,
        "gmb",
        kind="gmb",
        name="Google",
        integration_id="int-gmb",
    )
    content = Content(caption="Open house", first_comment="Ask for Ana")

    with pytest.raises(Invalid) as caught:
        world.plan(channel, content=content)

    assert [problem.field for problem in caught.value.problems] == ["channels[gmb].first_comment"]


def test_an_uploaded_picture_that_postiz_would_refuse_is_refused_at_once(world: World) -> None:
    world.change(Asset, world.photo, size_bytes=11_000_000)
    item = MediaItem(kind=MediaKind.FILE, photo_ids=(world.photo.id,))

    with pytest.raises(Invalid) as caught:
        world.plan(content=Content(caption="x", media=(item,)))

    assert [problem.field for problem in caught.value.problems] == ["channels[ig].media[0]"]
