"""What the headers of a counted answer tell of the hourly budget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class RateLimit:
    """The hourly budget of `POST /posts`, as the last counted answer told it.

    Attributes:
        limit: Requests an hour.
        remaining: How many are left in this window.
        reset_s: Seconds until the window ends; Postiz sends a span, not a timestamp.
    """

    limit: int
    remaining: int
    reset_s: int


def read_rate_limit(headers: Mapping[str, str]) -> RateLimit | None:
    """Read the three `x-ratelimit-*` headers (names in lower case); None unless all three are numbers."""
    told = [headers.get(f"x-ratelimit-{name}", "") for name in ("limit", "remaining", "reset")]
    if not all(text.isascii() and text.isdigit() for text in told):
        return None
    limit, remaining, reset_s = (int(text) for text in told)
    return RateLimit(limit, remaining, reset_s)


def read_seconds(text: str | None) -> float | None:
    """Read a header such as `Retry-After: 3600`; None if it is no number of seconds."""
    return float(text) if text is not None and text.isascii() and text.isdigit() else None
