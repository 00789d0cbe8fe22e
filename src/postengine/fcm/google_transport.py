"""google-auth's idea of a transport, over httpx."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import httpx

from postengine.clock import Clock
from postengine.retry_after import read_retry_after

from .errors import TokenServerBusy


@dataclass(frozen=True)
class GoogleResponse:
    """google-auth's idea of a response."""

    status: int
    headers: Mapping[str, str]
    data: bytes


class HttpxRequest:
    """What google-auth calls to reach a token server.

    Args:
        http: Carries the requests; its time-outs hold.
        clock: For a Retry-After that is a date.
    """

    def __init__(self, http: httpx.Client, clock: Clock) -> None:
        self._http = http
        self._clock = clock

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **_options: object,
    ) -> GoogleResponse:
        """Send one request.

        Raises:
            TokenServerBusy: There was no answer, or one that says: later.
        """
        try:
            answer = self._http.request(method, url, content=body, headers=headers)
        except httpx.RequestError as error:
            raise TokenServerBusy(f"the token server did not answer ({type(error).__name__})") from error
        if answer.is_server_error or answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            # Said here, because google-auth would sleep and try again in this thread.
            wait_s = read_retry_after(
                answer.headers.get("retry-after"), date=answer.headers.get("date"), now=self._clock.now()
            )
            raise TokenServerBusy(f"the token server answered {answer.status_code}", retry_after=wait_s)
        return GoogleResponse(answer.status_code, answer.headers, answer.content)
