"""The API key as it is sent: raw, and nowhere else."""

from __future__ import annotations

import hashlib

from pydantic import SecretStr


def raw_key(api_key: str | SecretStr) -> str:
    """Return the value of the `Authorization` header.

    Raises:
        ValueError: It cannot be a header, or starts with `Bearer `, which Postiz does not strip. The message
            does not repeat it.
    """
    key = (api_key.get_secret_value() if isinstance(api_key, SecretStr) else api_key).strip()
    if not key or not key.isascii() or not key.isprintable():
        raise ValueError("The API key of Postiz is printable ASCII text and not empty.")
    if key.lower().startswith("bearer ") or key.lower() == "bearer":
        raise ValueError("The API key of Postiz is sent as it is: leave out the word Bearer before it.")
    return key


def account_name(root: str, key: str) -> str:
    """Return a name for the account behind `key` that tells nothing of the key."""
    return hashlib.sha256(f"{root} {key}".encode()).hexdigest()[:16]
