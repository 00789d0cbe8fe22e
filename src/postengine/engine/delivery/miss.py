"""Miss: too late to be sent. It is shown, with the reason, and a person says what next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from postengine.engine.ledger.attempts import may_run
from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.holds import holds_on, is_restored
from postengine.engine.ledger.moving import finish, ours
from postengine.engine.ports import Ports, Seen
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.states import DeliveryState, Mode, Step
from postengine.errors import PostEngineError

from .desk import Desk, later, look, remember, sit_down, tell_if_stuck
from .judge import judge

_WEIGHTS = {"PUBLISHED": 0, "QUEUE": 1, "ERROR": 2}
_OF_ANOTHER_WORD = 3
"""A newer server may have more states than we know; they say least."""


def miss(ports: Ports, delivery: Delivery) -> None:
    """Move an unsent delivery to `missed`; one that may have been promoted is fenced off first.

    What a database that is lost may have sent is looked for before. A draft that is left in Postiz never
    publishes.
    """
    with changing(ports) as change:
        if delivery.mode is Mode.MANUAL or not is_restored(change.tx, delivery):
            give_up(change, ours(change, delivery))
            return
    desk = sit_down(ports, delivery)
    try:
        sent = _sent(desk)
    except PostEngineError as error:
        tell_if_stuck(desk, error)
        later(desk, str(error), wait_s=error.retry_after)
        return
    for seen in sent:
        remember(desk, seen, is_dead=True)
    with changing(ports) as change:
        row = ours(change, delivery)
        if sent:
            _found(change, row, sent[0])
        else:
            give_up(change, row)


def _sent(desk: Desk) -> Sequence[Seen]:
    """Return what Postiz shows of it beside drafts, what says most first; a person's copy says nothing."""
    verdict = judge(desk.evidence, look(desk), desk.ports.timings)
    current = () if verdict.current is None or verdict.current.state == "DRAFT" else (verdict.current,)
    return sorted((*current, *verdict.out, *verdict.rivals), key=_weight)


def _weight(seen: Seen) -> int:
    return _WEIGHTS.get(seen.state, _OF_ANOTHER_WORD)


def _found(change: Change, row: Delivery, seen: Seen) -> None:
    """Somebody has promoted it before this database knew: what becomes of it is for confirm to see."""
    after = replace(
        row,
        state=DeliveryState.PROMOTED,
        remote_id=seen.id,
        due_at=max(row.due_at, seen.publish_at),
        promoted_at=change.now,
        reason=None,
    )
    why = f"{seen.id} is {seen.state} in Postiz: sent by a database that is lost"
    finish(change, row, after, by=Step.MISS, why=why)


def give_up(change: Change, row: Delivery, why: str | None = None) -> None:
    """Leave it to a person; what may have been promoted is fenced off first.

    Args:
        change: The transaction.
        row: It is ours.
        why: None: as the row and its holds tell.
    """
    if may_run(change, row):
        after = replace(row, recall=DeliveryState.PLANNED)
        told = "too late to be sent, but its promotion was never answered: fenced off first"
        finish(change, row, after, by=Step.RECALL, why=told)
        return
    reason = why or _reason(change, row)
    finish(change, row, replace(row, state=DeliveryState.MISSED, reason=reason), by=Step.MISS, why=reason)
    change.alert("missed", "delivery", row.id, reason, row.tenant_id)


def _reason(change: Change, row: Delivery) -> str:
    held_by = ", ".join(sorted(f"{hold.reason}" for hold in holds_on(change.tx, row)))
    if held_by:
        return f"held until it was too late: {held_by}"
    if not row.is_media_ready:
        return f"its pictures were not ready in time: {row.reason or 'still rendering'}"
    return row.reason or "not sent in time"
