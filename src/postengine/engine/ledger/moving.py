"""Writing a delivery: each write checks the move, plans the next step and leaves a line of history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from postengine.engine.ports import DeliveryChanged, Ports, W
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.channel import Channel, may_pass
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import ClaimLost
from postengine.engine.posts.moves import check_move
from postengine.engine.posts.next import Situation, plan_next
from postengine.engine.posts.states import ENDED, DeliveryState, Mode, Step
from postengine.engine.posts.tenant import Tenant

from .change import Change, changing
from .holds import holds_on


def situation_of(change: Change, delivery: Delivery) -> Situation:
    """Return what beside the row itself decides about the next step of `delivery`."""
    tenant = change.need(Tenant, delivery.tenant_id)
    hours, zone = tenant.posting_hours, tenant.zone
    if delivery.mode is Mode.MANUAL and delivery.agent_id is not None:
        agent = change.need(Agent, delivery.agent_id)
        hours, zone = agent.waking_hours, agent.zone or tenant.zone
    reasons = frozenset(hold.reason for hold in holds_on(change.tx, delivery))
    return Situation(
        timings=change.ports.timings,
        reasons=reasons,
        hours=hours,
        zone=zone,
        passes_on=_passes_on(change, delivery),
    )


def _passes_on(change: Change, delivery: Delivery) -> bool:
    is_asked_for = delivery.mode is Mode.MANUAL and bool(change.ports.timings.reassign_after)
    return is_asked_for and may_pass(change.need(Channel, delivery.channel_id))


def write(
    change: Change,
    before: Delivery,
    after: Delivery,
    *,
    by: str,
    why: str = "",
    who: str = "",
    detail: Mapping[str, object] | None = None,
) -> Delivery:
    """Save `after`, freed from any lease and planned anew; return it as it was saved.

    Args:
        change: The open change; `before` was read in it with a lock.
        before: The row as it is in the store.
        after: As it is to be; a new state must be a legal move of `by`.
        by: A step, `PERSON` or `PHONE`, as the moves table has it.
        why: For the history; without it and without a move no line is written.
        who: Who did it, if not `by` itself.
        detail: For the history, too.

    Raises:
        IllegalMove: `by` may not make this move.
    """
    has_moved = after.state is not before.state
    if has_moved:
        check_move(before.id, before.mode, by, before.state, after.state)
    if after.state in ENDED:
        after = to_be_closed(after)
    step, act_at = plan_next(after, situation_of(change, after), change.now)
    after = replace(
        after,
        next_step=step,
        act_at=act_at,
        lease_until=None,
        lease_owner=None,
        taken=False,
        updated_at=change.now,
    )
    change.tx.save(after)
    if has_moved or why:
        change.note(
            after,
            by=who or by,
            why=why,
            from_state=before.state,
            to_state=after.state,
            tenant_id=after.tenant_id,
            subject_id=after.id,
            detail=detail,
        )
    if has_moved:
        for code in _TOLD_IN.get(before.state, ()):
            change.clear_alert(code, after.id)
        change.moved.append(DeliveryChanged(delivery=after, from_state=before.state, by=who or by, why=why))
    return after


_TOLD_IN = {
    DeliveryState.MISSED: ("missed",),
    DeliveryState.UNCONFIRMED: ("needs_decision",),
}
"""The alerts that tell of a state: they are over once it is left."""


def to_be_closed(delivery: Delivery) -> Delivery:
    """Return the delivery with every phone that was rung for it as one to be told that it is over."""
    if not delivery.rung_ids:
        return delivery
    closing_ids = tuple(dict.fromkeys((*(delivery.closing_ids or ()), *delivery.rung_ids)))
    return replace(delivery, rung_ids=None, closing_ids=closing_ids)


def disturb(
    change: Change,
    before: Delivery,
    after: Delivery,
    *,
    by: str,
    why: str = "",
    who: str = "",
    detail: Mapping[str, object] | None = None,
) -> Delivery:
    """Write as an operator does: the fence grows, so whoever has the work in hand has lost it.

    A back-off of the step that was planned before does not hold for what is planned now.
    """
    after = replace(after, fence=before.fence + 1, not_before=None, tries=0, crashes=0)
    return write(change, before, after, by=by, why=why, who=who, detail=detail)


def finish(change: Change, before: Delivery, after: Delivery, *, by: str, why: str = "") -> Delivery:
    """Write at the end of a step that came to a result: back-off and crashes are forgotten."""
    return write(change, before, replace(after, not_before=None, tries=0, crashes=0), by=by, why=why)


def put_off(change: Change, delivery: Delivery, *, why: str, wait_s: float | None = None) -> Delivery:
    """Give the work back until a back-off has passed, or `wait_s` seconds where the other side named them.

    A delivery that is being recalled, or waits for a decision, keeps the reason for that.
    """
    tries = delivery.tries + 1
    wait = change.ports.timings.backoff_after(tries)
    if wait_s is not None:
        wait = max(wait, timedelta(seconds=wait_s))
    return _give_back(change, delivery, wait, why, tries=tries)


def wait(change: Change, delivery: Delivery, span: timedelta, *, why: str) -> Delivery:
    """Give the work back for `span`. Nothing failed, so no back-off grows."""
    return _give_back(change, delivery, span, why, tries=delivery.tries)


def _give_back(change: Change, delivery: Delivery, span: timedelta, why: str, *, tries: int) -> Delivery:
    keeps_reason = delivery.recall is not None or delivery.state in _EXPLAINED
    not_before = change.now + span
    if delivery.next_step in _SENDING:  # at the end of its grace it is missed, not tried again
        not_before = min(not_before, delivery.miss_at)
    after = replace(
        delivery,
        not_before=not_before,
        tries=tries,
        reason=delivery.reason if keeps_reason else why,
    )
    is_told = delivery.tries > 0 if keeps_reason else delivery.reason == why
    return write(change, delivery, after, by=str(delivery.next_step), why="" if is_told else why)


_EXPLAINED = (DeliveryState.UNCONFIRMED, DeliveryState.FAILED)
_SENDING = (Step.STAGE, Step.PROMOTE, Step.NOTIFY)


def still_ours(change: Change, row: W) -> W | None:
    """Return the stored row, locked, if it is still under the fence of `row`; None if the claim is lost."""
    stored = change.tx.get(type(row), row.id, lock=True)
    if stored is None or stored.fence != row.fence or not stored.taken:
        return None
    return stored


def ours(change: Change, row: W) -> W:
    """Return the stored row, locked.

    Raises:
        ClaimLost: Somebody else has it now, or it is done.
    """
    stored = still_ours(change, row)
    if stored is None:
        raise ClaimLost(row.id, row.fence)
    return stored


def take(ports: Ports, kind: type[W], id: str, fence: int) -> W:  # noqa: A002 - the field's name on every row
    """Begin claimed work: only from here on does a lost lease count as a crash.

    A plan that time has overtaken, since nobody was up when it was due, is made anew instead.

    Raises:
        ClaimLost: The fence has grown, the work was begun or given back already, or it was planned anew.
    """
    with changing(ports) as change:
        row = change.tx.get(kind, id, lock=True)
        if row is None or row.fence != fence or row.taken or row.lease_until is None:
            raise ClaimLost(id, fence)
        taken = replace(
            row, taken=True, lease_until=change.now + ports.timings.lease, lease_owner=ports.owner
        )
        is_overtaken = isinstance(row, Delivery) and _is_overtaken(change, row)
        if isinstance(row, Delivery) and is_overtaken:
            write(change, row, row, by=str(row.next_step))
        else:
            change.tx.save(taken)
    if is_overtaken:
        raise ClaimLost(id, fence)
    return taken


def _is_overtaken(change: Change, delivery: Delivery) -> bool:
    """Whether what is due would be planned otherwise by now: past its grace, or outside the hours.

    A look that somebody has woken early does no harm.
    """
    step, act_at = plan_next(delivery, situation_of(change, delivery), change.now)
    if step is not delivery.next_step or act_at is None:
        return True
    return act_at > change.now and step is not Step.CONFIRM


def renew(ports: Ports, row: W) -> None:
    """Lengthen the lease of work in hand.

    Raises:
        ClaimLost: It is no longer ours.
    """
    with changing(ports) as change:
        stored = ours(change, row)
        change.tx.save(replace(stored, lease_until=change.now + ports.timings.lease))


def plan_asset(change: Change, asset: Asset) -> None:
    """Save an asset at the end of its step, freed from its lease."""
    change.tx.save(
        replace(asset, lease_until=None, lease_owner=None, taken=False, updated_at=change.now),
    )
