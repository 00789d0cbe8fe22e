"""The public API as the real server orders it: body, key, throttle, route."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from hashlib import sha1

from pydantic import JsonValue

from .agenda import Agenda
from .message import Reply, Request, broken, json_reply, refused
from .rows import Account
from .store import Store
from .throttle import Throttle

PREFIX = "/public/v1"
_LARGEST_BODY_BYTES = 102_400
_CORS = {
    "Access-Control-Allow-Methods": "GET,HEAD,PUT,PATCH,POST,DELETE",
    "Access-Control-Allow-Headers": "Content-Type,Authorization,auth,showorg,impersonate,"
    "x-copilotkit-runtime-client-gql-version",
}


@dataclass(frozen=True)
class Asked:
    """A request that has passed body, key and throttle.

    Attributes:
        names: What its path has in the places that the route leaves open.
    """

    account: Account
    request: Request
    json: JsonValue
    names: tuple[str, ...]


Handler = Callable[[Asked], Reply]


class Route:
    """A method, a path below `/public/v1` with `{}` where it is open, and who answers."""

    def __init__(self, method: str, path: str, handler: Handler) -> None:
        self.method = method
        self.pattern = re.compile(re.escape(path).replace(r"\{\}", "([^/]+)"))
        self.handler = handler


class Api:
    """Answers requests; it waits for nothing and breaks nothing."""

    def __init__(
        self,
        store: Store,
        agenda: Agenda,
        throttle: Throttle,
        routes: Iterable[Route],
        *,
        serve_file: Callable[[str], Reply],
        exchange_code: Callable[[JsonValue], Reply],
    ) -> None:
        self._store = store
        self._agenda = agenda
        self._throttle = throttle
        self._routes = tuple(routes)
        self._serve_file = serve_file
        self._exchange_code = exchange_code

    def answer(self, request: Request, *, stumbles: bool = False) -> Reply:
        """Do what `request` asks; or, if it `stumbles`, get as far as the handler and fail there."""
        if request.method == "OPTIONS":
            return Reply(204, b"", _CORS)
        if request.method == "HEAD":
            told = self.answer(replace(request, method="GET"), stumbles=stumbles)
            return Reply(told.status, b"", {**told.headers, "Content-Length": str(len(told.body))})
        if request.method == "GET" and request.path.startswith("/uploads/"):
            return self._serve_file(request.path)
        body = _read_json(request)
        if isinstance(body, Reply):
            return body
        if request.method == "POST" and request.path.removeprefix("/api") == "/oauth/token":
            return self._exchange_code(body)
        found = self._route(request)
        if found is None:
            return refused(404, f"Cannot {request.method} {request.path}")
        account = self._account(request)
        if isinstance(account, Reply):
            return account
        refusal, headers = self._counted(request, account)
        if refusal is not None:
            return refusal
        handler, names = found
        reply = broken() if stumbles else handler(Asked(account, request, body, names))
        return _unless_known(request, reply).with_headers(headers)

    def _route(self, request: Request) -> tuple[Handler, tuple[str, ...]] | None:
        path = request.path.removeprefix("/api")
        if not path.startswith(PREFIX):
            return None
        inner = path.removeprefix(PREFIX).rstrip("/")
        for route in self._routes:
            match = route.pattern.fullmatch(inner)
            if match is not None and route.method == request.method:
                return route.handler, match.groups()
        return None

    def _account(self, request: Request) -> Account | Reply:
        key = request.headers.get("authorization", "").strip()
        if not key:
            return json_reply(401, {"msg": "No API Key found"})
        account = self._store.credential(key)
        if account is None:
            kind = "OAuth token" if key.startswith("pos_") else "API key"
            return json_reply(401, {"msg": f"Invalid {kind}"})
        return account

    def _counted(self, request: Request, account: Account) -> tuple[Reply | None, dict[str, str]]:
        """Count POSTs whose URL, the query included, contains the path of the posts."""
        url = f"{request.path}?{request.raw_query}"
        if request.method != "POST" or f"{PREFIX}/posts" not in url:
            return None, {}
        return self._throttle.count(account.api_key, self._agenda.server_now)


def _unless_known(request: Request, reply: Reply) -> Reply:
    """Give a read its ETag, or 304 to who has the same already."""
    if request.method != "GET" or reply.status != 200:
        return reply
    digest = b64encode(sha1(reply.body, usedforsecurity=False).digest()).decode("ascii")[:27]
    tag = f'W/"{len(reply.body):x}-{digest}"'
    if request.headers.get("if-none-match") == tag:
        return Reply(304, b"", {"ETag": tag})
    return reply.with_headers({"ETag": tag})


def _read_json(request: Request) -> JsonValue | Reply:
    """Read a JSON body; another kind of body is nothing."""
    if "json" not in request.headers.get("content-type", ""):
        return None
    if len(request.body) > _LARGEST_BODY_BYTES:
        return json_reply(413, {"statusCode": 413, "message": "request entity too large"})
    if not request.body:
        return None
    try:
        body: JsonValue = json.loads(request.body)
    except ValueError as error:
        return refused(400, f"{error}")
    return body
