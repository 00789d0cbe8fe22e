"""Checking who sent a push, by the header `Authorization: vapid t=…, k=…`.

Source: RFC 8292, sections 2 and 3; Apple refuses a subject that reaches nobody.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pydantic import JsonValue, TypeAdapter

from .refusal import OTHER_KEYS, Refused, refusal
from .wire import to_bytes

_HEADER = re.compile(r"vapid\s+t=(?P<token>[\w.-]+)\s*,\s*k=(?P<key>[\w-]+)", re.IGNORECASE)
_SUBJECT = re.compile(r"(mailto:[^@\s]+@|https://)(?!localhost\b)[\w-]+(\.[\w-]+)+([/:].*)?")
_LONGEST = timedelta(hours=24)
_SIGNATURE_BYTES = 64
_OBJECT = TypeAdapter(dict[str, JsonValue])


def check_vapid(header: str, *, audience: str, now: datetime, key: str | None) -> dict[str, JsonValue]:
    """Return the claims of a push's sender.

    Args:
        header: `Authorization`.
        audience: Origin of this push service.
        now: Judges the token's end.
        key: What the subscription was made with; None takes any.

    Raises:
        Refused: 401 without a header, 403 where a claim, the signature or the key is wrong.
    """
    match = _HEADER.fullmatch(header)
    if match is None:
        raise refusal("401")
    claims = _verified(match["token"], match["key"])
    problem = _problem(claims, audience, now)
    if problem:
        raise Refused(403, f"invalid JWT provided: {problem}")
    if key is not None and match["key"] != key.rstrip("="):
        raise Refused(403, OTHER_KEYS)
    return claims


def _verified(token: str, key: str) -> dict[str, JsonValue]:
    head, _, signature = token.rpartition(".")
    try:
        header, claims = (_OBJECT.validate_json(to_bytes(part)) for part in head.split("."))
        numbers = to_bytes(signature)
        r, s = int.from_bytes(numbers[:32], "big"), int.from_bytes(numbers[32:], "big")
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), to_bytes(key))
        public.verify(encode_dss_signature(r, s), head.encode(), ec.ECDSA(hashes.SHA256()))
    except (ValueError, InvalidSignature):
        raise Refused(403, "invalid JWT provided: its signature is not of the key k") from None
    if header.get("alg") != "ES256" or len(numbers) != _SIGNATURE_BYTES:
        raise Refused(403, "invalid JWT provided: ES256 is expected")
    return claims


def _problem(claims: dict[str, JsonValue], audience: str, now: datetime) -> str | None:
    end = claims.get("exp")
    if claims.get("aud") != audience:
        return f"aud is not {audience}"
    if not isinstance(end, int) or not now.timestamp() < end <= (now + _LONGEST).timestamp():
        return "exp is not within the next 24 hours"
    if not _SUBJECT.fullmatch(str(claims.get("sub"))):
        return "sub is neither mailto: nor https: of a real host"
    return None
