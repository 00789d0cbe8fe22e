"""Workers that stand still with a request in hand: it is sent much later, or its worker never comes back."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from postengine.engine.delivery.perform import perform
from postengine.engine.jobs import Message

from .world import World


class Frozen(BaseException):
    """The worker stands still here."""


class _Freezes(httpx.BaseTransport):
    """Keeps the first `method` request to a path that ends in `path`, instead of sending it."""

    def __init__(self, inner: httpx.BaseTransport, method: str, path: str) -> None:
        self._inner = inner
        self._method = method
        self._path = path
        self.kept: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == self._method and request.url.path.endswith(self._path):
            request.read()
            self.kept.append(request)
            raise Frozen
        return self._inner.handle_request(request)


def freeze(world: World, message: Message, method: str, path: str = "") -> Callable[[], httpx.Response]:
    """Perform `message` up to its first such request; return what sends that request after all."""
    transport = world.fake.transport()
    freezing = _Freezes(transport, method, path)
    world.wire.reroute(freezing)
    with pytest.raises(Frozen):
        perform(world.ports, message)
    world.wire.reroute(transport)
    (request,) = freezing.kept
    return lambda: transport.handle_request(request)
