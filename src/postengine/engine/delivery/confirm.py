"""Confirm: look at what became of promoted posts, one listing for all that an account has outstanding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from postengine.engine.ledger.attempts import remotes_of
from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.moving import ours, wait, write
from postengine.engine.ports import Ports, Seen, Sighting
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.record import RemotePost
from postengine.engine.posts.states import DeliveryState, Step
from postengine.engine.posts.tenant import Account
from postengine.errors import PostEngineError

from .desk import Desk, later, look, sit_down, tell_if_stuck
from .sick import is_sickness

_S = DeliveryState
_SILENT = "Postiz could not publish it, and does not say why; look at the channel in Postiz"


def confirm(ports: Ports, delivery: Delivery) -> None:
    """Look once, and write down what it shows of every delivery of this account whose look is due."""
    desk = sit_down(ports, delivery)
    if not _has_the_look(desk):
        _wait_for_the_look(desk)
        return
    others = _others(desk)  # before the listing, which says nothing of what is promoted after it
    try:
        sighting = look(desk)
        is_whole = any(
            sighting.by_id(row.remote_id or "") is None for row in (delivery, *_due(ports, others))
        )
        if is_whole:
            sighting = look(desk, ever=True)
        reasons = _reasons(desk, sighting, [delivery, *others])
    except PostEngineError as error:
        wait_s = (
            ports.timings.poll_after(delivery.tries).total_seconds()
            if is_sickness(error)
            else error.retry_after
        )
        tell_if_stuck(desk, error)
        later(desk, str(error), wait_s=wait_s)
    else:
        news = (row for row in others if _has_news(row, sighting, is_whole=is_whole))
        for row in (delivery, *_due(ports, others), *news):
            _note(ports, row, sighting, reasons)
    finally:
        _give_up_the_look(desk)


def _has_the_look(desk: Desk) -> bool:
    """Whether nobody else looks for this account now; from here on, others wait for what we see."""
    with changing(desk.ports) as change:
        account = change.need(Account, desk.account.id, lock=True)
        is_free = account.looking_until is None or account.looking_until <= change.now
        if is_free:
            until = change.now + desk.ports.timings.lease
            change.tx.save(replace(account, looker_id=desk.delivery.id, looking_until=until))
        return is_free


def _give_up_the_look(desk: Desk) -> None:
    with changing(desk.ports) as change:
        account = change.need(Account, desk.account.id, lock=True)
        if account.looker_id == desk.delivery.id:
            change.tx.save(replace(account, looker_id=None, looking_until=None))


def _wait_for_the_look(desk: Desk) -> None:
    """Give the delivery back: whoever looks notes it too, unless they die."""
    with changing(desk.ports) as change:
        row = ours(change, desk.delivery)
        wait(change, row, desk.ports.timings.backoff, why=row.reason or "")


def _others(desk: Desk) -> list[Delivery]:
    """Return all other deliveries of this account that are looked for, due or not: one look tells of all."""
    where = {"account_id": desk.account.id, "next_step": Step.CONFIRM}
    with changing(desk.ports) as change:
        found = change.tx.find(Delivery, where, order_by="act_at")
    return [row for row in found if row.id != desk.delivery.id]


def _reasons(desk: Desk, sighting: Sighting, rows: Sequence[Delivery]) -> Mapping[str, str]:
    """Ask why posts have failed that we see fail for the first time; without an answer we say so."""
    promoted = [row.remote_id or "" for row in rows if row.state is _S.PROMOTED]
    seen = [post for id_ in promoted if (post := sighting.by_id(id_)) is not None]
    failed = [post for post in seen if post.state == "ERROR" and not post.error and not post.release_url]
    if not failed:
        return {}
    try:
        return desk.ports.publisher.failure_reasons(desk.account, failed)
    except PostEngineError:
        return {}


def _due(ports: Ports, rows: Sequence[Delivery]) -> list[Delivery]:
    """Return those whose own look is due, or waits for this one."""
    soon = ports.store.now() + ports.timings.backoff
    return [row for row in rows if row.act_at is None or row.act_at <= soon]


def _has_news(row: Delivery, sighting: Sighting, *, is_whole: bool) -> bool:
    """Whether the listing shows something else than the last one did; absence counts in a whole one alone."""
    seen = sighting.by_id(row.remote_id or "")
    return (seen is not None or is_whole) and _state_of(seen) != row.seen_state


def _state_of(seen: Seen | None) -> str:
    return seen.state if seen is not None else "absent"


def _note(ports: Ports, delivery: Delivery, sighting: Sighting, reasons: Mapping[str, str]) -> None:
    with changing(ports) as change:
        row = change.tx.get(Delivery, delivery.id, lock=True)
        if row is None or row.next_step is not Step.CONFIRM or _sending(row) != _sending(delivery):
            return
        remotes = remotes_of(change, row)
        seen = _weightiest([post for remote in remotes if (post := sighting.by_id(remote.id))], row)
        _note_late(change, remotes, sighting)
        is_due = row.taken or row.act_at is None or row.act_at <= change.now + ports.timings.backoff
        after, why = _reading(ports, row, seen, sighting.server_time, change.now, reasons)
        if not is_due and after.state is row.state:
            return
        state = _state_of(seen)
        if state != row.seen_state:
            why = why or f"seen {state} in Postiz"
        polls = row.tries + 1
        after = replace(
            after,
            fence=row.fence + 1,
            seen_state=state,
            seen_at=sighting.server_time,
            tries=0 if after.state is not row.state else polls,
            not_before=change.now + ports.timings.poll_after(polls),
            crashes=0,
        )
        write(change, row, after, by=Step.CONFIRM, why=why)
        _tell(change, row, after)


def _sending(row: Delivery) -> tuple[object, ...]:
    """Return what a listing was asked about; a new claim does not change it, a new promotion does."""
    return row.state, row.occurrence, row.rev, row.remote_id, row.promoted_at


def _reading(
    ports: Ports,
    row: Delivery,
    seen: Seen | None,
    server_time: datetime,
    now: datetime,
    reasons: Mapping[str, str],
) -> tuple[Delivery, str]:
    """Return what one look makes of a delivery, and why."""
    state = _state_of(seen)
    if seen is not None and (state == "PUBLISHED" or (state == "ERROR" and seen.release_url)):
        reason = "published, but a comment failed" if state == "ERROR" else None
        after = replace(
            row,
            state=_S.PUBLISHED,
            release_url=seen.release_url,
            confirmed_at=now,
            sent_at=row.sent_at or seen.publish_at,
            reason=reason,
        )
        return after, f"seen {state} in Postiz"
    if row.state is not _S.PROMOTED:
        return row, ""
    if seen is not None and state == "ERROR":
        reason = seen.error or reasons.get(seen.id) or _SILENT
        return replace(row, state=_S.FAILED, reason=reason), "seen ERROR in Postiz"
    expected_at = seen.publish_at if seen is not None else row.due_at
    is_past = server_time > expected_at + ports.timings.fence_margin
    is_stuck = server_time > max(expected_at, row.promoted_at or expected_at) + ports.timings.stuck_after
    if (state == "QUEUE" and is_stuck) or (state != "QUEUE" and is_past):
        reason = f"promoted, and now {state} in Postiz after its time"
        return replace(row, state=_S.UNCONFIRMED, reason=reason), reason
    return row, ""


def _weightiest(posts: list[Seen], row: Delivery) -> Seen | None:
    """Return the post that says most: a published one first, else the one that we promoted last."""
    live = [
        post for post in posts if post.state == "PUBLISHED" or (post.state == "ERROR" and post.release_url)
    ]
    if live:
        return live[0]
    return next((post for post in posts if post.id == row.remote_id), None)


def _note_late(change: Change, remotes: list[RemotePost], sighting: Sighting) -> None:
    for remote in remotes:
        seen = sighting.by_id(remote.id)
        is_late = seen is not None and seen.state == "QUEUE" and sighting.server_time > seen.publish_at
        if is_late and not remote.was_queued_late:
            change.tx.save(replace(remote, was_queued_late=True))


def _tell(change: Change, before: Delivery, after: Delivery) -> None:
    if after.state is before.state:
        return
    if after.state is _S.PUBLISHED:
        change.clear_alert("needs_decision", after.id)
    elif after.state is _S.UNCONFIRMED:
        change.alert("needs_decision", "delivery", after.id, after.reason or "", after.tenant_id)
    else:
        change.alert("failed", "delivery", after.id, after.reason or "", after.tenant_id)
