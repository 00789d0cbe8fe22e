"""A publisher that stands between the engine and another one, for faults of your own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from postengine.engine.ports import (
    AccountHealth,
    Answered,
    Draft,
    KnownMedia,
    Made,
    Publisher,
    Seen,
    Sighting,
)
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.errors import Problem
from postengine.engine.posts.tenant import Account


class PassOn:
    """Passes everything on to another publisher; override what is to differ. Implements `Publisher`.

    Attributes:
        inner: The other one.
    """

    def __init__(self, inner: Publisher) -> None:
        self.inner = inner

    def list_posts(self, account: Account, start: datetime, end: datetime) -> Sighting:
        """Pass it on."""
        return self.inner.list_posts(account, start, end)

    def draft(self, account: Account, draft: Draft) -> Made:
        """Pass it on."""
        return self.inner.draft(account, draft)

    def rewrite(self, account: Account, seen: Seen, draft: Draft) -> Made:
        """Pass it on."""
        return self.inner.rewrite(account, seen, draft)

    def promote(self, account: Account, remote_id: str) -> Answered:
        """Pass it on."""
        return self.inner.promote(account, remote_id)

    def delete(self, account: Account, remote_id: str) -> Answered:
        """Pass it on."""
        return self.inner.delete(account, remote_id)

    def upload(self, account: Account, file: Path) -> tuple[str, str]:
        """Pass it on."""
        return self.inner.upload(account, file)

    def has_media(self, account: Account, url: str) -> bool:
        """Pass it on."""
        return self.inner.has_media(account, url)

    def health(self, account: Account, since: datetime | None) -> AccountHealth:
        """Pass it on."""
        return self.inner.health(account, since)

    def reconnect_link(self, account: Account, provider: str) -> str | None:
        """Pass it on."""
        return self.inner.reconnect_link(account, provider)

    def failure_reasons(self, account: Account, failed: Sequence[Seen]) -> Mapping[str, str]:
        """Pass it on."""
        return self.inner.failure_reasons(account, failed)

    def check(
        self,
        channel: Channel,
        text: str,
        media: Sequence[KnownMedia],
        settings: Mapping[str, object],
        comments: Sequence[str] = (),
    ) -> list[Problem]:
        """Pass it on."""
        return self.inner.check(channel, text, media, settings, comments)
