"""Sending messages to push services over HTTP."""

from __future__ import annotations

from types import TracebackType
from typing import Self

import httpx

from postengine.clock import Clock, SystemClock

from .answer import PushAnswer
from .errors import SubscriptionInvalid
from .keys import VapidKeys
from .message import Message
from .outcome import DropDevice, Outcome
from .request import PushRequest
from .session import TIMEOUT, Session, outcome_of_failure
from .subscription import Subscription


class WebPushClient:
    """Rings browsers; one client serves many threads and keeps its connections.

    Args:
        keys: What the browsers subscribed with.
        subject: A `mailto:` or `https:` at which a person can be reached.
        http: Used as it is, time-outs included, and left open; None makes one, closed by `close`.
        clock: Time for tokens, and for a Retry-After that is a date.
        allows_local: Call endpoints that are http or on this machine, too; for tests.

    Raises:
        VapidInvalid: The subject reaches nobody.
    """

    def __init__(
        self,
        keys: VapidKeys,
        *,
        subject: str,
        http: httpx.Client | None = None,
        clock: Clock | None = None,
        allows_local: bool = False,
    ) -> None:
        self._session = Session(keys, subject, clock=clock or SystemClock(), allows_local=allows_local)
        self._own_http = http is None
        self._http = http or httpx.Client(timeout=TIMEOUT)

    def __repr__(self) -> str:
        return f"WebPushClient(public_key={self.public_key!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def public_key(self) -> str:
        """What pages subscribe with as `applicationServerKey`: base64url."""
        return self._session.public_key

    def close(self) -> None:
        """Close the connections, if they are this client's own."""
        if self._own_http:
            self._http.close()

    def send(self, message: Message, subscription: Subscription) -> Outcome:
        """Send `message` once and say what became of it; no redirect is followed, nothing is tried twice.

        Args:
            message: What to send.
            subscription: Where to. One whose endpoint is not https on a public host is to be dropped.
        """
        try:
            request = self._session.request(message, subscription)
            return self._session.read(self._post(request), subscription)
        except SubscriptionInvalid as error:
            return DropDevice(str(error))
        except httpx.RequestError as error:
            return outcome_of_failure(error)

    def _post(self, request: PushRequest) -> PushAnswer:
        with self._http.stream(
            request.method,
            request.url,
            headers=request.headers,
            content=request.body,
            follow_redirects=False,
        ) as response:
            start = self._session.body_start()
            for chunk in response.iter_raw():
                if start.add(chunk):
                    break
        return start.answer(response)
