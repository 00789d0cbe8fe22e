"""The hourly limit of `POST /posts`, one bucket an organisation.

As measured: going over starts a block of a full hour, whatever was left of the window; attempts inside the
block do not lengthen it, but count, and so fill the next window.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from .message import Reply, json_reply


@dataclass
class Bucket:
    """What was counted of one organisation."""

    hits: int
    window_ends_at: datetime
    blocked_until: datetime


class Throttle:
    """Counts and refuses.

    Args:
        limit: Requests a window.
        hour: Length of window and block.
    """

    def __init__(self, limit: int, hour: timedelta) -> None:
        self.limit = limit
        self.hour = hour
        self._buckets: dict[str, Bucket] = {}

    def count(self, key: str, now: datetime) -> tuple[Reply | None, dict[str, str]]:
        """Count a request; return its refusal, or None and the headers that its answer carries."""
        bucket = self._buckets.setdefault(key, Bucket(0, now + self.hour, now))
        if bucket.window_ends_at <= now:
            bucket.hits, bucket.window_ends_at = 0, now + self.hour
        bucket.hits += 1
        if bucket.blocked_until <= now and bucket.hits > self.limit:
            bucket.blocked_until = now + self.hour
        if bucket.blocked_until > now:
            return too_many(bucket.blocked_until - now), {}
        return None, {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.limit - bucket.hits),
            "X-RateLimit-Reset": str(_seconds(bucket.window_ends_at - now)),
        }


def too_many(wait: timedelta) -> Reply:
    """Refuse for `wait`."""
    return json_reply(
        429,
        {"statusCode": 429, "message": "ThrottlerException: Too Many Requests"},
        {"Retry-After": str(_seconds(wait))},
    )


def _seconds(span: timedelta) -> int:
    return math.ceil(span.total_seconds())
