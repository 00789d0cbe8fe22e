"""Reading trouble: everything that needs a person, derived from the rows of a store."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from postengine.engine.ports import Store, Transaction
from postengine.engine.posts.agent import Device
from postengine.engine.posts.hold import SERVICE
from postengine.engine.posts.record import Alert, Mark
from postengine.engine.posts.timings import Timings

from .accounts import of_accounts
from .deliveries import told, told_of_assets, told_of_deliveries, undecided
from .evidence import among, shown
from .holds import holding
from .processes import of_processes
from .value import Trouble, TroubleCode

_C = TroubleCode
_BY_STATE = frozenset({_C.NEEDS_DECISION, _C.BREAKER_OPEN, _C.CLOCK_SKEW, _C.HAND})
"""Codes that rows alone decide, whatever alert there is beside them."""


def trouble(store: Store, timings: Timings | None = None, *, tenant_id: str | None = None) -> list[Trouble]:
    """Return what needs a person now, the gravest first, and the newest first among equals.

    What goes away by itself or by a person's hand is no longer in it; nothing has to be acknowledged but
    what nobody can undo, such as a missed post: that ends when its alert is cleared, too.

    Args:
        store: Where the rows are.
        timings: Those of the engine: they say what counts as off or silent. None: the usual ones.
        tenant_id: Only what is this tenant's; None: all, and what is the service's.
    """
    with store.transaction() as tx:
        found = trouble_in(tx, timings or Timings())
    return found if tenant_id is None else [one for one in found if one.tenant_id == tenant_id]


def trouble_in(tx: Transaction, timings: Timings) -> list[Trouble]:
    """Return the same as `trouble`, inside an open transaction."""
    alerts = tx.find(Alert, {"cleared_at": None})  # first: the state that an alert tells of is there by then
    by_key: dict[str, Trouble] = {}
    found = [
        *undecided(tx),
        *holding(tx),
        *of_accounts(tx, timings),
        *of_processes(tx.find(Mark, {}), tx.now),
        *_told(tx, timings, alerts),
    ]
    for one in found:
        by_key.setdefault(one.key, one)
    if any(one.code == _C.ANOTHER_INSTALLATION for one in by_key.values()):
        by_key.pop(f"{_C.RESTORED}:{SERVICE}", None)  # the same hold
    return sorted(by_key.values(), key=lambda one: (-one.gravity, -one.since.timestamp(), one.key))


def _told(tx: Transaction, timings: Timings, alerts: Sequence[Alert]) -> list[Trouble]:
    """Return what alerts tell of that no other row does."""
    rest = [alert for alert in alerts if not _is_seen_elsewhere(alert)]
    silent = _of(rest, lambda alert: alert.code == _C.PHONE_SILENT)
    deliveries = _of(rest, lambda alert: alert.subject == "delivery")
    assets = _of(rest, lambda alert: alert.subject == "asset")
    taken = {alert.id for alert in (*silent, *deliveries, *assets)}
    return [
        *_silent(tx, timings, silent),
        *told_of_deliveries(tx, deliveries),
        *told_of_assets(tx, assets),
        *(told(alert) for alert in rest if alert.id not in taken),
    ]


def _of(alerts: Sequence[Alert], wanted: Callable[[Alert], bool]) -> list[Alert]:
    return [alert for alert in alerts if wanted(alert)]


def _is_seen_elsewhere(alert: Alert) -> bool:
    is_held = alert.code == _C.QUARANTINED and alert.subject == "delivery"
    return is_held or alert.code in _BY_STATE


def _silent(tx: Transaction, timings: Timings, alerts: Sequence[Alert]) -> list[Trouble]:
    """Return the phones that are silent still; one that was heard of again, or revoked, is not."""
    devices = {row.id: row for row in among(tx, Device, "id", (alert.subject_id for alert in alerts))}
    found: list[Trouble] = []
    for alert in alerts:
        device = devices.get(alert.subject_id)
        if device is None or device.revoked_at is not None:
            continue
        heard_at = device.last_seen_at or device.created_at
        if heard_at + timings.silent_after <= tx.now:
            found.append(told(alert, (f"last heard of {shown(heard_at)}",)))
    return found
