"""The engine broken on purpose, a small patch each: proof that the counting finds what it is to find."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from postengine.adapters.postiz import PostizPublisher
from postengine.adapters.stores.memory import MemoryStore
from postengine.engine.commands import cancel
from postengine.engine.delivery import confirm, desk, judge, miss, promote, recall, stage
from postengine.engine.ledger import attempts, moving
from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.moving import disturb
from postengine.engine.ports import Answered, Draft, Made, Ports, Seen, Sighting, Transaction
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.record import Attempt, Outcome, RemotePost, Verb
from postengine.engine.posts.states import DeliveryState, Step
from postengine.engine.posts.tenant import Account
from postengine.engine.posts.timings import Timings
from postengine.errors import PostEngineError
from reference_app.api import webhooks

from . import world
from .surroundings import StoreClock

_S = DeliveryState


@dataclass(frozen=True)
class Sabotage:
    """A way to break the engine.

    Attributes:
        patch: Breaks it while it is entered.
        profile: Of `PROFILES`: the odds that favour what it is found by.
    """

    patch: Callable[[], AbstractContextManager[None]]
    profile: str


@contextmanager
def _put(*changes: tuple[object, str, object]) -> Generator[None]:
    before = [(holder, name, getattr(holder, name)) for holder, name, _ in changes]
    for holder, name, value in changes:
        setattr(holder, name, value)
    try:
        yield
    finally:
        for holder, name, value in before:
            setattr(holder, name, value)


def _skip_fence() -> AbstractContextManager[None]:
    """Recall without a DELETE, and without a look: believe at once that nothing is left."""

    def arrive(desk_: desk.Desk, _remote_id: str) -> bool:
        return bool(desk_)

    return _put((recall, "delete", arrive), (recall, "look", _blind_look(lambda _desk, _seen: False)))


def _blind_look(shows: Callable[[desk.Desk, Seen], bool]) -> Callable[..., Sighting]:
    def look(at: desk.Desk, *, ever: bool = False) -> Sighting:
        sighting = desk.look(at, ever=ever)
        return replace(sighting, posts=tuple(seen for seen in sighting.posts if shows(at, seen)))

    return look


def _promote_twice() -> AbstractContextManager[None]:
    """Ask once more to promote what is still queued at its date, as if it were stuck."""
    note = confirm._note

    def twice(ports: Ports, row: Delivery, sighting: Sighting, reasons: Mapping[str, str]) -> None:
        seen = sighting.by_id(row.remote_id or "")
        if seen is not None and seen.state == "QUEUE" and seen.publish_at <= sighting.server_time:
            _promote_again(ports, row, seen)
        note(ports, row, sighting, reasons)

    return _put((confirm, "_note", twice))


def _promote_again(ports: Ports, row: Delivery, seen: Seen) -> None:
    account = desk.sit_down(ports, row).account
    try:
        ports.publisher.promote(account, seen.id)
    except PostEngineError:
        return


def _keep_id_after_lost_edit() -> AbstractContextManager[None]:
    """Go on with a draft whose rewriting was not answered, as if it had been written."""
    not_made = stage._not_made

    def kept(at: desk.Desk, attempt: Attempt, error: PostEngineError) -> None:
        if attempt.verb is not Verb.REWRITE or attempts.outcome_of(error) is not Outcome.UNANSWERED:
            not_made(at, attempt, error)
            return
        with changing(at.ports) as change:
            attempts.close_attempt(change, attempt, Outcome.DONE)
            row = moving.ours(change, at.delivery)
            remote = change.need(RemotePost, attempt.remote_id or "", lock=True)
            change.tx.save(replace(remote, rev=attempt.rev, publish_at=at.delivery.due_at, is_dead=False))
            moving.finish(change, row, replace(row, state=_S.STAGED, remote_id=remote.id), by=Step.STAGE)

    return _put((stage, "_not_made", kept), (promote, "judge", _judge_without_rev))


_judge = judge.judge


def _judge_without_rev(evidence: judge.Evidence, sighting: Sighting, timings: Timings) -> judge.Verdict:
    rev = evidence.delivery.rev
    ref = evidence.delivery.ref
    posts = tuple(
        replace(seen, rev=rev) if seen.ref == ref and seen.state == "DRAFT" else seen
        for seen in sighting.posts
    )
    return _judge(evidence, replace(sighting, posts=posts), timings)


def _trust_delete() -> AbstractContextManager[None]:
    """Believe an answered DELETE without the listing that proves it."""

    def shows(at: desk.Desk, seen: Seen) -> bool:
        with changing(at.ports) as change:
            where = {"delivery_id": at.delivery.id, "verb": Verb.DELETE, "remote_id": seen.id}
            asked = change.tx.find(Attempt, where)
        return not any(attempt.outcome is Outcome.DONE for attempt in asked)

    return _put((recall, "look", _blind_look(shows)))


def _trust_late_delete() -> AbstractContextManager[None]:
    """Believe a DELETE after the due time: what is seen absent then is cancelled."""

    def never(_at: desk.Desk, _before: Sighting, _server_time: datetime) -> bool:
        return False

    return _put((recall, "_is_too_late_at", never))


def _adopt_any_rev() -> AbstractContextManager[None]:
    """Adopt a draft by its mark alone, whichever rev it has."""
    return _put((stage, "judge", _judge_without_rev), (promote, "judge", _judge_without_rev))


def _recreate_vanished() -> AbstractContextManager[None]:
    """Make a post anew that has vanished from Postiz."""
    note = confirm._note

    def anew(ports: Ports, row: Delivery, sighting: Sighting, reasons: Mapping[str, str]) -> None:
        note(ports, row, sighting, reasons)
        with changing(ports) as change:
            stored = change.need(Delivery, row.id, lock=True)
            if stored.seen_state == "absent" and stored.state in {_S.PROMOTED, _S.UNCONFIRMED}:
                after = replace(stored, recall=_S.PLANNED, recall_is_decided=True)
                disturb(change, stored, after, by="engine", why="vanished: made anew")

    return _put((confirm, "_note", anew))


def _open_no_attempt() -> AbstractContextManager[None]:
    """Call first, and write the attempt down with its answer."""

    def unwritten(
        ports: Ports, delivery: Delivery, step: Step, verb: Verb, *, remote_id: str | None = None
    ) -> Attempt:
        return Attempt(
            id=ports.ids.new("att"),
            delivery_id=delivery.id,
            tenant_id=delivery.tenant_id,
            account_id=delivery.account_id,
            step=step,
            verb=verb,
            fence=delivery.fence,
            rev=delivery.rev,
            occurrence=delivery.occurrence,
            remote_id=remote_id,
            opened_at=ports.store.now(),
        )

    def close(
        change: Change, attempt: Attempt, outcome: Outcome, *, detail: str = "", remote_id: str | None = None
    ) -> Attempt:
        change.tx.add(attempt)
        return attempts.close_attempt(change, attempt, outcome, detail=detail, remote_id=remote_id)

    return _put(
        *((room, "open_attempt", unwritten) for room in (stage, promote)),
        *((room, "close_attempt", close) for room in (stage, promote)),
    )


def _trust_webhook() -> AbstractContextManager[None]:
    """Take a webhook for the news that all that is due has been published."""

    def believe(ports: Ports) -> bool:
        with changing(ports) as change:
            for row in change.tx.find(Delivery, {"state": _S.PROMOTED}, lock=True):
                if row.due_at <= change.now:
                    after = replace(row, state=_S.PUBLISHED, confirmed_at=change.now)
                    disturb(change, row, after, by=Step.CONFIRM, why="the webhook said so")
        return True

    return _put((webhooks, "wake_polls", believe))


def _lease_by_host_clock() -> AbstractContextManager[None]:
    """Judge leases, and all else, by the clock of whichever host asks."""

    class AskersClock(StoreClock):
        def __init__(self, around: world.World) -> None:
            super().__init__(around.scheduler)
            self._world = around

        def now(self) -> datetime:
            scheduler = self._world.scheduler
            asking = (host.now() for host in self._world.hosts if host.actor is scheduler.current)
            return next(asking, scheduler.now())

    return _put((world.World, "empty_store", lambda self: MemoryStore(AskersClock(self))))


def _forget_restored_hold() -> AbstractContextManager[None]:
    """Go on with a restored store as if nothing had happened."""

    def nothing(_ports: Ports) -> None:
        return

    return _put((world, "hold_restored", nothing))


def _trust_restored_rows() -> AbstractContextManager[None]:
    """Miss and cancel what a restored store knows by its word alone, without a look at Postiz."""

    def never(_tx: Transaction, _delivery: Delivery) -> bool:
        return False

    return _put((miss, "is_restored", never), (cancel, "is_restored", never))


def _trust_early_clock() -> AbstractContextManager[None]:
    """Judge what is in time by a clock that is a minute behind Postiz's."""
    look = PostizPublisher.list_posts

    def early(self: PostizPublisher, account: Account, start: datetime, end: datetime) -> Sighting:
        sighting = look(self, account, start, end)
        return replace(sighting, server_time=sighting.server_time - timedelta(minutes=1))

    return _put((PostizPublisher, "list_posts", early))


