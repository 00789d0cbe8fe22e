"""The way to the workers through Dramatiq: messages by the actor's name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast
from uuid import uuid4

import dramatiq
import redis
from dramatiq.brokers.redis import RedisBroker
from dramatiq.errors import BrokerConnectionError

from postengine.engine.jobs import QUEUE_OF, Job, Message, WorkKind
from postengine.engine.posts.states import Step

from .errors import QueueUnavailable
from .pipeline import enqueue_all


class _Broker(Protocol):
    """What is used of any broker, with types."""

    def enqueue(self, message: dramatiq.Message[None]) -> object: ...


class DramatiqDispatcher:
    """Enqueues messages for the actors that are named as the jobs are; implements `Dispatcher`.

    Args:
        broker: On Redis all messages go in one round trip; on any other broker one after another.
    """

    def __init__(self, broker: dramatiq.Broker) -> None:
        self._broker = broker

    def send(self, messages: Sequence[tuple[Job, Message]]) -> None:
        """Hand all messages over; with none, just find out whether the broker is there.

        Raises:
            QueueUnavailable: The broker does not answer.
        """
        encoded = [encode(job, message) for job, message in messages]
        try:
            if isinstance(self._broker, RedisBroker):
                enqueue_all(self._broker, encoded)
            else:
                for message in encoded:
                    cast("_Broker", self._broker).enqueue(message)
        except (redis.RedisError, BrokerConnectionError) as error:
            raise QueueUnavailable(type(error).__name__, len(encoded)) from error


def encode(job: Job, message: Message) -> dramatiq.Message[None]:
    """Return what Dramatiq carries: the job's name as the actor's, and the message as its arguments."""
    body: dict[str, object] = {
        "kind": message.kind,
        "id": message.id,
        "step": message.step.value,
        "fence": message.fence,
    }
    return dramatiq.Message(
        queue_name=QUEUE_OF[job].value,
        actor_name=job.value,
        args=(),
        kwargs=body,
        options={"redis_message_id": str(uuid4())},
    )


def decode(kind: WorkKind, id: str, step: str, fence: int) -> Message:  # noqa: A002 - the field's
    """Return the message that an actor was called with: `decode(**kwargs)`."""
    return Message(kind, id, Step(step), fence)
