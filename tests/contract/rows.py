"""Rows for tests: of any kind, from the types of its fields."""

from __future__ import annotations

import itertools
from dataclasses import MISSING, fields
from datetime import UTC, datetime, time, timedelta, timezone
from enum import EnumType
from types import NoneType
from typing import TypeVar, cast, get_args, get_origin, get_type_hints

from postengine.engine.posts.asset import Asset
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.states import Mode, Step

T = TypeVar("T")
NOON = datetime(2026, 12, 1, 12, 0, 0, 123_456, tzinfo=UTC)
_numbers = itertools.count(1)


def minimal(kind: type[T], **values: object) -> T:
    """Return a row with what it must have, and `values`."""
    return _make(kind, values, is_full=False)


def full(kind: type[T], **values: object) -> T:
    """Return a row with a value in every field, and `values`."""
    return _make(kind, values, is_full=True)


def delivery(id: str, act_at: datetime | None, **values: object) -> Delivery:  # noqa: A002
    """Return a delivery with work to do at `act_at`."""
    wanted = {"mode": Mode.AUTOMATIC, "next_step": Step.STAGE, "act_at": act_at, "tenant_id": "t1", **values}
    return minimal(Delivery, id=id, **wanted)


def asset(id: str, act_at: datetime, **values: object) -> Asset:  # noqa: A002
    """Return an asset to render at `act_at`."""
    wanted = {"next_step": Step.RENDER, "act_at": act_at, "tenant_id": "t1", **values}
    return minimal(Asset, id=id, **wanted)


def _make(kind: type[T], values: dict[str, object], *, is_full: bool) -> T:
    hints = get_type_hints(kind)
    number = next(_numbers)
    for field in fields(kind):  # type: ignore[arg-type]
        is_required = field.default is MISSING and field.default_factory is MISSING
        if field.name not in values and (is_full or is_required):
            values[field.name] = _value(hints[field.name], f"{field.name} {number} é🏡 'q\" \\ \n", number)
    return kind(**values)


def _value(hint: object, text: str, number: int) -> object:
    given = _plain(hint, text, number)
    if given is not None:
        return given
    parts = [part for part in get_args(hint) if part is not NoneType]
    origin = get_origin(hint)
    if origin is tuple:
        return (_value(parts[0], text, number), _value(parts[0], text + "2", number + 1))
    if origin is dict:
        return {"text": text, "list": [1, 2.5, None, {"deep": True}], "é": number}
    if parts:
        return _value(parts[0], text, number)
    return full(cast("type[object]", hint))


def _plain(hint: object, text: str, number: int) -> object:
    if isinstance(hint, EnumType):
        return list(hint)[number % len(hint)]
    east = timezone(timedelta(hours=3, minutes=30))
    values: dict[object, object] = {
        str: text,
        bool: True,
        int: 2**40 + number,
        float: number / 7,
        datetime: (NOON + timedelta(seconds=number)).astimezone(east),
        time: time(7, 30),
    }
    return values.get(hint)
