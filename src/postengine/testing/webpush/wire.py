"""Base64url as browsers write it; written apart from `postengine.webpush`, so that no mistake is shared."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode


def to_text(data: bytes) -> str:
    """Return `data` in base64url, without padding."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def to_bytes(text: str) -> bytes:
    """Return the bytes behind `text`.

    Raises:
        ValueError: It is no base64.
    """
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
