"""The engine's Notifier over Web Push."""

from __future__ import annotations

from datetime import timedelta

from postengine.engine.ports import Ring, Rung
from postengine.engine.posts.agent import Device, PushKind
from postengine.webpush import (
    Accepted,
    DropDevice,
    Message,
    Notification,
    Outcome,
    RetryAt,
    Subscription,
    SubscriptionInvalid,
    WebPushClient,
    topic_of,
)

_LONGEST_TTL = timedelta(days=28)
_LONGEST_TITLE = 200
_TITLES = {
    "task_closed": "No longer to post: {title}",
    "ping": "Notifications work",
    "summary": "Today: {title}",
}
_NEW_TASK = "Time to post: {title}"


class WebPushNotifier:
    """Rings browsers; a device without a Web Push subscription is a problem to be told.

    Args:
        client: Speaks with any push service.
    """

    def __init__(self, client: WebPushClient) -> None:
        self._client = client

    def push(self, device: Device, ring: Ring) -> Rung:
        """Ring one device.

        Raises:
            MessageInvalid: The ring's link is not one that a browser opens.
        """
        if device.push_kind is not PushKind.WEBPUSH:
            return Rung(problem=f"device {device.id} has no Web Push subscription; open the page on it")
        try:
            subscription = Subscription.from_json(device.push_address)
        except SubscriptionInvalid:
            return Rung(is_gone=True)
        return _rung(self._client.send(to_message(ring), subscription))


def _rung(outcome: Outcome) -> Rung:
    if isinstance(outcome, Accepted):
        return Rung()
    if isinstance(outcome, RetryAt):
        return Rung(retry_after=timedelta(seconds=outcome.after_s))
    if isinstance(outcome, DropDevice) and not outcome.is_foreign:
        return Rung(is_gone=True)
    return Rung(is_foreign=isinstance(outcome, DropDevice), problem=outcome.reason)


def to_message(ring: Ring) -> Message:
    """Return the doorbell for a browser: no caption and no link to a file in it.

    Raises:
        MessageInvalid: The link is neither https nor this machine's.
    """
    title = _short(ring.title)
    data = {
        "v": "1",
        "type": ring.kind,
        "task_id": ring.task_id,
        "rev": str(ring.rev),
        "channel": ring.channel,
        "title": title,
        "expires_at": ring.expires_at.isoformat(),
        "link": ring.link,
    }
    notification = Notification(
        title=_TITLES.get(ring.kind, _NEW_TASK).format(title=title),
        body=ring.channel.replace("_", " "),
        tag=_tag(ring),
        url=ring.link,
        data=data,
    )
    return Message(
        notification=notification,
        ttl_s=int(min(ring.time_to_live, _LONGEST_TTL).total_seconds()),
        urgency="high",
        topic=topic_of(_tag(ring)),
    )


def _tag(ring: Ring) -> str:
    """Return what makes a second push replace the first; a ping and a summary have no task."""
    return ring.task_id or ring.kind


def _short(title: str) -> str:
    """Cut a title to what a screen shows, so that none is too long to be pushed."""
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"
