"""Whose database this is, and how old: an id and a count, in it and in the data folder.

Where they differ, nothing is sent.
"""

from __future__ import annotations

from dataclasses import replace

from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.ledger.change import changing
from postengine.engine.ports import Ports
from postengine.engine.posts.hold import SERVICE, Hold
from postengine.engine.posts.record import Mark
from postengine.engine.posts.states import HoldReason, HoldScope
from postengine.engine.posts.tenant import Account

from .heartbeat import Heartbeat
from .marks import set_mark
from .settings import Settings

_NAME = "installation"
_NOTE = (
    "this database belongs to another installation, or was copied from one; "
    "see that the other sends nothing, then run: python -m reference_app adopt"
)
_OLDER = (
    "this database is older than what was last seen of it: it was restored from a backup; "
    "see what has passed since, then run: python -m reference_app adopt"
)


def check_identity(settings: Settings, ports: Ports) -> bool:
    """Return whether the database is this installation's, and its newest; if not, hold everything."""
    with ports.store.transaction() as tx:
        known = tx.get(Mark, _NAME)
    if known is None:
        _take(settings, ports)
        return True
    owner = _own_id(settings)
    if owner != known.value:
        _hold(ports, "another_installation", _NOTE)
        return _was_adopted(settings, ports, owner)
    return check_age(settings, ports)


def check_age(settings: Settings, ports: Ports) -> bool:
    """Return whether the database is as new as what was last seen of it; if not, hold everything."""
    heartbeat, owner = Heartbeat(settings, ports), _own_id(settings)
    if not heartbeat.is_behind():
        return True
    say_restored(ports)
    if _was_adopted(settings, ports, owner):
        return True
    heartbeat.accept()
    return False


def say_restored(ports: Ports) -> None:
    """Hold everything until the database is adopted: it was restored from a backup."""
    _hold(ports, "restored", _OLDER)


def adopt(settings: Settings, ports: Ports) -> None:
    """Make the database this installation's own; where it came from is held from its next start on."""
    _take(settings, ports)
    _look_anew(ports)
    _release(ports)


def _was_adopted(settings: Settings, ports: Ports, owner: str | None) -> bool:
    """Return whether others had held it too, and it was adopted before our hold was there; undo that then."""
    if _own_id(settings) == owner:
        return False
    _release(ports)
    return True


def _release(ports: Ports) -> None:
    where = {"scope_id": SERVICE, "reason": HoldReason.RESTORED, "released_at": None}
    with ports.store.transaction() as tx:
        holds = tx.find(Hold, where)
    for hold in holds:
        release_hold(ports, hold.id, who="operator")
    with changing(ports) as change:
        for code in ("another_installation", "restored"):
            change.clear_alert(code, SERVICE)


def _look_anew(ports: Ports) -> None:
    """Forget that Postiz was looked at: what went out since the backup is known there alone."""
    with ports.store.transaction() as tx:
        for account in tx.find(Account, {}, lock=True):
            tx.save(replace(account, listed_at=None))


def _hold(ports: Ports, code: str, note: str) -> None:
    place_hold(ports, HoldScope.SERVICE, reason=HoldReason.RESTORED, note=note, who="installation")
    with changing(ports) as change:
        change.alert(code, "service", SERVICE, note)


def _take(settings: Settings, ports: Ports) -> None:
    """Write a new id, outside first: a crash between the two leaves a database without an owner."""
    own = ports.ids.new("inst")
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    draft = settings.data_dir / "installation-id.new"
    draft.write_text(own, encoding="utf-8")
    draft.replace(settings.data_dir / "installation-id")
    with ports.store.transaction() as tx:
        set_mark(tx, _NAME, own)
    Heartbeat(settings, ports).accept()


def _own_id(settings: Settings) -> str | None:
    file = settings.data_dir / "installation-id"
    return file.read_text(encoding="utf-8").strip() if file.exists() else None
