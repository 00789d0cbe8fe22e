"""Who may do what: tokens, and the walls between tenants."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from postengine.engine.posts.record import ApiToken
from postengine.engine.posts.tenant import Tenant
from reference_app.api.route import Route
from reference_app.api.topics import TOPICS
from reference_app.tokens import Access, read_token, read_token_id
from tests.unit.engine.world import World

from .conftest import Api, problem

ROUTES = [route for table in TOPICS.values() for route in table]
OF_A_TENANT = [route for route in ROUTES if route.parameters and not route.is_for_operators]
BODIES = {"patch_post": {"title": "Mine"}, "reschedule_post": {"scheduled_at": "2026-12-24T10:00"}}
BODIES |= {
    "decide_one": {"decision": "drop"},
    "patch_listing": {"status": "sold"},
    "reassign_one": {"agent": "x"},
}


def filled(route: Route, names: dict[str, str]) -> str:
    return re.sub(r"{(\w+)}", lambda match: names[match[1]], route.path)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
@pytest.mark.parametrize("header", [None, "Bearer wrong", "Basic b3BlcmF0b3I6eA=="])
def test_every_route_wants_a_token(client: FlaskClient, route: Route, header: str | None) -> None:
    path = filled(route, dict.fromkeys(route.parameters, "x"))
    headers = {} if header is None else {"Authorization": header}

    answer = client.open(f"/api/v1{path}", method=route.method, headers=headers)

    assert problem(answer)[:2] == (401, "unauthorized")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("route", OF_A_TENANT, ids=lambda route: f"{route.method} {route.path}")
def test_rows_of_another_tenant_are_not_found(rival: Api, agency: Api, world: World, route: Route) -> None:
    post = world.plan()
    hold = agency.post("/holds", {"scope": "tenant", "target": "harbour"}).get_json()
    names = {
        "tenant": world.tenant.id,
        "agent": world.agent.id,
        "device": world.pair().id,
        "channel": world.instagram.id,
        "listing": world.listing.id,
        "post": post.id,
        "delivery": world.delivery(post).id,
        "hold": hold["id"],
        "asset": world.photo.id,
        "alert": "missed:x",
    }
    body = None if route.body is None else BODIES.get(route.name, {})

    answer = rival.ask(route.method, filled(route, names), json=body)

    assert problem(answer)[:2] == (404, "not_found")


def test_lists_show_nothing_of_another_tenant(rival: Api, world: World, other_tenant: Tenant) -> None:
    world.plan()

    for topic in (
        "agents",
        "channels",
        "listings",
        "posts",
        "deliveries",
        "holds",
        "alerts",
        "assets",
        "devices",
    ):
        assert rival.get(f"/{topic}").get_json()["items"] == []
        assert problem(rival.get(f"/{topic}", tenant="harbour"))[2] == [("tenant", "unknown")]
    assert [one["id"] for one in rival.get("/tenants").get_json()["items"]] == [other_tenant.id]


def test_a_tenant_cannot_use_what_is_anothers(rival: Api, world: World) -> None:
    channel = {"external_id": "x", "kind": "facebook", "name": "x", "integration_id": "i"}
    post = {"title": "x", "channels": [world.instagram.id]}
    listing = {"external_id": "x", "photos": [world.photo.id]}

    assert problem(rival.post("/channels", channel | {"agent": world.agent.id}))[2] == [("agent", "unknown")]
    assert problem(rival.post("/posts", post))[2] == [("channels[0].channel", "unknown")]
    assert problem(rival.post("/listings", listing))[2] == [("photos[0]", "unknown")]
    assert problem(rival.post("/agents", {"external_id": "x", "name": "x", "tenant": "harbour"}))[0] == 422
    assert problem(rival.post("/holds", {"scope": "post", "target": world.plan().id}))[0] == 422


def test_a_token_is_made_used_and_revoked(api: Api, client: FlaskClient, world: World) -> None:
    made = api.post("/tokens", {"name": "website", "tenant": "harbour"}).get_json()
    website = Api(client, made["token"])

    before = website.get("/posts").status_code
    api.post(f"/tokens/{made['id']}/revoke")
    again = api.post(f"/tokens/{made['id']}/revoke")

    assert before == 200
    assert problem(website.get("/posts"))[0] == 401
    assert again.get_json()["revoked_at"] is not None
    (row,) = world.rows(ApiToken, id=made["id"])
    assert made["token"] not in repr(row)
    assert row.token_hash != made["token"]


@pytest.mark.usefixtures("agency")
def test_tokens_are_listed_without_their_secrets(api: Api) -> None:
    listed = api.get("/tokens")
    of_harbour = api.get("/tokens", tenant="harbour").get_json()["items"]

    assert {one["name"] for one in listed.get_json()["items"]} == {"operator", "harbour"}
    assert [one["name"] for one in of_harbour] == ["harbour"]
    assert "hash" not in listed.get_data(as_text=True)
    assert api.token not in listed.get_data(as_text=True)


def test_only_an_operator_makes_tokens(agency: Api, api: Api) -> None:
    assert problem(agency.post("/tokens", {"name": "more"}))[:2] == (403, "forbidden")
    assert problem(agency.get("/tokens"))[:2] == (403, "forbidden")
    assert problem(api.post("/tokens/tok_none/revoke"))[:2] == (404, "not_found")
    assert api.post("/tokens", {"name": "second"}).get_json()["tenant_id"] is None


def test_a_token_is_read_by_itself_or_by_its_id(api: Api, world: World) -> None:
    access = read_token(world.ports, api.token)

    assert access is not None
    assert access.is_operator
    assert access.covers(None)
    assert read_token_id(world.ports, access.token_id) == access
    assert read_token_id(world.ports, "tok_none") is None
    assert not Access(token_id="t", name="n", tenant_id="a").covers("b")
