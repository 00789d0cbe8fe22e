"""Registering: what is there already is changed; what its kind needs is asked for."""

from __future__ import annotations

from datetime import time

import pytest

from postengine.engine.commands.hold import place_hold
from postengine.engine.commands.register import (
    register_account,
    register_agent,
    register_channel,
    register_listing,
    register_tenant,
)
from postengine.engine.posts.errors import Invalid, NotFound
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.hours import WeeklyHours, Window
from postengine.engine.posts.listing import Facts
from postengine.engine.posts.record import HistoryEntry
from postengine.engine.posts.states import HoldReason, HoldScope, ListingStatus
from postengine.engine.posts.tenant import Brand, Tenant

from .world import World


def test_a_tenant_is_changed_by_its_external_id_and_keeps_its_brand(world: World) -> None:
    brand = Brand(primary="#000000")
    first = register_tenant(world.ports, "harbour", name="A", zone="Europe/Lisbon", brand=brand)
    second = register_tenant(world.ports, "harbour", name="B", zone="Europe/Madrid")

    assert (first.id, second.id) == (world.tenant.id, world.tenant.id)
    assert second.brand == brand
    assert len(world.rows(Tenant)) == 1


def test_the_same_again_leaves_no_line_of_history(world: World) -> None:
    for _ in range(2):
        register_agent(world.ports, world.tenant.id, "ana", name="Ana", phone="+351 1")

    assert [row.why for row in world.rows(HistoryEntry, subject_id=world.agent.id)] == ["registered"]


def test_a_changed_agent_leaves_one(world: World) -> None:
    hours = WeeklyHours((Window(0, time(8), time(20)),))
    agent = register_agent(
        world.ports, world.tenant.id, "ana", name="Ana", zone="Europe/Madrid", waking_hours=hours
    )

    assert (agent.id, agent.waking_hours) == (world.agent.id, hours)
    assert [row.why for row in world.rows(HistoryEntry, subject_id=agent.id)] == ["registered", "changed"]


def test_a_zone_that_does_not_exist_is_refused(world: World) -> None:
    with pytest.raises(Invalid):
        register_tenant(world.ports, "x", name="X", zone="Mars/Base")
    with pytest.raises(Invalid):
        register_agent(world.ports, world.tenant.id, "x", name="X", zone="")


def test_an_unknown_tenant_agent_or_account_is_not_found(world: World) -> None:
    tenant_id = world.tenant.id
    with pytest.raises(NotFound):
        register_agent(world.ports, "ten_x", "x", name="X")
    with pytest.raises(NotFound):
        register_channel(world.ports, tenant_id, "x", kind="facebook_group", name="X", agent_id="agt_x")
    with pytest.raises(NotFound):
        register_listing(world.ports, tenant_id, "x", facts=Facts(), agent_id="agt_x")
    with pytest.raises(NotFound):
        register_account(world.ports, "https://p.example", "k", account_id="acc_x")


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"kind": "instagram"}, "integration_id", "missing"),
        ({"kind": "whatsapp_status"}, "agent_id", "missing"),
        ({"kind": "tiktok_personal"}, "agent_id", "missing"),
    ],
)
def test_a_channel_needs_what_its_kind_needs(
    world: World, fields: dict[str, str], field: str, code: str
) -> None:
    with pytest.raises(Invalid) as caught:
        register_channel(world.ports, world.tenant.id, "new", name="New", **fields)  # type: ignore[arg-type]

    assert [(problem.field, problem.code) for problem in caught.value.problems] == [(field, code)]


def test_a_personal_channel_is_never_shared(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        register_channel(
            world.ports,
            world.tenant.id,
            "new",
            kind="whatsapp_status",
            name="New",
            agent_id=world.agent.id,
            is_shared=True,
        )

    assert [problem.code for problem in caught.value.problems] == ["personal"]


def test_a_channel_keeps_its_mode(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        register_channel(world.ports, world.tenant.id, "ig", kind="facebook_group", name="Group")

    assert [problem.code for problem in caught.value.problems] == ["mode_changed"]


def test_a_channel_is_changed_by_its_external_id(world: World) -> None:
    channel = register_channel(
        world.ports, world.tenant.id, "ig", kind="instagram", name="New name", integration_id="int-ig"
    )

    assert (channel.id, channel.name) == (world.instagram.id, "New name")


def test_a_listing_is_changed_by_its_external_id(world: World) -> None:
    listing = register_listing(
        world.ports,
        world.tenant.id,
        "flat-1",
        facts=Facts(title="T"),
        status=ListingStatus.UNDER_OFFER,
        photo_ids=(world.photo.id,),
    )

    assert (listing.id, listing.rev, listing.agent_id) == (world.listing.id, 2, world.agent.id)


def test_a_new_key_heals_a_sick_account_and_the_same_one_does_not(world: World) -> None:
    place_hold(world.ports, HoldScope.ACCOUNT, world.account.id, reason=HoldReason.SICK)
    url, key = world.account.base_url, world.account.api_key

    register_account(world.ports, url, key, account_id=world.account.id)
    still = world.rows(Hold)[0].released_at
    register_account(world.ports, url, "new", account_id=world.account.id)

    assert still is None
    assert world.rows(Hold)[0].released_at is not None


def test_a_key_never_shows_in_a_repr(world: World) -> None:
    assert world.account.api_key not in repr(world.account)
    assert world.account.api_key not in repr(world.rows(type(world.account)))


def test_a_persons_own_account_stays_theirs(world: World) -> None:
    rui = register_agent(world.ports, world.tenant.id, "rui", name="Rui")

    with pytest.raises(Invalid) as caught:
        register_channel(
            world.ports, world.tenant.id, "wa-ana", kind="whatsapp_status", name="Status", agent_id=rui.id
        )

    assert [(one.field, one.code) for one in caught.value.problems] == [("agent_id", "personal")]


@pytest.mark.parametrize(
    ("first", "then"), [("facebook_group", "tiktok_personal"), ("whatsapp_status", "facebook_group")]
)
def test_what_is_shared_does_not_become_a_persons_own_nor_the_other_way(
    world: World, first: str, then: str
) -> None:
    tenant, ana = world.tenant.id, world.agent.id
    register_channel(world.ports, tenant, "x", kind=first, name="X", agent_id=ana)

    with pytest.raises(Invalid) as caught:
        register_channel(world.ports, tenant, "x", kind=then, name="X", agent_id=ana)

    assert [(one.field, one.code) for one in caught.value.problems] == [("kind", "personal")]


def test_a_group_may_be_given_to_another_agent(world: World) -> None:
    rui = register_agent(world.ports, world.tenant.id, "rui", name="Rui")
    for agent in (world.agent, rui):
        row = register_channel(
            world.ports, world.tenant.id, "fb", kind="facebook_group", name="Group", agent_id=agent.id
        )

    assert row.agent_id == rui.id


def test_an_agent_of_another_agency_gets_no_channel(world: World) -> None:
    rival = register_tenant(world.ports, "rival", name="Rival", zone="Europe/Madrid")
    stranger = register_agent(world.ports, rival.id, "eva", name="Eva")

    with pytest.raises(Invalid) as caught:
        register_channel(
            world.ports, world.tenant.id, "fb", kind="facebook_group", name="G", agent_id=stranger.id
        )

    assert [(one.field, one.code) for one in caught.value.problems] == [("agent_id", "unknown")]