def _resend() -> AbstractContextManager[None]:
    """Make and promote a second post where the promote of the first was not answered."""
    make, ask = PostizPublisher.draft, PostizPublisher.promote
    drafts: dict[str, Draft] = {}

    def draft(self: PostizPublisher, account: Account, wanted: Draft) -> Made:
        made = make(self, account, wanted)
        drafts[made.remote_id] = wanted
        return made

    def promote_anyhow(self: PostizPublisher, account: Account, remote_id: str) -> Answered:
        try:
            return ask(self, account, remote_id)
        except PostEngineError as error:
            if not error.in_flight or remote_id not in drafts:
                raise
            return ask(self, account, make(self, account, drafts[remote_id]).remote_id)

    return _put((PostizPublisher, "draft", draft), (PostizPublisher, "promote", promote_anyhow))


SABOTAGES: Mapping[str, Sabotage] = {
    "skip-fence": Sabotage(_skip_fence, "cancels"),
    "promote-twice": Sabotage(_promote_twice, "usual"),
    "keep-id-after-lost-edit": Sabotage(_keep_id_after_lost_edit, "edits"),
    "trust-delete": Sabotage(_trust_delete, "cancels"),
    "trust-late-delete": Sabotage(_trust_late_delete, "cancels"),
    "adopt-any-rev": Sabotage(_adopt_any_rev, "edits"),
    "recreate-vanished": Sabotage(_recreate_vanished, "hands"),
    "open-no-attempt": Sabotage(_open_no_attempt, "pauses"),
    "trust-webhook": Sabotage(_trust_webhook, "usual"),
    "lease-by-host-clock": Sabotage(_lease_by_host_clock, "usual"),
    "forget-restored-hold": Sabotage(_forget_restored_hold, "restores"),
    "trust-restored-rows": Sabotage(_trust_restored_rows, "restores"),
    "trust-early-clock": Sabotage(_trust_early_clock, "cancels"),
    "resend": Sabotage(_resend, "usual"),
}
