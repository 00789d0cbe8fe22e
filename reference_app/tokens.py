"""Bearer tokens of the API: kept as hashes, for everything or for one tenant."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from postengine.engine.ledger.change import changing
from postengine.engine.ports import Ports
from postengine.engine.posts.record import ApiToken
from postengine.ids import new_secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who asks, and for which tenant they may; None means all of them: an operator."""

    token_id: str
    name: str
    tenant_id: str | None = None

    @property
    def is_operator(self) -> bool:
        """Whether every tenant is open to them."""
        return self.tenant_id is None

    def covers(self, tenant_id: str | None) -> bool:
        """Whether rows of this tenant are open to them."""
        return self.is_operator or self.tenant_id == tenant_id


def read_token(ports: Ports, bearer: str) -> Access | None:
    """Return whose token it is, or None if it is nobody's or was revoked."""
    with ports.store.transaction() as tx:
        found = tx.find(ApiToken, {"token_hash": hash_of(bearer), "revoked_at": None}, limit=1)
    return _access(found[0]) if found else None


def read_token_id(ports: Ports, token_id: str) -> Access | None:
    """Return whose token has this id, or None if there is none or it was revoked."""
    with ports.store.transaction() as tx:
        found = tx.get(ApiToken, token_id)
    return None if found is None or found.revoked_at is not None else _access(found)


def issue_token(
    ports: Ports, name: str, *, tenant_id: str | None = None, secret: str | None = None
) -> tuple[ApiToken, str]:
    """Make a token; return its row and the token itself, which is kept nowhere else.

    Args:
        ports: What the engine works with.
        name: Who uses it.
        tenant_id: The one tenant that it is for; None for an operator's.
        secret: The token, where somebody has chosen one already.
    """
    token = secret or new_secret()
    with changing(ports) as change:
        row = ApiToken(
            id=ports.ids.new("tok"),
            name=name,
            token_hash=hash_of(token),
            tenant_id=tenant_id,
            created_at=change.now,
        )
        change.tx.add(row)
    return row, token


def revoke_token(ports: Ports, token_id: str) -> ApiToken:
    """Revoke a token; twice changes nothing.

    Raises:
        NotFound: There is no such token.
    """
    with changing(ports) as change:
        row = change.need(ApiToken, token_id, lock=True)
        if row.revoked_at is None:
            row = replace(row, revoked_at=change.now)
            change.tx.save(row)
        return row


def hash_of(token: str) -> str:
    """Return what is kept of a token; 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def _access(row: ApiToken) -> Access:
    return Access(token_id=row.id, name=row.name, tenant_id=row.tenant_id)
