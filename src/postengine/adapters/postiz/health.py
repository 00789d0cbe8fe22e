"""What Postiz's list of channels and its notifications tell of a channel's health.

Notifications are free text without an id; they name a provider, and sometimes the channel. One that fits
several channels is reported as unclear and blamed on none of them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from postengine.engine.ports import AccountHealth, ChannelHealth
from postengine.postiz import Integration, Notification

_RECONNECT = re.compile(
    r"couldn't post to (?P<provider>[\w-]+) for (?P<channel>.+?) because you need to reconnect it"
)
_REFRESH = re.compile(r"Could not refresh your (?P<provider>[\w-]+) channel\b(?P<channel>)")
_PUBLISHED = re.compile(r"has been published on (?P<provider>[\w -]+?) at (?P<channel>)")


@dataclass(frozen=True, slots=True)
class _Word:
    """A notification that says something about a channel; `channel` is empty where it names none."""

    kind: Literal["trouble", "published"]
    provider: str
    channel: str
    text: str


def read_health(
    integrations: Sequence[Integration],
    notifications: Sequence[Notification],
    since: datetime | None,
    looked_at: datetime,
) -> AccountHealth:
    """Return the health of all channels, by the notifications that are newer than `since`.

    Args:
        integrations: All of the account's.
        notifications: Newest first, as they are listed.
        since: Of the last look; None: only the future counts, for what was before may be mended long ago.
        looked_at: Postiz's time when it listed them: where the next look begins if there is no notification.
    """
    newest = max((note.created_at for note in notifications), default=since or looked_at)
    fresh = [note for note in notifications if since is not None and note.created_at > since]
    words = [word for note in fresh if (word := _word(note)) is not None]
    meant = [(word, _channels_of(word, integrations)) for word in words]
    return AccountHealth(
        channels=tuple(
            _health(channel, [word for word, channels in meant if channels == [channel]])
            for channel in integrations
        ),
        read_until=newest,
        unclear=tuple(word.text for word, channels in meant if len(channels) > 1 and word.kind == "trouble"),
    )


def _health(channel: Integration, words: Sequence[_Word]) -> ChannelHealth:
    last = words[0] if words else None
    return ChannelHealth(
        integration_id=channel.id,
        provider=channel.identifier,
        fingerprint=_fingerprint(channel),
        is_disabled=channel.disabled,
        trouble=last.text if last is not None and last.kind == "trouble" else None,
        has_published=last is not None and last.kind == "published",
    )


def _fingerprint(channel: Integration) -> str:
    """Sum up what is stored anew when a channel is connected, or its token refreshed.

    The picture is copied under a new name each time (integration.service.ts, createOrUpdateIntegration).
    """
    told = "\x1f".join((channel.name, channel.picture or "", channel.profile or ""))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _word(note: Notification) -> _Word | None:
    text = note.content.strip()
    for pattern in (_RECONNECT, _REFRESH):
        match = pattern.search(text)
        if match is not None:
            return _Word("trouble", match["provider"].lower(), match["channel"], text)
    match = _PUBLISHED.search(text)
    return None if match is None else _Word("published", match["provider"].lower(), "", text)


def _channels_of(word: _Word, integrations: Sequence[Integration]) -> list[Integration]:
    return [
        channel
        for channel in integrations
        if channel.identifier.lower() == word.provider and word.channel in {"", channel.name}
    ]
