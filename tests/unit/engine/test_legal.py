"""Legal lines: on each drawn picture, and once below each caption."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postengine.engine.ledger.legal import ends_with, pressed
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.errors import Invalid
from postengine.engine.posts.post import Content, MediaItem, MediaKind, Post
from postengine.engine.posts.states import DeliveryState
from postengine.engine.posts.tenant import Tenant

from .agency import change_agent, change_facts, change_tenant, text_of
from .world import World

CARD = (MediaItem(kind=MediaKind.CARD),)


def drawn(world: World, post: Post) -> list[dict[str, object]]:
    return [row.spec for id_ in world.delivery(post).asset_ids for row in world.rows(Asset, id=id_)]


def legal_drawn(world: World, post: Post) -> object:
    brand = drawn(world, post)[0]["brand"]
    assert isinstance(brand, dict)
    return brand.get("legal")


def test_they_stand_below_caption_and_hashtags_and_on_the_picture(world: World) -> None:
    change_tenant(world, legal="Harbour & Hill Lda\n\n AMI 123 ")

    post = world.plan(content=Content(caption="New", hashtags=("Lisbon",), media=CARD))

    assert text_of(world, post) == "New\n\n#Lisbon\n\nHarbour & Hill Lda\nAMI 123"
    assert legal_drawn(world, post) == ["Harbour & Hill Lda", "AMI 123"]


def test_they_stand_below_the_caption_of_a_manual_channel_too(world: World) -> None:
    change_tenant(world, legal="AMI 123")

    post = world.plan(world.whatsapp, content=Content(caption="New", media=CARD))

    assert text_of(world, post) == "New\n\nAMI 123"


def test_the_energy_class_and_the_agents_licence_join_them(world: World) -> None:
    change_tenant(world, legal="AMI 123")
    change_facts(world, energy_class="Energy class B")
    change_agent(world, licence="Lic. 9")

    post = world.plan(content=Content(caption="New", media=CARD))

    assert text_of(world, post) == "New\n\nAMI 123\nEnergy class B\nLic. 9"
    assert legal_drawn(world, post) == ["AMI 123", "Energy class B"]
    assert "'licence': 'Lic. 9'" in str(drawn(world, post))


@pytest.mark.parametrize("hashtags", [(), ("Lisbon",)])
def test_a_caption_that_ends_with_them_is_not_given_them_twice(
    world: World, hashtags: tuple[str, ...]
) -> None:
    change_tenant(world, legal="Harbour & Hill Lda\nAMI 123")
    caption = "New\n\nHarbour & Hill Lda\nAMI 123\n"

    post = world.plan(content=Content(caption=caption, hashtags=hashtags, media=CARD))

    assert text_of(world, post).count("AMI 123") == 1


def test_a_caption_without_any_is_left_as_it_is(world: World) -> None:
    post = world.plan(content=Content(caption="New", media=CARD))

    assert text_of(world, post) == "New"
    assert legal_drawn(world, post) is None


def test_a_shorter_caption_does_not_end_with_them() -> None:
    assert not ends_with("AMI 123", ("Harbour", "AMI 123"))
    assert not ends_with("", ("AMI 123",))
    assert not ends_with("call AMI 123", ("AMI 123",))


def test_they_count_for_the_length_that_a_network_takes(world: World) -> None:
    change_tenant(world, legal="AMI 123")

    with pytest.raises(Invalid) as caught:
        world.plan(world.whatsapp, content=Content(caption="x" * 695, media=CARD))

    assert [one.code for one in caught.value.problems] == ["too_long"]


def test_a_new_line_draws_unsent_pictures_anew_and_rewrites_the_draft(world: World) -> None:
    post = world.plan(content=Content(caption="New", media=CARD))
    world.run()
    before = world.delivery(post).asset_ids

    change_tenant(world, legal="AMI 456")
    world.run_until(post.scheduled_at + timedelta(minutes=5))

    assert world.delivery(post).asset_ids != before
    assert legal_drawn(world, post) == ["AMI 456"]
    assert world.texts_out() == ["New\n\nAMI 456"]


def test_a_new_brand_draws_what_is_promoted_anew(world: World) -> None:
    post = world.plan(after=timedelta(minutes=4))
    world.run(timedelta(seconds=30))
    assert world.delivery(post).state is DeliveryState.PROMOTED

    change_tenant(world, name="Hill & Harbour")
    world.run_until(post.scheduled_at + timedelta(minutes=5))

    assert "Hill & Harbour" in str(drawn(world, post))
    assert len(world.fake.network) == 1


def test_more_than_four_share_the_lines_of_a_picture(world: World) -> None:
    change_tenant(world, legal="one\ntwo\na long line of its own\nfour")
    change_facts(world, energy_class="Energy class B")

    post = world.plan(content=Content(caption="New", media=CARD))

    assert legal_drawn(world, post) == ["one · two", "a long line of its own", "four", "Energy class B"]


def test_four_lines_stay_as_they_are() -> None:
    assert pressed(("a", "b", "c", "d")) == ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"legal": "a\nb\nc\nd\ne"}, ("legal_lines", "too_many")),
        ({"legal": "a\n" + "b" * 161}, ("legal_lines[1]", "too_long")),
        ({"locale": "German"}, ("locale", "invalid")),
    ],
)
def test_what_no_picture_could_carry_is_refused(
    world: World, changes: dict[str, object], problem: tuple[str, str]
) -> None:
    with pytest.raises(Invalid) as caught:
        change_tenant(world, **changes)

    assert [(one.field, one.code) for one in caught.value.problems] == [problem]
    assert world.rows(Tenant)[0].legal == ""
