"""Tenants over HTTP."""

from __future__ import annotations

from postengine.engine.posts.tenant import Account, Tenant
from tests.unit.engine.world import World

from .conftest import Api, problem

BODY = {"external_id": "hill", "name": "Hill", "zone": "Europe/Lisbon"}
POSTIZ = {"base_url": "https://postiz.test", "api_key": "a-secret-key"}


def test_a_new_tenant_is_created_and_the_same_again_is_changed(api: Api) -> None:
    first = api.post("/tenants", BODY)
    second = api.post("/tenants", BODY | {"name": "Hill & Co"})

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.get_json()["id"] == first.get_json()["id"]
    assert api.get("/tenants/hill").get_json()["name"] == "Hill & Co"


def test_put_takes_the_external_id_from_the_path(api: Api) -> None:
    hours = [{"weekday": 0, "opens": "08:00", "closes": "18:30"}]
    body = {"name": "Hill", "zone": "Europe/Lisbon", "posting_hours": hours, "brand": {"primary": "#112233"}}

    answer = api.put("/tenants/hill", body)

    assert answer.status_code == 201
    assert answer.get_json()["external_id"] == "hill"
    assert answer.get_json()["posting_hours"][0]["closes"] == "18:30:00"
    assert answer.get_json()["brand"]["primary"] == "#112233"


def test_the_postiz_key_is_kept_and_never_shown(api: Api, world: World) -> None:
    answer = api.post("/tenants", BODY | {"postiz": POSTIZ})

    assert "a-secret-key" not in answer.get_data(as_text=True)
    account_id = answer.get_json()["account"]["id"]
    (account,) = world.rows(Account, id=account_id)
    assert account.api_key == "a-secret-key"


def test_a_new_key_goes_to_the_account_that_the_tenant_has(api: Api, world: World) -> None:
    first = api.post("/tenants", BODY | {"postiz": POSTIZ}).get_json()

    second = api.post("/tenants", BODY | {"postiz": POSTIZ | {"api_key": "another"}}).get_json()

    assert second["account"]["id"] == first["account"]["id"]
    assert world.rows(Account, id=first["account"]["id"])[0].api_key == "another"


def test_a_tenant_without_a_word_about_postiz_keeps_its_account(api: Api, world: World) -> None:
    body = {"name": "Harbour", "zone": "Europe/Lisbon"}

    answer = api.put("/tenants/harbour", body)

    assert answer.get_json()["account"]["id"] == world.account.id


def test_two_tenants_may_share_an_account(api: Api, world: World) -> None:
    answer = api.post("/tenants", BODY | {"account_id": world.account.id})

    assert answer.get_json()["account"]["id"] == world.account.id


def test_an_unknown_account_is_named_as_the_problem(api: Api) -> None:
    answer = api.post("/tenants", BODY | {"account_id": "acc_none"})

    assert problem(answer) == (422, "invalid", [("account_id", "unknown")])


def test_an_unknown_zone_is_refused(api: Api) -> None:
    answer = api.post("/tenants", BODY | {"zone": "Europe/Nowhere"})

    assert problem(answer)[:2] == (422, "invalid")


def test_an_unknown_field_and_a_wrong_colour_are_both_named(api: Api) -> None:
    answer = api.post("/tenants", BODY | {"colour": "red", "brand": {"primary": "red"}})

    status, _, errors = problem(answer)
    assert status == 422
    assert ("colour", "extra_forbidden") in errors
    assert ("brand.primary", "string_pattern_mismatch") in errors


def test_a_tenants_own_token_shows_only_that_tenant(agency: Api, other_tenant: Tenant) -> None:
    listed = agency.get("/tenants").get_json()["items"]

    assert [one["external_id"] for one in listed] == ["harbour"]
    assert agency.get("/tenants", cursor="ten_0").get_json()["items"] == []
    assert problem(agency.get(f"/tenants/{other_tenant.id}"))[0] == 404


def test_only_an_operator_changes_tenants(agency: Api) -> None:
    assert problem(agency.put("/tenants/harbour", {"name": "x", "zone": "UTC"}))[:2] == (403, "forbidden")


def test_lists_come_in_parts(api: Api, other_tenant: Tenant) -> None:
    first = api.get("/tenants", limit="1").get_json()
    second = api.get("/tenants", limit="1", cursor=first["next_cursor"]).get_json()

    assert [one["external_id"] for one in first["items"]] == ["harbour"]
    assert [one["id"] for one in second["items"]] == [other_tenant.id]
    assert second["next_cursor"] is None
