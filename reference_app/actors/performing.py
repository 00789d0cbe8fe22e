"""The edge between Dramatiq and the engine: a message in, a step done, whatever goes wrong logged."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import cast

import dramatiq

from postengine.adapters.queues.dramatiq import decode
from postengine.engine.delivery.perform import perform
from postengine.engine.jobs import QUEUE_OF, Job, WorkKind
from postengine.engine.ports import Ports
from postengine.errors import PostEngineError
from reference_app.logs import with_fields

_log = logging.getLogger(__name__)
_Actor = Callable[..., None]


def declare_actor(broker: dramatiq.Broker, ports: Ports, job: Job) -> None:
    """Declare the actor of `job` on its queue; it never raises, and it is never retried by the queue."""

    def do(kind: WorkKind, id: str, step: str, fence: int) -> None:  # noqa: A002
        run(ports, job, kind, id, step, fence)

    declare = cast("Callable[..., Callable[[_Actor], object]]", dramatiq.actor)
    declare(actor_name=job.value, queue_name=QUEUE_OF[job].value, broker=broker)(do)


def run(
    ports: Ports,
    job: Job,
    kind: WorkKind,
    id: str,  # noqa: A002 - the message's field
    step: str,
    fence: int,
) -> None:
    """Do one message; an error is logged, and the lease brings the work back."""
    fields = with_fields(job=job.value, kind=kind, id=id, step=step, fence=fence)
    try:
        is_done = perform(ports, decode(kind, id, step, fence))
    except PostEngineError as error:
        _log.warning("put off: %s", error, extra=fields)
    except Exception:  # noqa: BLE001 - the edge: one bad message must not end the worker
        _log.exception("crashed", extra=fields)
    else:
        _log.info("performed" if is_done else "dropped: another has it, or it is done", extra=fields)
