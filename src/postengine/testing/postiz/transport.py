"""The fake as an httpx transport: no socket, the client's time-outs kept, all waits on the fake's clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import httpx
from pydantic import TypeAdapter

from .message import Request, Server

_NO_TIMEOUT_S = 1e9
_TIMEOUTS = TypeAdapter(dict[str, float | None])


class FakeTransport(httpx.BaseTransport):
    """Carries requests to the fake.

    A client that waits longer than its read time-out gets `httpx.ReadTimeout` once that time has passed; a
    closed connection is `httpx.ReadError`.
    """

    def __init__(self, server: Server) -> None:
        self._server = server

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request, or raise what httpx would."""
        outcome = self._server.handle(_request(request))
        limit_s = _read_timeout_s(request)
        if outcome.delay_s > limit_s:
            self._server.clock.sleep(timedelta(seconds=limit_s))
            raise httpx.ReadTimeout("The answer did not come in time.", request=request)
        if outcome.delay_s:
            self._server.clock.sleep(timedelta(seconds=outcome.delay_s))
        if outcome.ending == "drop":
            raise httpx.ReadError("The connection was closed without an answer.", request=request)
        headers = dict(outcome.reply.headers)
        if outcome.ending == "cut":
            return httpx.Response(outcome.reply.status, headers=headers, stream=_Half(outcome.reply.body))
        return httpx.Response(outcome.reply.status, headers=headers, content=outcome.reply.body)


class _Half(httpx.SyncByteStream):
    """A body whose connection breaks in its middle."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        yield self._body[: len(self._body) // 2]
        raise httpx.ReadError("The connection was closed in the middle of the answer.")


def _request(request: httpx.Request) -> Request:
    url = request.url
    return Request(
        method=request.method,
        path=url.path,
        query=dict(url.params),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.read(),
        origin=f"{url.scheme}://{url.netloc.decode('ascii')}",
        raw_query=url.query.decode("ascii"),
    )


def _read_timeout_s(request: httpx.Request) -> float:
    timeouts = _TIMEOUTS.validate_python(request.extensions.get("timeout", {}))
    read_s = timeouts.get("read")
    return _NO_TIMEOUT_S if read_s is None else read_s
