"""Outages of the application (its workers go on), and of Temporal, Redis and the database behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from .agenda import Agenda
from .api import PREFIX, Api
from .faults import OutageName, bad_gateway, empty_401
from .message import Outcome, Request
from .publishing import Publishing

_HANG_S = 3600.0


class Outages:
    """Knows what is down, and what becomes of requests meanwhile.

    Args:
        temporal_wait: How long a promote hangs while Temporal is down; a demotion and a deletion half of it.
    """

    def __init__(self, agenda: Agenda, publishing: Publishing, api: Api, *, temporal_wait: timedelta) -> None:
        self._agenda = agenda
        self._publishing = publishing
        self._api = api
        self.temporal_wait = temporal_wait
        self.down: dict[OutageName, object] = {}
        self._hanging: list[Callable[[], object]] = []

    def begin(self, name: OutageName, span: timedelta | None) -> None:
        """Take a part down, for `span` or until `end`."""
        token = object()
        self.down[name] = token
        if name == "temporal_down":
            self._publishing.go_down()
        if span is not None:
            self._agenda.after(span, lambda: self._end_if_same(name, token))

    def end(self, name: OutageName) -> None:
        """Bring a part back; requests that hung on Redis are executed now."""
        if self.down.pop(name, None) is None:
            return
        if name == "temporal_down":
            self._publishing.come_back()
        if name == "redis_down":
            hanging, self._hanging = self._hanging, []
            for execute in hanging:
                execute()

    def outcome(self, request: Request) -> Outcome | None:
        """Return what becomes of `request`, or None if the outage does not touch it."""
        path = request.path.removeprefix("/api")
        if not path.startswith(PREFIX):
            return None
        if "app_down" in self.down:
            return Outcome(bad_gateway())
        if "db_down" in self.down and request.headers.get("authorization"):
            return Outcome(empty_401())
        is_creation = request.method == "POST" and path.rstrip("/") == f"{PREFIX}/posts"
        if "redis_down" in self.down and is_creation:
            self._hanging.append(lambda: self._api.answer(request))
            return Outcome(empty_401(), delay_s=_HANG_S, ending="drop")
        if (
            "temporal_down" in self.down
            and f"{PREFIX}/posts/" in path
            and request.method in {"PUT", "DELETE"}
        ):
            is_promote = path.endswith("/status") and b"schedule" in request.body
            wait_s = self.temporal_wait.total_seconds()
            return Outcome(self._api.answer(request), delay_s=wait_s if is_promote else wait_s / 2)
        return None

    def _end_if_same(self, name: OutageName, token: object) -> None:
        """End the outage that `token` began, not a later one."""
        if self.down.get(name) is token:
            self.end(name)
