"""Ping: a test notification, so that a person sees at once whether a phone rings."""

from __future__ import annotations

from datetime import timedelta

from postengine.engine.ledger.change import changing
from postengine.engine.ledger.doorbell import can_ring, heed, name_of, push
from postengine.engine.ports import Ports, Ring, Rung
from postengine.engine.posts.agent import Device
from postengine.engine.posts.errors import Conflict

_LASTS = timedelta(minutes=10)


def ping(ports: Ports, device_id: str, *, who: str = "person") -> Rung:
    """Ring a phone with a test notification, at once and whatever the hour; return what came of it.

    The push is sent before this returns, so that whoever asked for it is told.

    Args:
        ports: What the engine works with.
        device_id: The phone.
        who: Written into the history.

    Raises:
        NotFound: There is no such device.
        Conflict: It was revoked, or has no registration that rings (codes `revoked`, `no_push`).
    """
    with changing(ports) as change:
        device = change.need(Device, device_id)
        _check(device)
        ring = Ring(
            kind="ping",
            task_id="",
            rev=0,
            channel="",
            title="",
            expires_at=change.now + _LASTS,
            time_to_live=_LASTS,
            link=ports.agent_link.partition("?")[0],
        )
    answer = push(ports, device, ring)
    with changing(ports) as change:
        heed(change, device, answer)
        why = (
            "test notification taken by the push service"
            if answer.is_accepted
            else "test notification failed"
        )
        change.note(device, by=who, why=why, tenant_id=device.tenant_id, subject_id=device.id)
    return answer


def _check(device: Device) -> None:
    if device.revoked_at is not None:
        raise Conflict("revoked", f"{name_of(device)} was revoked; pair it anew")
    if not can_ring(device):
        message = f"{name_of(device)} has no push registration that rings; open the app on it"
        raise Conflict("no_push", message)
