"""Agents, channels and listings over HTTP."""

from __future__ import annotations

from postengine.engine.posts.agent import Agent, Device, PairingCode
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.states import DeliveryState
from postengine.engine.posts.tenant import Tenant
from tests.unit.engine.world import World

from .conftest import Api, problem


def test_an_agent_is_created_changed_and_shown(agency: Api, world: World) -> None:
    hours = [{"weekday": 1, "opens": "09:00", "closes": "20:00"}]
    first = agency.post("/agents", {"external_id": "bea", "name": "Bea", "waking_hours": hours})
    second = agency.post("/agents", {"external_id": "bea", "name": "Beatriz"})

    assert (first.status_code, second.status_code) == (201, 200)
    shown = agency.get("/agents/bea").get_json()
    assert (shown["name"], shown["devices"]) == ("Beatriz", [])
    assert [one["external_id"] for one in agency.get("/agents").get_json()["items"]] == ["ana", "bea"]
    assert world.rows(Agent, external_id="bea")[0].tenant_id == world.tenant.id


def test_an_operator_names_the_tenant_of_a_new_agent(api: Api) -> None:
    missing = api.post("/agents", {"external_id": "bea", "name": "Bea"})
    unknown = api.post("/agents", {"external_id": "bea", "name": "Bea", "tenant": "nobody"})
    named = api.post("/agents", {"external_id": "bea", "name": "Bea", "tenant": "harbour"})

    assert problem(missing) == (422, "invalid", [("tenant", "missing")])
    assert problem(unknown) == (422, "invalid", [("tenant", "unknown")])
    assert named.status_code == 201


def test_an_agents_phone_is_paired_by_a_code_and_revoked(agency: Api, world: World) -> None:
    device = world.pair()

    offer = agency.post("/agents/ana/pairing-codes", {})
    revoked = agency.post(f"/agents/ana/devices/{device.id}/revoke")

    assert offer.status_code == 201
    assert offer.headers["Cache-Control"] == "no-store"
    assert offer.get_json()["pair_url"].endswith(offer.get_json()["code"])
    assert len(world.rows(PairingCode)) == 1
    assert revoked.get_json()["revoked_at"] is not None
    assert "token" not in revoked.get_data(as_text=True)


def test_a_phone_of_somebody_else_is_not_found(agency: Api, world: World) -> None:
    device = world.pair()
    agency.post("/agents", {"external_id": "bea", "name": "Bea"})

    answer = agency.post(f"/agents/bea/devices/{device.id}/revoke")

    assert problem(answer)[:2] == (404, "not_found")
    assert world.rows(Device)[0].revoked_at is None


def test_a_channel_is_created_changed_and_shown(agency: Api) -> None:
    body = {"external_id": "fb", "kind": "facebook", "name": "Facebook", "integration_id": "int-fb"}
    first = agency.post("/channels", body)
    second = agency.post("/channels", body | {"name": "Page", "grace_s": 600, "url": "https://a.test/g"})

    assert (first.status_code, second.status_code) == (201, 200)
    shown = agency.get("/channels/fb").get_json()
    assert (shown["name"], shown["mode"], shown["grace_s"]) == ("Page", "automatic", 600)
    assert len(agency.get("/channels").get_json()["items"]) == 3


def test_a_personal_channel_without_its_agent_is_refused(agency: Api) -> None:
    body = {"external_id": "wa", "kind": "whatsapp_status", "name": "Status"}

    lacking = agency.post("/channels", body)
    unknown = agency.post("/channels", body | {"agent": "nobody"})
    owned = agency.post("/channels", body | {"agent": "ana"})

    assert problem(lacking) == (422, "invalid", [("agent_id", "missing")])
    assert problem(unknown) == (422, "invalid", [("agent", "unknown")])
    assert owned.get_json()["mode"] == "manual"


def test_a_listing_is_created_changed_and_shown(agency: Api, world: World) -> None:
    body = {"external_id": "flat-2", "facts": {"title": "Flat"}, "photos": [world.photo.id], "agent": "ana"}
    first = agency.post("/listings", body)
    second = agency.post("/listings", body | {"facts": {"title": "Flat", "price": "€ 1"}})

    assert (first.status_code, second.status_code) == (201, 200)
    shown = agency.get("/listings/flat-2").get_json()
    assert (shown["facts"]["price"], shown["photo_ids"]) == ("€ 1", [world.photo.id])
    assert len(agency.get("/listings").get_json()["items"]) == 2


def test_a_listing_with_an_unknown_photo_is_refused(agency: Api) -> None:
    answer = agency.post("/listings", {"external_id": "flat-2", "photos": ["asset_none"]})

    assert problem(answer) == (422, "invalid", [("photos[0]", "unknown")])


def test_only_the_facts_that_are_named_change(agency: Api) -> None:
    agency.patch("/listings/flat-1", {"facts": {"price": "€ 450,000"}, "photos": []})

    shown = agency.get("/listings/flat-1").get_json()
    assert (shown["facts"]["price"], shown["facts"]["title"]) == ("€ 450,000", "3 Bedroom Apartment")
    assert shown["photo_ids"] == []


def test_a_withdrawn_listing_takes_its_unsent_posts_back(agency: Api, world: World) -> None:
    world.plan()

    answer = agency.patch("/listings/flat-1", {"status": "withdrawn"})

    assert answer.get_json()["status"] == "withdrawn"
    assert [row.state for row in world.rows(Delivery)] == [DeliveryState.CANCELLED]


def test_one_external_id_at_two_tenants_is_ambiguous_to_an_operator_alone(
    api: Api, agency: Api, rival: Api, other_tenant: Tenant
) -> None:
    rival.post("/agents", {"external_id": "ana", "name": "Another Ana"})

    assert problem(api.get("/agents/ana"))[:2] == (409, "ambiguous")
    assert agency.get("/agents/ana").get_json()["name"] == "Ana"
    assert rival.get("/agents/ana").get_json()["tenant_id"] == other_tenant.id
    assert [one["name"] for one in api.get("/agents", tenant="rival").get_json()["items"]] == ["Another Ana"]
