"""What holds for every route."""

from __future__ import annotations

import pytest

from postengine.agent import ROUTES, AgentRequest, Route
from tests.unit.agent.house import House, code_of, pair_body

CLOSED = [route for route in ROUTES if route.path != "pair"]


@pytest.mark.parametrize("route", CLOSED, ids=lambda route: f"{route.method} {route.path}")
@pytest.mark.parametrize("token", [None, "wrong"])
def test_every_route_but_pair_wants_a_token(house: House, route: Route, token: str | None) -> None:
    answer = house.ask(route.method, route.path.replace("{id}", "x"), {}, token=token)

    assert code_of(answer) == (401, "token_missing" if token is None else "token_unknown")
    assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="agent"')


@pytest.mark.parametrize("header", ["Basic abc", "Bearer", "Bearer  "])
def test_other_ways_to_authenticate_are_refused(house: House, header: str) -> None:
    assert code_of(house.ask("GET", "me", headers={"Authorization": header})) == (401, "token_missing")


@pytest.mark.parametrize("path", ["", "nothing", "tasks/a b", "tasks//events", "tasks/x/events/y"])
def test_an_unknown_address_is_not_found(house: House, path: str) -> None:
    assert code_of(house.ask("GET", path)) == (404, "not_found")


def test_what_lies_outside_of_the_agent_api_is_not_found(house: House) -> None:
    answer = house.api.handle(AgentRequest("GET", "/api/v1/me"))

    assert code_of(answer) == (404, "not_found")


def test_a_wrong_method_is_told_the_right_one(house: House) -> None:
    answer = house.ask("PATCH", "device/push")

    assert (code_of(answer), answer.headers["Allow"]) == ((405, "method_not_allowed"), "PUT")


def test_a_large_body_is_refused(house: House) -> None:
    assert code_of(house.ask("POST", "pair", b"x" * (64 * 1024 + 1))) == (413, "body_too_large")


@pytest.mark.parametrize("content_type", ["text/plain", ""])
def test_a_body_of_another_type_is_refused(house: House, content_type: str) -> None:
    answer = house.ask("POST", "pair", pair_body("x"), headers={"Content-Type": content_type})

    assert code_of(answer) == (415, "json_expected")


def test_a_body_without_a_type_is_refused(house: House) -> None:
    assert code_of(house.ask("POST", "pair")) == (415, "json_expected")


@pytest.mark.parametrize("body", [b"{", b"\xff", b'{"code": "\\ud800"}'])
def test_what_is_no_json_is_refused(house: House, body: bytes) -> None:
    assert code_of(house.ask("POST", "pair", body)) == (400, "json_invalid")


def test_a_body_that_is_no_object_is_refused(house: House) -> None:
    assert code_of(house.ask("POST", "pair", [])) == (422, "invalid")


def test_secrets_stay_out_of_the_requests_repr() -> None:
    request = AgentRequest("GET", "/agent/v1/me", headers={"Authorization": "Bearer secret"}, body=b"secret")

    assert "secret" not in repr(request)
