"""Carrying calls and conversations over an `httpx.Client`."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TypeVar, cast

import httpx

from postengine.clock import Clock
from postengine.postiz.call import Call
from postengine.postiz.errors import PostizError
from postengine.retry import retrying

from .answer import Answer
from .conversation import Conversation, Done, Sleep, Step, Work, advance
from .exchange import LIMITS, TOTAL_S, exchange_of, is_worth_repeating

T = TypeVar("T")


class Carrier:
    """Sends calls, again where that is provably harmless, and carries out conversations.

    Args:
        http: Carries the requests; an own one, if None.
        root: Calls' paths are below it.
        authorization: Sent to `root` as it is, if there is one.
        clock: Measures answers and sleeps between tries.
        tries: The most times that a request is sent, at least 1.
    """

    def __init__(
        self, http: httpx.Client | None, *, root: str, authorization: str | None, clock: Clock, tries: int
    ) -> None:
        self._http = http or httpx.Client(limits=LIMITS)
        self._owns_http = http is None
        self._root = root
        self._authorization = authorization
        self._clock = clock
        self._tries = tries

    def close(self) -> None:
        """Close the connections, unless they came from outside."""
        if self._owns_http:
            self._http.close()

    def send(self, call: Call[T]) -> Answer[T]:
        """Send `call` and read its answer; see `PostizClient.send`."""
        return retrying(
            lambda: self._once(call),
            clock=self._clock,
            tries=self._tries,
            total_s=TOTAL_S,
            is_worth_it=lambda error: is_worth_repeating(call, error),
        )

    def converse(self, conversation: Conversation[T]) -> T:
        """Carry out `conversation` to its end; see `PostizClient.converse`."""
        with closing(conversation):
            step = advance(conversation, None)
            while not isinstance(step, Done):
                step = advance(conversation, self._do(step))
            return step.value

    def _do(self, step: Step) -> object:
        """Do what the conversation wants; a failure is handed back to it."""
        try:
            match step:
                case Sleep():
                    self._clock.sleep(timedelta(seconds=step.seconds))
                    return None
                case Work():
                    return step.run()
                case _:
                    return self.send(step)
        except PostizError as error:
            return error

    def _once(self, call: Call[T]) -> Answer[T]:
        with exchange_of(call, self._clock) as exchange:
            request = exchange.request(self._http, self._root, self._authorization)
            response = self._http.send(request, stream=True, auth=None, follow_redirects=False)
            with closing(response):
                exchange.begin(response)
                # As they come from the network: httpx would unpack each piece whole, however large it gets.
                for piece in cast("httpx.SyncByteStream", response.stream):
                    exchange.take(piece)
            return exchange.answer(response)
