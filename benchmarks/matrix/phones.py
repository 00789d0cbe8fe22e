"""The agents' phones: one each, which listen, ask, and post by hand, in a thread."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from types import TracebackType

import httpx

from postengine.clock import SystemClock
from postengine.testing.phone import Person, PhoneSimulator, Quirks

from .house import House
from .load import Load

_EVERY_S = 0.3
_POLLS_EVERY = 4
"""Looks between two of which a phone asks for its tasks; pushes are heard at each."""


class Phones:
    """All phones of a house.

    Args:
        house: The web must answer, for they are paired.
        load: Whose agents they belong to.
        quirks: What goes wrong with their events, by the tenant's key.
        people: Who holds them; without one, somebody who posts at once.
    """

    def __init__(
        self,
        house: House,
        load: Load,
        *,
        quirks: Mapping[str, Quirks] | None = None,
        people: Mapping[str, Person] | None = None,
    ) -> None:
        self._is_over = threading.Event()
        self._using = threading.Thread(target=self._use, daemon=True)
        self._pushes = httpx.Client(base_url=house.google.url, timeout=20)
        self._webs: list[httpx.Client] = []
        self.by_key: dict[str, PhoneSimulator] = {}
        for key, agent_id in load.agents.items():
            web = httpx.Client(base_url=house.settings.public_url, timeout=20)
            self._webs.append(web)
            phone = PhoneSimulator(
                web,
                clock=SystemClock(),
                fid=f"fid-{key}",
                quirks=(quirks or {}).get(key),
                person=(people or {}).get(key),
            )
            code = house.api.post(f"/api/v1/agents/{agent_id}/pairing-codes", json={})
            phone.pair(code.raise_for_status().json()["code"])
            self.by_key[key] = phone

    def __enter__(self) -> Phones:
        self._using.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._using.join()
        for client in (self._pushes, *self._webs):
            client.close()

    def posted(self) -> Counter[str]:
        """Return how often each task was posted by hand."""
        return Counter(one.task_id for phone in self.by_key.values() for one in phone.posted)

    def _use(self) -> None:
        turn = 0
        while not self._is_over.wait(_EVERY_S):
            turn += 1
            for phone in self.by_key.values():
                phone.listen(self._pushes)
                if turn % _POLLS_EVERY == 0 and phone.is_online:
                    phone.sync()
                    phone.poll()
                    phone.wake()
