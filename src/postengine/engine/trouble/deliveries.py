"""Troubles of single deliveries and files: what only a person can end."""

from __future__ import annotations

from collections.abc import Sequence

from postengine.engine.ports import Transaction
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.record import Alert
from postengine.engine.posts.states import OPEN_HANDOVER, UNSENT, AssetState, DeliveryState
from postengine.engine.posts.tenant import Tenant

from .evidence import among, evidence_of
from .kinds import troubled
from .value import Trouble, TroubleCode

_S, _C = DeliveryState, TroubleCode
_IN_HANDS = (_S.PLANNED, *OPEN_HANDOVER)
_LASTS_IN = {
    _C.MISSED: (_S.MISSED,),
    _C.FAILED: (_S.FAILED,),
    _C.REFUSED: (_S.FAILED,),
    _C.UNSEEN: (*UNSENT, _S.PROMOTED, _S.UNCONFIRMED, _S.FAILED),
    _C.NO_DEVICE: (_S.PLANNED,),
    _C.NO_ANSWER: OPEN_HANDOVER,
    _C.NO_COLLEAGUE: _IN_HANDS,
    _C.PHONE_FAILED: OPEN_HANDOVER,
    _C.MESSAGE_REFUSED: _IN_HANDS,
    _C.WITHDRAWN_IN_POSTIZ: (*UNSENT, _S.PROMOTED, _S.UNCONFIRMED, _S.CANCELLED),
}
"""The states in which an alert still tells of a trouble; others tell of one until they are cleared."""


def undecided(tx: Transaction) -> list[Trouble]:
    """Return the deliveries of which nobody knows what became of them."""
    tenants = tuple(tenant.id for tenant in tx.find(Tenant, {}))  # so that an index serves
    found = tx.find(Delivery, {"tenant_id": tenants, "state": _S.UNCONFIRMED})
    rows = [row for row in found if row.needs_decision]
    evidence = evidence_of(tx, rows)
    return [
        troubled(
            _C.NEEDS_DECISION,
            "delivery",
            row.id,
            tenant_id=row.tenant_id,
            since=row.promoted_at or row.updated_at,
            what=row.reason or "nobody knows what became of it",
            evidence=evidence[row.id],
        )
        for row in rows
    ]


def told_of_deliveries(tx: Transaction, alerts: Sequence[Alert]) -> list[Trouble]:
    """Return what alerts say of deliveries, as far as the deliveries' states still bear it out."""
    by_id = {row.id: row for row in among(tx, Delivery, "id", (alert.subject_id for alert in alerts))}
    lasting = [alert for alert in alerts if _lasts(alert, by_id.get(alert.subject_id))]
    rows = {alert.subject_id: by_id[alert.subject_id] for alert in lasting}
    evidence = evidence_of(tx, tuple(rows.values()))
    return [told(alert, evidence[alert.subject_id]) for alert in lasting]


def told_of_assets(tx: Transaction, alerts: Sequence[Alert]) -> list[Trouble]:
    """Return what alerts say of files; one that was made after all is no trouble."""
    by_id = {row.id: row for row in among(tx, Asset, "id", (alert.subject_id for alert in alerts))}
    found: list[Trouble] = []
    for alert in alerts:
        asset = by_id.get(alert.subject_id)
        is_over = asset is None or (alert.code != _C.FILE_MISSING and asset.state is AssetState.READY)
        if asset is not None and not is_over:
            found.append(told(alert, (f"it is {asset.state}: {asset.reason or 'no reason is kept'}",)))
    return found


def told(alert: Alert, evidence: tuple[str, ...] = ()) -> Trouble:
    """Return an alert as a trouble."""
    is_known = alert.code in set(TroubleCode)
    return troubled(
        TroubleCode(alert.code) if is_known else TroubleCode.OTHER,
        alert.subject,
        alert.subject_id,
        tenant_id=alert.tenant_id,
        since=alert.at,
        what=alert.message if is_known else f"{alert.code}: {alert.message}",
        evidence=evidence,
    )


def _lasts(alert: Alert, row: Delivery | None) -> bool:
    if row is None:
        return False
    states = _LASTS_IN.get(TroubleCode(alert.code)) if alert.code in set(TroubleCode) else None
    return states is None or row.state in states
