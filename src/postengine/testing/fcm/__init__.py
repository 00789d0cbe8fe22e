"""A local Firebase Cloud Messaging with the real one's wire behaviour."""

from __future__ import annotations

from .faults import Fault as Fault
from .server import FakeFcm as FakeFcm
from .service import Arrival as Arrival

__all__ = ["Arrival", "FakeFcm", "Fault"]
