"""A local time and its zone, resolved to an instant."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .errors import Invalid


def resolve(local_time: str, zone: str, field: str = "scheduled_at") -> datetime:
    """Return the instant in UTC at which the clocks of `zone` show `local_time`.

    A time that the clocks show twice means the first; one that they skip is refused.

    Args:
        local_time: ISO 8601 without an offset, or with one: then it is an instant already.
        zone: IANA name.
        field: Named in the error.

    Raises:
        Invalid: Not a time, no such zone, or the time does not exist on that day.

    >>> resolve("2026-12-01T18:00", "Europe/Lisbon").isoformat()
    '2026-12-01T18:00:00+00:00'
    """
    rules = load_zone(zone)
    try:
        parsed = datetime.fromisoformat(local_time)
    except ValueError as error:
        message = f"{local_time!r} is not a time; write it as 2026-12-01T18:00"
        raise Invalid.one(field, "not_a_time", message) from error
    try:
        if parsed.tzinfo is not None:
            return parsed.astimezone(UTC)
        instant = parsed.replace(tzinfo=rules, fold=0).astimezone(UTC)
        shown = instant.astimezone(rules).replace(tzinfo=None)
    except OverflowError as error:
        message = f"{local_time!r} lies outside the calendar; write it as 2026-12-01T18:00"
        raise Invalid.one(field, "not_a_time", message) from error
    if shown != parsed:
        message = f"{local_time} does not exist in {zone}: the clocks skip it; choose another time"
        raise Invalid.one(field, "nonexistent_time", message)
    return instant


def load_zone(zone: str, field: str = "zone") -> ZoneInfo:
    """Return the rules of the IANA zone `zone`.

    Raises:
        Invalid: There is no such zone.
    """
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"{zone!r} is not a time zone; use an IANA name such as Europe/Lisbon"
        raise Invalid.one(field, "unknown_zone", message) from error
