"""A server that keeps the contract of the agent API for one phone, as small as its tests allow."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx

from postengine.testing.clock import FakeClock

PHOTO = b"\xff\xd8 a photo of Villa Aurora"
_RANKS = {"received": "notified", "opened": "opened", "shared": "shared", "confirmed": "published"}
_ORDER = ["planned", "notified", "opened", "shared", "published", "declined", "cancelled"]


@dataclass
class AgentStub:
    """Holds tasks, takes events, remembers requests.

    Attributes:
        events: Events in the order in which they were first taken, with task id and key.
        requests: Method and path of each request.
        down: Answers to give instead of the real one, first in, first out.
    """

    clock: FakeClock
    tasks: dict[str, dict[str, Any]] = field(default_factory=dict)
    assets: dict[str, bytes] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    down: list[httpx.Response | httpx.TransportError] = field(default_factory=list)
    pushes: list[Any] = field(default_factory=list)
    token: str | None = None
    page_size: int = 10

    def http(self) -> httpx.Client:
        """Return a client of the stub."""
        return httpx.Client(transport=httpx.MockTransport(self._answer), base_url="https://service.example")

    def add_task(self, task_id: str, content: bytes = PHOTO, **changes: object) -> dict[str, str]:
        """Plan a task and return the push that announces it."""
        now = self.clock.now()
        asset_id = f"asset-{task_id}"
        self.assets[asset_id] = content
        asset = {
            "id": asset_id,
            "url": f"/agent/v1/assets/{asset_id}",
            "mime": "image/jpeg",
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "filename": "villa.jpg",
            "width": 1080,
            "height": 1080,
            "duration_s": None,
        }
        task = {
            "id": task_id,
            "rev": 1,
            "state": "notified",
            "channel": {
                "kind": "whatsapp_status",
                "target_name": None,
                "packages": ["com.whatsapp"],
                "share_mode": "share_to_status",
            },
            "title": "Villa Aurora",
            "caption": "Just listed: Villa Aurora",
            "assets": [asset],
            "scheduled_at": now.isoformat(),
            "expires_at": (now + timedelta(hours=2)).isoformat(),
            "snooze": {"remaining": 3, "latest": (now + timedelta(hours=1)).isoformat()},
            "actions": ["open", "snooze", "decline"],
        }
        self.tasks[task_id] = task | changes
        return {"v": "1", "type": "manual_task", "task_id": task_id, "rev": "1"}

    def types(self, task_id: str) -> list[str]:
        """Return the types of the events of a task in the order of their arrival."""
        return [event["type"] for event in self.events if event["task_id"] == task_id]

    def _answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        self.requests.append(f"{request.method} {path}")
        if self.down:
            trouble = self.down.pop(0)
            if isinstance(trouble, httpx.Response):
                return trouble
            raise trouble
        if path == "/agent/v1/pair":
            return self._pair(json.loads(request.content))
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return problem(401, "token_unknown")
        return self._route(request, path.removeprefix("/agent/v1/").split("/"))

    def _route(self, request: httpx.Request, parts: list[str]) -> httpx.Response:
        match request.method, parts:
            case "GET", ["me"]:
                return httpx.Response(200, json={"device_id": "device-1"})
            case "PUT", ["device", "push"]:
                self.pushes.append(json.loads(request.content))
                return httpx.Response(200, json={})
            case "DELETE", ["device"]:
                self.token = None
                return httpx.Response(204)
            case "GET", ["tasks"]:
                return self._page(int(request.url.params.get("cursor", "0")))
            case "GET", ["tasks", task_id]:
                return self._with_task(task_id, lambda task: httpx.Response(200, json=task))
            case "GET", ["assets", asset_id]:
                return self._asset(asset_id)
            case "POST", ["tasks", task_id, "events"]:
                body = json.loads(request.content)
                return self._take(task_id, request.headers["Idempotency-Key"], body)
            case "POST", ["events:batch"]:
                return self._take_batch(json.loads(request.content)["events"])
            case _:
                return problem(404, "not_found")

    def _pair(self, body: dict[str, Any]) -> httpx.Response:
        if body["code"] != "PAIR2345":
            return problem(403, "code_invalid")
        self.token = "phone-token"
        self.pushes.append(body["push"])
        return httpx.Response(201, json={"device_id": "device-1", "token": self.token, "poll_interval_s": 60})

    def _page(self, start: int) -> httpx.Response:
        tasks = list(self.tasks.values())
        end = start + self.page_size
        cursor = str(end) if end < len(tasks) else None
        return httpx.Response(200, json={"tasks": tasks[start:end], "cursor": cursor, "server_time": "x"})

    def _asset(self, asset_id: str) -> httpx.Response:
        if asset_id not in self.assets:
            return httpx.Response(404, text="gone")
        content = self.assets[asset_id]
        etag = f'"{hashlib.sha256(content).hexdigest()}"'
        return httpx.Response(200, content=content, headers={"ETag": etag})

    def _with_task(self, task_id: str, answer: Callable[[dict[str, Any]], httpx.Response]) -> httpx.Response:
        task = self.tasks.get(task_id)
        return answer(task) if task else problem(404, "task_unknown")

    def _take(self, task_id: str, key: str, body: dict[str, Any]) -> httpx.Response:
        datetime.fromisoformat(body["occurred_at"])
        return self._with_task(task_id, lambda task: self._apply(task, key, body))

    def _apply(self, task: dict[str, Any], key: str, body: dict[str, Any]) -> httpx.Response:
        if any(event["key"] == key for event in self.events):
            return httpx.Response(200, json=task, headers={"Idempotency-Replayed": "true"})
        if task["state"] == "cancelled":
            return problem(409, "task_ended", task=task)
        self.events.append({"task_id": task["id"], "key": key, **body})
        state = "declined" if body["type"] == "declined" else _RANKS.get(body["type"], task["state"])
        task["state"] = max(task["state"], state, key=_ORDER.index)
        return httpx.Response(200, json=task)

    def _take_batch(self, items: list[dict[str, Any]]) -> httpx.Response:
        results = []
        for item in items:
            body = {name: item[name] for name in item.keys() - {"task_id", "idempotency_key"}}
            answer = self._take(item["task_id"], item["idempotency_key"], body)
            key = "task" if answer.is_success else "problem"
            results.append({"status": answer.status_code, key: answer.json()})
        return httpx.Response(200, json={"results": results})


def problem(status: int, code: str, **more: object) -> httpx.Response:
    """Return an error as the contract has it."""
    headers = {"Content-Type": "application/problem+json"}
    return httpx.Response(status, json={"code": code, **more}, headers=headers)
