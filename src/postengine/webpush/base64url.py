"""Base64 as keys, tokens and headers of Web Push are written: URL-safe, without padding."""

from __future__ import annotations

import base64
import re

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*={0,2}")


def encode(data: bytes) -> str:
    """Return `data` as base64url.

    >>> encode(bytes([255, 254]))
    '__4'
    """
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """Return the bytes that `text` stands for, with or without padding.

    Raises:
        ValueError: It has other characters, or one too many.
    """
    if not _ALPHABET.fullmatch(text):
        raise ValueError("base64url has letters, digits, - and _ alone")
    bare = text.rstrip("=")
    return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
