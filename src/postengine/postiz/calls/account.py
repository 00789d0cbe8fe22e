"""Calls about the account itself: is it there, and what did it tell its users."""

from __future__ import annotations

from pydantic import TypeAdapter

from postengine.postiz.call import Call
from postengine.postiz.models import NotificationPage
from postengine.postiz.models.account import Connection

_CONNECTION = TypeAdapter(Connection)
_PAGE = TypeAdapter(NotificationPage)


def is_connected() -> Call[bool]:
    """Ask whether the address and the key are right."""
    return Call("GET", "/is-connected", lambda body: _CONNECTION.validate_json(body).connected)


def list_notifications(page: int = 0) -> Call[NotificationPage]:
    """Ask for one page of notifications, newest first; pages count from 0."""
    return Call("GET", "/notifications", _PAGE.validate_json, params={"page": str(page)})
