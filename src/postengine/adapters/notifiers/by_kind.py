"""One Notifier of several: each device is rung by the way that it registered for."""

from __future__ import annotations

from collections.abc import Mapping

from postengine.engine.ports import Notifier, Ring, Rung
from postengine.engine.posts.agent import Device, PushKind


class NotifierByKind:
    """Hands each push to the notifier for the device's kind; a kind without one is a problem to be told.

    Args:
        notifiers: What is set up, by kind.
    """

    def __init__(self, notifiers: Mapping[PushKind, Notifier]) -> None:
        self._notifiers = dict(notifiers)

    @property
    def kinds(self) -> frozenset[PushKind]:
        """What is set up."""
        return frozenset(self._notifiers)

    def push(self, device: Device, ring: Ring) -> Rung:
        """Ring one device."""
        notifier = self._notifiers.get(device.push_kind)
        if notifier is None:
            return Rung(
                problem=f"no push service of the kind {device.push_kind} is set up; "
                f"device {device.id} learns of {ring.task_id} by asking"
            )
        return notifier.push(device, ring)
