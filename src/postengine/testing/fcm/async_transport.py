"""A WSGI application as an asynchronous transport of httpx."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class AsyncWsgiTransport(httpx.AsyncBaseTransport):
    """Answers each request in a thread, so that a slow answer holds up no other task.

    Args:
        app: Called without a socket.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._transport = httpx.WSGITransport(app=app)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        await request.aread()
        return await asyncio.to_thread(self._answer, request)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        response = self._transport.handle_request(request)
        return httpx.Response(response.status_code, headers=response.headers, content=response.read())
