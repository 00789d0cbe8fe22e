"""The engine's Wording over the render room: captions write amounts as pictures do."""

from __future__ import annotations

from postengine.engine.posts.facts import FloorArea, Money, Visit
from postengine.render.templates import listing as drawn
from postengine.render.templates.wording import Wording, wording_for


class LocaleWording:
    """Writes `€485,000` in `en-GB` and `485.000 €` in `de-DE`."""

    def money(self, money: Money, locale: str) -> str:
        """Return an amount with its currency, and what it is paid for."""
        per = None if money.per is None else money.per.value
        return _of(locale).money(
            drawn.Money.model_validate({"amount": money.amount, "currency": money.currency, "per": per})
        )

    def area(self, area: FloorArea, locale: str) -> str:
        """Return a floor area with its unit."""
        return _of(locale).area(drawn.Area.model_validate({"value": area.value, "unit": area.unit.value}))

    def visit(self, visit: Visit, locale: str) -> str:
        """Return the day and the hours of a visit."""
        wording = _of(locale)
        when = drawn.Visit(starts_at=visit.starts_at, ends_at=visit.ends_at)
        return f"{wording.day(when)}, {wording.hours(when)}"


def _of(locale: str) -> Wording:
    return wording_for(drawn.Listing(title="amounts", locale=locale))
