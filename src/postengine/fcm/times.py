"""Spans and instants as Google's JSON writes them."""

from __future__ import annotations

from datetime import UTC, datetime


def duration(span_ms: int) -> str:
    """Return a span as a `google-duration`.

    >>> duration(90_000), duration(1_500)
    ('90s', '1.500000000s')
    """
    seconds, rest = divmod(span_ms, 1000)
    return f"{seconds}.{rest:03}000000s" if rest else f"{seconds}s"


def timestamp(instant: datetime) -> str:
    """Return an aware instant as a `google-datetime`.

    >>> timestamp(datetime(2026, 12, 1, 9, tzinfo=UTC))
    '2026-12-01T09:00:00.000000Z'
    """
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
