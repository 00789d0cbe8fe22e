"""A webhook: a JSON POST with a key and, where there is a secret, a signature."""

from __future__ import annotations

import hashlib
import hmac
import json
import ssl
from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

from postengine.clock import Clock, SystemClock
from postengine.engine.ports import Sent
from postengine.retry_after import read_retry_after

SIGNATURE_HEADER = "Postengine-Signature"
_AGAIN_AFTER = timedelta(minutes=2)
_LOCAL = ("127.0.0.1", "::1", "localhost")
_MIN_SECRET_BYTES = 16


class Hook:
    """Posts JSON to one address; a connection for each.

    The header `Idempotency-Key` has the key, and `Postengine-Signature` proves who sends it; see
    `signature_of`.

    Args:
        url: An https address; http only on this machine.
        secret: At least 16 bytes that both sides know; None: nothing is signed.
        timeout_s: For each answer, in seconds.
        tls: Whom to trust; None: whom this machine trusts.
        clock: Dates the signature.

    Raises:
        ValueError: The address or the secret is not fit.
    """

    def __init__(
        self,
        url: str,
        secret: bytes | None,
        *,
        timeout_s: float = 5.0,
        tls: ssl.SSLContext | None = None,
        clock: Clock | None = None,
    ) -> None:
        parts = urlsplit(url)
        host = parts.hostname or ""
        is_plain = url.isascii() and url.isprintable() and " " not in url and parts.username is None
        if not host or parts.scheme not in {"https", "http"} or not is_plain:
            raise ValueError(f"url: {url!r} is no plain https address without a user name in it")
        if parts.scheme == "http" and host not in _LOCAL:
            raise ValueError(f"url: {url!r} goes over the network unprotected; use https")
        if secret is not None and len(secret) < _MIN_SECRET_BYTES:
            raise ValueError(f"secret has {len(secret)} bytes; give it at least {_MIN_SECRET_BYTES}")
        self._is_https, self._host, self._port = parts.scheme == "https", host, parts.port
        self._path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
        self._secret = secret
        self._timeout_s = timeout_s
        self._tls = tls
        self._clock = clock or SystemClock()

    def post(self, key: str, content: Mapping[str, object]) -> Sent:
        """Post it; what the other side says is in the result, never raised."""
        body = json.dumps(content, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        if self._secret is not None:
            headers[SIGNATURE_HEADER] = signature_of(self._secret, body, self._clock.now())
        connection = self._connect()
        try:
            connection.request("POST", self._path, body, headers)
            return self._read(connection.getresponse())
        except (OSError, HTTPException) as error:
            said = f"no answer from {self._host}: {type(error).__name__}: {error}"
            return Sent(problem=said, retry_after=_AGAIN_AFTER)
        finally:
            connection.close()

    def _connect(self) -> HTTPConnection:
        if not self._is_https:
            return HTTPConnection(self._host, self._port, timeout=self._timeout_s)
        context = self._tls or ssl.create_default_context()
        return HTTPSConnection(self._host, self._port, timeout=self._timeout_s, context=context)

    def _read(self, answer: HTTPResponse) -> Sent:
        """Judge by the status alone; a redirect is not followed, since it would lead elsewhere."""
        status = answer.status
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return Sent()
        problem = f"{self._host} answers {status} {answer.reason}".rstrip()
        if status < HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.TOO_MANY_REQUESTS:
            return Sent(problem=problem)
        headers = answer.headers
        wait_s = read_retry_after(headers["Retry-After"], date=headers["Date"], now=self._clock.now())
        return Sent(problem=problem, retry_after=timedelta(seconds=wait_s) if wait_s else _AGAIN_AFTER)


def signature_of(secret: bytes, body: bytes, at: datetime) -> str:
    """Return the signature of a body: `t=<seconds since 1970>,v1=<hex>`.

    It is HMAC-SHA256 over the seconds, a dot and the body. Whoever receives it makes it anew from `t` and the
    body as it came, compares both in constant time, and refuses one that is older than some minutes.

    >>> from datetime import UTC
    >>> signature_of(b"0123456789abcdef", b"{}", datetime(2026, 12, 1, tzinfo=UTC))[:23]
    't=1796083200,v1=33fa7ab'
    """
    seconds = str(int(at.timestamp()))
    proof = hmac.new(secret, seconds.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={proof}"
