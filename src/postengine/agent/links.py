"""Signed addresses of files, for what cannot send a bearer token: an image on a page, a share sheet."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

_DAY_S = 86_400
_MIN_SECRET_BYTES = 16


class AssetLinks:
    """Makes and checks addresses that are good for one to two days.

    They end at midnight UTC, so that a file keeps its address for a day and caches work.

    Args:
        base_url: The service's public address, without a path.
        secret: At least 16 random bytes, the same in all processes.

    Raises:
        ValueError: The secret is too short.
    """

    def __init__(self, base_url: str, secret: bytes) -> None:
        if len(secret) < _MIN_SECRET_BYTES:
            raise ValueError(f"link_secret has {len(secret)} bytes; give it at least {_MIN_SECRET_BYTES}")
        self._base_url = base_url.rstrip("/")
        self._secret = secret

    def url(self, asset_id: str, now: datetime) -> str:
        """Return the signed address of an asset."""
        exp = str((int(now.timestamp()) // _DAY_S + 2) * _DAY_S)
        return f"{self._base_url}/agent/v1/assets/{asset_id}?exp={exp}&sig={self._sign(asset_id, exp)}"

    def is_valid(self, asset_id: str, query: Mapping[str, str], now: datetime) -> bool:
        """Whether `exp` and `sig` in `query` are ours, for this asset and not over."""
        exp = query.get("exp", "")
        is_ours = hmac.compare_digest(
            self._sign(asset_id, exp).encode(), query.get("sig", "").encode(errors="replace")
        )
        return is_ours and now.timestamp() < int(exp)

    def _sign(self, asset_id: str, exp: str) -> str:
        return hmac.new(
            self._secret, f"agent-asset:{asset_id}:{exp}".encode(errors="replace"), hashlib.sha256
        ).hexdigest()
