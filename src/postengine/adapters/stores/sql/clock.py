"""The database's own clock."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import Select, func, select, type_coerce

from .types import Instant


@cache
def read_clock(dialect_name: str) -> Select[datetime]:
    """Return the statement that reads the clock: to the microsecond, in SQLite to the millisecond."""
    if dialect_name == "sqlite":
        seconds = func.strftime("%Y-%m-%d %H:%M:%f", "now")
        return select(type_coerce(seconds.concat("000"), Instant()))
    return select(type_coerce(func.clock_timestamp(), Instant()))
