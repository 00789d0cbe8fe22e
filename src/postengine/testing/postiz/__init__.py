"""FakePostiz: a Postiz server for tests, with the real one's answers, timing and faults."""

from __future__ import annotations

from .fake import FakePostiz as FakePostiz
from .faults import Fault as Fault
from .faults import FaultKind as FaultKind
from .faults import OutageName as OutageName
from .publishing import PublishFailure as PublishFailure
from .remote_files import WebFile as WebFile
from .rows import NetworkEntry as NetworkEntry
from .rows import PostRow as PostRow
from .scaled_clock import ScaledClock as ScaledClock
from .server import FakePostizServer as FakePostizServer

__all__ = [
    "FakePostiz",
    "FakePostizServer",
    "Fault",
    "FaultKind",
    "NetworkEntry",
    "OutageName",
    "PostRow",
    "PublishFailure",
    "ScaledClock",
    "WebFile",
]
