"""What became of the posts, counted from outside: the networks' log and the agents' phones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from postengine.engine.ports import Ports, Transaction
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import IllegalMove
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.moves import PERSON, PHONE, check_move
from postengine.engine.posts.record import HistoryEntry
from postengine.engine.posts.states import ENDED, DeliveryState, HoldScope, Mode, Step

_S = DeliveryState
_OURS = ("promote", "create")
"""What makes a network receive a post, of those that the log names: a request of ours, no server's retry."""
_UNSENT = (_S.CANCELLED, _S.MISSED, _S.DECLINED)


@dataclass(frozen=True, slots=True)
class Tally:
    """What was found wrong, and what a person is asked about.

    Attributes:
        lost: Deliveries in no last state that no person is asked about; said to be published, and never
            received; and, where nothing excuses it, missed.
        duplicates: Arrivals by our doing beyond one a delivery, or of one that is said never to have gone.
        needs_decision: Deliveries that a person is asked about.
        oddities: A sentence on each thing that is wrong.
        spared: A sentence on each harm that never struck.
    """

    lost: int
    duplicates: int
    needs_decision: int
    oddities: tuple[str, ...]
    spared: tuple[str, ...] = ()


def tally(
    ports: Ports, network: Sequence[Mapping[str, str]], posted: Counter[str], *, may_miss: bool
) -> Tally:
    """Count what became of all deliveries in the store of `ports`."""
    with ports.store.transaction() as tx:
        rows, asked = tx.find(Delivery, {}), _asked_about(tx)
    ours = Counter(entry["ref"] for entry in network if entry["by"] in _OURS)
    anybodys = Counter(entry["ref"] for entry in network)
    lost: list[str] = []
    doubled: list[str] = []
    for row in rows:
        is_by_hand = row.mode is Mode.MANUAL
        times = posted[row.id] if is_by_hand else ours[row.ref]
        is_out = times > 0 or anybodys[row.ref] > 0
        what = f"{row.id} ({row.mode}) is {row.state}, arrived {times} times: {row.reason or ''}"
        is_open = row.state not in ENDED and row.id not in asked
        is_untrue = row.state is _S.PUBLISHED and not is_out
        is_late = row.state is _S.MISSED and not may_miss
        if is_open or is_untrue or is_late:
            lost.append(f"lost: {what}")
        most = 0 if row.state in _UNSENT and not is_by_hand else 1
        doubled.extend([f"duplicate: {what}"] * max(times - most, 0))
    unknown = set(ours) - {row.ref for row in rows}
    doubled.extend(f"duplicate: {ref} is nobody's, and arrived" for ref in unknown)
    return Tally(
        lost=len(lost),
        duplicates=len(doubled),
        needs_decision=len(asked & {row.id for row in rows}),
        oddities=(*lost, *doubled, *_illegal(ports, rows)),
    )


def deliveries(ports: Ports) -> list[Delivery]:
    """Return all of them."""
    with ports.store.transaction() as tx:
        return tx.find(Delivery, {})


def has_settled(tx: Transaction) -> bool:
    """Whether each delivery is at its end, or a person is asked about it."""
    asked = _asked_about(tx)
    rows = tx.find(Delivery, {})
    return all((row.state in ENDED and row.recall is None) or row.id in asked for row in rows)


def _asked_about(tx: Transaction) -> set[str]:
    """Return the deliveries that a person is asked about: what became of them, or why they are held."""
    held = tx.find(Hold, {"scope": HoldScope.DELIVERY, "released_at": None})
    unclear = tx.find(Delivery, {"state": _S.UNCONFIRMED})
    return {hold.scope_id for hold in held} | {row.id for row in unclear if row.needs_decision}


def _illegal(ports: Ports, rows: Iterable[Delivery]) -> list[str]:
    """Return each line of the history that the table of moves does not have."""
    modes = {row.id: row.mode for row in rows}
    with ports.store.transaction() as tx:
        entries = tx.find(HistoryEntry, {"subject": "delivery"})
    return [
        f"illegal: {entry.subject_id} from {entry.from_state} to {entry.to_state} by {entry.by}"
        for entry in entries
        if entry.from_state != entry.to_state
        and entry.subject_id in modes
        and not _is_legal(entry, modes[entry.subject_id])
    ]


def _is_legal(entry: HistoryEntry, mode: Mode) -> bool:
    """Whether any hand may make this move; the history names people, the table their part."""
    start, end = _S(entry.from_state), _S(entry.to_state)
    for hand in (*Step, PERSON, PHONE):
        try:
            check_move(entry.subject_id, mode, hand, start, end)
        except IllegalMove:
            continue
        return True
    return False
