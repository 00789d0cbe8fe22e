"""Events that are not yet told, in the order in which they happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .api import AgentApi, EventAnswer
from .event import PhoneEvent

MAX_BATCH = 50


class Outbox:
    """Keeps each event until the service has answered it, whatever it answered.

    Args:
        api: Where they go.
        heard: Called with each event and its answer.
    """

    def __init__(self, api: AgentApi, heard: Callable[[PhoneEvent, EventAnswer], None]) -> None:
        self._api = api
        self._heard = heard
        self._waiting: list[PhoneEvent] = []

    @property
    def waiting(self) -> Sequence[PhoneEvent]:
        """What is still to be told."""
        return tuple(self._waiting)

    def add(self, event: PhoneEvent) -> None:
        """Keep `event`."""
        self._waiting.append(event)

    def clear(self) -> None:
        """Forget everything."""
        self._waiting.clear()

    def turn_around(self) -> None:
        """Let the last one go first."""
        self._waiting.reverse()

    def send_singly(self, *, doubled: bool) -> None:
        """Send one after the other.

        Args:
            doubled: Send each a second time, as after a lost answer.

        Raises:
            Unreachable: The rest stays.
            TokenRefused: The rest stays.
        """
        while self._waiting:
            event = self._waiting[0]
            for _ in range(2 if doubled else 1):
                self._heard(event, self._api.send_event(event))
            self._waiting.remove(event)

    def send_batches(self) -> None:
        """Send all, at most 50 a request.

        Raises:
            Unreachable: The rest stays.
            TokenRefused: The rest stays.
        """
        while self._waiting:
            batch = self._waiting[:MAX_BATCH]
            answers = self._api.send_batch(batch)
            for event, answer in zip(batch, answers, strict=True):
                self._heard(event, answer)
            del self._waiting[: len(batch)]
