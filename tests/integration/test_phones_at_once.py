"""Phones that speak in the same instant, over SQLite: one of them is first, and what both said is true."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

from postengine.adapters.stores.sql import SqlStore, make_engine, migrate
from postengine.agent import AgentApi, AgentRequest, AgentResponse, create_pairing_code
from postengine.engine.commands.reassign import reassign
from postengine.engine.posts.agent import Agent, Device, PhoneEvent
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Conflict
from postengine.engine.posts.record import Alert, HistoryEntry
from postengine.engine.posts.states import DeliveryState
from postengine.engine.run import run_once
from postengine.ids import SortableIds
from tests.integration.live_clock import LiveClock
from tests.unit.engine.handovers import colleague, group
from tests.unit.engine.world import World

R = TypeVar("R")
_S = DeliveryState
_ROUNDS = range(6)


@dataclass
class Agency:
    """An agency on SQLite with its agent API."""

    world: World

    def __post_init__(self) -> None:
        self.world.ports = replace(self.world.ports, ids=SortableIds())
        self.api = AgentApi(self.world.ports, link_secret=b"0123456789abcdef", base_url="http://service.test")

    def code(self, agent: Agent | None = None) -> str:
        return create_pairing_code(self.world.ports, (agent or self.world.agent).id).code

    def pair(self, code: str) -> AgentResponse:
        body = {"code": code, "device": {"platform": "android"}, "push": {"kind": "none"}}
        return self.ask("POST", "pair", body)

    def token(self) -> str:
        return str(_json(self.pair(self.code()))["token"])

    def task(self) -> str:
        """Plan a task of the shared group, due now; return its id."""
        post = self.world.plan(group(self.world), external_id=None, scheduled_at=None)
        run_once(self.world.ports)
        return self.world.delivery(post).id

    def tell(self, token: str, task: str, kind: str, key: str) -> AgentResponse:
        body = {"type": kind, "occurred_at": "2026-12-01T09:00:00Z", "reason": "no time"}
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
        return self.ask("POST", f"tasks/{task}/events", body, headers)

    def ask(
        self, method: str, path: str, body: object, headers: dict[str, str] | None = None
    ) -> AgentResponse:
        sent = {"Content-Type": "application/json", **(headers or {})}
        request = AgentRequest(method, f"/agent/v1/{path}", {}, sent, json.dumps(body).encode(), "192.0.2.1")
        return self.api.handle(request)

    def state(self, task: str) -> DeliveryState:
        (row,) = (row for row in self.world.rows(Delivery) if row.id == task)
        return row.state

    def ends(self, task: str) -> list[str]:
        """Return the states into which the task has moved to end."""
        moves = [entry for entry in self.world.rows(HistoryEntry) if entry.subject_id == task]
        return [
            move.to_state
            for move in moves
            if move.from_state != move.to_state and move.to_state in {"published", "declined"}
        ]


@pytest.fixture
def agency(tmp_path: Path) -> Generator[Agency]:
    engine = make_engine(f"sqlite:///{tmp_path / 'store.db'}")
    migrate(engine)
    yield Agency(World(tmp_path / "files", clock=LiveClock(), store=SqlStore(engine)))
    engine.dispose()


def _json(answer: AgentResponse) -> dict[str, Any]:
    assert isinstance(answer.body, bytes)
    content: dict[str, Any] = json.loads(answer.body)
    return content


def _at_once(*works: Callable[[], R]) -> list[R]:
    """Do all of them in threads that start together; return what came of each, in order."""
    barrier = threading.Barrier(len(works))

    def start(work: Callable[[], R]) -> R:
        barrier.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(start, works))


def test_yes_from_two_phones_is_one_post(agency: Agency) -> None:
    first, second = agency.token(), agency.token()
    for number in _ROUNDS:
        task, key = agency.task(), str(number)

        said = _at_once(
            partial(agency.tell, first, task, "confirmed", key),
            partial(agency.tell, second, task, "confirmed", key),
        )

        assert [answer.status for answer in said] == [200, 200]
        assert agency.ends(task) == ["published"]
    assert "posted_after_end" not in {alert.code for alert in agency.world.rows(Alert)}


def test_one_event_that_comes_twice_is_heard_once(agency: Agency) -> None:
    token = agency.token()
    for number in _ROUNDS:
        task, key = agency.task(), str(number)

        said = _at_once(*[partial(agency.tell, token, task, "confirmed", key)] * 3)

        assert [answer.status for answer in said] == [200] * 3
        assert sum(answer.headers.get("Idempotency-Replayed") == "true" for answer in said) == 2
        assert len([event for event in agency.world.rows(PhoneEvent) if event.delivery_id == task]) == 1


def test_of_yes_and_no_the_first_counts_and_the_other_is_told(agency: Agency) -> None:
    first, second = agency.token(), agency.token()
    for number in _ROUNDS:
        task, key = agency.task(), str(number)

        yes, no = _at_once(
            partial(agency.tell, first, task, "confirmed", key),
            partial(agency.tell, second, task, "declined", key),
        )

        assert sorted((yes.status, no.status)) == [200, 409]
        assert agency.ends(task) == [("published" if yes.status == 200 else "declined")]
        alerts = {alert.subject_id for alert in agency.world.rows(Alert) if alert.code == "posted_after_end"}
        assert (task in alerts) == (yes.status == 409)


def test_a_yes_while_the_task_passes_to_a_colleague_is_never_lost(agency: Agency) -> None:
    token, rui = agency.token(), colleague(agency.world)
    for number in _ROUNDS:
        task, key = agency.task(), str(number)

        def yes(task: str = task, key: str = key) -> int | str:
            return agency.tell(token, task, "confirmed", key).status

        def passes(task: str = task) -> int | str:
            try:
                return reassign(agency.world.ports, task, rui.id).agent_id or ""
            except Conflict as error:
                return error.code

        status, passed = _at_once(yes, passes)

        assert (status, agency.state(task)) == (200, _S.PUBLISHED)
        assert passed in {rui.id, "already_published"}
        assert agency.ends(task) == ["published"]


def test_a_code_that_two_phones_trade_at_once_pairs_one(agency: Agency) -> None:
    for number in _ROUNDS:
        code = agency.code()

        said = _at_once(*[partial(agency.pair, code)] * 3)

        assert sorted(answer.status for answer in said) == [201, 403, 403]
        assert len(agency.world.rows(Device)) == number + 1
        agency.api = AgentApi(agency.world.ports, link_secret=b"0123456789abcdef", base_url="http://x.test")
