"""The push of a task as a message for FCM: a doorbell, without caption or link to a file."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from postengine.engine.ports import Ring
from postengine.fcm import (
    AndroidConfig,
    AndroidNotification,
    ApnsConfig,
    Aps,
    Message,
    Notification,
    WebpushConfig,
    WebpushNotification,
    target_of,
)

_LONGEST_TTL = timedelta(days=28)
_LONGEST_TITLE = 200
_CHANNEL = "manual_tasks"
_TITLES = {
    "task_closed": "No longer to post: {title}",
    "ping": "Notifications work",
    "summary": "Today: {title}",
}
_NEW_TASK = "Time to post: {title}"


def to_message(address: str, ring: Ring) -> Message:
    """Return the doorbell for an FCM registration.

    A second one for the same task replaces the first on each platform, so that one sent twice rings twice
    and shows once.

    Args:
        address: Installation id or registration token.
        ring: What to tell.
    """
    title = _short(ring.title)
    return Message(
        **target_of(address),
        data=_data(ring, title),
        notification=Notification(
            title=_TITLES.get(ring.kind, _NEW_TASK).format(title=title), body=ring.channel.replace("_", " ")
        ),
        android=AndroidConfig(
            priority="HIGH",
            ttl_s=_ttl_s(ring),
            collapse_key=_tag(ring),
            notification=AndroidNotification(channel_id=_CHANNEL, tag=_tag(ring)),
        ),
        apns=_apns(ring),
        webpush=_webpush(ring),
    )


def _data(ring: Ring, title: str) -> dict[str, str]:
    return {
        "v": "1",
        "type": ring.kind,
        "task_id": ring.task_id,
        "rev": str(ring.rev),
        "channel": ring.channel,
        "title": title,
        "expires_at": ring.expires_at.isoformat(),
        "link": ring.link,
    }


def _apns(ring: Ring) -> ApnsConfig:
    headers = {
        "apns-priority": "10",
        "apns-expiration": str(int(ring.expires_at.timestamp())),
        "apns-collapse-id": _topic(ring),
    }
    return ApnsConfig(headers=headers, aps=Aps(sound="default"))


def _webpush(ring: Ring) -> WebpushConfig:
    return WebpushConfig(
        headers={"TTL": str(_ttl_s(ring)), "Urgency": "high", "Topic": _topic(ring)},
        notification=WebpushNotification(tag=_tag(ring), require_interaction=True),
        link=ring.link if ring.link.startswith("https://") else None,
    )


def _ttl_s(ring: Ring) -> int:
    return int(min(ring.time_to_live, _LONGEST_TTL).total_seconds())


def _tag(ring: Ring) -> str:
    """Return what makes a second push replace the first; a ping has no task."""
    return ring.task_id or ring.kind


def _topic(ring: Ring) -> str:
    """Return the same for push services, which take 32 letters and digits, whatever ids look like."""
    return hashlib.sha256(_tag(ring).encode()).hexdigest()[:32]


def _short(title: str) -> str:
    """Cut a title to what a screen shows, so that none is too long to be pushed."""
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"
