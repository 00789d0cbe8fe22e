"""What to do about posts of ours where we did not expect them, and about a person's hand in Postiz."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from postengine.engine.ledger.change import changing
from postengine.engine.ledger.moving import finish, ours
from postengine.engine.ledger.placing import place
from postengine.engine.ports import Seen
from postengine.engine.posts.states import DeliveryState, HoldReason, HoldScope, Step

from .desk import Desk, remember

_S = DeliveryState


def found_copies(desk: Desk, copies: Sequence[Seen]) -> None:
    """Somebody has copied our post in Postiz: hold and ask; what we did not make is never deleted."""
    ids = ", ".join(seen.id for seen in copies)
    _hold(
        desk, f"Postiz has a copy of this post that we did not make ({ids}); delete it there, or cancel ours"
    )


def found_earlier(desk: Desk, seen: Seen) -> None:
    """Somebody has moved our draft to an earlier date: nothing goes out sooner than we were told."""
    at = f"{seen.publish_at:%Y-%m-%d %H:%M} UTC"
    _hold(
        desk,
        f"its draft was moved to {at} in Postiz, earlier than planned here; reschedule it here, or cancel",
    )


def found_out(desk: Desk, out: Sequence[Seen], *, by: Step) -> None:
    """Another post of ours with the same mark is out, or may be: a person says what became of it."""
    for seen in out:
        remember(desk, seen, is_dead=True)
    shown = ", ".join(f"{seen.id} {seen.state}" for seen in out)
    why = f"Postiz shows another post with our mark ({shown})"
    with changing(desk.ports) as change:
        row = ours(change, desk.delivery)
        after = replace(row, state=_S.UNCONFIRMED, remote_id=row.remote_id or out[0].id, reason=why)
        finish(change, row, after, by=by, why=why)
        change.alert("needs_decision", "delivery", row.id, why, row.tenant_id)


def found_rivals(desk: Desk, rivals: Sequence[Seen]) -> None:
    """Another post of ours is queued, with time left: fence it off, then begin anew."""
    for seen in rivals:
        remember(desk, seen, is_dead=True)
    why = (
        f"{', '.join(seen.id for seen in rivals)} is {rivals[0].state} in Postiz: fenced off, then begun anew"
    )
    with changing(desk.ports) as change:
        row = ours(change, desk.delivery)
        finish(change, row, replace(row, recall=_S.PLANNED), by=Step.RECALL, why=why)


def _hold(desk: Desk, note: str) -> None:
    with changing(desk.ports) as change:
        row = ours(change, desk.delivery)
        row = finish(change, row, replace(row, reason=note), by="engine", why=note)
        place(
            change,
            HoldScope.DELIVERY,
            row.id,
            HoldReason.HAND,
            who="engine",
            note=note,
            tenant_id=row.tenant_id,
        )
        change.alert("hand", "delivery", row.id, note, row.tenant_id)
