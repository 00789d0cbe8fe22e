"""What becomes of a request that a fault takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from .agenda import Agenda
from .api import Api
from .faults import Fault, FaultKind, bad_gateway, bomb, empty_401, frontend_page
from .message import Outcome, Reply, Request, broken
from .throttle import Throttle, too_many


class Breaking:
    """Carries faults out, one small function a kind."""

    def __init__(self, agenda: Agenda, api: Api, throttle: Throttle) -> None:
        self._agenda = agenda
        self._api = api
        self._throttle = throttle
        self._ways: dict[FaultKind, Callable[[Fault, Request], Outcome]] = {
            "500_before": lambda _, request: Outcome(api.answer(request, stumbles=True)),
            "500_after": lambda _, request: Outcome(_stumbled(api.answer(request))),
            "late_commit": self._late,
            "drop_after": lambda fault, request: self._dropped(replace(fault, is_executed=True), request),
            "drop_before": self._dropped,
            "cut_after": lambda fault, request: Outcome(api.answer(request), fault.delay_s, "cut"),
            "slow": lambda fault, request: Outcome(api.answer(request), fault.delay_s),
            "proxy_502": lambda fault, request: self._instead(fault, request, bad_gateway()),
            "empty_401": lambda _fault, _request: Outcome(empty_401()),
            "429": self._refused,
            "gzip_bomb": lambda fault, request: self._instead(fault, request, bomb(fault.size_bytes)),
            "redirect": lambda fault, request: self._instead(
                fault, request, Reply(302, b"", {"Location": fault.location})
            ),
            "html_200": lambda fault, request: self._instead(fault, request, frontend_page()),
            "truncated_json": lambda fault, request: Outcome(_halved(api.answer(request)), fault.delay_s),
        }

    def outcome(self, fault: Fault, request: Request) -> Outcome:
        """Do of `request` what the fault lets be done, and answer what it lets be answered."""
        return self._ways[fault.kind](fault, request)

    def _late(self, fault: Fault, request: Request) -> Outcome:
        def execute() -> None:
            self._api.answer(request)

        self._agenda.after(timedelta(seconds=fault.delay_s), execute)
        return Outcome(broken(), fault.delay_s if fault.hangs else 0.0, "drop")

    def _dropped(self, fault: Fault, request: Request) -> Outcome:
        return replace(self._instead(fault, request, broken()), ending="drop")

    def _refused(self, fault: Fault, _request: Request) -> Outcome:
        return Outcome(too_many(timedelta(seconds=fault.delay_s) or self._throttle.hour))

    def _instead(self, fault: Fault, request: Request, reply: Reply) -> Outcome:
        if fault.is_executed:
            self._api.answer(request)
        return Outcome(reply, fault.delay_s)


def _stumbled(reply: Reply) -> Reply:
    """Turn a success into a 500 that carries the same headers."""
    counted = {name: value for name, value in reply.headers.items() if name.startswith("X-")}
    return broken().with_headers(counted) if reply.status < 400 else reply


def _halved(reply: Reply) -> Reply:
    return replace(reply, body=reply.body[: len(reply.body) // 2])
