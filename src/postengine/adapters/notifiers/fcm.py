"""The engine's Notifier over FCM."""

from __future__ import annotations

from datetime import timedelta

from postengine.engine.ports import Ring, Rung
from postengine.engine.posts.agent import Device, PushKind
from postengine.fcm import (
    AndroidConfig,
    AndroidNotification,
    DeliveredToFcm,
    DropDevice,
    FcmClient,
    Message,
    Notification,
    RetryAt,
    WebpushConfig,
)

_LONGEST_TTL = timedelta(days=28)
_CHANNEL = "manual_tasks"


class FcmNotifier:
    """Rings phones through FCM; a phone without an FCM registration is a problem to be told.

    Args:
        client: Speaks with one Firebase project.
    """

    def __init__(self, client: FcmClient) -> None:
        self._client = client

    def push(self, device: Device, ring: Ring) -> Rung:
        """Ring one device."""
        if device.push_kind is not PushKind.FCM:
            return Rung(problem=f"device {device.id} has no FCM registration; open the app on it")
        outcome = self._client.send(to_message(device.push_address, ring))
        if isinstance(outcome, DeliveredToFcm):
            return Rung()
        if isinstance(outcome, RetryAt):
            return Rung(retry_after=timedelta(seconds=outcome.after_s))
        if isinstance(outcome, DropDevice):
            return Rung(is_gone=True)
        return Rung(problem=outcome.reason)


class NoPush:
    """Stands in where no push service is set up: phones find their tasks by asking."""

    def push(self, device: Device, ring: Ring) -> Rung:
        """Say that nothing was sent."""
        return Rung(
            problem=f"no push service is set up; device {device.id} learns of {ring.task_id} by asking"
        )


def to_message(fid: str, ring: Ring) -> Message:
    """Return the doorbell for an FCM registration: no caption and no link to a file in it."""
    link = ring.link if ring.link.startswith("https://") else None
    data = {
        "v": "1",
        "type": ring.kind,
        "task_id": ring.task_id,
        "rev": str(ring.rev),
        "channel": ring.channel,
        "title": ring.title,
        "expires_at": ring.expires_at.isoformat(),
        "link": ring.link,
    }
    title = f"Time to post: {ring.title}"
    return Message(
        fid=fid,
        data=data,
        notification=Notification(title=title, body=ring.channel.replace("_", " ")),
        android=AndroidConfig(
            priority="HIGH",
            ttl_s=int(min(ring.time_to_live, _LONGEST_TTL).total_seconds()),
            collapse_key=ring.task_id,
            notification=AndroidNotification(channel_id=_CHANNEL, tag=ring.task_id),
        ),
        webpush=WebpushConfig(link=link) if link else None,
    )
