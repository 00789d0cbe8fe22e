"""Counting from outside: what the networks received against what the engine says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from postengine.engine.delivery.stage import LOOK_AT_THE_NETWORK
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.record import Alert, RemotePost
from postengine.engine.posts.states import ENDED, DeliveryState, Mode
from postengine.testing.postiz import NetworkEntry

from .world import World

_S = DeliveryState


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What came of a run.

    Attributes:
        duplicates: Arrivals beyond the first for each mark, caused by us.
        lost: Deliveries that have not ended and are not shown for a decision, or are published and never
            arrived; and errors that a step let escape.
        let_out: Deliveries that went out though they are cancelled or missed, or with words that had been
            replaced.
        needs_decision: How many wait for a person.
    """

    duplicates: int
    lost: tuple[str, ...]
    let_out: tuple[str, ...]
    needs_decision: int
    states: tuple[str, ...]

    @property
    def is_broken(self) -> bool:
        """Whether a promise is broken."""
        return bool(self.duplicates or self.lost or self.let_out)

    def told(self) -> str:
        """Return it as lines of text."""
        counts = ", ".join(f"{state} {self.states.count(state)}" for state in sorted(set(self.states)))
        broken = [*(f"lost: {what}" for what in self.lost), *(f"let out: {what}" for what in self.let_out)]
        return "\n".join([f"duplicates: {self.duplicates}; {counts}", *broken])


def count(world: World) -> Tally:
    """Count a run that has come to its end."""
    rows = world.deliveries()
    with world.store.transaction() as tx:
        ids = {row.id: {post.id for post in tx.find(RemotePost, {"delivery_id": row.id})} for row in rows}
        told_late = {alert.subject_id for alert in tx.find(Alert, {"code": "too_late"})}
    by_us = [
        entry
        for entry in world.fake.network
        if entry.by in {"promote", "create"} and entry.post_id not in world.traceless
    ]
    arrivals = Counter((entry.integration, entry.ref) for entry in by_us if entry.ref is not None)
    automatic = [row for row in rows if row.mode is Mode.AUTOMATIC]
    lost = [f"{row.id} {row.state} {row.next_step}" for row in rows if not _is_settled(row)]
    lost += [f"{row.id} never arrived" for row in automatic if _is_unseen(world, row, ids[row.id])]
    lost += world.escaped
    let_out = [why for row in automatic if (why := _let_out(world, row, by_us, told_late)) is not None]
    let_out += [
        f"{row.id} with words that had been replaced"
        for row in automatic
        if row.state is _S.PUBLISHED and row.id not in told_late and _is_outdated(world, row)
    ]
    return Tally(
        duplicates=sum(times - 1 for times in arrivals.values()),
        lost=tuple(lost),
        let_out=tuple(let_out),
        needs_decision=sum(row.needs_decision for row in rows),
        states=tuple(row.state.value for row in rows),
    )


def _is_settled(row: Delivery) -> bool:
    return row.state in ENDED or row.needs_decision


def _is_unseen(world: World, row: Delivery, ids: set[str]) -> bool:
    """Whether it is said to be published and no network has it; a person's edit may lose the mark."""
    arrived = any(entry.post_id in ids or entry.ref == row.ref for entry in world.fake.network)
    return row.state is _S.PUBLISHED and not arrived


def _let_out(world: World, row: Delivery, by_us: Sequence[NetworkEntry], told_late: set[str]) -> str | None:
    """Say what is wrong if it went out and should not have, or is not said to be out."""
    if row.id in world.decided or all(entry.ref != row.ref for entry in by_us):
        return None
    if row.id in world.gone and row.id not in told_late:
        return f"{row.id} {row.state}, and had been cancelled"
    is_denied = row.state in {_S.CANCELLED, _S.MISSED} and row.reason != LOOK_AT_THE_NETWORK
    return f"{row.id} {row.state}" if is_denied else None


def _is_outdated(world: World, row: Delivery) -> bool:
    """Whether we let out words that are not its last; which draft a person promotes is theirs to say."""
    if world.is_backed_up or row.id in world.decided:
        return False
    arrived = zip(world.fake.network, world.arrived_revs, strict=True)
    revs = {
        rev if entry.by in {"promote", "create"} else row.rev
        for entry, (ref, rev) in arrived
        if ref == row.ref
    }
    return bool(revs) and row.rev not in revs
