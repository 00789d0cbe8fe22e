"""Attempts: written down before the outside world is called, closed with its answer."""

from __future__ import annotations

from dataclasses import replace

from postengine.engine.ports import Ports
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import ClaimLost
from postengine.engine.posts.hold import is_allowed
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.record import Attempt, Outcome, RemotePost, Verb
from postengine.engine.posts.states import OFF_MARKET, Step
from postengine.errors import PostEngineError

from .budget import spend
from .change import Change, changing
from .holds import holds_on
from .moving import ours, put_off, write

_NOT_DONE = frozenset({Outcome.UNSENT, Outcome.REFUSED})
_SENDS = frozenset({Verb.CREATE, Verb.REWRITE, Verb.PROMOTE, Verb.PUSH, Verb.MESSAGE})


def open_attempt(
    ports: Ports, delivery: Delivery, step: Step, verb: Verb, *, remote_id: str | None = None
) -> Attempt:
    """Write down that `verb` is about to be asked for: the last write before the call.

    In one transaction it makes sure that the work is still ours and in time, that no hold forbids it and
    that the property is still on the market; takes a POST out of the budget; and notes an id's one promote
    request.

    Raises:
        ClaimLost: The work is no longer ours, or no longer allowed and planned anew. No attempt was made.
    """
    with changing(ports) as change:
        row = ours(change, delivery)
        attempt = _begin(change, row, step, verb, remote_id)
    if attempt is None:
        raise ClaimLost(delivery.id, delivery.fence)
    return attempt


def close_attempt(
    change: Change, attempt: Attempt, outcome: Outcome, *, detail: str = "", remote_id: str | None = None
) -> Attempt:
    """Write down how it was answered. This is evidence: it is kept whoever has the work now."""
    closed = replace(
        attempt,
        outcome=outcome,
        detail=detail[:500],
        remote_id=remote_id or attempt.remote_id,
        closed_at=change.now,
    )
    change.tx.save(closed)
    if attempt.verb is Verb.PROMOTE and attempt.remote_id is not None and outcome in _NOT_DONE:
        remote = change.need(RemotePost, attempt.remote_id, lock=True)
        # Refused, it may not be asked for again with this id; but no run of it is on its way.
        is_dead = remote.is_dead or outcome is Outcome.REFUSED
        change.tx.save(replace(remote, asked_at=None, is_dead=is_dead))
    return closed


def outcome_of(error: PostEngineError) -> Outcome:
    """Return what is known of a request that ended in `error`."""
    if error.in_flight:
        return Outcome.UNANSWERED
    if error.may_have_happened:
        return Outcome.FAILED
    return Outcome.UNSENT if error.retryable else Outcome.REFUSED


def attempts_of(change: Change, delivery: Delivery, *verbs: Verb) -> list[Attempt]:
    """Return the attempts of `delivery` in its present occurrence with one of `verbs`, oldest first."""
    where = {"delivery_id": delivery.id, "occurrence": delivery.occurrence, "verb": verbs}
    return change.tx.find(Attempt, where, order_by="opened_at")


def remotes_of(change: Change, delivery: Delivery) -> list[RemotePost]:
    """Return every Postiz post that we made for `delivery` and have not seen gone, oldest first."""
    return change.tx.find(RemotePost, {"delivery_id": delivery.id, "gone_at": None}, order_by="made_at")


def _begin(change: Change, row: Delivery, step: Step, verb: Verb, remote_id: str | None) -> Attempt | None:
    if verb in _SENDS and not _is_in_time_and_free(change, row, step):
        write(change, row, row, by=step)
        return None
    if verb in _SENDS and _is_off_market(change, row):
        put_off(change, row, why="the listing is off the market")
        return None
    if verb in {Verb.CREATE, Verb.REWRITE} and not spend(change, row):
        put_off(change, row, why="the hourly budget of Postiz was used up by others meanwhile")
        return None
    change.tx.save(replace(row, lease_until=change.now + change.ports.timings.lease))
    if remote_id is not None and verb in {Verb.PROMOTE, Verb.REWRITE}:
        remote = change.need(RemotePost, remote_id, lock=True)
        is_asked = verb is Verb.PROMOTE
        # Until a rewrite is answered to whoever still has the work, its id is dead: it may be written late.
        change.tx.save(replace(remote, asked_at=change.now) if is_asked else replace(remote, is_dead=True))
    attempt = Attempt(
        id=change.ports.ids.new("att"),
        delivery_id=row.id,
        tenant_id=row.tenant_id,
        account_id=row.account_id,
        step=step,
        verb=verb,
        fence=row.fence,
        rev=row.rev,
        occurrence=row.occurrence,
        remote_id=remote_id,
        opened_at=change.now,
    )
    change.tx.add(attempt)
    return attempt


def may_run(change: Change, delivery: Delivery) -> bool:
    """Whether Postiz may be about to publish a post of it: we have asked, and have not fenced it off."""
    return any(remote.asked_at is not None for remote in remotes_of(change, delivery))


def _is_in_time_and_free(change: Change, row: Delivery, step: Step) -> bool:
    is_free = is_allowed(step, [hold.reason for hold in holds_on(change.tx, row)])
    return is_free and change.now < row.miss_at


def _is_off_market(change: Change, row: Delivery) -> bool:
    return row.listing_id is not None and change.need(Listing, row.listing_id).status in OFF_MARKET
