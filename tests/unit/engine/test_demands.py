"""What an agency demands: required facts are there, and a hidden street stands nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from postengine.engine.commands.cancel import cancel_post
from postengine.engine.commands.decide import Decision, decide
from postengine.engine.commands.register import register_listing
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.errors import Invalid
from postengine.engine.posts.facts import AddressDisplay, Facts
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.post import Content, MediaItem, MediaKind, Post, Subtitle
from postengine.engine.posts.tenant import Required, Tenant

from .agency import change_agent, change_facts, change_tenant, text_of
from .world import World

CARD = (MediaItem(kind=MediaKind.CARD),)
SPOKEN = Subtitle(text="Here in Rua do Sol", starts_s=0, ends_s=2)
NEW = Content(caption="New", media=CARD)
EVERYTHING = tuple(Required)
_COLLABORATOR = "channels[ig].settings.collaborators[0].label"
HIDDEN = {"address": "", "street": "Rua do Sol 5", "locality": "Alfama, Lisbon"}


def problems(caught: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(one.field, one.code) for one in caught.value.problems]


def give_everything(world: World) -> None:
    change_tenant(world, legal="AMI 123", required=EVERYTHING)
    change_agent(world, licence="Lic. 9")
    change_facts(world, energy_class="Energy class B", area="112 m²")


@pytest.mark.parametrize(
    ("required", "field"),
    [
        (Required.LEGAL, "tenant.legal"),
        (Required.LICENCE, "agent.licence"),
        (Required.ENERGY_CLASS, "listing.facts.energy_class"),
        (Required.AREA, "listing.facts.area"),
    ],
)
def test_what_is_required_and_missing_is_a_problem_when_a_post_is_saved(
    world: World, required: Required, field: str
) -> None:
    change_tenant(world, required=(required,))

    with pytest.raises(Invalid) as caught:
        world.plan(content=NEW)

    assert problems(caught) == [(field, "required")]
    assert "Harbour & Hill requires" in str(caught.value)
    assert world.rows(Post) == []


@pytest.mark.parametrize(("fact", "required"), [("price", Required.PRICE), ("address", Required.ADDRESS)])
def test_a_fact_that_is_required_and_missing_is_named(world: World, fact: str, required: Required) -> None:
    change_facts(world, **{fact: ""})
    change_tenant(world, required=(required,))

    with pytest.raises(Invalid) as caught:
        world.plan(content=NEW)

    assert problems(caught) == [(f"listing.facts.{fact}", "required")]


def test_an_address_that_is_hidden_whole_does_not_count_as_given(world: World) -> None:
    change_facts(world, **HIDDEN, address_display=AddressDisplay.NONE)
    change_tenant(world, required=(Required.ADDRESS,))

    with pytest.raises(Invalid, match="address_display"):
        world.plan(content=NEW)


def test_everything_that_is_there_lets_a_post_through_once_for_all_channels(world: World) -> None:
    give_everything(world)

    post = world.plan(world.instagram, world.whatsapp, content=NEW)

    assert len(world.deliveries(post)) == 2


def test_a_problem_of_two_channels_is_told_once(world: World) -> None:
    change_tenant(world, required=(Required.LEGAL,))

    with pytest.raises(Invalid) as caught:
        world.plan(world.instagram, world.whatsapp, content=NEW)

    assert problems(caught) == [("tenant.legal", "required")]


@pytest.mark.parametrize("required", [Required.AGENT, Required.LICENCE])
def test_a_post_of_nobody_lacks_its_agent(world: World, required: Required) -> None:
    change_tenant(world, required=(required,))

    with pytest.raises(Invalid) as caught:
        world.plan(listing_id=None, content=world.words("Open day"))

    assert problems(caught) == [("agent", "required")]


def test_a_post_about_no_listing_needs_no_facts(world: World) -> None:
    change_tenant(world, required=(Required.PRICE, Required.ENERGY_CLASS, Required.AGENT))

    post = world.plan(listing_id=None, agent_id=world.agent.id, content=world.words("Open day"))

    assert world.deliveries(post)


def test_nothing_unsent_can_be_left_behind_by_a_new_requirement(world: World) -> None:
    world.plan(content=NEW)

    with pytest.raises(Invalid) as caught:
        change_tenant(world, required=(Required.ENERGY_CLASS,))

    assert problems(caught) == [("listing.facts.energy_class", "required")]
    assert world.rows(Tenant)[0].required is None


def test_what_an_unsent_post_needs_cannot_be_taken_away(world: World) -> None:
    give_everything(world)
    world.plan(content=NEW)

    with pytest.raises(Invalid) as no_licence:
        change_agent(world, licence=None)
    with pytest.raises(Invalid) as no_area:
        change_facts(world, area="")

    assert problems(no_licence) == [("agent.licence", "required")]
    assert problems(no_area) == [("listing.facts.area", "required")]
    assert world.rows(Agent)[0].licence == "Lic. 9"


def test_a_requirement_that_is_met_leaves_drafts_alone(world: World) -> None:
    post = world.plan(content=NEW)
    world.run()
    rev = world.delivery(post).rev

    change_tenant(world, required=(Required.PRICE,))

    assert world.delivery(post).rev == rev


@pytest.mark.parametrize(
    ("display", "shown"),
    [
        (AddressDisplay.FULL, "Rua do Sol 5, Alfama, Lisbon"),
        (AddressDisplay.STREET, "Rua do Sol 5"),
        (AddressDisplay.AREA, "Alfama, Lisbon"),
    ],
)
def test_captions_and_pictures_say_what_may_be_shown(
    world: World, display: AddressDisplay, shown: str
) -> None:
    change_facts(world, **HIDDEN, address_display=display)

    post = world.plan(content=Content(caption="At {address}", media=CARD))

    assert text_of(world, post) == f"At {shown}"
    (asset_id,) = world.delivery(post).asset_ids
    (asset,) = world.rows(Asset, id=asset_id)
    assert ("Rua do Sol" in str(asset.spec)) is ("Rua do Sol" in shown)
    assert ("Alfama" in str(asset.spec)) is ("Alfama" in shown)


def test_an_address_as_text_is_drawn_as_text(world: World) -> None:
    post = world.plan(content=Content(caption="At {address}", media=CARD))

    (asset_id,) = world.delivery(post).asset_ids
    assert "'address': 'Rua do Sol'" in str(world.rows(Asset, id=asset_id)[0].spec)


@pytest.mark.parametrize("placeholder", ["address", "street", "locality"])
def test_a_hidden_address_fills_no_placeholder(world: World, placeholder: str) -> None:
    change_facts(world, **HIDDEN, address_display=AddressDisplay.NONE)

    with pytest.raises(Invalid) as caught:
        world.plan(content=Content(caption=f"At {{{placeholder}}}", media=CARD))

    assert problems(caught) == [("channels[ig].caption", "unresolved_placeholder")]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"caption": "come to RUA DO SOL"}, "channels[ig].caption"),
        ({"caption": "https://hh.test/homes/rua-do-sol-5"}, "channels[ig].caption"),
        ({"first_comment": "Rua do Sol 5!"}, "channels[ig].first_comment"),
        ({"settings": {"post_type": "post", "collaborators": [{"label": "Rua do Sol"}]}}, _COLLABORATOR),
        ({"media": (replace(CARD[0], alt="Rua do Sol at noon"),)}, "media[0].alt"),
        ({"media": (replace(CARD[0], badge="Rua do Sol"),)}, "media[0].badge"),
        (
            {"media": (replace(CARD[0], testimonial={"quote": "Rua do Sol is home", "stars": 5}),)},
            "media[0].testimonial.quote",
        ),
        ({"media": (replace(CARD[0], market={"label": "Rua do Sol"}),)}, "media[0].market.label"),
        ({"media": (MediaItem(kind=MediaKind.REEL, subtitles=(SPOKEN,)),)}, "media[0].subtitles[0].text"),
    ],
)
def test_a_hidden_street_leaves_by_no_door_of_a_post(
    world: World, changes: dict[str, object], field: str
) -> None:
    change_facts(world, **HIDDEN, address_display=AddressDisplay.AREA)

    with pytest.raises(Invalid) as caught:
        world.plan(content=replace(NEW, **changes))  # type: ignore[arg-type] # a test's own spelling

    assert problems(caught) == [(field, "hidden_address")]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "Flat in Rua do Sol"}, "listing.facts.title"),
        ({"features": ("Lift", "View of Rua do Sol")}, "listing.facts.features[1]"),
    ],
)
def test_a_hidden_street_is_not_drawn_either(world: World, changes: dict[str, object], field: str) -> None:
    change_facts(world, **HIDDEN, address_display=AddressDisplay.AREA, **changes)

    with pytest.raises(Invalid) as caught:
        world.plan(content=NEW)

    assert problems(caught) == [(field, "hidden_address")]


def test_an_agents_greeting_does_not_tell_it(world: World) -> None:
    change_facts(world, **HIDDEN, address_display=AddressDisplay.AREA)
    change_agent(world, greeting="Meet me at Rua do Sol")

    with pytest.raises(Invalid) as caught:
        world.plan(content=NEW)

    assert problems(caught) == [("agent.greeting", "hidden_address")]


def test_a_plain_photo_says_no_title(world: World) -> None:
    change_facts(world, **HIDDEN, address_display=AddressDisplay.AREA, title="Flat in Rua do Sol")

    assert world.plan(content=world.words("New"))


def test_hiding_a_street_that_an_unsent_post_names_is_refused(world: World) -> None:
    change_facts(world, **HIDDEN)
    world.plan(content=world.words("Come to Rua do Sol"))

    with pytest.raises(Invalid) as caught:
        change_facts(world, address_display=AddressDisplay.AREA)

    assert problems(caught) == [("channels[ig].caption", "hidden_address")]


def test_the_words_of_a_street_in_another_order_are_no_street(world: World) -> None:
    change_facts(world, **HIDDEN, address_display=AddressDisplay.AREA)

    assert world.plan(content=replace(NEW, caption="Sol do meio-dia na rua"))


def test_a_post_that_is_sent_again_meets_the_demands_of_today(world: World) -> None:
    change_facts(world, **HIDDEN)
    post = world.plan(content=world.words("Come to Rua do Sol"))
    cancel_post(world.ports, post.id)
    change_facts(world, address_display=AddressDisplay.AREA)

    with pytest.raises(Invalid) as caught:
        decide(world.ports, world.delivery(post).id, Decision.SEND_AGAIN)

    assert problems(caught) == [("channels[ig].caption", "hidden_address")]


def test_a_street_of_few_letters_counts_with_its_number(world: World) -> None:
    change_facts(world, address="", street="A 5", locality="Alfama", address_display=AddressDisplay.AREA)

    assert world.plan(content=replace(NEW, caption="A flat"))
    with pytest.raises(Invalid):
        world.plan(external_id="p2", content=replace(NEW, caption="At A 5"))


def test_a_whole_address_that_is_not_shown_is_hidden_too(world: World) -> None:
    change_facts(world, address_display=AddressDisplay.NONE)

    with pytest.raises(Invalid) as caught:
        world.plan(content=replace(NEW, caption="At Rua do Sol"))

    assert problems(caught) == [("channels[ig].caption", "hidden_address")]


def test_a_part_of_an_address_without_parts_cannot_be_shown(world: World) -> None:
    facts = Facts(title="Flat", address="Rua do Sol 5, Lisbon", address_display=AddressDisplay.AREA)

    with pytest.raises(Invalid) as new:
        register_listing(world.ports, world.tenant.id, "flat-2", facts=facts)
    with pytest.raises(Invalid) as known:
        change_facts(world, address_display=AddressDisplay.STREET)

    assert problems(new) == problems(known) == [("facts.address_display", "needs_parts")]
    assert len(world.rows(Listing)) == 1
