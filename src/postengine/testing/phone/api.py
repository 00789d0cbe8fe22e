"""The agent API as the phone calls it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import httpx
from pydantic import BaseModel, JsonValue

from .event import PhoneEvent
from .task import Me, Pairing, Task, TaskPage


class TokenRefused(Exception):
    """401: the phone was unpaired from the other side."""


class Unreachable(Exception):
    """No answer, or one that says "not now" (429, 5xx); the text says which."""


class Refused(Exception):
    """Another answer than success.

    Attributes:
        status: HTTP status.
        code: Of the problem+json, empty where there is none.
        task: The current task, where the answer carries it.
    """

    def __init__(self, status: int, code: str, task: Task | None) -> None:
        super().__init__(f"{status} {code}".strip())
        self.status = status
        self.code = code
        self.task = task


@dataclass(frozen=True)
class EventAnswer:
    """What became of one event.

    Attributes:
        task: The current task, where the answer carries it.
        was_replayed: The service had it already.
        refused: The problem, empty where it was taken.
    """

    task: Task | None
    was_replayed: bool = False
    refused: str = ""


class _Problem(BaseModel):
    code: str = ""
    task: Task | None = None


class _BatchResult(BaseModel):
    status: int
    task: Task | None = None
    problem: _Problem | None = None


class _BatchAnswer(BaseModel):
    results: list[_BatchResult]


class AgentApi:
    """Calls the service; the bearer token goes to its host only.

    Args:
        http: With the service's address as `base_url`.
    """

    def __init__(self, http: httpx.Client) -> None:
        self._http = http
        self.token: str | None = None

    def pair(self, body: JsonValue) -> Pairing:
        """Trade a pairing code for a token of the phone's own, and use it from now on."""
        pairing = Pairing.model_validate_json(self._call("POST", "/agent/v1/pair", body).content)
        self.token = pairing.token
        return pairing

    def me(self) -> Me:
        """Ask who we are."""
        return Me.model_validate_json(self._call("GET", "/agent/v1/me").content)

    def put_push(self, push: JsonValue) -> None:
        """Tell the current registration."""
        self._call("PUT", "/agent/v1/device/push", push)

    def test_push(self) -> bool:
        """Ask for a test notification; return whether the push service took it."""
        answer: dict[str, object] = self._call("POST", "/agent/v1/device/test").json()
        return answer["is_accepted"] is True

    def unpair(self) -> None:
        """Take leave."""
        self._call("DELETE", "/agent/v1/device")

    def task(self, task_id: str) -> Task:
        """Fetch one task."""
        return Task.model_validate_json(self._call("GET", f"/agent/v1/tasks/{task_id}").content)

    def tasks(self, state: str) -> list[Task]:
        """Fetch all tasks of a state, page after page."""
        tasks: list[Task] = []
        params = {"state": state}
        while True:
            page = TaskPage.model_validate_json(self._call("GET", "/agent/v1/tasks", params=params).content)
            tasks += page.tasks
            if not page.cursor:
                return tasks
            params = {"state": state, "cursor": page.cursor}

    def file(self, url: str) -> tuple[bytes, str | None]:
        """Download an asset; return its bytes and its ETag without quotes."""
        answer = self._call("GET", url)
        etag = answer.headers.get("etag")
        return answer.content, etag.removeprefix("W/").strip('"') if etag else None

    def send_event(self, event: PhoneEvent) -> EventAnswer:
        """Send one event."""
        path = f"/agent/v1/tasks/{event.task_id}/events"
        try:
            answer = self._call("POST", path, event.to_json(), headers={"Idempotency-Key": event.key})
        except Refused as error:
            return EventAnswer(error.task, refused=str(error))
        was_replayed = answer.headers.get("Idempotency-Replayed") == "true"
        return EventAnswer(Task.model_validate_json(answer.content), was_replayed)

    def send_batch(self, events: list[PhoneEvent]) -> list[EventAnswer]:
        """Send up to 50 events at once; the answers are in their order."""
        body: JsonValue = {"events": [event.to_batch_item() for event in events]}
        content = self._call("POST", "/agent/v1/events:batch", body).content
        return [_read_result(result) for result in _BatchAnswer.model_validate_json(content).results]

    def _call(
        self,
        method: str,
        url: str,
        body: JsonValue = None,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        request = self._http.build_request(method, url, json=body, params=params, headers=headers)
        if self.token and request.url.host == self._http.base_url.host:
            request.headers["Authorization"] = f"Bearer {self.token}"
        try:
            answer = self._http.send(request)
        except httpx.TransportError as error:
            raise Unreachable(type(error).__name__) from error
        if answer.is_success:
            return answer
        raise _error_of(answer)


def _error_of(answer: httpx.Response) -> Exception:
    if answer.status_code == HTTPStatus.UNAUTHORIZED:
        return TokenRefused()
    if answer.is_server_error or answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return Unreachable(f"{answer.status_code}, Retry-After {answer.headers.get('retry-after')}")
    is_problem = "json" in answer.headers.get("content-type", "")
    problem = _Problem.model_validate_json(answer.content) if is_problem else _Problem()
    return Refused(answer.status_code, problem.code, problem.task)


def _read_result(result: _BatchResult) -> EventAnswer:
    problem = result.problem or _Problem()
    is_taken = result.status < HTTPStatus.BAD_REQUEST
    refused = "" if is_taken else f"{result.status} {problem.code}".strip()
    return EventAnswer(result.task or problem.task, refused=refused)
