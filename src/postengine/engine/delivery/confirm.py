"""Confirm: look at what became of promoted posts, one listing for all that an account has outstanding."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from postengine.engine.ledger.attempts import remotes_of
from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.moving import write
from postengine.engine.ports import AtMost, Ports, Seen, Sighting
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.record import RemotePost
from postengine.engine.posts.states import DeliveryState, Step
from postengine.errors import PostEngineError

from .desk import later, look, sit_down, tell_if_stuck
from .sick import is_sickness

_S = DeliveryState
_BATCH = 500


def confirm(ports: Ports, delivery: Delivery) -> None:
    """Look once, and write down what it shows of every delivery of this account whose look is due."""
    desk = sit_down(ports, delivery)
    try:
        sighting = look(desk)
        if sighting.by_id(delivery.remote_id or "") is None:
            sighting = look(desk, ever=True)
    except PostEngineError as error:
        wait_s = (
            ports.timings.poll_after(delivery.tries).total_seconds()
            if is_sickness(error)
            else error.retry_after
        )
        tell_if_stuck(desk, error)
        later(desk, str(error), wait_s=wait_s)
        return
    _note(ports, delivery, sighting)
    where = {"account_id": desk.account.id, "next_step": Step.CONFIRM, "act_at": AtMost(ports.store.now())}
    with changing(ports) as change:
        others = change.tx.find(Delivery, where, order_by="act_at", limit=_BATCH)
    for other in others:
        _note(ports, other, sighting)


def _note(ports: Ports, delivery: Delivery, sighting: Sighting) -> None:
    with changing(ports) as change:
        row = change.tx.get(Delivery, delivery.id, lock=True)
        if row is None or row.fence != delivery.fence or row.next_step is not Step.CONFIRM:
            return
        remotes = remotes_of(change, row)
        seen = _weightiest([post for remote in remotes if (post := sighting.by_id(remote.id))], row)
        _note_late(change, remotes, sighting)
        after, why = _reading(ports, row, seen, sighting.server_time, change.now)
        polls = row.tries + 1
        after = replace(
            after,
            fence=row.fence + 1,
            tries=0 if after.state is not row.state else polls,
            not_before=change.now + ports.timings.poll_after(polls),
            crashes=0,
        )
        write(change, row, after, by=Step.CONFIRM, why=why)
        _tell(change, row, after)


def _reading(
    ports: Ports, row: Delivery, seen: Seen | None, server_time: datetime, now: datetime
) -> tuple[Delivery, str]:
    """Return what one look makes of a delivery, and why."""
    state = seen.state if seen is not None else "absent"
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
        reason = (
            seen.error or "Postiz could not publish it, and does not say why; look at the channel in Postiz"
        )
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
