"""Hosts: a process's own clock, store, way to Postiz and push service, where it may die or stand still."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime, timedelta

import httpx

from postengine.engine.ports import Ring, Rung, Transaction, W
from postengine.engine.posts.agent import Device
from postengine.errors import PostEngineError

from .plan import TIMINGS
from .scheduler import Actor, Crash
from .surroundings import Surroundings

_TRAVEL_S = 0.35
_HOLLOW = 0.02


class Host:
    """One process.

    Attributes:
        skew: By how much its own clock is ahead. It judges nothing.
    """

    def __init__(self, world: Surroundings, name: str) -> None:
        self.world = world
        self.name = name
        self.chance = world.plan.chance(name)
        skew_s = self.chance.choice((-3600, -90, -5, 0, 0, 5, 90, 3600))
        self.skew = timedelta(seconds=skew_s if world.plan.has("skewed_hosts") else 0)
        self.is_dead = False
        self.actor: Actor | None = None

    def now(self) -> datetime:
        """Return what its own clock shows."""
        return self.world.scheduler.now() + self.skew

    def monotonic(self) -> float:
        """Return its own count of seconds."""
        return self.world.scheduler.monotonic()

    def sleep(self, span: timedelta) -> None:
        """Wait; others act meanwhile."""
        self.world.scheduler.sleep(span)

    def may_die(self) -> None:
        """Die here, if the seed says so."""
        plan = self.world.plan
        if self.chance.random() < plan.odds.crash and plan.has("crash") and not self.world.is_calm:
            self.world.scheduler.note("dies")
            self.is_dead = True
            raise Crash

    def gate(self, *, is_on_its_way: bool = False) -> None:
        """Give the others their turn; perhaps die, or stand still for longer than a lease."""
        self.may_die()
        plan, scheduler = self.world.plan, self.world.scheduler
        odds = plan.odds.freeze * (3 if is_on_its_way else 1)
        is_frozen = self.chance.random() < odds and plan.has("freeze") and not self.world.is_calm
        if is_frozen:
            span_s = self.chance.uniform(0.5, 3) * TIMINGS.lease.total_seconds()
            scheduler.note(f"stands still for {span_s:.0f} s")
            until = scheduler.now() + timedelta(seconds=span_s)
            while scheduler.now() < until:  # nobody wakes it
                scheduler.sleep_until(until)
            scheduler.note("goes on")
        else:
            scheduler.sleep(timedelta(0))

    def live(self, turn: Callable[[], None]) -> None:
        """Do `turn` again and again; a process that dies is begun anew a little later."""
        while True:
            try:
                turn()
            except Crash:
                self.sleep(timedelta(seconds=self.chance.uniform(1, 20)))
                self.is_dead = False


class HostStore:
    """The one store as a host uses it. Implements `Store`."""

    def __init__(self, host: Host) -> None:
        self._host = host

    def now(self) -> datetime:
        """Return the store's clock."""
        return self._host.world.store.now()

    @contextmanager
    def transaction(self, connection: object | None = None) -> Generator[Transaction]:
        """Open a transaction; the host may die before or after its commit."""
        if self._host.is_dead:  # no `finally` of a dead process writes anything
            raise Crash
        self._host.gate()
        with self._host.world.store.transaction(connection) as tx:
            yield tx
            self._host.may_die()
        self._host.gate()

    def claim(self, kind: type[W], *, limit: int, lease: timedelta, owner: str) -> list[W]:
        """Lease due work."""
        claimed = self._host.world.store.claim(kind, limit=limit, lease=lease, owner=owner)
        if claimed:
            self._host.gate()
        return claimed

    def next_act_at(self) -> datetime | None:
        """Return when the next work is due."""
        return self._host.world.store.next_act_at()


class Wire(httpx.BaseTransport):
    """A host's way to Postiz: requests take their time, and may stand still on the way."""

    def __init__(self, host: Host, inner: httpx.BaseTransport) -> None:
        self._host = host
        self._inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one request."""
        host, world = self._host, self._host.world
        name = f"{request.method} {request.url.path.removeprefix('/api/public/v1')}"
        world.is_on_its_way(request.method)
        host.gate(is_on_its_way=True)
        self._travel()
        response = self._hollow(request) or self._carry(request, name)
        self._travel()
        host.gate()
        if request.method != "GET":
            world.scheduler.note(f"{name}: {response.status_code}")
        return response

    def _carry(self, request: httpx.Request, name: str) -> httpx.Response:
        try:
            return self._inner.handle_request(request)
        except httpx.TransportError as error:
            self._host.world.scheduler.note(f"{name}: {type(error).__name__}")
            raise

    def _travel(self) -> None:
        self._host.sleep(timedelta(seconds=self._host.chance.uniform(0.01, _TRAVEL_S)))

    def _hollow(self, request: httpx.Request) -> httpx.Response | None:
        """Answer a DELETE as if it were done; a 200 may have deleted nothing."""
        world = self._host.world
        is_hit = request.method == "DELETE" and self._host.chance.random() < _HOLLOW
        if not is_hit or not world.plan.has("hollow_delete") or world.is_calm:
            return None
        return httpx.Response(200, json={"id": request.url.path.rsplit("/", 1)[-1]}, request=request)


class PushBusy(PostEngineError):
    """The push service does not answer, or is busy."""

    retryable = True


class HostNotifier:
    """Rings the phones of the world. Implements `Notifier`."""

    def __init__(self, host: Host) -> None:
        self._host = host

    def push(self, device: Device, ring: Ring) -> Rung:
        """Ring one phone, unless the push service is in a bad mood."""
        world, chance = self._host.world, self._host.chance
        self._host.gate()
        is_hit = chance.random() < world.plan.odds.push and world.plan.has("push") and not world.is_calm
        if is_hit and chance.random() < 0.5:
            raise PushBusy("the push service is busy")
        if not is_hit:  # else it is accepted and never arrives
            world.rings(device.id, ring.task_id)
        self._host.gate()
        return Rung()
