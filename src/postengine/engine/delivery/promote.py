"""Promote: let Postiz publish a staged draft at its date. An id gets one promote request, ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from postengine.engine.ledger.attempts import attempts_of, close_attempt, open_attempt, outcome_of
from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.moving import finish, ours, put_off, still_ours
from postengine.engine.ports import Ports, Seen, Sighting
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Post
from postengine.engine.posts.record import Attempt, Outcome, RemotePost, Verb
from postengine.engine.posts.states import DeliveryState, Step
from postengine.errors import PostEngineError

from .breaker import close_breaker, has_to_wait, open_breaker
from .desk import Desk, delete_drafts, free_never_started, is_skewed, later, look, pause, sit_down
from .hand import found_copies, found_earlier, found_out, found_rivals
from .judge import Verdict, judge
from .sick import is_sickness, report_sick

_S = DeliveryState
_SOON_S = 1.0
_FREE_TRIES = 2


def promote(ports: Ports, delivery: Delivery) -> None:
    """Bring a staged delivery to a promoted one, proven in time, or to what the evidence allows."""
    desk = sit_down(ports, delivery)
    pause_s = _pause_s(desk)
    if pause_s > 0:
        why = "several promotions proved nothing; trying again more slowly"
        pause(desk, why, timedelta(seconds=pause_s))
        return
    if has_to_wait(desk):
        why = "Postiz answers too slowly to prove a promotion; another delivery is probing"
        pause(desk, why, ports.timings.backoff)
        return
    try:
        sighting = look(desk)
        verdict = judge(desk.evidence, sighting, ports.timings)
        if verdict.current is None:
            sighting = look(desk, ever=True)
            verdict = judge(desk.evidence, sighting, ports.timings)
    except PostEngineError as error:
        _cannot_look(desk, error)
        return
    _decide(desk, sighting, verdict)


def _pause_s(desk: Desk) -> float:
    """Return how long to wait, in seconds: a new try costs a draft, so from the third on they come slower."""
    with changing(desk.ports) as change:
        asked = attempts_of(change, desk.delivery, Verb.PROMOTE)
        tried = [attempt for attempt in asked if attempt.outcome not in {Outcome.DONE, Outcome.UNSENT}]
        if len(tried) < _FREE_TRIES:
            return 0.0
        wait = desk.ports.timings.backoff_after(len(tried) - _FREE_TRIES + 1)
        return (tried[-1].opened_at + wait - change.now).total_seconds()


def _decide(desk: Desk, sighting: Sighting, verdict: Verdict) -> None:
    current = verdict.current
    if verdict.copies:
        found_copies(desk, verdict.copies)
    elif verdict.out:
        found_out(desk, verdict.out, by=Step.PROMOTE)
    elif verdict.rivals:
        found_rivals(desk, verdict.rivals)
    elif current is None:
        _withdrawn(desk, sighting)
    elif current.state != "DRAFT":
        _found_promoted(desk, sighting, current)
    elif current.rev not in {None, desk.delivery.rev} or _is_spent(desk, current):
        free_never_started(desk, sighting)
        _begin_anew(desk, "its draft may not be promoted any more")
    else:
        _decide_on_draft(desk, sighting, verdict, current)


def _decide_on_draft(desk: Desk, sighting: Sighting, verdict: Verdict, current: Seen) -> None:
    """Its draft has our words; if its date is ours, too, and the clocks agree, it is promoted now."""
    due_at = desk.delivery.due_at
    if current.publish_at > due_at:
        _follow_date(desk, current)
    elif current.publish_at < due_at:
        found_earlier(desk, current)
    elif (early := _early_s(desk, sighting)) > 0:
        why = "the clock of Postiz is ahead; waiting, so that nothing goes out early"
        pause(desk, why, timedelta(seconds=early))
    else:
        is_off = is_skewed(desk, sighting)  # judged while the sighting is fresh
        delete_drafts(desk, (*verdict.strays, *_one(verdict.adoptable)))
        _ask(desk, sighting, is_off=is_off)


def _early_s(desk: Desk, sighting: Sighting) -> float:
    """Return for how many seconds a promotion would be too soon: a clock ahead of ours fires early."""
    now = desk.ports.store.now()
    is_ahead = sighting.server_time - now > desk.ports.timings.skew_limit
    return (desk.delivery.due_at - now).total_seconds() if is_ahead else 0.0


def _found_promoted(desk: Desk, sighting: Sighting, current: Seen) -> None:
    """It is promoted already: by a person, which counts, or by a request of ours that was never proven."""
    is_ours = _is_spent(desk, current)
    if current.state != "QUEUE" or not is_ours:
        hand = "our own request" if is_ours else "another hand"
        _promoted(desk, f"{current.state} in Postiz already, by {hand}")
    elif sighting.server_time < current.publish_at - desk.ports.timings.fence_margin:
        _begin_anew(desk, "its promotion was never proven")
    else:
        _unconfirmed(desk, "its promotion was never proven, and Postiz shows it QUEUE at its time")


def _ask(desk: Desk, sighting: Sighting, *, is_off: bool) -> None:
    """Send the one promote request of this id, and judge its answer; `is_off`: the clocks differ too much."""
    remote_id = desk.delivery.remote_id or ""
    is_late = sighting.server_time >= desk.delivery.due_at - desk.ports.timings.fence_margin
    attempt = open_attempt(desk.ports, desk.delivery, Step.PROMOTE, Verb.PROMOTE, remote_id=remote_id)
    try:
        answered = desk.ports.publisher.promote(desk.account, remote_id)
    except PostEngineError as error:
        _not_answered(desk, attempt, error, is_late=is_late, is_off=is_off)
        return
    if answered.elapsed < desk.ports.timings.promote_proof:
        _proven(desk, attempt, answered.elapsed)
    else:
        why = f"promoted, but answered only after {answered.elapsed.total_seconds():.0f} s"
        _not_proven(desk, attempt, Outcome.UNPROVEN, why, is_late=is_late, is_off=is_off)


def _proven(desk: Desk, attempt: Attempt, elapsed: timedelta) -> None:
    with changing(desk.ports) as change:
        row = still_ours(change, desk.delivery)  # first: a delivery is locked before its account, everywhere
        detail = f"answered in {elapsed.total_seconds():.2f} s"
        close_attempt(change, attempt, Outcome.DONE, detail=detail)
        close_breaker(change, desk)
        if row is not None:
            after = replace(row, state=_S.PROMOTED, promoted_at=change.now, reason=None)
            finish(change, row, after, by=Step.PROMOTE, why=detail)


def _not_answered(
    desk: Desk, attempt: Attempt, error: PostEngineError, *, is_late: bool, is_off: bool
) -> None:
    outcome = outcome_of(error)
    if outcome is Outcome.UNANSWERED:
        _not_proven(desk, attempt, outcome, str(error), is_late=is_late, is_off=is_off)
        return
    with changing(desk.ports) as change:
        row = still_ours(change, desk.delivery)  # first: a delivery is locked before its posts, everywhere
        close_attempt(change, attempt, outcome, detail=str(error))
        if row is None:
            return
        # Its own error leaves nothing in flight: what the next listing, soon, shows is final.
        put_off(change, row, why=str(error), wait_s=error.retry_after or _SOON_S)
    if is_sickness(error):
        report_sick(desk.ports, desk.delivery, error)


def _not_proven(
    desk: Desk, attempt: Attempt, outcome: Outcome, why: str, *, is_late: bool, is_off: bool
) -> None:
    """The id is dead. With time left it is fenced off and a new draft begun; too late, we only look."""
    with changing(desk.ports) as change:
        close_attempt(change, attempt, outcome, detail=why)
        open_breaker(change, desk)  # first: an account is locked before its posts, everywhere
        _kill(change, attempt.remote_id)
    if is_late:
        _only_look(desk, attempt, outcome, why)
    elif is_off:
        _unconfirmed(desk, f"{why}; the clocks differ too much to promote a second draft")
    else:
        _begin_anew(desk, why)


def _only_look(desk: Desk, attempt: Attempt, outcome: Outcome, why: str) -> None:
    try:
        seen = look(desk, ever=True).by_id(attempt.remote_id or "")
    except PostEngineError as error:
        _unconfirmed(desk, f"{why}; {error}")
        return
    state = seen.state if seen else "absent"
    was_answered = outcome is Outcome.UNPROVEN
    if state in {"PUBLISHED", "ERROR"} or (state == "QUEUE" and was_answered):
        _promoted(desk, f"{why}; Postiz shows it {state}")
    else:
        _unconfirmed(desk, f"{why}; Postiz shows it {state}")


def _promoted(desk: Desk, why: str) -> None:
    with changing(desk.ports) as change:
        row = ours(change, desk.delivery)
        after = replace(row, state=_S.PROMOTED, promoted_at=change.now, reason=None)
        finish(change, row, after, by=Step.PROMOTE, why=why)


def _unconfirmed(desk: Desk, why: str) -> None:
    with changing(desk.ports) as change:
        row = ours(change, desk.delivery)
        after = replace(row, state=_S.UNCONFIRMED, promoted_at=change.now, reason=why)
        finish(change, row, after, by=Step.PROMOTE, why=why)
        change.alert("needs_decision", "delivery", row.id, why, row.tenant_id)


def _begin_anew(desk: Desk, why: str) -> None:
    with changing(desk.ports) as change:
        row = ours(change, desk.delivery)
        _kill(change, row.remote_id)
        after = replace(row, recall=_S.PLANNED, reason=why)
        finish(change, row, after, by=Step.RECALL, why=f"{why}: fenced off, then begun anew")


def _withdrawn(desk: Desk, sighting: Sighting) -> None:
    """It was last seen as a draft and is gone: somebody deleted it in Postiz, and meant it."""
    why = "its draft was deleted in Postiz"
    remote = desk.evidence.remote(desk.delivery.remote_id)
    margin = desk.ports.timings.fence_margin
    if remote is not None and remote.asked_at and sighting.server_time >= remote.publish_at - margin:
        _unconfirmed(desk, "its promotion was never proven, and it is gone from Postiz after its time")
        return
    with changing(desk.ports) as change:
        row = ours(change, desk.delivery)
        if _is_known_dead(desk, row.remote_id):
            after = replace(row, recall=_S.PLANNED)
            finish(change, row, after, by=Step.RECALL, why="its draft was given up")
            return
        after = replace(row, state=_S.CANCELLED, reason=why)
        finish(change, row, after, by=Step.PROMOTE, why=why)
        change.alert("withdrawn_in_postiz", "delivery", row.id, why, row.tenant_id)


def _follow_date(desk: Desk, seen: Seen) -> None:
    with changing(desk.ports) as change:
        row = ours(change, desk.delivery)
        moved = seen.publish_at - row.due_at
        not_after = change.need(Post, row.post_id).not_after
        miss_at = row.miss_at + moved if not_after is None else min(row.miss_at + moved, not_after)
        after = replace(row, due_at=seen.publish_at, miss_at=miss_at)
        why = f"moved in Postiz to {seen.publish_at:%Y-%m-%d %H:%M:%S} UTC"
        finish(change, row, after, by=Step.PROMOTE, why=why)
        remote = change.need(RemotePost, seen.id, lock=True)
        change.tx.save(replace(remote, publish_at=seen.publish_at))


def _is_spent(desk: Desk, seen: Seen) -> bool:
    remote = desk.evidence.remote(seen.id)
    return remote is None or remote.is_dead or remote.asked_at is not None


def _is_known_dead(desk: Desk, remote_id: str | None) -> bool:
    remote = desk.evidence.remote(remote_id)
    return remote is None or remote.is_dead


def _kill(change: Change, remote_id: str | None) -> None:
    remote = change.need(RemotePost, remote_id or "", lock=True)
    change.tx.save(replace(remote, is_dead=True))


def _one(seen: Seen | None) -> tuple[Seen, ...]:
    return () if seen is None else (seen,)


def _cannot_look(desk: Desk, error: PostEngineError) -> None:
    later(desk, str(error), wait_s=error.retry_after)
    if is_sickness(error):
        report_sick(desk.ports, desk.delivery, error)
