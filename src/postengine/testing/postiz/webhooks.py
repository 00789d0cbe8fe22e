"""Webhooks: after a success the server tells registered URLs, once, unsigned, without waiting for anybody."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass

import httpx

from .rows import Account

# What the server sends since a fault of its own: the post that succeeded is looked up by a wrong id.
EMPTY = b"[]"
_MOST_WAITING = 1000
_TIMEOUT_S = 5.0


@dataclass(frozen=True)
class Sent:
    """A webhook that was sent.

    Attributes:
        status: What was answered; None if nobody was there.
    """

    url: str
    body: bytes
    status: int | None


class Webhooks:
    """Sends from a thread of its own, and keeps no more than 1,000 waiting; later ones are lost.

    Attributes:
        sent: What was sent, in order.
        lost: How many found no place to wait.

    Args:
        transport: For receivers in the same process; a network's unless given.
    """

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        self.sent: list[Sent] = []
        self.lost = 0
        self._transport = transport
        self._urls: dict[str, list[tuple[str, frozenset[str]]]] = {}
        self._waiting: queue.Queue[tuple[str, bytes]] = queue.Queue(_MOST_WAITING)
        self._lock = threading.Lock()
        self._is_sending = False

    def register(self, account: Account, url: str, integrations: frozenset[str] = frozenset()) -> None:
        """Tell `url` of the successes of an organisation's channels; of none in particular is of all."""
        self._urls.setdefault(account.api_key, []).append((url, integrations))

    def published(self, account: Account, integration_id: str) -> None:
        """Tell who wants to know; this returns at once."""
        for url, integrations in self._urls.get(account.api_key, []):
            if not integrations or integration_id in integrations:
                self.send(url, EMPTY)

    def send(self, url: str, body: bytes) -> None:
        """Send any body, such as a forged one or the sample of the dashboard's test button."""
        try:
            self._waiting.put_nowait((url, body))
        except queue.Full:
            self.lost += 1
            return
        with self._lock:
            if not self._is_sending:
                self._is_sending = True
                threading.Thread(target=self._work, daemon=True).start()

    def flush(self) -> None:
        """Wait until everything that waits is sent."""
        self._waiting.join()

    def _work(self) -> None:
        """Send what waits, and end when nothing does."""
        with httpx.Client(transport=self._transport, timeout=_TIMEOUT_S) as client:
            while (waiting := self._next()) is not None:
                url, body = waiting
                self.sent.append(Sent(url, body, _status(client, url, body)))
                self._waiting.task_done()

    def _next(self) -> tuple[str, bytes] | None:
        with self._lock:
            try:
                return self._waiting.get_nowait()
            except queue.Empty:
                self._is_sending = False
                return None


def _status(client: httpx.Client, url: str, body: bytes) -> int | None:
    try:
        return client.post(url, content=body, headers={"Content-Type": "application/json"}).status_code
    except (httpx.HTTPError, httpx.InvalidURL):
        return None
