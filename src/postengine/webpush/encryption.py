"""Encrypting a payload, so that the browser alone reads it and the push service cannot.

Source: RFC 8291, section 3.4, over RFC 8188; the example of RFC 8291, appendix A, is among the tests.
"""

from __future__ import annotations

import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from .subscription import Subscription

ENCODING = "aes128gcm"
MAX_BODY_BYTES = 4096
"""What each push service has to take (RFC 8030, section 7.2); also our one record's size."""

_SALT_BYTES, _KEY_BYTES, _NONCE_BYTES, _SECRET_BYTES = 16, 16, 12, 32
_POINT_BYTES, _TAG_BYTES = 65, 16
_LAST_RECORD = b"\x02"
_HEADER_BYTES = _SALT_BYTES + 4 + 1 + _POINT_BYTES
MAX_PLAINTEXT_BYTES = MAX_BODY_BYTES - _HEADER_BYTES - len(_LAST_RECORD) - _TAG_BYTES
"""3993."""


def encrypt(
    plaintext: bytes,
    subscription: Subscription,
    *,
    sender: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """Return the body of a push: header and one record.

    Args:
        plaintext: At most `MAX_PLAINTEXT_BYTES`.
        subscription: Whose browser can read it.
        sender: Used for this message alone; None makes one.
        salt: 16 random bytes, for this message alone; None takes them.
    """
    sender = sender or ec.generate_private_key(ec.SECP256R1())
    salt = salt or os.urandom(_SALT_BYTES)
    public = point_of(sender.public_key())
    shared = sender.exchange(ec.ECDH(), subscription.receiver())
    context = b"WebPush: info\0" + subscription.public_key + public
    secret = _derive(shared, subscription.auth_secret, context, _SECRET_BYTES)
    key = _derive(secret, salt, b"Content-Encoding: aes128gcm\0", _KEY_BYTES)
    nonce = _derive(secret, salt, b"Content-Encoding: nonce\0", _NONCE_BYTES)
    header = salt + MAX_BODY_BYTES.to_bytes(4, "big") + len(public).to_bytes(1, "big") + public
    return header + AESGCM(key).encrypt(nonce, plaintext + _LAST_RECORD, None)


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return a public key as an uncompressed point, 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derive(secret: bytes, salt: bytes, info: bytes, size_bytes: int) -> bytes:
    return HKDF(hashes.SHA256(), size_bytes, salt, info).derive(secret)
