"""Fixtures for projects that use postengine; pytest finds them by itself where the package is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .clock import FakeClock

if TYPE_CHECKING:
    from .fcm import FakeFcm
    from .postiz import FakePostiz
    from .webpush import FakePushService


@pytest.fixture
def fake_clock() -> FakeClock:
    """A clock that stands at 2026-12-01 09:00 UTC and moves when told."""
    return FakeClock()


@pytest.fixture
def fake_fcm(fake_clock: FakeClock) -> FakeFcm:
    """A FakeFcm on `fake_clock`, to be reached in-process by `fake_fcm.http()`.

    Raises:
        pytest.UsageError: The packages of `postengine[testing]` are missing.
    """
    # pytest loads this file in every project that has postengine, with or without the extra.
    try:
        from .fcm import FakeFcm
    except ModuleNotFoundError as error:
        raise pytest.UsageError(f"fake_fcm needs postengine[testing]: {error}") from error
    return FakeFcm(clock=fake_clock)


@pytest.fixture
def fake_postiz(fake_clock: FakeClock) -> FakePostiz:
    """A FakePostiz on `fake_clock`, to be reached in-process by `fake_postiz.transport()`.

    Raises:
        pytest.UsageError: The packages of `postengine[testing]` are missing.
    """
    try:
        from .postiz import FakePostiz
    except ModuleNotFoundError as error:
        raise pytest.UsageError(f"fake_postiz needs postengine[testing]: {error}") from error
    return FakePostiz(fake_clock)


@pytest.fixture
def fake_push_service(fake_clock: FakeClock) -> FakePushService:
    """A FakePushService on `fake_clock`, to be reached in-process by `fake_push_service.http()`.

    Raises:
        pytest.UsageError: The packages of `postengine[testing]` are missing.
    """
    try:
        from .webpush import FakePushService
    except ModuleNotFoundError as error:
        raise pytest.UsageError(f"fake_push_service needs postengine[testing]: {error}") from error
    return FakePushService(clock=fake_clock)
