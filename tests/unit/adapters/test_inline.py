from __future__ import annotations

import pytest

from postengine.adapters.queues.inline import InlineDispatcher
from postengine.engine.jobs import Job, Message
from postengine.engine.posts.states import Step

FIRST = (Job.RENDER_MEDIA, Message("asset", "a", Step.RENDER, 1))
SECOND = (Job.POST_TO_SOCIALS, Message("delivery", "d", Step.STAGE, 1))


def test_a_job_that_sends_another_has_it_run_in_the_same_drain() -> None:
    ran: list[tuple[Job, Message]] = []

    def run(job: Job, message: Message) -> None:
        ran.append((job, message))
        if job is Job.RENDER_MEDIA:
            queue.send([SECOND])

    queue = InlineDispatcher(run)
    queue.send([FIRST])

    assert len(queue) == 1
    assert queue.drain() == 2
    assert ran == [FIRST, SECOND]
    assert len(queue) == 0


def test_an_error_leaves_the_rest_waiting() -> None:
    def fail(job: Job, message: Message) -> None:
        raise RuntimeError(f"{job} {message.id}")

    queue = InlineDispatcher(fail)
    queue.send([FIRST, SECOND])

    with pytest.raises(RuntimeError, match="render-media a"):
        queue.drain()

    assert len(queue) == 1
