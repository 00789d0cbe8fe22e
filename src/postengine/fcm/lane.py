"""One connection whose requests are written and whose answers are read apart from each other.

httpx waits for the answer within the call that sends, so each message under way would need a thread. Python's
own HTTP client lets one thread write to several connections before it reads from the first.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Self, TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from .answer import FcmAnswer
from .connections import TIMEOUT
from .request import FcmRequest

T = TypeVar("T")


def is_direct(base_url: str) -> bool:
    """Whether a connection to this address is a plain one: no proxy, and an address at all."""
    try:
        address = urlsplit(base_url)
    except ValueError:
        return False
    if address.scheme not in {"http", "https"} or not address.hostname:
        return False
    return not getproxies().keys() & {address.scheme, "all"} or bool(proxy_bypass(address.hostname))


class Lane:
    """A connection to FCM, opened by the first request. Not for several threads.

    Args:
        base_url: FCM's address.
        context: Whom TLS trusts.
    """

    def __init__(self, base_url: str, context: ssl.SSLContext) -> None:
        address = urlsplit(base_url)
        host, port = address.hostname or "", address.port
        self._connection = (
            HTTPSConnection(host, port, timeout=TIMEOUT.connect, context=context)
            if address.scheme == "https"
            else HTTPConnection(host, port, timeout=TIMEOUT.connect)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._connection.close()

    def write(self, request: FcmRequest) -> None:
        """Send the request.

        Raises:
            httpx.ConnectError: There is no connection, so nothing was sent.
            httpx.WriteError: It broke on the way.
        """
        if self._connection.sock is None:
            self._guarded(self._connect, httpx.ConnectError)
        address = urlsplit(request.url)
        self._guarded(
            lambda: self._connection.request(request.method, address.path, request.body, request.headers),
            httpx.WriteError,
        )

    def read(self) -> FcmAnswer:
        """Wait for the answer to what was written.

        Raises:
            httpx.ReadError: There was none.
        """
        return self._guarded(self._read, httpx.ReadError)

    def _connect(self) -> None:
        self._connection.connect()
        self._connection.sock.settimeout(TIMEOUT.read)

    def _read(self) -> FcmAnswer:
        response = self._connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return FcmAnswer(response.status, headers, response.read())

    def _guarded(self, do: Callable[[], T], error: type[httpx.NetworkError]) -> T:
        """Do it; after a failure the connection is of no more use, and the next request opens another."""
        try:
            return do()
        except (OSError, HTTPException) as problem:
            self._connection.close()
            raise error(type(problem).__name__) from problem
