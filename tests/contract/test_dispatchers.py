"""Messages arrive once each, in order, with every dispatcher."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

import dramatiq
import pytest
from dramatiq.brokers.stub import StubBroker

from postengine.adapters.queues.broker import make_broker
from postengine.adapters.queues.dramatiq import DramatiqDispatcher, decode
from postengine.adapters.queues.inline import InlineDispatcher
from postengine.engine.jobs import QUEUE_OF, Job, Message, Queue, WorkKind
from postengine.engine.ports import Dispatcher
from postengine.engine.posts.states import Step

Received = list[tuple[Job, Message]]
MESSAGES: Sequence[tuple[Job, Message]] = [
    (Job.RENDER_MEDIA, Message("asset", "a1", Step.RENDER, 1)),
    (Job.POST_TO_SOCIALS, Message("delivery", "d1", Step.STAGE, 7)),
    (Job.NOTIFY_MOBILE_APP, Message("delivery", "d2", Step.NOTIFY, 2**40)),
]


class Line:
    """A dispatcher, what came out at its end, and a way to wait until everything has."""

    def __init__(self, dispatcher: Dispatcher, received: Received, finish: Callable[[], object]) -> None:
        self.dispatcher = dispatcher
        self.received = received
        self.finish = finish


@pytest.fixture
def inline() -> Line:
    received: Received = []
    dispatcher = InlineDispatcher(lambda job, message: received.append((job, message)))
    return Line(dispatcher, received, dispatcher.drain)


@pytest.fixture
def stub() -> Generator[Line]:
    yield from working(StubBroker(middleware=[]))


@pytest.fixture
def valkey(valkey_url: str) -> Generator[Line]:
    yield from working(make_broker(valkey_url, namespace="contract"))


@pytest.fixture(params=["inline", "stub", "valkey"])
def line(request: pytest.FixtureRequest) -> Line:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Line)
    return found


def working(broker: dramatiq.Broker) -> Generator[Line]:
    """Let a worker of one thread listen to both queues."""
    received: Received = []
    for job, queue in QUEUE_OF.items():
        declare = dramatiq.actor(actor_name=job.value, queue_name=queue.value, broker=broker)
        declare(record(job, received))
    worker = dramatiq.Worker(broker, worker_timeout=20, worker_threads=1)
    worker.start()

    def finish() -> None:
        for queue in Queue:
            broker.join(queue.value, timeout=10_000)
        worker.join()

    yield Line(DramatiqDispatcher(broker), received, finish)
    worker.stop()
    broker.close()


def record(job: Job, received: Received) -> Callable[..., None]:
    def actor(kind: WorkKind, id: str, step: str, fence: int) -> None:  # noqa: A002
        received.append((job, decode(kind, id, step, fence)))

    return actor


def test_each_message_reaches_the_job_of_its_name(line: Line) -> None:
    line.dispatcher.send(MESSAGES)
    line.finish()

    assert sorted(line.received, key=str) == sorted(MESSAGES, key=str)


def test_messages_of_a_queue_keep_their_order(line: Line) -> None:
    messages = [(Job.POST_TO_SOCIALS, Message("delivery", f"d{n}", Step.STAGE, n)) for n in range(50)]

    line.dispatcher.send(messages[:30])
    line.dispatcher.send(messages[30:])
    line.finish()

    assert line.received == messages


def test_nothing_to_send_is_nothing_sent(line: Line) -> None:
    line.dispatcher.send([])
    line.finish()

    assert line.received == []
