"""A local push service with the real ones' wire behaviour, and the browsers behind it."""

from __future__ import annotations

from .browser import FakeSubscription as FakeSubscription
from .faults import Fault as Fault
from .server import FakePushService as FakePushService
from .service import Arrival as Arrival

__all__ = ["Arrival", "FakePushService", "FakeSubscription", "Fault"]
