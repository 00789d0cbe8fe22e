"""The client for tasks: what `FcmClient` is, with the same names and arguments."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import timedelta
from typing import Self

import httpx

from postengine.clock import Clock, SystemClock

from .client import FCM_URL
from .connections import TIMEOUT, WORKERS, answer_of, chosen_project, limits
from .credentials import Credentials
from .google_credentials import FirebaseApp, token_of_app
from .many import Line, Outcomes, in_order
from .message import Message
from .outcome import Outcome
from .request import FcmRequest
from .sending import TROUBLES, NeedsToken, Reply, Sender, Step, Trouble, advance


class AsyncFcmClient:
    """Sends messages of one Firebase project, see `FcmClient`; tasks of one event loop share it.

    Over HTTP/1.1 it needs more CPU a message than `FcmClient` with threads: take it where tasks are at home.

    Args:
        credentials: As in `FcmClient`; google-auth knows no tasks, so a token is fetched in a thread.
        project_id: As in `FcmClient`.
        base_url: As in `FcmClient`.
        http: Used as it is, time-outs included, and left open; None makes one, closed by `close`.
        token_http: The same for the token server.
        workers: The most tasks of `send_many`, and the size of an own pool.
        clock: As in `FcmClient`; never slept on.
        chance: As in `FcmClient`.

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
        http: httpx.AsyncClient | None = None,
        token_http: httpx.Client | None = None,
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
        self._http = http or httpx.AsyncClient(timeout=TIMEOUT, limits=limits(workers))
        self._owns_token_http = token_http is None
        self._token_http = token_http or httpx.Client(timeout=TIMEOUT)
        self._fetching = asyncio.Lock()

    @classmethod
    def from_app(
        cls,
        app: FirebaseApp,
        *,
        base_url: str = FCM_URL,
        http: httpx.AsyncClient | None = None,
        token_http: httpx.Client | None = None,
        workers: int = WORKERS,
        clock: Clock | None = None,
    ) -> Self:
        """Return a client with the credentials and the project of a `firebase_admin` app.

        Raises:
            CredentialsInvalid: The app does not know its project.
        """
        return cls(
            token_of_app(app),
            base_url=base_url,
            http=http,
            token_http=token_http,
            workers=workers,
            clock=clock,
        )

    def __repr__(self) -> str:
        sender = self._sender
        return f"{type(self).__name__}(project_id={sender.project_id!r}, base_url={sender.base_url!r})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections, if they are this client's own."""
        if self._owns_http:
            await self._http.aclose()
        if self._owns_token_http:
            self._token_http.close()

    async def send(
        self,
        message: Message,
        *,
        validate_only: bool = False,
        attempt: int = 1,
        valid_for: timedelta | None = None,
    ) -> Outcome:
        """Send `message` once and say what became of it. See `FcmClient.send`."""
        sending = self._sender.send(
            message, validate_only=validate_only, attempt=attempt, valid_for=valid_for
        )
        with closing(sending):
            step = advance(sending, None)
            while isinstance(step, Step):
                step = advance(sending, await self._do(step))
            return step

    async def send_many(
        self,
        messages: Iterable[Message],
        *,
        validate_only: bool = False,
        attempt: int = 1,
        valid_for: timedelta | None = None,
    ) -> list[Outcome]:
        """Send any number of messages; return their outcomes in order. See `FcmClient.send_many`."""
        line = Line(messages)
        outcomes: Outcomes = {}

        async def work_off() -> None:
            for place, message in line:
                outcomes[place] = await self.send(
                    message, validate_only=validate_only, attempt=attempt, valid_for=valid_for
                )

        workers = [asyncio.ensure_future(work_off()) for _ in range(self._workers)]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
        return in_order(outcomes)

    async def _do(self, step: Step) -> Reply | Trouble:
        """Do what the sending needs; trouble is handed back to it."""
        try:
            return await (self._token(step) if isinstance(step, NeedsToken) else self._post(step))
        except TROUBLES as trouble:
            return trouble

    async def _token(self, step: NeedsToken) -> str:
        token = self._credentials.token_at_hand(self._clock, refused=step.refused)
        if token is not None:
            return token
        async with self._fetching:  # one thread, however many tasks wait
            return await asyncio.to_thread(
                self._credentials.access_token, self._token_http, self._clock, refused=step.refused
            )

    async def _post(self, request: FcmRequest) -> Reply:
        response = await self._http.request(
            request.method,
            request.url,
            headers=request.headers,
            content=request.body,
            auth=None,
            follow_redirects=False,
        )
        return answer_of(response)
