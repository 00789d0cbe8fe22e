"""The engine's Notifier over FCM."""

from __future__ import annotations

from datetime import timedelta

from postengine.clock import Clock, SystemClock
from postengine.engine.ports import Ring, Rung
from postengine.engine.posts.agent import Device, PushKind
from postengine.fcm import (
    DeliveredToFcm,
    DropDevice,
    Expired,
    FcmClient,
    Outcome,
    Registration,
    RetryAt,
    Standing,
)

from .fcm_message import to_message


class FcmNotifier:
    """Rings phones through FCM; a phone without an FCM registration is a problem to be told.

    Args:
        client: Speaks with one Firebase project.
        clock: Tells how old a registration is.
    """

    def __init__(self, client: FcmClient, *, clock: Clock | None = None) -> None:
        self._client = client
        self._clock = clock or SystemClock()

    def push(self, device: Device, ring: Ring) -> Rung:
        """Ring one device."""
        if device.push_kind is not PushKind.FCM:
            return Rung(problem=f"device {device.id} has no FCM registration; open the app on it")
        standing = _registration(device).standing(self._clock.now())
        if standing is Standing.EXPIRED:
            return Rung(is_gone=True)
        message = to_message(device.push_address, ring)
        outcome = self._client.send(message, attempt=ring.attempt, valid_for=ring.time_to_live)
        return _rung(outcome, ring, is_stale=standing is Standing.STALE)


class NoPush:
    """Stands in where no push service is set up: phones find their tasks by asking."""

    def push(self, device: Device, ring: Ring) -> Rung:
        """Say that nothing was sent."""
        return Rung(
            problem=f"no push service is set up; device {device.id} learns of {ring.task_id} by asking"
        )


def _registration(device: Device) -> Registration:
    return Registration(device.push_address, renewed_at=device.push_updated_at or device.created_at)


def _rung(outcome: Outcome, ring: Ring, *, is_stale: bool) -> Rung:
    if isinstance(outcome, DeliveredToFcm):
        return Rung(is_stale=is_stale)
    if isinstance(outcome, RetryAt):
        return Rung(retry_after=timedelta(seconds=outcome.after_s))
    if isinstance(outcome, Expired):
        # Nothing more to be done before the handover ends by itself.
        return Rung(retry_after=ring.time_to_live)
    if isinstance(outcome, DropDevice) and not outcome.is_foreign:
        return Rung(is_gone=True)
    return Rung(is_foreign=isinstance(outcome, DropDevice), problem=outcome.reason)
