"""The three jobs, the two queues, and the messages between them: a hint, never the truth."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from .posts.states import Mode, Step


class Job(StrEnum):
    """The name of a job, as the queue knows it."""

    RENDER_MEDIA = "render-media"
    POST_TO_SOCIALS = "post-to-socials"
    NOTIFY_MOBILE_APP = "notify-mobile-app"


class Queue(StrEnum):
    """The name of a queue."""

    MEDIA_PROCESSING = "media-processing"
    DISTRIBUTION = "distribution"


CONCURRENCY = {Queue.MEDIA_PROCESSING: 2, Queue.DISTRIBUTION: 5}
"""Jobs at a time: one worker process for each queue, with that many threads."""

QUEUE_OF = {
    Job.RENDER_MEDIA: Queue.MEDIA_PROCESSING,
    Job.POST_TO_SOCIALS: Queue.DISTRIBUTION,
    Job.NOTIFY_MOBILE_APP: Queue.DISTRIBUTION,
}


WorkKind: TypeAlias = Literal["delivery", "asset", "checkup", "watch"]
"""What a message may be about."""


@dataclass(frozen=True, slots=True)
class Message:
    """What goes through a queue: which work, which step, under which fence. Nothing else."""

    kind: WorkKind
    id: str
    step: Step
    fence: int


def job_for(step: Step, mode: Mode) -> Job:
    """Return the job that does `step` of a delivery on a channel of `mode`."""
    if step is Step.RENDER:
        return Job.RENDER_MEDIA
    return Job.POST_TO_SOCIALS if mode is Mode.AUTOMATIC else Job.NOTIFY_MOBILE_APP
