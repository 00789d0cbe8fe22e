"""Whatever goes wrong is answered as a problem."""

from __future__ import annotations

import logging

import pytest
from flask.testing import FlaskClient

from postengine.adapters.queues.errors import QueueUnavailable
from postengine.adapters.stores.errors import StoreUnavailable
from postengine.errors import PostEngineError

from .conftest import Api, Breakable, problem


def test_an_unknown_address_and_method_are_problems_too(client: FlaskClient) -> None:
    assert problem(client.get("/nowhere"))[:2] == (404, "not_found")
    assert problem(client.delete("/healthz"))[:2] == (405, "wrong_method")


def test_a_body_that_is_not_json_is_told_so(agency: Api) -> None:
    broken = agency.ask("POST", "/agents", data=b"{", content_type="application/json")
    form = agency.ask("POST", "/agents", data=b"name=Bea", content_type="text/plain")
    nul = agency.ask("POST", "/agents", data=b'{"name": "\\u0000"}', content_type="application/json")
    large = agency.ask("POST", "/agents", data=b" " * 1_000_001, content_type="application/json")

    assert problem(broken)[:2] == (400, "not_json")
    assert problem(form)[:2] == (415, "wrong_type")
    assert problem(nul)[:2] == (400, "bad_request")
    assert problem(large)[:2] == (413, "too_large")


def test_a_nul_in_an_address_is_refused(agency: Api) -> None:
    assert problem(agency.get("/posts/a%00b"))[:2] == (400, "bad_request")
    assert problem(agency.get("/posts", campaign="\x00"))[:2] == (400, "bad_request")


def test_a_list_wants_known_parameters_in_their_range(agency: Api) -> None:
    answer = agency.get("/posts", limit="0", colour="red")

    assert sorted(problem(answer)[2]) == [("colour", "extra_forbidden"), ("limit", "greater_than_equal")]


def test_a_store_that_is_away_is_a_503_with_a_wait(agency: Api, store: Breakable) -> None:
    store.error = StoreUnavailable("OperationalError")

    answer = agency.get("/posts")

    assert problem(answer)[:2] == (503, "unavailable")
    assert answer.headers["Retry-After"] == "5"


@pytest.mark.parametrize("error", [PostEngineError("a secret"), RuntimeError("a secret")])
def test_what_nobody_foresaw_is_logged_and_not_told(
    agency: Api, store: Breakable, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    store.error = error

    answer = agency.get("/posts")

    assert problem(answer)[0] == 500
    assert "a secret" not in answer.get_data(as_text=True)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_a_queue_that_is_away_does_not_stop_a_write(
    agency: Api, queue: Breakable, caplog: pytest.LogCaptureFixture
) -> None:
    queue.error = QueueUnavailable("ConnectionError", 1)

    answer = agency.post("/posts", {"title": "Now", "caption": "x", "channels": ["wa-ana"]})

    assert answer.status_code == 201
    assert [record.getMessage() for record in caplog.records] == ["left to the cron"]
