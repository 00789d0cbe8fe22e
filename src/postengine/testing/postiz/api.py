"""The public API as the real server orders it: body, key, throttle, route."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import JsonValue

from . import channels
from .agenda import Agenda
from .create import CreatePosts
from .message import Reply, Request, broken, json_reply, refused
from .posts import Posts
from .rows import Account
from .store import Store
from .throttle import Throttle
from .uploads import Uploads

PREFIX = "/public/v1"
_LARGEST_BODY_BYTES = 102_400


@dataclass(frozen=True)
class _Asked:
    """A request that has passed body, key and throttle."""

    account: Account
    request: Request
    json: JsonValue
    groups: tuple[str, ...]


_Handler = Callable[[_Asked], Reply]


class Api:
    """Answers requests; it waits for nothing and breaks nothing."""

    def __init__(
        self,
        store: Store,
        agenda: Agenda,
        throttle: Throttle,
        create: CreatePosts,
        posts: Posts,
        uploads: Uploads,
    ) -> None:
        self._store = store
        self._agenda = agenda
        self._throttle = throttle
        self._uploads = uploads
        self._routes: tuple[tuple[str, re.Pattern[str], _Handler], ...] = (
            ("GET", re.compile("/is-connected"), lambda _: json_reply(200, {"connected": True})),
            (
                "GET",
                re.compile("/integrations"),
                lambda asked: channels.integrations(asked.account, asked.request.query),
            ),
            (
                "GET",
                re.compile("/integration-settings/([^/]+)"),
                lambda asked: channels.integration_settings(asked.account, asked.groups[0]),
            ),
            (
                "GET",
                re.compile("/notifications"),
                lambda asked: channels.notifications(asked.account, asked.request.query),
            ),
            ("POST", re.compile("/upload"), lambda asked: uploads.upload(asked.request)),
            ("GET", re.compile("/posts"), lambda asked: posts.listing(asked.account, asked.request.query)),
            ("POST", re.compile("/posts"), lambda asked: create.handle(asked.account, asked.json)),
            (
                "DELETE",
                re.compile("/posts/group/([^/]+)"),
                lambda asked: posts.delete_group(asked.account, asked.groups[0]),
            ),
            (
                "DELETE",
                re.compile("/posts/([^/]+)"),
                lambda asked: posts.delete(asked.account, asked.groups[0]),
            ),
            (
                "PUT",
                re.compile("/posts/([^/]+)/status"),
                lambda asked: posts.set_status(asked.account, asked.groups[0], asked.json),
            ),
            (
                "PUT",
                re.compile("/posts/([^/]+)/settings"),
                lambda asked: posts.merge_settings(asked.account, asked.groups[0], asked.json),
            ),
        )

    def answer(self, request: Request, *, stumbles: bool = False) -> Reply:
        """Do what `request` asks; or, if it `stumbles`, get as far as the handler and fail there."""
        if request.method == "GET" and request.path.startswith("/uploads/"):
            return self._uploads.serve(request.path)
        body = _read_json(request)
        if isinstance(body, Reply):
            return body
        found = self._route(request)
        if found is None:
            return refused(404, f"Cannot {request.method} {request.path}")
        account = self._account(request)
        if isinstance(account, Reply):
            return account
        refusal, headers = self._counted(request, account)
        if refusal is not None:
            return refusal
        handler, groups = found
        reply = broken() if stumbles else handler(_Asked(account, request, body, groups))
        return reply.with_headers(headers)

    def _route(self, request: Request) -> tuple[_Handler, tuple[str, ...]] | None:
        path = request.path.removeprefix("/api")
        if not path.startswith(PREFIX):
            return None
        inner = path.removeprefix(PREFIX).rstrip("/")
        for method, pattern, handler in self._routes:
            match = pattern.fullmatch(inner)
            if match is not None and method == request.method:
                return handler, match.groups()
        return None

    def _account(self, request: Request) -> Account | Reply:
        key = request.headers.get("authorization", "").strip()
        if not key:
            return json_reply(401, {"msg": "No API Key found"})
        account = self._store.accounts.get(key)
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
