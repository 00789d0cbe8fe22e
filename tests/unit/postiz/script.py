"""A scripted server for the clients' tests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import TypeVar

import httpx

from postengine.postiz import AsyncPostizClient, PostizClient
from postengine.testing.clock import FakeClock

KEY = "secret-key-1234"
BASE = "https://h.example/api"
Handler = Callable[[httpx.Request], httpx.Response]
T = TypeVar("T")


class Script:
    """Answers by a list of handlers, the last one for ever, and remembers the requests."""

    def __init__(self, *handlers: Handler) -> None:
        self._handlers = list(handlers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        return self._answer(request)

    async def asynchronously(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        return self._answer(request)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        handler = self._handlers.pop(0) if len(self._handlers) > 1 else self._handlers[0]
        return handler(request)

    @property
    def asked(self) -> list[str]:
        """Return method and path of each request."""
        return [f"{request.method} {request.url.path}" for request in self.requests]


def says(status: int, body: object, headers: dict[str, str] | None = None) -> Handler:
    return lambda _: httpx.Response(status, json=body, headers=headers)


def says_text(status: int, body: str) -> Handler:
    return lambda _: httpx.Response(status, text=body)


def raises(error: type[httpx.TransportError]) -> Handler:
    def fail(request: httpx.Request) -> httpx.Response:
        raise error("as httpx says", request=request)

    return fail


def client_of(script: Script, clock: FakeClock | None = None) -> PostizClient:
    http = httpx.Client(transport=httpx.MockTransport(script), follow_redirects=True)
    return PostizClient(http, base_url=BASE, api_key=KEY, clock=clock or FakeClock())


def async_client_of(
    script: Script, clock: FakeClock | None = None, slept: list[float] | None = None
) -> AsyncPostizClient:
    """Return a client whose sleeps move `clock` and are noted in `slept`."""
    moved = clock or FakeClock()
    noted = [] if slept is None else slept

    async def sleep(seconds: float) -> None:
        noted.append(seconds)
        moved.advance(timedelta(seconds=seconds))

    http = httpx.AsyncClient(transport=httpx.MockTransport(script.asynchronously), follow_redirects=True)
    return AsyncPostizClient(http, base_url=BASE, api_key=KEY, clock=moved, sleep=sleep)


def run(coroutine: Coroutine[object, object, T]) -> T:
    return asyncio.run(coroutine)
