"""The agent API: from a request through its route to an answer."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus

from postengine.engine.ports import Ports
from postengine.errors import PostEngineError

from .assets import get_asset
from .call import Call, Setup
from .device import delete_device, put_push, show_me, test_device
from .events import post_batch, post_event
from .gate import PairingGate
from .links import AssetLinks
from .pace import Pace
from .pairing import pair
from .requests import MAX_BODY_BYTES, AgentRequest
from .responses import AgentResponse, Refusal, problem_response
from .tasks import list_tasks, show_task

PREFIX = "/agent/v1/"
_ID = re.compile(r"[A-Za-z0-9_.-]{1,100}")
_RETRY_AFTER_S = 5.0


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path (below `/agent/v1/`; `{id}` stands for any id), and what answers there."""

    method: str
    path: str
    answer: Callable[[Call], AgentResponse]

    def match(self, path: str) -> Mapping[str, str] | None:
        """Return what the path names, or None if it is not this route's."""
        wanted, given = self.path.split("/"), path.split("/")
        if len(wanted) != len(given):
            return None
        args: dict[str, str] = {}
        for want, got in zip(wanted, given, strict=True):
            if want == "{id}" and _ID.fullmatch(got):
                args["id"] = got
            elif want != got:
                return None
        return args


ROUTES = (
    Route("POST", "pair", pair),
    Route("GET", "me", show_me),
    Route("PUT", "device/push", put_push),
    Route("DELETE", "device", delete_device),
    Route("POST", "device/test", test_device),
    Route("GET", "tasks", list_tasks),
    Route("GET", "tasks/{id}", show_task),
    Route("POST", "tasks/{id}/events", post_event),
    Route("POST", "events:batch", post_batch),
    Route("GET", "assets/{id}", get_asset),
)


class AgentApi:
    """Answers phones; may be called from many threads. Its only state is how fast its callers go on.

    Args:
        ports: What the engine works with.
        link_secret: At least 16 random bytes, the same in all processes; signs the addresses of files.
        base_url: The service's public address, such as `https://posts.example.com`.
        poll_interval_s: How often a phone is to ask, in seconds.
        vapid_public_key: For Web Push, base64url; None where there is none.
        gate: Limits tries to pair.
        events_per_minute: Events of one phone that are heard; more are answered 429, and sent again later.
        allows_local_push: Take Web Push addresses that are not https on a public host; for tests.
        page_size: Tasks in one answer.

    Raises:
        ValueError: The secret is too short.
    """

    def __init__(
        self,
        ports: Ports,
        *,
        link_secret: bytes,
        base_url: str,
        poll_interval_s: int = 60,
        vapid_public_key: str | None = None,
        gate: PairingGate | None = None,
        allows_local_push: bool = False,
        page_size: int = 50,
        events_per_minute: int = 300,
    ) -> None:
        self._setup = Setup(
            ports=ports,
            links=AssetLinks(base_url, link_secret),
            gate=gate or PairingGate(ports.clock),
            events_pace=Pace(ports.clock, most=events_per_minute, window_s=60, what="events"),
            tests_pace=Pace(ports.clock, most=5, window_s=60, what="test notifications"),
            poll_interval_s=poll_interval_s,
            vapid_public_key=vapid_public_key,
            allows_local_push=allows_local_push,
            page_size=page_size,
        )

    def handle(self, request: AgentRequest) -> AgentResponse:
        """Answer `request`; what is wrong with it is answered with a problem, too.

        Raises:
            PostEngineError: Something that trying again will not mend; log it and answer 500.
        """
        try:
            return self._answer(request)
        except Refusal as refusal:
            return problem_response(refusal.to_json(), refusal.status, headers=refusal.headers)
        except PostEngineError as error:
            if not error.retryable:
                raise
            return _not_now(error)

    def _answer(self, request: AgentRequest) -> AgentResponse:
        if len(request.body) > MAX_BODY_BYTES:
            detail = f"the body has {len(request.body)} bytes; send at most {MAX_BODY_BYTES}"
            raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body_too_large", detail)
        method = request.method.upper()
        route, args = _route("GET" if method == "HEAD" else method, request.path)
        answer = route.answer(Call(self._setup, request, args))
        return replace(answer, body=b"") if method == "HEAD" else answer


def _route(method: str, path: str) -> tuple[Route, Mapping[str, str]]:
    rest = path.removeprefix(PREFIX) if path.startswith(PREFIX) else ""
    found = [(route, args) for route in ROUTES if (args := route.match(rest)) is not None]
    if not found:
        raise Refusal(HTTPStatus.NOT_FOUND, "not_found", "the agent API has no such address")
    for route, args in found:
        if route.method == method:
            return route, args
    allowed = ", ".join(route.method for route, _ in found)
    detail = f"{method} is not possible here; {allowed} is"
    raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, "method_not_allowed", detail, headers={"Allow": allowed})


def _not_now(error: PostEngineError) -> AgentResponse:
    wait_s = math.ceil(error.retry_after or _RETRY_AFTER_S)
    detail = f"not possible just now; try again in {wait_s} s"
    refusal = Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", detail)
    return problem_response(refusal.to_json(), refusal.status, headers={"Retry-After": str(wait_s)})
