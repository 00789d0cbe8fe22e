"""What the hosts of one run find around them: the time, the store, phones, and how bad things are."""

from __future__ import annotations

from datetime import datetime, timedelta

from postengine.adapters.stores.memory import MemoryStore

from .plan import Plan
from .scheduler import Actor, Scheduler


class StoreClock:
    """The store's clock, which is right, and judges what is due and whose a lease is."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def now(self) -> datetime:
        """Return the true time."""
        return self._scheduler.now()

    def monotonic(self) -> float:
        """Return the seconds that have passed."""
        return self._scheduler.monotonic()

    def sleep(self, span: timedelta) -> None:
        """Wait; others act meanwhile."""
        self._scheduler.sleep(span)


class Surroundings:
    """What is there before any process is.

    Attributes:
        is_calm: Nothing breaks any more.
        phones: The tasks that each phone rang for, by the device's id.
        trap: The method of a request; the operator acts while the next one is on its way.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.scheduler = Scheduler(plan.chance("scheduler"))
        self.store = self.empty_store()
        self.is_calm = False
        self.operator: Actor | None = None
        self.phones: dict[str, list[str]] = {}
        self.trap: str | None = None

    def now(self) -> datetime:
        """Return the true time."""
        return self.scheduler.now()

    def empty_store(self) -> MemoryStore:
        """Return a store with nothing in it."""
        return MemoryStore(StoreClock(self.scheduler))

    def is_on_its_way(self, method: str) -> None:
        """Let the operator act now, if they wait for such a request."""
        if self.trap == method and self.operator is not None:
            self.trap = None
            self.operator.wake(self.now())

    def rings(self, device_id: str, task_id: str) -> None:
        """Let a phone ring."""
        self.phones.setdefault(device_id, []).append(task_id)
