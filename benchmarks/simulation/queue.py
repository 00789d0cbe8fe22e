"""The queue between crons and workers: it loses, doubles, delays and reorders messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from postengine.engine.jobs import Job, Message

from .scheduler import NEVER, Actor
from .surroundings import Surroundings


class Queue:
    """Messages, each with the instant from which it can be taken. Implements `Dispatcher`.

    Attributes:
        readers: Who is woken by a new message.
    """

    def __init__(self, world: Surroundings) -> None:
        self._world = world
        self._chance = world.plan.chance("queue")
        self._waiting: list[tuple[datetime, Message]] = []
        self.readers: list[Actor] = []

    def send(self, messages: Sequence[tuple[Job, Message]]) -> None:
        """Take messages from a cron."""
        for _, message in messages:
            self._put(message)

    def take(self) -> Message | None:
        """Return any message that can be taken: they keep no order."""
        now = self._world.scheduler.now()
        ready = [place for place, (at, _) in enumerate(self._waiting) if at <= now]
        return self._waiting.pop(self._chance.choice(ready))[1] if ready else None

    def next_at(self) -> datetime:
        """Return when the next message can be taken."""
        return min((at for at, _ in self._waiting), default=NEVER)

    def wipe(self) -> None:
        """Lose everything."""
        self._waiting.clear()

    def _put(self, message: Message) -> None:
        now, chance, world = self._world.scheduler.now(), self._chance, self._world
        lost, doubled, late = (chance.random() < world.plan.odds.message for _ in range(3))
        times = [now]
        if late and self._is_on("late_message"):
            times = [now + timedelta(seconds=chance.uniform(5, 240))]
        if doubled and self._is_on("doubled_message"):
            times.append(now + timedelta(seconds=chance.choice((0, chance.uniform(0, 240)))))
        if lost and self._is_on("lost_message"):
            world.scheduler.note(f"message lost: {message.step} {message.id[-4:]} {message.fence}")
            return
        self._waiting += [(at, message) for at in times]
        for reader in self.readers:
            reader.wake(min(times))

    def _is_on(self, trouble: str) -> bool:
        return self._world.plan.has(trouble) and not self._world.is_calm
