"""A publisher over a transport, as tests connect it."""

from __future__ import annotations

import httpx

from postengine.adapters.postiz import PostizPublisher
from postengine.clock import Clock
from postengine.engine.posts.tenant import Account
from postengine.postiz import PostizClient


def publisher_over(clock: Clock, transport: httpx.BaseTransport) -> PostizPublisher:
    """Return a publisher whose clients send through `transport`."""

    def connect(account: Account, clock: Clock) -> PostizClient:
        http = httpx.Client(transport=transport)
        return PostizClient(http, base_url=account.base_url, api_key=account.api_key, clock=clock)

    return PostizPublisher(clock, connect)
