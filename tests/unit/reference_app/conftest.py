"""The application on an agency in memory, asked by an operator, by the agency and by another agency."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from werkzeug.test import TestResponse

from postengine.engine.commands.register import register_tenant
from postengine.engine.ports import Dispatcher, MediaRenderer, Ports, Store
from postengine.engine.posts.tenant import Tenant
from reference_app.app import create_app
from reference_app.settings import Settings
from reference_app.tokens import issue_token
from tests.unit.engine.world import World

WEBHOOK_SECRET = "webhook-secret-of-the-test"


@dataclass
class Api:
    """Asks `/api/v1` with one token."""

    client: FlaskClient
    token: str

    def get(self, path: str, **query: str) -> TestResponse:
        return self.ask("GET", path, query_string=query)

    def post(self, path: str, body: object = None) -> TestResponse:
        return self.ask("POST", path, json=body)

    def put(self, path: str, body: object = None) -> TestResponse:
        return self.ask("PUT", path, json=body)

    def patch(self, path: str, body: object = None) -> TestResponse:
        return self.ask("PATCH", path, json=body)

    def ask(self, method: str, path: str, **request: Any) -> TestResponse:  # noqa: ANN401 - the client's own
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = self.client.open(f"/api/v1{path}", method=method, headers=headers, buffered=True, **request)
        answer.close()
        return answer


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "files")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path / "data",
        webhook_secret=SecretStr(WEBHOOK_SECRET),
        link_secret=SecretStr("link-secret-of-the-test"),
        max_upload_bytes=10_000,
    )


@pytest.fixture
def signals() -> Iterator[None]:
    """Put back what this process does at a signal."""
    handlers = {
        number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM)
    }
    yield
    signal.set_wakeup_fd(-1)
    for number, handler in handlers.items():
        signal.signal(number, handler)


class Breakable:
    """Stands before a port; while `error` is set, each of its methods raises it."""

    def __init__(self, inner: object) -> None:
        self._inner = inner
        self.error: Exception | None = None

    def __getattr__(self, name: str) -> object:
        if self.error is not None:
            raise self.error
        return getattr(self._inner, name)


@pytest.fixture
def store(world: World) -> Breakable:
    return Breakable(world.store)


@pytest.fixture
def queue(world: World) -> Breakable:
    return Breakable(world.ports.dispatcher)


@pytest.fixture
def renderer(world: World) -> Breakable:
    return Breakable(world.renderer)


@pytest.fixture
def ports(world: World, store: Breakable, queue: Breakable, renderer: Breakable) -> Ports:
    return replace(
        world.ports,
        store=cast("Store", store),
        dispatcher=cast("Dispatcher", queue),
        renderer=cast("MediaRenderer", renderer),
    )


@pytest.fixture
def app(settings: Settings, ports: Ports) -> Flask:
    return create_app(settings, ports)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


@pytest.fixture
def operator_token(world: World) -> str:
    return issue_token(world.ports, "operator")[1]


@pytest.fixture
def api(client: FlaskClient, operator_token: str) -> Api:
    """Asks as an operator."""
    return Api(client, operator_token)


@pytest.fixture
def agency(client: FlaskClient, world: World) -> Api:
    """Asks as the agency `harbour`."""
    return Api(client, issue_token(world.ports, "harbour", tenant_id=world.tenant.id)[1])


@pytest.fixture
def other_tenant(world: World) -> Tenant:
    return register_tenant(world.ports, "rival", name="Rival", zone="Europe/Madrid")


@pytest.fixture
def rival(client: FlaskClient, world: World, other_tenant: Tenant) -> Api:
    """Asks as another agency."""
    return Api(client, issue_token(world.ports, "rival", tenant_id=other_tenant.id)[1])


def problem(response: TestResponse) -> tuple[int, str, list[tuple[str, str]]]:
    """Return status, code and the field and code of each error of a problem."""
    assert response.content_type == "application/problem+json"
    body = response.get_json()
    assert body["status"] == response.status_code
    return response.status_code, body["code"], [(one["field"], one["code"]) for one in body["errors"]]
