"""The push service that the tests of this room send to."""

from __future__ import annotations

import pytest

from postengine.testing.clock import FakeClock
from postengine.testing.webpush import FakePushService


@pytest.fixture
def fake() -> FakePushService:
    """A push service on a clock that stands still."""
    return FakePushService(clock=FakeClock())
