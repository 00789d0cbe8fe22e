"""A Dramatiq broker on Redis or Valkey, set up for an engine whose store repeats lost work itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast
from urllib.parse import parse_qsl, urlencode, urlsplit

from dramatiq import Broker, Consumer, Middleware
from dramatiq.brokers.redis import RedisBroker

from postengine.engine.jobs import CONCURRENCY, QUEUE_OF

_ALWAYS = 1_000_000
"""Of a million fetches, how many look for messages of dead workers. Dramatiq's default is 1,000, which
leaves a dead worker's message for minutes in a queue with little traffic."""

_DEAD_AFTER_MS = 60_000
_KEEP_DEAD_LETTERS_MS = 3_600_000
_CLIENT = {"socket_connect_timeout": "3", "socket_timeout": "10", "health_check_interval": "30"}
"""Seconds; a URL may say otherwise in its query."""

_MOST_AT_ONCE: dict[str, int] = {queue.value: number for queue, number in CONCURRENCY.items()}


class PatientBroker(RedisBroker):
    """A Redis broker that fetches no more than its queue's workers can begin at once.

    Dramatiq would fetch twice as many; the rest would wait behind them, invisible to other workers, while
    their leases run out.
    """

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 5000) -> Consumer:
        """Return a consumer of the queue, with its `CONCURRENCY` as the most that it fetches."""
        return super().consume(queue_name, min(prefetch, _MOST_AT_ONCE.get(queue_name, prefetch)), timeout)


def make_broker(url: str, *, middleware: Sequence[Middleware] = (), namespace: str = "postengine") -> Broker:
    """Return a broker on the Redis or Valkey at `url`, with both queues declared.

    None of Dramatiq's own middleware is used: a failed job is repeated by the store (no `Retries`), each
    request has a time-out of its own (no `TimeLimit`, which would interrupt one whose outcome then is
    unknown; no `ShutdownNotifications`, for the same reason), a stale message is dropped by its fence (no
    `AgeLimit`), and there are no results.

    Args:
        url: `redis://host:port/db` or `rediss://…`, with a password if there is one.
        middleware: What is to watch jobs, such as metrics.
        namespace: Put before all keys.
    """
    make = cast("Callable[..., Broker]", PatientBroker)  # its parameters have no types
    broker = make(
        url=_with_client_options(url),
        middleware=list(middleware),
        namespace=namespace,
        maintenance_chance=_ALWAYS,
        heartbeat_timeout=_DEAD_AFTER_MS,
        dead_message_ttl=_KEEP_DEAD_LETTERS_MS,
    )
    for queue in dict.fromkeys(QUEUE_OF.values()):
        broker.declare_queue(queue.value)
    return broker


def _with_client_options(url: str) -> str:
    """Add the time-outs to the query of `url`, unless they are there."""
    parts = urlsplit(url)
    options = {**_CLIENT, **dict(parse_qsl(parts.query))}
    return parts._replace(query=urlencode(options)).geturl()
