"""A publisher and a store that tell of each step, so that a test can stop there."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from postengine.engine.ports import Answered, Draft, Made, Publisher, Seen, Sighting, Store, Transaction, W
from postengine.engine.posts.tenant import Account
from postengine.testing.publisher import PassOn

T = TypeVar("T")


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
