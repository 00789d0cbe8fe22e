"""Who calls: from the bearer token to the device."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

from postengine.engine.ledger.change import Change, changing
from postengine.engine.posts.agent import Device

from .call import Call
from .responses import Refusal

_SEEN_EVERY = timedelta(minutes=1)


def token_hash(token: str) -> str:
    """Return the form in which a token is kept; it has 256 random bits, so that a plain hash is enough."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def shown_hash(call: Call) -> str:
    """Return the hash of the token that the caller shows, whosever it is.

    Raises:
        Refusal: 401; it shows none.
    """
    scheme, _, token = (call.request.header("authorization") or "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise _unknown("token_missing", "send the device's token: Authorization: Bearer …", "")
    return token_hash(token.strip())


def authenticate(call: Call) -> Device:
    """Return the calling device, and note once a minute that it was seen.

    Raises:
        Refusal: 401; the phone wipes itself and pairs again.
    """
    with changing(call.ports) as change:
        where = {"token_hash": shown_hash(call), "revoked_at": None}
        found = change.tx.find(Device, where, limit=1)
        if not found:
            raise _revoked()
        device = found[0]
        if device.last_seen_at is None or device.last_seen_at + _SEEN_EVERY <= change.now:
            device = replace(still_paired(change, device), last_seen_at=change.now)
            change.tx.save(device)
            change.clear_alert("phone_silent", device.id)
    return device


def still_paired(change: Change, device: Device) -> Device:
    """Return the device as it is stored, locked.

    Raises:
        Refusal: 401; it was revoked since it was let in.
    """
    stored = change.need(Device, device.id, lock=True)
    if stored.revoked_at is not None:
        raise _revoked()
    return stored


def _revoked() -> Refusal:
    detail = "this token is unknown or was revoked; wipe what is stored, and pair again"
    return _unknown("token_unknown", detail, ', error="invalid_token"')


def _unknown(code: str, detail: str, error: str) -> Refusal:
    headers = {"WWW-Authenticate": f'Bearer realm="agent"{error}'}
    return Refusal(HTTPStatus.UNAUTHORIZED, code, detail, headers=headers)
