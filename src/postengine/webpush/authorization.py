"""The header that names us to a push service: a signed token, good for one service and some hours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from . import base64url
from .keys import VapidKeys

TOKEN_LIFE = timedelta(hours=12)
"""Half of what is allowed, so that a clock may be wrong by hours on either side."""
_RENEWED_BEFORE_END = TOKEN_LIFE / 2
_MOST_KEPT = 256


def sign_token(keys: VapidKeys, *, audience: str, subject: str, expires_at: datetime) -> str:
    """Return a token (JWT, ES256).

    Args:
        keys: Sign it.
        audience: Origin of the push service, such as `https://push.example.com`.
        subject: Who we are; see `check_subject`.
        expires_at: At most 24 hours ahead.

    Source: RFC 8292, section 2.
    """
    claims: dict[str, str | int] = {"aud": audience, "exp": int(expires_at.timestamp()), "sub": subject}
    head = f"{_part({'typ': 'JWT', 'alg': 'ES256'})}.{_part(claims)}"
    return f"{head}.{base64url.encode(keys.sign(head.encode('ascii')))}"


def _part(content: Mapping[str, str | int]) -> str:
    return base64url.encode(json.dumps(content, separators=(",", ":")).encode())


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    expires_at: datetime

    def is_fresh(self, now: datetime) -> bool:
        """Say whether it is good for hours yet, and not from a time when the clock was ahead."""
        return _RENEWED_BEFORE_END < self.expires_at - now <= TOKEN_LIFE


class Authorizer:
    """Makes headers `Authorization`; a token is used again for the same push service.

    Args:
        keys: Sign the tokens.
        subject: Already checked.
    """

    def __init__(self, keys: VapidKeys, subject: str) -> None:
        self._keys = keys
        self._subject = subject
        self._tokens: dict[str, _Token] = {}

    def header(self, audience: str, now: datetime) -> str:
        """Return the header's value for the push service `audience`."""
        token = self._tokens.get(audience)
        if token is None or not token.is_fresh(now):
            token = self._renew(audience, now)
        return f"vapid t={token.text}, k={self._keys.public_key}"

    def _renew(self, audience: str, now: datetime) -> _Token:
        # Phones choose the audiences: however many they make up, few are kept.
        if len(self._tokens) >= _MOST_KEPT:
            self._tokens.clear()
        expires_at = now + TOKEN_LIFE
        text = sign_token(self._keys, audience=audience, subject=self._subject, expires_at=expires_at)
        token = self._tokens[audience] = _Token(text, expires_at)
        return token
