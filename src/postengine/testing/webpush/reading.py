"""Decrypting a push as a browser does: any number of records, any padding.

Source: RFC 8188, section 2; RFC 8291, section 3. HKDF is RFC 5869 by hand.
"""

from __future__ import annotations

import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_SALT_END, _SIZE_END, _KEY_START = 16, 20, 21
_TAG_BYTES = 16


class Unreadable(Exception):
    """The browser could not make sense of a push; the text says why."""


def decrypt(body: bytes, receiver: ec.EllipticCurvePrivateKey, auth_secret: bytes) -> bytes:
    """Return the payload of a push.

    Args:
        body: As it was sent: header and records.
        receiver: The browser's private key.
        auth_secret: Of the subscription.

    Raises:
        Unreadable: It was encrypted for another, changed on the way, or never well-formed.
    """
    if len(body) < _KEY_START:
        raise Unreadable("the body ends within its header")
    key_end = _KEY_START + body[_SIZE_END]
    record_bytes = int.from_bytes(body[_SALT_END:_SIZE_END], "big")
    if record_bytes <= _TAG_BYTES + 1:
        raise Unreadable(f"records of {record_bytes} bytes hold nothing")
    key, nonce = _keys(body[:_SALT_END], body[_KEY_START:key_end], receiver, auth_secret)
    sealed = body[key_end:]
    records = [sealed[start : start + record_bytes] for start in range(0, len(sealed), record_bytes)]
    if not records:
        raise Unreadable("there is no record")
    return b"".join(
        _open(AESGCM(key), _nonce_of(nonce, number), record, is_last=number == len(records) - 1)
        for number, record in enumerate(records)
    )


def _keys(
    salt: bytes, sender: bytes, receiver: ec.EllipticCurvePrivateKey, auth_secret: bytes
) -> tuple[bytes, bytes]:
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
    except ValueError:
        raise Unreadable("the sender's key is no point on P-256") from None
    own = receiver.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = receiver.exchange(ec.ECDH(), public)
    secret = _hkdf(auth_secret, shared, b"WebPush: info\x00" + own + sender, 32)
    return (
        _hkdf(salt, secret, b"Content-Encoding: aes128gcm\x00", 16),
        _hkdf(salt, secret, b"Content-Encoding: nonce\x00", 12),
    )


def _hkdf(salt: bytes, secret: bytes, info: bytes, size_bytes: int) -> bytes:
    extracted = hmac.digest(salt, secret, hashlib.sha256)
    return hmac.digest(extracted, info + b"\x01", hashlib.sha256)[:size_bytes]


def _nonce_of(nonce: bytes, number: int) -> bytes:
    return (int.from_bytes(nonce, "big") ^ number).to_bytes(len(nonce), "big")


def _open(cipher: AESGCM, nonce: bytes, record: bytes, *, is_last: bool) -> bytes:
    try:
        padded = cipher.decrypt(nonce, record, None).rstrip(b"\x00")
    except (InvalidTag, ValueError):
        raise Unreadable("it was encrypted for another, or changed on the way") from None
    if padded[-1:] != (b"\x02" if is_last else b"\x01"):
        raise Unreadable("a record has the wrong delimiter")
    return padded[:-1]
