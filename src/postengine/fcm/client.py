"""Sending messages to FCM over HTTP."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import timedelta
from functools import partial
from typing import Self

import httpx

from postengine.clock import Clock, SystemClock

from .connections import TIMEOUT, WORKERS, answer_of, chosen_project, limits
from .credentials import Credentials
from .google_credentials import FirebaseApp, token_of_app
from .lane import Lane, is_direct
from .many import Line, Outcomes, send_by_threads
from .message import Message
from .outcome import Outcome
from .request import FcmRequest
from .ride import ride_all
from .sending import NeedsToken, Reply, Sender, Sending, Step, Trouble, advance, tried

FCM_URL = "https://fcm.googleapis.com"


class FcmClient:
    """Sends messages of one Firebase project; one client serves many threads and keeps its connections.

    Args:
        credentials: `ServiceAccount`, `ApplicationDefault`, `StaticToken` or another source of tokens.
        project_id: The Firebase project; the one that the credentials name, if None.
        base_url: FCM's address, or a fake's.
        http: Used as it is, time-outs included, and left open; None makes one, closed by `close`.
        workers: The most threads of `send_many`, and the size of an own pool.
        clock: Time for token ages and waits.
        chance: Draws a number from 0 to 1 for each wait, so that not all come back at once.

    Raises:
        CredentialsInvalid: Nobody names a project.
        ValueError: Nobody is to work.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        project_id: str | None = None,
        base_url: str = FCM_URL,
        http: httpx.Client | None = None,
        workers: int = WORKERS,
        clock: Clock | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._credentials = credentials
        self._workers = workers
        self._clock = clock or SystemClock()
        project_id = chosen_project(project_id, credentials.project_id)
        self._sender = Sender(project_id, base_url, self._clock, chance)
        self._owns_http = http is None
        self._http = http or httpx.Client(timeout=TIMEOUT, limits=limits(workers))

    @classmethod
    def from_app(
        cls,
        app: FirebaseApp,
        *,
        base_url: str = FCM_URL,
        http: httpx.Client | None = None,
        workers: int = WORKERS,
        clock: Clock | None = None,
    ) -> Self:
        """Return a client with the credentials and the project of a `firebase_admin` app.

        Raises:
            CredentialsInvalid: The app does not know its project.
        """
        return cls(token_of_app(app), base_url=base_url, http=http, workers=workers, clock=clock)

    def __repr__(self) -> str:
        sender = self._sender
        return f"{type(self).__name__}(project_id={sender.project_id!r}, base_url={sender.base_url!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, if they are this client's own."""
        if self._owns_http:
            self._http.close()

    def send(
        self,
        message: Message,
        *,
        validate_only: bool = False,
        attempt: int = 1,
        valid_for: timedelta | None = None,
    ) -> Outcome:
        """Send `message` once and say what became of it.

        A refused access token is renewed and the message sent again; nothing else is tried twice.

        Args:
            message: What to send.
            validate_only: Let FCM check it without sending it.
            attempt: Which try this is, from 1; waits grow with it.
            valid_for: How long the message makes sense from now on. A wait that would last longer is
                `Expired`, and a message whose time is over is not sent.

        Raises:
            ValueError: Tries are counted from 1.
        """
        return self._carry(
            self._sender.send(message, validate_only=validate_only, attempt=attempt, valid_for=valid_for)
        )

    def send_many(
        self,
        messages: Iterable[Message],
        *,
        validate_only: bool = False,
        attempt: int = 1,
        valid_for: timedelta | None = None,
    ) -> list[Outcome]:
        """Send any number of messages by a few threads; return their outcomes in order.

        Where the client's own connections are direct ones, each thread has four messages under way, on
        connections that last until the end of this call. Over a given `http` or a proxy it has one.

        Args:
            messages: Read no faster than they are sent.
            validate_only: As in `send`.
            attempt: As in `send`.
            valid_for: As in `send`, from the moment when a message's turn has come.
        """

        def start(message: Message) -> Sending:
            return self._sender.send(
                message, validate_only=validate_only, attempt=attempt, valid_for=valid_for
            )

        def one_by_one(line: Line, outcomes: Outcomes) -> None:
            for place, message in line:
                outcomes[place] = self._carry(start(message))

        base_url = self._sender.base_url
        if not self._owns_http or not is_direct(base_url):
            return send_by_threads(messages, one_by_one, workers=self._workers)
        trust = httpx.create_ssl_context()
        by_fours = partial(ride_all, start=start, token=self._token, open_lane=lambda: Lane(base_url, trust))
        return send_by_threads(messages, by_fours, workers=self._workers)

    def _carry(self, sending: Sending) -> Outcome:
        with closing(sending):
            step = advance(sending, None)
            while isinstance(step, Step):
                step = advance(sending, self._do(step))
            return step

    def _do(self, step: Step) -> Reply | Trouble:
        """Do what the sending needs; trouble is handed back to it."""
        return tried(lambda: self._token(step) if isinstance(step, NeedsToken) else self._post(step))

    def _token(self, step: NeedsToken) -> str:
        token = self._credentials.token_at_hand(self._clock, refused=step.refused)
        return token or self._credentials.access_token(self._http, self._clock, refused=step.refused)

    def _post(self, request: FcmRequest) -> Reply:
        # Neither the http client's own authentication nor a redirect may take the access token elsewhere.
        response = self._http.request(
            request.method,
            request.url,
            headers=request.headers,
            content=request.body,
            auth=None,
            follow_redirects=False,
        )
        return answer_of(response)
