"""The start of an installation: the first operator's token, and drafts-only mode as the settings say."""

from __future__ import annotations

from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.ports import Ports
from postengine.engine.posts.hold import SERVICE, Hold
from postengine.engine.posts.record import ApiToken
from postengine.engine.posts.states import HoldReason, HoldScope

from .identity import check_identity
from .settings import Settings
from .tokens import hash_of, issue_token

_WHO = "settings"


def prepare(settings: Settings, ports: Ports) -> str | None:
    """Bring a migrated store to what `settings` say; return the operator's token if one was made just now."""
    hold_back(settings, ports)
    return _first_token(settings, ports)


def hold_back(settings: Settings, ports: Ports) -> None:
    """Place or release what holds the whole service: drafts-only mode, and a database that is not ours."""
    check_identity(settings, ports)
    set_drafts_only(ports, is_on=settings.drafts_only)


def set_drafts_only(ports: Ports, *, is_on: bool) -> None:
    """Place or release the hold under which posts are staged as drafts and never promoted."""
    if is_on:
        note = "a new installation promotes nothing until POSTENGINE_DRAFTS_ONLY is false"
        place_hold(ports, HoldScope.SERVICE, reason=HoldReason.DRAFTS_ONLY, note=note, who=_WHO)
        return
    where = {"scope_id": SERVICE, "reason": HoldReason.DRAFTS_ONLY, "released_at": None}
    with ports.store.transaction() as tx:
        holds = tx.find(Hold, where)
    for hold in holds:
        release_hold(ports, hold.id, who=_WHO)


def _first_token(settings: Settings, ports: Ports) -> str | None:
    chosen = settings.operator_token
    where: dict[str, object] = {"tenant_id": None, "revoked_at": None}
    if chosen is not None:
        where["token_hash"] = hash_of(chosen.get_secret_value())
    with ports.store.transaction() as tx:
        if tx.count(ApiToken, where):
            return None
    secret = None if chosen is None else chosen.get_secret_value()
    _, token = issue_token(ports, "operator", secret=secret)
    return token if chosen is None else None
