"""What goes over the wire to Valkey, and what happens when it is not there."""

from __future__ import annotations

import json
import socket

import dramatiq
import pytest
import redis

from postengine.adapters.queues.broker import make_broker
from postengine.adapters.queues.dramatiq import DramatiqDispatcher
from postengine.adapters.queues.errors import QueueUnavailable
from postengine.engine.jobs import CONCURRENCY, Job, Message, Queue
from postengine.engine.posts.states import Step

MANY = [(Job.POST_TO_SOCIALS, Message("delivery", f"d{n}", Step.STAGE, n)) for n in range(200)]


@pytest.fixture
def server(valkey_url: str) -> redis.Redis:
    client = redis.Redis.from_url(valkey_url, decode_responses=True)
    client.flushall()
    return client


def test_many_messages_are_sent_in_one_round_trip(valkey_url: str, server: redis.Redis) -> None:
    dispatcher = DramatiqDispatcher(make_broker(valkey_url))
    dispatcher.send(MANY[:1])
    reads_before = int(server.info("stats")["total_reads_processed"])

    dispatcher.send(MANY)

    reads = int(server.info("stats")["total_reads_processed"]) - reads_before
    assert server.llen("postengine:distribution") == 1 + len(MANY)
    assert reads < len(MANY) / 4


def test_a_message_holds_kind_id_step_and_fence_and_nothing_else(
    valkey_url: str, server: redis.Redis
) -> None:
    DramatiqDispatcher(make_broker(valkey_url)).send(MANY[7:8])

    (body,) = server.hvals("postengine:distribution.msgs")

    sent = json.loads(body)
    assert sent["kwargs"] == {"kind": "delivery", "id": "d7", "step": "stage", "fence": 7}
    assert (sent["actor_name"], sent["queue_name"], sent["args"]) == ("post-to-socials", "distribution", [])


def test_an_ordinary_send_of_dramatiq_and_ours_look_the_same(valkey_url: str, server: redis.Redis) -> None:
    broker = make_broker(valkey_url)
    DramatiqDispatcher(broker).send(MANY[:1])
    ours = {key: server.type(key) for key in server.scan_iter()}
    server.flushall()

    broker.enqueue(
        dramatiq.Message(queue_name="distribution", actor_name="x", args=(), kwargs={}, options={})
    )

    assert {key: server.type(key) for key in server.scan_iter()} == ours


@pytest.mark.parametrize("queue", list(Queue))
def test_no_more_is_fetched_than_can_begin_at_once(
    valkey_url: str, server: redis.Redis, queue: Queue
) -> None:
    broker = make_broker(valkey_url)
    job = {Queue.MEDIA_PROCESSING: Job.RENDER_MEDIA, Queue.DISTRIBUTION: Job.POST_TO_SOCIALS}[queue]
    DramatiqDispatcher(broker).send([(job, message) for _, message in MANY[:20]])
    consumer = broker.consume(queue.value, prefetch=100)

    fetched = [next(consumer) for _ in range(CONCURRENCY[queue] + 1)]

    assert fetched[-1] is None
    assert None not in fetched[:-1]
    assert server.llen(f"postengine:{queue.value}") == 20 - CONCURRENCY[queue]


def test_another_queue_is_fetched_from_as_asked(valkey_url: str) -> None:
    consumer = make_broker(valkey_url).consume("another", prefetch=9)

    assert vars(consumer)["prefetch"] == 9


def test_a_queue_that_is_down_is_an_error_that_may_be_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    dispatcher = DramatiqDispatcher(make_broker(f"redis://:s3cret@127.0.0.1:{port}/0"))

    with pytest.raises(QueueUnavailable) as caught:
        dispatcher.send(MANY[:3])

    assert caught.value.retryable
    assert caught.value.count == 3
    assert "s3cret" not in str(caught.value)


def test_a_server_that_is_away_is_noticed_with_nothing_to_send(valkey_url: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        broker = make_broker(f"redis://127.0.0.1:{unused.getsockname()[1]}/0")

        with pytest.raises(QueueUnavailable):
            DramatiqDispatcher(broker).send([])
    DramatiqDispatcher(make_broker(valkey_url)).send([])


def test_time_outs_in_the_url_are_kept(valkey_url: str) -> None:
    broker = make_broker(f"{valkey_url}?socket_timeout=77")

    client = vars(broker)["client"]
    assert isinstance(client, redis.Redis)
    options = client.connection_pool.connection_kwargs

    assert options["socket_timeout"] == 77
    assert options["socket_connect_timeout"] == 3
    assert options["health_check_interval"] == 30


def test_no_middleware_repeats_or_interrupts_a_job(valkey_url: str) -> None:
    assert make_broker(valkey_url).middleware == []


def test_a_job_that_fails_is_not_run_again_and_leaves_nothing_behind(
    valkey_url: str, server: redis.Redis, caplog: pytest.LogCaptureFixture
) -> None:
    broker = make_broker(valkey_url)
    runs: list[str] = []

    def fail(kind: str, id: str, step: str, fence: int) -> None:  # noqa: A002 - the message's
        runs.append(id)
        raise ZeroDivisionError(kind, step, fence)

    dramatiq.actor(actor_name="post-to-socials", queue_name="distribution", broker=broker)(fail)
    worker = dramatiq.Worker(broker, worker_timeout=20, worker_threads=1)
    worker.start()

    DramatiqDispatcher(broker).send(MANY[:2])
    broker.join("distribution", timeout=10_000)
    worker.stop()

    assert runs == ["d0", "d1"]
    assert server.exists("postengine:distribution.XQ", "postengine:distribution.DQ") == 0
    assert "ZeroDivisionError" in caplog.text
