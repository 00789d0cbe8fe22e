"""Hours of a week in which something may happen: posting hours of a tenant, waking hours of an agent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Window:
    """From `opens` to `closes` on `weekday` (0 is Monday), local time; closing at 00:00 is midnight."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """All windows of a week, in the zone that is given with each question."""

    windows: tuple[Window, ...]

    def next_open(self, instant: datetime, zone: str) -> datetime | None:
        """Return `instant` if it lies in a window, else the next opening; None if there is no window at all.

        >>> from datetime import UTC
        >>> mornings = WeeklyHours((Window(0, time(8), time(12)),))
        >>> mornings.next_open(datetime(2026, 12, 1, 9, 0, tzinfo=UTC), "UTC").isoformat()
        '2026-12-07T08:00:00+00:00'
        """
        local = instant.astimezone(ZoneInfo(zone))
        openings: list[datetime] = []
        for days in range(-1, 8):
            day = local.date() + timedelta(days=days)
            for window in self.windows:
                if window.weekday != day.weekday():
                    continue
                opens = datetime.combine(day, window.opens, ZoneInfo(zone)).astimezone(UTC)
                ends_next_day = window.closes <= window.opens
                last_day = day + timedelta(days=1) if ends_next_day else day
                closes = datetime.combine(last_day, window.closes, ZoneInfo(zone)).astimezone(UTC)
                if opens <= instant < closes:
                    return instant
                if opens > instant:
                    openings.append(opens)
        return min(openings, default=None)
