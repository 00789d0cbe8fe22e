"""A subscription: where a browser can be reached, and the keys that only it can read with."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Self, cast

from cryptography.hazmat.primitives.asymmetric import ec

from . import base64url
from .errors import SubscriptionInvalid

_AUTH_BYTES = 16


@dataclass(frozen=True, slots=True)
class Subscription:
    """What `pushManager.subscribe` gave a page. Whoever knows it can ring the phone: it is in no repr.

    Attributes:
        endpoint: The push service's address of this browser; a client checks it before calling it.
        public_key: `p256dh`: an uncompressed point on P-256, 65 bytes.
        auth_secret: `auth`: 16 bytes.

    Raises:
        SubscriptionInvalid: The keys are none.
    """

    endpoint: str = field(repr=False)
    public_key: bytes = field(repr=False)
    auth_secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.auth_secret) != _AUTH_BYTES:
            problem = (
                f"expected {_AUTH_BYTES} bytes, got {len(self.auth_secret)}; let the browser subscribe anew"
            )
            raise SubscriptionInvalid("keys.auth", problem)
        try:
            self.receiver()
        except ValueError:
            problem = "expected an uncompressed point on P-256 of 65 bytes; let the browser subscribe anew"
            raise SubscriptionInvalid("keys.p256dh", problem) from None

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the subscription that a page sent as `JSON.stringify(subscription)`.

        Raises:
            SubscriptionInvalid: It has no endpoint, or keys that are none.
        """
        try:
            whole: object = json.loads(text)
        except ValueError:
            raise SubscriptionInvalid("subscription", "expected the JSON of a PushSubscription") from None
        keys = _member(whole, "keys")
        return cls(
            endpoint=_text(whole, "endpoint", "endpoint"),
            public_key=_bytes(keys, "p256dh"),
            auth_secret=_bytes(keys, "auth"),
        )

    def receiver(self) -> ec.EllipticCurvePublicKey:
        """Return the browser's public key."""
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), self.public_key)


def _member(whole: object, name: str) -> object:
    return cast("dict[str, object]", whole).get(name) if isinstance(whole, dict) else None


def _text(whole: object, name: str, path: str) -> str:
    value = _member(whole, name)
    if not isinstance(value, str) or not value:
        raise SubscriptionInvalid(path, f"expected text, got {type(value).__name__}")
    return value


def _bytes(keys: object, name: str) -> bytes:
    path = f"keys.{name}"
    try:
        return base64url.decode(_text(keys, name, path))
    except ValueError as error:
        raise SubscriptionInvalid(path, str(error)) from None
