"""Dates as the real server takes them: what passes its check, and what its parser makes of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})(?:[T ](?P<hour>\d{2}):(?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:\.(?P<fraction>\d+))?)?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?)?)?"
)
_UNPARSABLE = re.compile(r"\d{4}-?W\d{2}(?:-?\d)?|\d{8}(?:T\d{4,6}Z?)?")


class Unparsable(ValueError):
    """It passes the check for ISO 8601, and then the parser stumbles: a week date, the basic form."""


def parse_date(value: object) -> datetime | None:
    """Return the instant, or None if the check refuses it. No zone means UTC; 30 February is 1 or 2 March.

    Raises:
        Unparsable: The server answers 500.
    """
    if not isinstance(value, str):
        return None
    if _UNPARSABLE.fullmatch(value):
        raise Unparsable(value)
    match = _ISO.fullmatch(value)
    if match is None:
        return None
    month, day, hour, minute, second = (
        int(match[name] or default)
        for name, default in (("month", 1), ("day", 1), ("hour", 0), ("minute", 0), ("second", 0))
    )
    if not 1 <= month <= 12 or not 1 <= day <= 31 or hour > 23 or minute > 59 or second > 59:
        return None
    micros = int((match["fraction"] or "0")[:3].ljust(3, "0")) * 1000
    local = datetime(int(match["year"]), month, 1, hour, minute, second, micros, tzinfo=UTC)
    return local + timedelta(days=day - 1) - _offset(match["zone"])


def _offset(zone: str | None) -> timedelta:
    if zone is None or zone == "Z":
        return timedelta()
    span = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return span if zone[0] == "+" else -span
