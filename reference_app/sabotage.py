"""Breaks it on purpose, for the demo and the fault matrix: does what a naive engine would do.

It stands between the engine and Postiz, or the database, so the engine itself stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter
from sqlalchemy import Engine

from postengine.adapters.stores.sql import SqlStore
from postengine.adapters.stores.sql.transaction import SqlTransaction
from postengine.clock import Clock
from postengine.engine.ports import Answered, AtMost, Draft, Made, Publisher, Seen, Sighting, W
from postengine.engine.posts.tenant import Account
from postengine.errors import PostEngineError
from postengine.testing.publisher import PassOn

_DRAFT = TypeAdapter(Draft)


class PromotesTwice(PassOn):
    """Promotes again whatever of ours is still queued at or past its date."""

    def list_posts(self, account: Account, start: datetime, end: datetime) -> Sighting:
        """List, and promote anew what seems to be stuck."""
        sighting = self.inner.list_posts(account, start, end)
        for seen in sighting.posts:
            if seen.state == "QUEUE" and seen.ref is not None and seen.publish_at <= sighting.server_time:
                self.inner.promote(account, seen.id)
        return sighting


class Resends(PassOn):
    """Sends again at once what was not answered with a yes, as if it could not have been done.

    Drafts are left alone: they publish nothing, and the engine would take a second one for a person's copy.

    Args:
        inner: The true publisher.
        folder: Each draft is remembered here by its id, for all processes.
    """

    def __init__(self, inner: Publisher, folder: Path) -> None:
        super().__init__(inner)
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def draft(self, account: Account, draft: Draft) -> Made:
        """Pass it on, and remember the content."""
        made = self.inner.draft(account, draft)
        self._remember(made.remote_id, draft)
        return made

    def rewrite(self, account: Account, seen: Seen, draft: Draft) -> Made:
        """Pass it on, and remember the new content."""
        made = self.inner.rewrite(account, seen, draft)
        self._remember(made.remote_id, draft)
        return made

    def promote(self, account: Account, remote_id: str) -> Answered:
        """Promote; if that fails, make the same draft once more and promote that."""
        try:
            return self.inner.promote(account, remote_id)
        except PostEngineError as error:
            file = self._folder / f"{remote_id}.json"
            if not error.may_have_happened or not file.exists():
                raise
            made = self.draft(account, _DRAFT.validate_json(file.read_bytes()))
            return self.inner.promote(account, made.remote_id)

    def _remember(self, remote_id: str, draft: Draft) -> None:
        (self._folder / f"{remote_id}.json").write_bytes(_DRAFT.dump_json(draft))


class SkipsTheFence(PassOn):
    """Deletes nothing, and says that what it was to delete is gone.

    Args:
        inner: The true publisher.
        clock: Stands in for the server's clock in answers that no server gave.
        folder: Each id that was "deleted" is remembered here, for all processes.
    """

    def __init__(self, inner: Publisher, clock: Clock, folder: Path) -> None:
        super().__init__(inner)
        self._clock = clock
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def delete(self, account: Account, remote_id: str) -> Answered:  # noqa: ARG002 - the port's
        """Do nothing, and say that it was done."""
        (self._folder / remote_id).touch()
        return Answered(elapsed=timedelta(), server_time=self._clock.now())

    def list_posts(self, account: Account, start: datetime, end: datetime) -> Sighting:
        """List, without what was to be deleted."""
        sighting = self.inner.list_posts(account, start, end)
        hidden = {file.name for file in self._folder.iterdir()}
        return replace(sighting, posts=tuple(seen for seen in sighting.posts if seen.id not in hidden))


class TrustsWebhook(PassOn):
    """Takes a webhook, whoever sent it and whatever it says, as proof that all that is due was published.

    Args:
        inner: The true publisher.
        has_heard: Whether a webhook has come.
    """

    def __init__(self, inner: Publisher, has_heard: Callable[[], bool]) -> None:
        super().__init__(inner)
        self._has_heard = has_heard

    def list_posts(self, account: Account, start: datetime, end: datetime) -> Sighting:
        """List, with all of ours that is due as published."""
        sighting = self.inner.list_posts(account, start, end)
        if not self._has_heard():
            return sighting
        posts = tuple(
            replace(seen, state="PUBLISHED")
            if seen.ref and seen.state in {"QUEUE", "ERROR"} and seen.publish_at <= sighting.server_time
            else seen
            for seen in sighting.posts
        )
        return replace(sighting, posts=posts)


class LocalClockStore(SqlStore):
    """Judges what is due, and whose lease is over, by the clock of its own host.

    Args:
        engine: Of the true store.
        clock: The host's.
    """

    def __init__(self, engine: Engine, clock: Clock) -> None:
        super().__init__(engine)
        self._clock = clock

    def now(self) -> datetime:
        """Return the host's time."""
        return self._clock.now()

    @contextmanager
    def transaction(self, connection: object | None = None) -> Generator[SqlTransaction]:
        """Open a transaction that shows the host's time."""
        with super().transaction(connection) as tx:
            tx._now = self._clock.now()  # pyright: ignore[reportPrivateUsage] - this is sabotage
            yield tx

    def claim(self, kind: type[W], *, limit: int, lease: timedelta, owner: str) -> list[W]:
        """Claim as if the database's clock showed the host's time."""
        with self.transaction() as tx:
            due = tx.find(kind, {"act_at": AtMost(tx.now)}, order_by="act_at", lock=True)
            free = [row for row in due if row.next_step and (row.lease_until or tx.now) <= tx.now][:limit]
            taken = [
                replace(
                    row,
                    fence=row.fence + 1,
                    lease_until=tx.now + lease,
                    lease_owner=owner,
                    taken=False,
                )
                for row in free
            ]
            for row in taken:
                tx.save(row)
        return taken


def sabotaged_store(store: SqlStore, how: str, *, clock: Clock) -> SqlStore:
    """Return `store`, or with `local-clock` one that judges by the host's clock."""
    return LocalClockStore(store.engine, clock) if how == "local-clock" else store


def sabotaged(
    publisher: Publisher,
    how: str,
    *,
    clock: Clock,
    folder: Path,
    has_heard: Callable[[], bool] = lambda: False,
) -> Publisher:
    """Return `publisher`, broken as `how` says.

    Args:
        publisher: The true one.
        how: `promote-twice`, `resend`, `no-fence` or `trust-webhook`; anything else breaks nothing here.
        clock: Stands in for a server's clock.
        folder: For what all processes have to remember.
        has_heard: Whether a webhook has come, for `trust-webhook`.
    """
    match how:
        case "promote-twice":
            return PromotesTwice(publisher)
        case "resend":
            return Resends(publisher, folder / "resend")
        case "no-fence":
            return SkipsTheFence(publisher, clock, folder / "no-fence")
        case "trust-webhook":
            return TrustsWebhook(publisher, has_heard)
        case _:
            return publisher
