"""How a process of the matrix differs from the service's own: its clock, its messages, and what kills it."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from unittest import mock

import dramatiq.common

from postengine.clock import SystemClock
from postengine.engine.jobs import Job, Message
from postengine.engine.ports import Dispatcher, Draft, Made, Ports
from postengine.engine.posts.tenant import Account
from postengine.postiz.calls import posts
from postengine.render import VideoLimits
from postengine.testing.engine import FakeRenderer
from postengine.testing.publisher import PassOn
from reference_app import wiring

_VARIABLE = "FAULTS_TWISTS"
_IN_TIME = 20
"""Time-outs are a twentieth, shorter than a lease as the true ones are: a thirtieth is too hasty for a busy
machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Twists:
    """What is different.

    Attributes:
        clock_off_s: The host's clock is ahead by so much.
        doubles_messages: Each message is sent twice, and all of them in another order.
        dies_of: A text in which this word stands kills the process that is to send it.
        fakes_pictures: Pictures are not drawn.
        full_while: The disk is full while there is a file of this name.
    """

    clock_off_s: float = 0.0
    doubles_messages: bool = False
    dies_of: str = ""
    fakes_pictures: bool = True
    full_while: str = ""

    def environment(self) -> dict[str, str]:
        """Return what tells a process of them."""
        return {_VARIABLE: json.dumps(asdict(self))}


def twists_of(environ: Mapping[str, str]) -> Twists:
    """Return what a process's environment says."""
    return Twists(**json.loads(environ.get(_VARIABLE, "{}")))


def shorten_waits() -> None:
    """Wait less long for answers of Postiz about posts, and for an ffmpeg that does nothing."""
    for name in ("LIST_TIMEOUT_S", "WRITE_TIMEOUT_S", "STATUS_TIMEOUT_S"):
        mock.patch.object(posts, name, getattr(posts, name) / _IN_TIME).start()
    limits = partial(VideoLimits, stall_s=VideoLimits().stall_s / _IN_TIME)
    mock.patch.object(wiring, "VideoLimits", limits).start()


def skew_clock(off_s: float) -> None:
    """Put this process's clock ahead: the engine's and the queue's library's, but not the database's."""
    if not off_s:
        return
    true_now = SystemClock.now

    def now(clock: SystemClock) -> datetime:
        return true_now(clock) + timedelta(seconds=off_s)

    mock.patch.object(SystemClock, "now", now).start()
    mock.patch.object(dramatiq.common, "time", _Ahead(off_s)).start()


def fill_disk(while_there: str) -> None:
    """Let no file of this process reach the disk while there is a file of that name."""
    if not while_there:
        return
    true_fsync = os.fsync

    def fsync(handle: int) -> None:
        if Path(while_there).exists():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        true_fsync(handle)

    mock.patch.object(os, "fsync", fsync).start()


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A clock's seconds, and some more."""

    off_s: float

    def __call__(self) -> float:
        return time.time() + self.off_s


def twisted(ports: Ports, twists: Twists) -> Ports:
    """Return `ports` with these twists."""
    if twists.doubles_messages:
        ports = replace(ports, dispatcher=Doubling(ports.dispatcher))
    if twists.dies_of:
        ports = replace(ports, publisher=Deadly(ports, twists.dies_of))
    if twists.fakes_pictures:
        ports = replace(ports, renderer=FakeRenderer())
    return ports


class Doubling:
    """Sends each message twice, shuffled, some of them only with the next ones. Implements `Dispatcher`."""

    def __init__(self, inner: Dispatcher) -> None:
        self._inner = inner
        self._chance = random.Random()
        self._kept: list[tuple[Job, Message]] = []

    def send(self, messages: Sequence[tuple[Job, Message]]) -> None:
        """Send what was kept and all of these once, most of these again, and keep the rest."""
        again = [message for message in messages if self._chance.random() < 0.5]
        kept = [message for message in messages if message not in again]
        sent = [*self._kept, *messages, *again]
        self._chance.shuffle(sent)
        self._inner.send(sent)
        self._kept = kept


class Deadly(PassOn):
    """Kills its process, as code that runs out of memory does, before some drafts."""

    def __init__(self, ports: Ports, word: str) -> None:
        super().__init__(ports.publisher)
        self._word = word

    def draft(self, account: Account, draft: Draft) -> Made:
        """Make a draft, or die."""
        if self._word in draft.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.inner.draft(account, draft)
