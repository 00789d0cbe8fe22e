"""The calls of the engine's ports, found by looking at their protocols; and which have no crash points."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cache
from typing import cast, get_args, get_origin, get_type_hints

from postengine.engine import ports

_READS = "reads our own rows; a process that dies while it reads has done nothing"
_FILES = "reads a file of our own disk"
_PURE = "computes from what it is given, and asks nobody"

EXEMPT: Mapping[str, str] = {
    "Row.id": "is a value",
    "Messenger.way": "is a value",
    "Transaction.now": "is a value",
    "Transaction.get": _READS,
    "Transaction.find": _READS,
    "Transaction.count": _READS,
    "Store.now": "reads the clock",
    "Store.next_act_at": _READS,
    "Publisher.check": _PURE,
    "MediaRenderer.inputs_hash": _PURE,
    "Wording.money": _PURE,
    "Wording.area": _PURE,
    "Wording.visit": _PURE,
    "AssetStore.path": _FILES,
    "AssetStore.open": _FILES,
}
"""Calls without crash points, each with the reason why dying there is nothing new."""


def port_calls() -> set[str]:
    """Return every public member of every protocol of the engine, such as `Publisher.draft`."""
    protocols = [
        found
        for found in vars(ports).values()
        if inspect.isclass(found)
        and found.__module__ == ports.__name__
        and getattr(found, "_is_protocol", False)
    ]
    return {
        f"{port.__name__}.{name}" for port in protocols for name in vars(port) if not name.startswith("_")
    }


def opens(port: type[object], name: str) -> type[object] | None:
    """Return what a method's `with` block is given; None if the method opens nothing."""
    return _opened(f"{port.__name__}.{name}")


@cache
def _opened(call: str) -> type[object] | None:
    port, name = call.split(".")
    answer = get_type_hints(getattr(getattr(ports, port), name)).get("return")
    if get_origin(answer) is not AbstractContextManager:
        return None
    return cast("type[object]", get_args(answer)[0])
