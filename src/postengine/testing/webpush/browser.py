"""A browser's side of a subscription: its keys, and what it makes of a push."""

from __future__ import annotations

import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pydantic import JsonValue

from .reading import decrypt
from .wire import to_text

_DECLARATIVE = 8030


class FakeSubscription:
    """A subscription with keys made for this run.

    Args:
        id: Its name at the push service.
        endpoint: Where the push service takes messages for it.
        application_server_key: Whose messages alone it takes, base64url; None takes anybody's.
        is_iphone: After three pushes that tell of no notification, the subscription is gone.
    """

    def __init__(
        self,
        id: str,  # noqa: A002 - as rows call it
        endpoint: str,
        *,
        application_server_key: str | None = None,
        is_iphone: bool = False,
    ) -> None:
        self.id = id
        self.endpoint = endpoint
        self.application_server_key = application_server_key
        self.is_iphone = is_iphone
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._auth_secret = os.urandom(16)

    def __repr__(self) -> str:
        return f"FakeSubscription({self.id!r})"

    def to_json(self) -> dict[str, JsonValue]:
        """Return what a page gets by `subscription.toJSON()`."""
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys: JsonValue = {"p256dh": to_text(point), "auth": to_text(self._auth_secret)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def read(self, body: bytes) -> bytes:
        """Return the payload of a push.

        Raises:
            Unreadable: It is not for this browser.
        """
        return decrypt(body, self._key, self._auth_secret)


def notification_in(payload: JsonValue) -> dict[str, JsonValue] | None:
    """Return the notification that `payload` declares, or None where a browser would have to ask a worker.

    Source: W3C Push API, declarative push message parser, read November 2026.
    """
    if not isinstance(payload, dict) or payload.get("web_push") != _DECLARATIVE:
        return None
    notification = payload.get("notification")
    if not isinstance(notification, dict):
        return None
    title, navigate = notification.get("title"), notification.get("navigate")
    is_whole = isinstance(title, str) and title.strip() and isinstance(navigate, str)
    return notification if is_whole else None
