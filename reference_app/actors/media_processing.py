"""Queue `media-processing`: pictures and videos, two at a time."""

from __future__ import annotations

import dramatiq

from postengine.engine.jobs import Job
from postengine.engine.ports import Ports

from .performing import declare_actor


def declare(broker: dramatiq.Broker, ports: Ports) -> None:
    """Declare `render-media`."""
    declare_actor(broker, ports, Job.RENDER_MEDIA)
