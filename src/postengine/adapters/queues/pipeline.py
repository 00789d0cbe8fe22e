"""Many messages to Redis in a single round trip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, cast

import dramatiq
from dramatiq.common import current_millis

_NO_MAINTENANCE = 0
_UNUSED = 1
"""Most values that the script may unpack at once: enqueueing unpacks none."""


class _Script(Protocol):
    def __call__(
        self, *, keys: Sequence[str], args: Sequence[str | bytes | int], client: object
    ) -> object: ...


class _Pipeline(Protocol):
    def ping(self) -> object: ...

    def execute(self) -> object: ...


class _Client(Protocol):
    def pipeline(self, *, transaction: bool) -> AbstractContextManager[_Pipeline]: ...


class _RedisBroker(Protocol):
    """What is used of dramatiq's `RedisBroker`, with types."""

    namespace: str
    broker_id: str
    heartbeat_timeout: int
    dead_message_ttl: int
    client: _Client
    scripts: Mapping[str, _Script]


def enqueue_all(broker: dramatiq.Broker, messages: Sequence[dramatiq.Message[None]]) -> None:
    """Do for each message what `RedisBroker.enqueue` does for one; without any, just ask for an answer.

    Args:
        broker: A `RedisBroker`.
        messages: Each with an option `redis_message_id` of its own.

    Source: dramatiq 2.2.1, brokers/redis.py, and the arguments of brokers/redis/dispatch.lua.
    """
    server = cast("_RedisBroker", broker)
    for message in messages:
        broker.emit_before("enqueue", message, None)
    with server.client.pipeline(transaction=False) as pipeline:
        if not messages:
            pipeline.ping()  # an empty pipeline would go nowhere
        for message in messages:
            arguments = _enqueue(server, message)
            server.scripts["dispatch"](keys=[server.namespace], args=arguments, client=pipeline)
        pipeline.execute()
    for message in messages:
        broker.emit_after("enqueue", message, None)


def _enqueue(server: _RedisBroker, message: dramatiq.Message[None]) -> list[str | bytes | int]:
    """Return what dramatiq's script wants to know to enqueue `message`."""
    return [
        "enqueue",
        current_millis(),
        message.queue_name,
        server.broker_id,
        server.heartbeat_timeout,
        server.dead_message_ttl,
        _NO_MAINTENANCE,
        _UNUSED,
        str(message.options["redis_message_id"]),
        message.encode(),
    ]
