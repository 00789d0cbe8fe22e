"""Who is logged in: the cookie names a token, and revoking the token ends the session."""

from __future__ import annotations

from flask import session

from postengine.engine.ports import Ports
from reference_app.tokens import Access, read_token_id

TOKEN_ID = "token_id"  # noqa: S105 - a key's name


def signed_in(ports: Ports) -> Access | None:
    """Return whose session this request belongs to, or None."""
    token_id: object = session.get(TOKEN_ID)
    return read_token_id(ports, token_id) if isinstance(token_id, str) else None
