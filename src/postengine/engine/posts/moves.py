"""The moves table: which state may follow which, by whose hand. Everything else is an `IllegalMove`."""

from __future__ import annotations

from .errors import IllegalMove
from .states import ENDED, OPEN_HANDOVER, UNSENT, DeliveryState, Mode, Step

_S = DeliveryState
PERSON = "person"
"""The hand that decides, hands over again, or cancels."""

PHONE = "phone"
"""The hand of the agent, through the phone."""

_AUTOMATIC: dict[str, dict[DeliveryState, frozenset[DeliveryState]]] = {
    Step.STAGE: {_S.PLANNED: frozenset({_S.STAGED, _S.FAILED, _S.UNCONFIRMED})},
    Step.PROMOTE: {_S.STAGED: frozenset({_S.PROMOTED, _S.UNCONFIRMED, _S.CANCELLED})},
    Step.CONFIRM: {
        _S.PROMOTED: frozenset({_S.PUBLISHED, _S.FAILED, _S.UNCONFIRMED}),
        _S.UNCONFIRMED: frozenset({_S.PUBLISHED}),
        _S.FAILED: frozenset({_S.PUBLISHED}),
    },
    Step.RECALL: {
        _S.PLANNED: frozenset({_S.PLANNED, _S.CANCELLED, _S.UNCONFIRMED, _S.PUBLISHED}),
        _S.STAGED: frozenset({_S.PLANNED, _S.CANCELLED, _S.UNCONFIRMED, _S.PUBLISHED}),
        _S.PROMOTED: frozenset({_S.PLANNED, _S.CANCELLED}),
        _S.UNCONFIRMED: frozenset({_S.PLANNED, _S.CANCELLED, _S.FAILED, _S.PUBLISHED}),
        _S.FAILED: frozenset({_S.PLANNED, _S.CANCELLED, _S.PUBLISHED}),
        _S.MISSED: frozenset({_S.PLANNED, _S.CANCELLED, _S.PUBLISHED}),
        _S.CANCELLED: frozenset({_S.PLANNED, _S.PUBLISHED}),
    },
    Step.MISS: dict.fromkeys(UNSENT, frozenset({_S.MISSED, _S.PROMOTED})),
    PERSON: {
        _S.PLANNED: frozenset({_S.CANCELLED}),
        _S.STAGED: frozenset({_S.PLANNED}),
        _S.UNCONFIRMED: frozenset({_S.PUBLISHED}),
        _S.FAILED: frozenset({_S.PLANNED}),
        _S.MISSED: frozenset({_S.PLANNED}),
        _S.CANCELLED: frozenset({_S.PLANNED}),
    },
}

_MANUAL: dict[str, dict[DeliveryState, frozenset[DeliveryState]]] = {
    Step.NOTIFY: {_S.PLANNED: frozenset({_S.NOTIFIED})},
    Step.MISS: {_S.PLANNED: frozenset({_S.MISSED})},
    Step.EXPIRE: dict.fromkeys(OPEN_HANDOVER, frozenset({_S.MISSED})),
    Step.REASSIGN: {_S.NOTIFIED: frozenset({_S.PLANNED})},
    PHONE: {
        _S.PLANNED: frozenset({_S.NOTIFIED, _S.OPENED, _S.SHARED, _S.PUBLISHED, _S.DECLINED}),
        _S.NOTIFIED: frozenset({_S.OPENED, _S.SHARED, _S.PUBLISHED, _S.DECLINED}),
        _S.OPENED: frozenset({_S.SHARED, _S.PUBLISHED, _S.DECLINED}),
        _S.SHARED: frozenset({_S.PUBLISHED, _S.DECLINED}),
        _S.MISSED: frozenset({_S.PUBLISHED}),
    },
    PERSON: {
        _S.PLANNED: frozenset({_S.PUBLISHED, _S.CANCELLED}),
        **dict.fromkeys(OPEN_HANDOVER, frozenset({_S.PUBLISHED, _S.CANCELLED, _S.PLANNED})),
        **dict.fromkeys((_S.DECLINED, _S.MISSED, _S.CANCELLED), frozenset({_S.PLANNED, _S.PUBLISHED})),
    },
}


def check_move(delivery_id: str, mode: Mode, by: str, start: DeliveryState, end: DeliveryState) -> None:
    """Raise unless `by` (a step, `PERSON` or `PHONE`) may move a delivery of `mode` from `start` to `end`.

    Raises:
        IllegalMove: The table has no such move.
    """
    table = _AUTOMATIC if mode is Mode.AUTOMATIC else _MANUAL
    if end not in table.get(by, {}).get(start, frozenset()):
        raise IllegalMove(delivery_id, by, start, end)


def has_ended(state: DeliveryState) -> bool:
    """Whether nothing more is done about a delivery in `state` unless a person says so."""
    return state in ENDED
