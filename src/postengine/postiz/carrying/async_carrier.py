"""Carrying calls and conversations over an `httpx.AsyncClient`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing, closing
from typing import TypeVar, cast

import httpx

from postengine.clock import Clock
from postengine.postiz.call import Call
from postengine.postiz.errors import PostizError
from postengine.retry import retrying_async

from .answer import Answer
from .conversation import Conversation, Done, Sleep, Step, Work, advance
from .exchange import LIMITS, TOTAL_S, exchange_of, is_worth_repeating

T = TypeVar("T")
AsyncSleep = Callable[[float], Awaitable[None]]


async def system_sleep(seconds: float) -> None:
    """Let other tasks run for `seconds`."""
    await asyncio.sleep(seconds)


class AsyncCarrier:
    """What `Carrier` is, for tasks. A cancelled task closes its connection.

    Args:
        http: Carries the requests; an own one, if None.
        root: Calls' paths are below it.
        authorization: Sent to `root` as it is, if there is one.
        clock: Measures answers.
        sleep: Waits for so many seconds between tries.
        tries: The most times that a request is sent, at least 1.
    """

    def __init__(
        self,
        http: httpx.AsyncClient | None,
        *,
        root: str,
        authorization: str | None,
        clock: Clock,
        sleep: AsyncSleep,
        tries: int,
    ) -> None:
        self._http = http or httpx.AsyncClient(limits=LIMITS)
        self._owns_http = http is None
        self._root = root
        self._authorization = authorization
        self._clock = clock
        self._sleep = sleep
        self._tries = tries

    async def close(self) -> None:
        """Close the connections, unless they came from outside."""
        if self._owns_http:
            await self._http.aclose()

    async def send(self, call: Call[T]) -> Answer[T]:
        """Send `call` and read its answer; see `AsyncPostizClient.send`."""
        return await retrying_async(
            lambda: self._once(call),
            clock=self._clock,
            sleep=self._sleep,
            tries=self._tries,
            total_s=TOTAL_S,
            is_worth_it=lambda error: is_worth_repeating(call, error),
        )

    async def converse(self, conversation: Conversation[T]) -> T:
        """Carry out `conversation` to its end; see `AsyncPostizClient.converse`."""
        with closing(conversation):
            step = advance(conversation, None)
            while not isinstance(step, Done):
                step = advance(conversation, await self._do(step))
            return step.value

    async def _do(self, step: Step) -> object:
        """Do what the conversation wants; a failure is handed back to it."""
        try:
            match step:
                case Sleep():
                    await self._sleep(step.seconds)
                    return None
                case Work():
                    return await asyncio.to_thread(step.run)
                case _:
                    return await self.send(step)
        except PostizError as error:
            return error

    async def _once(self, call: Call[T]) -> Answer[T]:
        with exchange_of(call, self._clock) as exchange:
            request = exchange.request(self._http, self._root, self._authorization)
            response = await self._http.send(request, stream=True, auth=None, follow_redirects=False)
            async with aclosing(response):
                exchange.begin(response)
                # As they come from the network: httpx would unpack each piece whole, however large it gets.
                async for piece in cast("httpx.AsyncByteStream", response.stream):
                    exchange.take(piece)
            return exchange.answer(response)
