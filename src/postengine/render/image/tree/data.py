"""Looking into plain data whose shape is not known yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from pydantic import BaseModel


def has(data: object, key: str) -> bool:
    """Tell whether `data` is an object with this key."""
    return isinstance(data, Mapping) and key in data


def member(data: object, step: str | int) -> object:
    """Return what `data` holds under a key or at an index, or None. Nodes already made count as objects."""
    if isinstance(step, int):
        found = items(data)
        return found[step] if step < len(found) else None
    if isinstance(data, Mapping):
        return cast("Mapping[object, object]", data).get(step)
    return getattr(data, step, None) if isinstance(data, BaseModel) else None


def items(data: object) -> Sequence[object]:
    """Return a list's items; none, if it is no list."""
    if isinstance(data, Sequence) and not isinstance(data, (str, bytes)):
        return cast("Sequence[object]", data)
    return ()
