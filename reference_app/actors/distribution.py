"""Queue `distribution`: posts to Postiz and pushes to phones, five at a time."""

from __future__ import annotations

import dramatiq

from postengine.engine.jobs import Job
from postengine.engine.ports import Ports

from .performing import declare_actor


def declare(broker: dramatiq.Broker, ports: Ports) -> None:
    """Declare `post-to-socials` and `notify-mobile-app`."""
    declare_actor(broker, ports, Job.POST_TO_SOCIALS)
    declare_actor(broker, ports, Job.NOTIFY_MOBILE_APP)
