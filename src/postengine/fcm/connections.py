"""The connections that a client opens for itself."""

from __future__ import annotations

import httpx

from .answer import FcmAnswer
from .errors import CredentialsInvalid

WORKERS = 32
TIMEOUT = httpx.Timeout(connect=5.0, read=15.0, write=10.0, pool=5.0)
_IDLE_S = 60.0


def limits(workers: int) -> httpx.Limits:
    """Return the limits of a pool in which each worker has a connection, kept for a while.

    Raises:
        ValueError: Nobody is to work.
    """
    if workers < 1:
        raise ValueError(f"workers: expected at least 1, got {workers}")
    return httpx.Limits(max_connections=workers, max_keepalive_connections=workers, keepalive_expiry=_IDLE_S)


def answer_of(response: httpx.Response) -> FcmAnswer:
    """Return the answer of any HTTP client that is this one's."""
    return FcmAnswer(response.status_code, response.headers, response.content)


def chosen_project(given: str | None, known: str | None) -> str:
    """Return the project that is spoken to.

    Raises:
        CredentialsInvalid: Neither caller nor credentials name one.
    """
    project_id = given or known
    if not project_id:
        raise CredentialsInvalid("the credentials do not name a project; give project_id")
    return project_id
