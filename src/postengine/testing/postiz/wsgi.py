"""The fake as a WSGI application, for a server or for `httpx.WSGITransport`."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import httpx

from .message import Request, Server

if TYPE_CHECKING:  # wsgiref's types exist for type checkers only
    from _typeshed.wsgi import InputStream, StartResponse, WSGIEnvironment


class WsgiApp:
    """Carries requests to the fake. A drop closes the socket, or raises httpx's error where there is none."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        outcome = self._server.handle(_request(environ))
        if outcome.delay_s:
            self._server.clock.sleep(timedelta(seconds=outcome.delay_s))
        if outcome.ending == "drop":
            _drop(environ)
        reply = outcome.reply
        headers = {"Content-Length": str(len(reply.body)), **reply.headers}
        start_response(f"{reply.status} {HTTPStatus(reply.status).phrase}", [*headers.items()])
        return [reply.body] if outcome.ending == "answer" else _half(reply.body, environ)


def _request(environ: WSGIEnvironment) -> Request:
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_") or name in {"CONTENT_TYPE", "CONTENT_LENGTH"}
    }
    host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    query = str(environ.get("QUERY_STRING", ""))
    return Request(
        method=environ["REQUEST_METHOD"],
        path=environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"),
        query=dict(parse_qsl(query, keep_blank_values=True)),
        headers=headers,
        body=_body(environ),
        origin=f"{environ['wsgi.url_scheme']}://{host}",
        raw_query=query,
    )


def _body(environ: WSGIEnvironment) -> bytes:
    length = environ.get("CONTENT_LENGTH")
    stream: InputStream = environ["wsgi.input"]
    if length:
        return stream.read(int(length))
    return stream.read() if environ.get("wsgi.input_terminated") else b""


def _half(body: bytes, environ: WSGIEnvironment) -> Iterator[bytes]:
    yield body[: len(body) // 2]
    _drop(environ)


def _drop(environ: WSGIEnvironment) -> None:
    """Close the connection without a word."""
    connection = environ.get("werkzeug.socket")
    if isinstance(connection, socket.socket):
        with suppress(OSError):  # the client may have been quicker
            connection.shutdown(socket.SHUT_RDWR)
        raise ConnectionAbortedError
    raise httpx.ReadError("The connection was closed without an answer.")
