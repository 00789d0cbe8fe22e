"""Reading the header Retry-After in both of its forms."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MAX_WAIT_S = 3600.0


def read_retry_after(value: str | None, *, date: str | None, now: datetime) -> float | None:
    """Return the wait that the other side asks for, at most an hour.

    Args:
        value: Header Retry-After: seconds, or an HTTP date.
        date: Header Date of the same answer; a wait until an instant is counted from it, so that a wrong
            clock on this side does no harm.
        now: Used where there is no Date.

    Returns:
        Seconds from 0 to 3600, or None where the header is absent or nonsense.

    Source: RFC 9110, section 10.2.3.
    """
    if value is None:
        return None
    if value.strip().isdecimal():
        return min(float(value), MAX_WAIT_S)
    until = _read_http_date(value)
    if until is None:
        return None
    since = _read_http_date(date) or now
    return min(max((until - since).total_seconds(), 0.0), MAX_WAIT_S)


def _read_http_date(value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        instant = parsedate_to_datetime(value)
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
