"""A worker process: threads that ask for a message, do what it says, and ask again, until they are killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from postengine.adapters.assets.local import LocalAssetStore
from postengine.adapters.notifiers.fcm import NoPush
from postengine.adapters.postiz import PostizPublisher
from postengine.adapters.queues.inline import InlineDispatcher
from postengine.adapters.stores.sql import open_store
from postengine.clock import SystemClock
from postengine.engine.delivery.perform import perform
from postengine.engine.ports import Dispatcher, Ports
from postengine.engine.posts.timings import Timings
from postengine.errors import PostEngineError
from postengine.testing.engine import FakeRenderer
from reference_app.sabotage import sabotaged

from .hints import Hints
from .timings import scaled

THREADS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where everything is, for each process of a scene.

    Attributes:
        database: URL of the store, whose tables exist.
        address: Socket file of the queue.
        sabotage: How the publisher is broken; `none` is not at all.
    """

    folder: Path
    database: str
    address: Path
    sabotage: str = "none"


def ports_at(site: Site, dispatcher: Dispatcher | None = None) -> Ports:
    """Return the engine as a process of `site` uses it."""
    clock = SystemClock()
    publisher = sabotaged(PostizPublisher(clock), site.sabotage, clock=clock, folder=site.folder / "sabotage")
    return Ports(
        store=open_store(site.database),
        dispatcher=dispatcher or InlineDispatcher(lambda *_: None),
        publisher=publisher,
        notifier=NoPush(),
        renderer=FakeRenderer(),
        assets=LocalAssetStore(site.folder / "assets"),
        timings=scaled(Timings()),
        clock=clock,
        owner=f"worker:{os.getpid()}",
    )


def work(site: Site) -> None:
    """Do what the queue says until the process is killed, or the queue or the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; the parent ends us
    ports = ports_at(site)
    threads = [threading.Thread(target=_work, args=(ports, site), daemon=True) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()


def _work(ports: Ports, site: Site) -> None:
    hints = Hints(site.address)
    while True:
        try:
            message = hints.next()
        except (EOFError, OSError):
            return
        try:
            perform(ports, message)
        except PostEngineError as error:  # the edge of an actor: its lease brings the work back
            print(f"worker {os.getpid()}: {message.step} {message.id}: {error!r}", file=sys.stderr)
