"""Calls about the account itself: is it there, who uses it, and what did it tell them."""

from __future__ import annotations

from pydantic import JsonValue, TypeAdapter

from postengine.postiz.call import Call
from postengine.postiz.models import NotificationPage
from postengine.postiz.models.account import Connection
from postengine.postiz.models.wire import LAZILY

_USERS = TypeAdapter(tuple[JsonValue, ...], config=LAZILY)


def is_connected() -> Call[bool]:
    """Ask whether the address and the key are right."""
    return Call("GET", "/is-connected", _read_connected, is_repeatable=True)


def list_notifications(page: int = 0) -> Call[NotificationPage]:
    """Ask for one page of notifications, newest first; pages count from 0."""
    return Call(
        "GET",
        "/notifications",
        NotificationPage.model_validate_json,
        params={"page": str(page)},
        is_repeatable=True,
    )


def list_users(name: str) -> Call[tuple[JsonValue, ...]]:
    """Ask for the users whose name holds `name`; Postiz answers its super-admins only."""
    return Call("GET", "/users", _USERS.validate_json, params={"name": name}, is_repeatable=True)


def _read_connected(body: bytes) -> bool:
    return Connection.model_validate_json(body).connected
