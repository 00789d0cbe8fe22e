"""One thread, many actors: who goes on is drawn from the seed, and time moves when all wait."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from greenlet import getcurrent, greenlet  # type: ignore[import-untyped] # it ships none

START = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
NEVER = datetime(2100, 1, 1, tzinfo=UTC)


class Crash(BaseException):
    """The process dies here."""


class Actor:
    """Something that acts by itself, and gives the others their turn where it waits.

    Attributes:
        wake_at: It is not picked before; a frozen actor has it far ahead.
    """

    def __init__(self, name: str, body: Callable[[], None], hub: greenlet) -> None:
        self.name = name
        self.wake_at = START
        self.thread = greenlet(body, hub)

    def wake(self, at: datetime) -> None:
        """Wake it at `at`, unless it wakes sooner."""
        self.wake_at = min(self.wake_at, at)


class Scheduler:
    """The true time and its actors. Implements `Clock`: a sleep lets the others act meanwhile.

    Args:
        chance: Picks who goes on.

    Attributes:
        lines: The history: when, who, what.
        current: Who acts just now.
        between: Done when the picked actor has given its turn back; for what needs everybody to stand still.
    """

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._now = START
        self._hub = getcurrent()
        self.current: Actor | None = None
        self.actors: list[Actor] = []
        self.lines: list[tuple[datetime, str, str]] = []
        self.between: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """Return the true time."""
        return self._now

    def monotonic(self) -> float:
        """Return the seconds that have passed."""
        return (self._now - START).total_seconds()

    def sleep(self, span: timedelta) -> None:
        """Let the current actor wait for `span`."""
        self.sleep_until(self._now + span)

    def sleep_until(self, instant: datetime) -> None:
        """Let the current actor wait until `instant`, or until somebody wakes it."""
        if self.current is not None:
            self.current.wake_at = instant
            self._hub.switch()

    def spawn(self, name: str, body: Callable[[], None]) -> Actor:
        """Add an actor, ready to go."""
        actor = Actor(name, body, self._hub)
        self.actors.append(actor)
        return actor

    def note(self, what: str) -> None:
        """Add a line to the history."""
        self.lines.append((self._now, self.current.name if self.current else "world", what))

    def run(self, until: datetime, moved: Callable[[], None]) -> None:
        """Let the actors act until `until`; tell `moved` whenever time has moved."""
        while True:
            ready = [actor for actor in self.actors if actor.wake_at <= self._now]
            if ready:
                self._go_on(self._chance.choice(ready) if len(ready) > 1 else ready[0])
                continue
            next_at = min(actor.wake_at for actor in self.actors)
            self._now = max(min(next_at, until), self._now)
            moved()
            if self._now >= until:
                return

    def jump(self, span: timedelta) -> None:
        """Move on by `span`, with nobody left to act."""
        self._now += span

    def kill(self, actor: Actor) -> None:
        """Let an actor's process die where it stands; only between two turns."""
        self.current = actor
        actor.thread.throw(Crash())
        self.current = None

    def end(self) -> None:
        """Drop all actors where they stand."""
        for actor in self.actors:
            actor.thread.throw()

    def _go_on(self, actor: Actor) -> None:
        self.current = actor
        actor.thread.switch()
        self.current = None
        while self.between:
            self.between.pop(0)()

    def told(self) -> str:
        """Return the history as text."""
        return "\n".join(
            f"{(at - START).total_seconds():9.3f} {who:<9} {what}" for at, who, what in self.lines
        )
