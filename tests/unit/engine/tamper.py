"""Publishers and stores that are broken on purpose: proof that the counting can fail."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from postengine.clock import Clock
from postengine.engine.ports import Answered, Draft, Made, Publisher, Seen, Sighting, Store, Transaction, W
from postengine.engine.posts.tenant import Account
from postengine.errors import PostEngineError
from postengine.testing.publisher import PassOn

T = TypeVar("T")


class PromotesTwice(PassOn):
    """Promotes again what is still queued at its date, as if it were stuck."""

    def list_posts(self, account: Account, start: datetime, end: datetime) -> Sighting:
        sighting = self.inner.list_posts(account, start, end)
        for seen in sighting.posts:
            if seen.state == "QUEUE" and seen.publish_at <= sighting.server_time:
                try:
                    self.inner.promote(account, seen.id)
                except PostEngineError:
                    continue
        return sighting


class Resends(PassOn):
    """Makes and promotes a second post where the promote of the first was not answered."""

    def __init__(self, inner: Publisher) -> None:
        super().__init__(inner)
        self._drafts: dict[str, Draft] = {}

    def draft(self, account: Account, draft: Draft) -> Made:
        made = self.inner.draft(account, draft)
        self._drafts[made.remote_id] = draft
        return made

    def promote(self, account: Account, remote_id: str) -> Answered:
        try:
            return self.inner.promote(account, remote_id)
        except PostEngineError as error:
            if not error.in_flight or remote_id not in self._drafts:
                raise
            made = self.inner.draft(account, self._drafts[remote_id])
            return self.inner.promote(account, made.remote_id)


class NoFence(PassOn):
    """Deletes nothing, and hides what was to be deleted."""

    def __init__(self, inner: Publisher, clock: Clock) -> None:
        super().__init__(inner)
        self._clock = clock
        self._hidden: set[str] = set()

    def delete(self, account: Account, remote_id: str) -> Answered:  # noqa: ARG002 - the port's
        self._hidden.add(remote_id)
        return Answered(elapsed=timedelta(0), server_time=self._clock.now())

    def list_posts(self, account: Account, start: datetime, end: datetime) -> Sighting:
        sighting = self.inner.list_posts(account, start, end)
        posts = tuple(seen for seen in sighting.posts if seen.id not in self._hidden)
        return Sighting(posts=posts, server_time=sighting.server_time)


class EarlyClock(PassOn):
    """Says that the server's clock is a minute behind: every DELETE seems to be in time."""

    def list_posts(self, account: Account, start: datetime, end: datetime) -> Sighting:
        sighting = self.inner.list_posts(account, start, end)
        return Sighting(posts=sighting.posts, server_time=sighting.server_time - timedelta(minutes=1))


class Watched(PassOn):
    """Tells before and after each request: `asking` and `answered`."""

    def __init__(self, inner: Publisher, tell: Callable[[str], None]) -> None:
        super().__init__(inner)
        self._tell = tell

    def list_posts(self, account: Account, start: datetime, end: datetime) -> Sighting:
        return self._watch(lambda: self.inner.list_posts(account, start, end))

    def draft(self, account: Account, draft: Draft) -> Made:
        return self._watch(lambda: self.inner.draft(account, draft))

    def rewrite(self, account: Account, seen: Seen, draft: Draft) -> Made:
        return self._watch(lambda: self.inner.rewrite(account, seen, draft))

    def promote(self, account: Account, remote_id: str) -> Answered:
        return self._watch(lambda: self.inner.promote(account, remote_id))

    def delete(self, account: Account, remote_id: str) -> Answered:
        return self._watch(lambda: self.inner.delete(account, remote_id))

    def upload(self, account: Account, file: Path) -> tuple[str, str]:
        return self._watch(lambda: self.inner.upload(account, file))

    def _watch(self, call: Callable[[], T]) -> T:
        self._tell("asking")
        answer = call()
        self._tell("answered")
        return answer


class WatchedStore:
    """Tells before and after each commit: `committing` and `committed`."""

    def __init__(self, inner: Store, tell: Callable[[str], None]) -> None:
        self._inner = inner
        self._tell = tell

    def now(self) -> datetime:
        return self._inner.now()

    @contextmanager
    def transaction(self, connection: object | None = None) -> Generator[Transaction]:
        with self._inner.transaction(connection) as tx:
            yield tx
            self._tell("committing")
        self._tell("committed")

    def claim(self, kind: type[W], *, limit: int, lease: timedelta, owner: str) -> list[W]:
        return self._inner.claim(kind, limit=limit, lease=lease, owner=owner)

    def next_act_at(self) -> datetime | None:
        return self._inner.next_act_at()
