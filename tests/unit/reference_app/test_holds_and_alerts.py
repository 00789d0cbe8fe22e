"""Holds and alerts over HTTP."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postengine.engine.ledger.change import changing
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.record import Alert
from tests.unit.engine.world import World

from .conftest import Api, problem


def raise_alert(world: World, code: str = "missed", tenant_id: str | None = None) -> None:
    with changing(world.ports) as change:
        change.alert(code, "delivery", "del_1", "look at it", tenant_id)


def test_a_tenant_is_paused_and_goes_on(agency: Api, world: World) -> None:
    post = world.plan()
    hold = agency.post("/holds", {"scope": "tenant", "target": "harbour", "note": "holiday"})
    held = agency.get(f"/posts/{post.id}").get_json()

    released = agency.post(f"/holds/{hold.get_json()['id']}/release")

    assert (hold.status_code, hold.get_json()["reason"]) == (201, "paused")
    assert [one["note"] for one in held["holds"]] == ["holiday"]
    assert released.get_json()["released_at"] is not None
    assert agency.get("/holds").get_json()["items"] == []
    assert len(agency.get("/holds", is_released="true").get_json()["items"]) == 1


@pytest.mark.parametrize("scope", ["channel", "listing", "post", "delivery"])
def test_anything_of_a_tenant_can_be_held(agency: Api, world: World, scope: str) -> None:
    post = world.plan()
    target = {"channel": "ig", "listing": "flat-1", "post": "p1", "delivery": world.delivery(post).id}[scope]

    answer = agency.post("/holds", {"scope": scope, "target": target})

    assert answer.status_code == 201
    assert answer.get_json()["tenant_id"] == world.tenant.id
    assert [one["scope"] for one in agency.get(f"/posts/{post.id}").get_json()["holds"]] == [scope]


def test_a_hold_may_be_on_dates(agency: Api, world: World) -> None:
    start = world.clock.now() + timedelta(days=1)
    dates = {"from_at": start.isoformat(), "until_at": (start + timedelta(days=2)).isoformat()}

    good = agency.post("/holds", {"scope": "tenant", "target": "harbour", **dates})
    wrong = agency.post(
        "/holds", {"scope": "tenant", "target": "harbour", **dates, "until_at": start.isoformat()}
    )

    assert good.get_json()["until_at"] == "2026-12-04T09:00:00Z"
    assert problem(wrong) == (422, "invalid", [("until", "before_start")])


def test_what_is_to_be_held_has_to_exist_and_be_named(agency: Api) -> None:
    unknown = agency.post("/holds", {"scope": "channel", "target": "nowhere"})
    unnamed = agency.post("/holds", {"scope": "channel"})

    assert problem(unknown) == (422, "invalid", [("target", "unknown")])
    assert problem(unnamed) == (422, "invalid", [("target", "missing")])


def test_only_an_operator_holds_the_service_or_an_account(api: Api, agency: Api, world: World) -> None:
    account = {"scope": "account", "target": world.account.id}

    assert problem(agency.post("/holds", {"scope": "service"}))[:2] == (403, "forbidden")
    assert problem(agency.post("/holds", account))[:2] == (403, "forbidden")
    assert api.post("/holds", {"scope": "service", "reason": "drafts_only"}).get_json()["scope_id"] == "*"
    assert api.post("/holds", account).get_json()["tenant_id"] is None
    assert problem(api.post("/holds", account | {"target": "acc_none"}))[2] == [("target", "unknown")]


def test_a_hold_of_the_service_is_not_an_agencys_to_see_or_release(
    api: Api, agency: Api, world: World
) -> None:
    hold = api.post("/holds", {"scope": "service"}).get_json()

    assert agency.get("/holds").get_json()["items"] == []
    assert problem(agency.post(f"/holds/{hold['id']}/release"))[0] == 404
    assert world.rows(Hold)[0].released_at is None


def test_alerts_are_listed_by_code_and_cleared(agency: Api, world: World) -> None:
    raise_alert(world, "missed", world.tenant.id)
    raise_alert(world, "too_late", world.tenant.id)

    listed = agency.get("/alerts", code="missed").get_json()["items"]
    cleared = agency.post("/alerts/missed:del_1/clear")

    assert [one["message"] for one in listed] == ["look at it"]
    assert cleared.get_json()["cleared_at"] is not None
    assert [one["code"] for one in agency.get("/alerts").get_json()["items"]] == ["too_late"]
    assert len(agency.get("/alerts", is_cleared="true").get_json()["items"]) == 2


def test_alerts_of_the_service_are_for_operators(api: Api, agency: Api, world: World) -> None:
    raise_alert(world)

    assert agency.get("/alerts").get_json()["items"] == []
    assert problem(agency.post("/alerts/missed:del_1/clear"))[0] == 404
    assert api.post("/alerts/missed:del_1/clear").status_code == 200
    assert world.rows(Alert)[0].cleared_at is not None
