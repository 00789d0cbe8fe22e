"""The limit on tries to pair, so that nobody guesses a code.

It is kept in the memory of each process: with n processes up to n times as many tries pass. A code has 31^8
forms and lives ten minutes, so that even then a guess is hopeless.
"""

from __future__ import annotations

import math
import threading
from collections import deque
from http import HTTPStatus
from ipaddress import IPv4Address, ip_address, ip_network

from postengine.clock import Clock

from .responses import Refusal

_WINDOW_S = 600.0


class PairingGate:
    """Lets so many failed tries pass in ten minutes: from one address, and from all together.

    Args:
        clock: Measures the ten minutes.
        per_address: Tries from one address; an IPv6 network of 64 bits counts as one.
        overall: Tries from everywhere.
    """

    def __init__(self, clock: Clock, *, per_address: int = 10, overall: int = 1000) -> None:
        self._clock = clock
        self._per_address = per_address
        self._overall = overall
        self._tries: deque[tuple[float, str]] = deque()
        self._lock = threading.Lock()

    def enter(self, remote_addr: str) -> None:
        """Count a try.

        Raises:
            Refusal: 429, with the wait until the next one may pass.
        """
        address = _network_of(remote_addr)
        now = self._clock.monotonic()
        with self._lock:
            while self._tries and self._tries[0][0] <= now - _WINDOW_S:
                self._tries.popleft()
            own = [at for at, known in self._tries if known == address]
            if len(own) >= self._per_address:
                raise _too_many(own[0] + _WINDOW_S - now)
            if len(self._tries) >= self._overall:
                raise _too_many(self._tries[0][0] + _WINDOW_S - now)
            self._tries.append((now, address))

    def forgive(self, remote_addr: str) -> None:
        """Take back the latest try from an address: it was a good one."""
        address = _network_of(remote_addr)
        with self._lock:
            at = next((at for at, known in reversed(self._tries) if known == address), None)
            if at is not None:
                self._tries.remove((at, address))


def _network_of(remote_addr: str) -> str:
    try:
        address = ip_address(remote_addr)
    except ValueError:
        return remote_addr
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((address, 64), strict=False))


def _too_many(wait_s: float) -> Refusal:
    seconds = max(1, math.ceil(wait_s))
    detail = f"too many tries to pair; wait {seconds} s, then check the code or ask for a new one"
    headers = {"Retry-After": str(seconds)}
    return Refusal(HTTPStatus.TOO_MANY_REQUESTS, "too_many_tries", detail, headers=headers)
