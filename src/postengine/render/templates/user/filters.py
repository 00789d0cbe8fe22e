"""What may stand after a name's bar: `{{listing.price|money}}`. Each filter takes one kind and gives one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast

from postengine.render.templates.listing import Area, Money, Visit
from postengine.render.templates.wording import Wording

from .names import Kind, Value

SEPARATOR = " · "


@dataclass(frozen=True)
class Filter:
    """One change of a value.

    Attributes:
        takes: The kind it is for.
        gives: The kind of its result.
        about: What it does, in one line.
        apply: Changes a value that is not empty.
    """

    takes: Kind
    gives: Kind
    about: str
    apply: Callable[[Wording, Value], Value]


def _scaled(factor: float) -> Callable[[Wording, Value], Value]:
    def apply(_: Wording, value: Value) -> Value:
        product = round(cast("float", value) * factor, 2)
        return int(product) if product == int(product) else product

    return apply


FILTERS: Mapping[str, Filter] = MappingProxyType(
    {
        "money": Filter(
            "money", "text", "as the locale writes it", lambda w, v: w.money(cast("Money | str", v))
        ),
        "area": Filter("area", "text", "as the locale writes it", lambda w, v: w.area(cast("Area | str", v))),
        "number": Filter(
            "number", "text", "as the locale writes it", lambda w, v: w.number(cast("float", v))
        ),
        "day": Filter("visit", "text", "the day of a visit", lambda w, v: w.day(cast("Visit", v))),
        "hours": Filter("visit", "text", "its hours", lambda w, v: w.hours(cast("Visit", v))),
        "upper": Filter("text", "text", "in capitals", lambda _, v: cast("str", v).upper()),
        "join": Filter(
            "list",
            "text",
            "all entries with a dot between",
            lambda _, v: SEPARATOR.join(cast("tuple[str, ...]", v)),
        ),
        "count": Filter("list", "number", "how many entries", lambda _, v: len(cast("tuple[str, ...]", v))),
        "half": Filter("number", "number", "divided by 2", _scaled(1 / 2)),
        "third": Filter("number", "number", "divided by 3", _scaled(1 / 3)),
        "quarter": Filter("number", "number", "divided by 4", _scaled(1 / 4)),
        "double": Filter("number", "number", "times 2", _scaled(2)),
    }
)
"""Every filter by name."""


def written(wording: Wording, kind: Kind, value: Value) -> str:
    """Return how a value that is not empty reads in a sentence."""
    if kind == "money":
        return wording.money(cast("Money | str", value))
    if kind == "area":
        return wording.area(cast("Area | str", value))
    if kind == "visit":
        return f"{wording.day(cast('Visit', value))}, {wording.hours(cast('Visit', value))}"
    if kind == "number":
        return wording.number(cast("float", value))
    return str(value)
