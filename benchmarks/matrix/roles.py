"""What each process of the matrix does: the reference application's own work, with a twist where a row asks.

A worker here is what `dramatiq reference_app.worker:start` begins, and a cron `python -m reference_app.cron`;
only the loading of modules is left out, which a supervisor would pay at each restart.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module

import dramatiq
import psycopg  # noqa: F401 - loaded once, before the forks
import sqlalchemy.dialects.sqlite  # noqa: F401 - as above
from flask import Flask

from postengine.engine.jobs import CONCURRENCY, Queue
from reference_app import cron, worker
from reference_app.app import create_app
from reference_app.ending import Ending
from reference_app.settings import Settings
from reference_app.wiring import Wired, wire

from .claiming import claim_all
from .twists import fill_disk, shorten_waits, skew_clock, twisted, twists_of
from .writing import write_half

_GUNICORN = import_module("gunicorn.app.wsgiapp")  # by its name: it has no types
_WEB = "benchmarks.matrix.roles:web_app()"
_WEB_THREADS = "8"
Role = Callable[[], None]


def web_app() -> Flask:
    """Return the web application that gunicorn serves."""
    return create_app(ports=_wired().ports)


def _cron() -> None:
    cron.main(_wired().ports)


def _work(queue: Queue) -> None:
    worker.start(_wired())
    dramatiq.Worker(dramatiq.get_broker(), queues={queue.value}, worker_threads=CONCURRENCY[queue]).start()
    Ending().wait()


def _web() -> None:
    settings = Settings()
    sys.argv = ["gunicorn", _WEB, "--bind", f"{settings.host}:{settings.port}", "--workers", "1"]
    sys.argv += ["--worker-class", "gthread", "--threads", _WEB_THREADS, "--log-level", "warning"]
    _GUNICORN.run()


def _claim() -> None:
    claim_all(Settings())


def _write_half() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    write_half(Settings())


def _wired() -> Wired:
    twists = twists_of(os.environ)
    shorten_waits()
    skew_clock(twists.clock_off_s)
    fill_disk(twists.full_while)
    wired = wire(Settings())
    return replace(wired, ports=twisted(wired.ports, twists))


ROLES: dict[str, Role] = {
    "cron": _cron,
    "worker-distribution": partial(_work, Queue.DISTRIBUTION),
    "worker-media-processing": partial(_work, Queue.MEDIA_PROCESSING),
    "web": _web,
    "claimer": _claim,
    "half-writer": _write_half,
}
