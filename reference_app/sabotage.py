"""Breaks it on purpose, for the demo: a publisher that does what a naive engine would do.

It stands between the engine and Postiz, so the engine itself stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter

from postengine.clock import Clock
from postengine.engine.ports import Answered, Draft, Made, Publisher, Seen, Sighting
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
    """Sends again at once what was not answered, as if it could not have been done.

    Args:
        inner: The true publisher.
        folder: Each draft is remembered here by its id, for all processes.
    """

    def __init__(self, inner: Publisher, folder: Path) -> None:
        super().__init__(inner)
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def draft(self, account: Account, draft: Draft) -> Made:
        """Make a draft, twice if the first was not answered."""
        made = _twice(lambda: self.inner.draft(account, draft))
        self._remember(made.remote_id, draft)
        return made

    def rewrite(self, account: Account, seen: Seen, draft: Draft) -> Made:
        """Pass it on, and remember the new content."""
        made = self.inner.rewrite(account, seen, draft)
        self._remember(made.remote_id, draft)
        return made

    def promote(self, account: Account, remote_id: str) -> Answered:
        """Promote; if that is not answered, make the same draft once more and promote that."""
        try:
            return self.inner.promote(account, remote_id)
        except PostEngineError as error:
            file = self._folder / f"{remote_id}.json"
            if not error.in_flight or not file.exists():
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


def sabotaged(publisher: Publisher, how: str, *, clock: Clock, folder: Path) -> Publisher:
    """Return `publisher`, broken as `how` says: `none`, `promote-twice`, `resend` or `no-fence`."""
    match how:
        case "promote-twice":
            return PromotesTwice(publisher)
        case "resend":
            return Resends(publisher, folder / "resend")
        case "no-fence":
            return SkipsTheFence(publisher, clock, folder / "no-fence")
        case _:
            return publisher


def _twice(make: Callable[[], Made]) -> Made:
    try:
        return make()
    except PostEngineError as error:
        if not error.in_flight:
            raise
        return make()
