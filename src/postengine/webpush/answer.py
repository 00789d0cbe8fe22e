"""Reading what a push service answered, without knowing how it was transported."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from postengine.retry_after import read_retry_after

from .outcome import Accepted, ConfigError, DropDevice, Outcome, RetryAt

BUSY_WAIT_S = 60.0
OUTAGE_WAIT_S = 10.0
_MAX_REASON = 300
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_BUSY = {
    HTTPStatus.NOT_ACCEPTABLE,  # so says Windows' push service when it is called too often
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_MANY_REQUESTS,
}
_UNAUTHORIZED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.BAD_REQUEST}
# In the words of Chrome's, Mozilla's and Apple's push service.
_OTHER_KEYS = re.compile(
    r"do not correspond to the credentials used to create|public key mismatch|VapidPkHashMismatch",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PushAnswer:
    """One HTTP answer from any HTTP client.

    Attributes:
        headers: Names in lower case.
        body: Its start is enough.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(default=b"", repr=False)


def read_answer(answer: PushAnswer, *, now: datetime, secret: str = "") -> Outcome:
    """Return what the push service's answer asks for.

    Args:
        answer: Any HTTP answer, a proxy's included.
        now: The current instant, for a Retry-After that is a date.
        secret: The endpoint; cut out of the reason should the answer repeat it.
    """
    status, reason = answer.status, _reason(answer, secret)
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Accepted(answer.headers.get("location"))
    wait_s = read_retry_after(answer.headers.get("retry-after"), date=answer.headers.get("date"), now=now)
    if status in _GONE:
        return DropDevice(reason)
    if status in _UNAUTHORIZED and _OTHER_KEYS.search(reason):
        return DropDevice(reason, is_foreign=True)
    if status in _BUSY:
        return RetryAt(BUSY_WAIT_S if wait_s is None else wait_s, reason)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return RetryAt(max(OUTAGE_WAIT_S, wait_s or 0.0), reason, may_have_happened=True)
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and wait_s is not None:
        # It will pass (RFC 9110, section 15.5.14); without Retry-After the message is too large for ever.
        return RetryAt(wait_s, reason)
    return ConfigError(reason)


def _reason(answer: PushAnswer, secret: str) -> str:
    said = answer.body.decode("utf-8", "replace")
    if secret:
        said = said.replace(secret, "[endpoint]")
    readable = "".join(char if char.isprintable() else " " for char in said)
    return " ".join([str(answer.status), *readable.split()])[:_MAX_REASON]
