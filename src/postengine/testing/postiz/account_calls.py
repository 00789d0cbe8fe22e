"""The calls about the account: notifications, users, and tokens for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from .message import Reply, json_reply, refused
from .rows import Account
from .store import Store

_PAGE_SIZE = 100


def notifications(account: Account, query: Mapping[str, str]) -> Reply:
    """List one page of notifications, newest first."""
    asked = query.get("page", "0")
    if not asked.removeprefix("-").isdecimal():
        return refused(
            400,
            ["page must not be less than 0", "page must be a number conforming to the specified constraints"],
        )
    page = int(asked)
    if page < 0:
        return refused(400, ["page must not be less than 0"])
    newest_first = account.notifications[::-1]
    end = (page + 1) * _PAGE_SIZE
    return json_reply(
        200,
        {
            "notifications": list(newest_first[page * _PAGE_SIZE : end]),
            "total": len(newest_first),
            "page": page,
            "limit": _PAGE_SIZE,
            "hasMore": len(newest_first) > end,
        },
    )


def users() -> Reply:
    """Refuse: only the instance's own administrator may look for users."""
    return json_reply(403, {"msg": "Unauthorized"})


@dataclass(frozen=True)
class _Grant:
    account: Account
    client_id: str
    client_secret: str


class OAuth:
    """`POST /oauth/token`: a code that a person's consent gave is exchanged for a token.

    A token has no end; a new consent of the same program voids it.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._grants: dict[str, _Grant] = {}
        self._tokens: dict[tuple[str, str], str] = {}

    def consent(self, account: Account, client_id: str, client_secret: str) -> str:
        """Return the code that a person's consent gives."""
        code = self._store.new_name()
        self._grants[code] = _Grant(account, client_id, client_secret)
        return code

    def exchange(self, body: JsonValue) -> Reply:
        """Answer the exchange of a code, which works once."""
        given = body if isinstance(body, dict) else {}
        if given.get("grant_type") != "authorization_code":
            return json_reply(400, {"error": "unsupported_grant_type"})
        grant = self._grants.get(str(given.get("code")))
        if grant is None:
            return json_reply(400, {"error": "invalid_grant"})
        if (given.get("client_id"), given.get("client_secret")) != (grant.client_id, grant.client_secret):
            return json_reply(401, {"error": "invalid_client"})
        del self._grants[str(given["code"])]
        token = f"pos_{self._store.new_name()}"
        owner = (grant.account.id, grant.client_id)
        self._store.tokens.pop(self._tokens.get(owner, ""), None)
        self._tokens[owner] = token
        self._store.tokens[token] = grant.account
        return json_reply(
            201,
            {
                "id": grant.account.id,
                "cus": None,
                "access_token": token,
                "token_type": "bearer",
                "scope": "",
            },
        )
