"""How amounts, areas and times are written where no locale's own way is wired in."""

from __future__ import annotations

from .facts import AreaUnit, FloorArea, Money, Visit


class PlainWording:
    """Writes the same for every locale, in characters that everybody reads. Implements `Wording`.

    >>> from decimal import Decimal
    >>> PlainWording().money(Money(amount=Decimal("485000"), currency="EUR"), "de-DE")
    'EUR 485,000'
    """

    def money(self, money: Money, locale: str) -> str:  # noqa: ARG002 - the port's
        """Return `EUR 1,200 per month`; cents only where there are some."""
        is_whole = money.amount == money.amount.to_integral_value()
        amount = f"{money.amount:,.0f}" if is_whole else f"{money.amount:,.2f}"
        per = f" per {money.per}" if money.per else ""
        return f"{money.currency} {amount}{per}"

    def area(self, area: FloorArea, locale: str) -> str:  # noqa: ARG002 - the port's
        """Return `112 m²` or `1,200 ft²`."""
        unit = "m²" if area.unit is AreaUnit.SQUARE_METRES else "ft²"
        number = f"{area.value:,.1f}".removesuffix(".0")
        return f"{number} {unit}"

    def visit(self, visit: Visit, locale: str) -> str:  # noqa: ARG002 - the port's
        """Return `2026-12-05, 14:00-16:00`."""
        begin = f"{visit.starts_at:%Y-%m-%d, %H:%M}"
        return begin if visit.ends_at is None else f"{begin}-{visit.ends_at:%H:%M}"
