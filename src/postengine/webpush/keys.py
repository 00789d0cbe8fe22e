"""The key pair that names this installation to push services (VAPID)."""

from __future__ import annotations

from typing import Self

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from . import base64url
from .encryption import point_of
from .errors import VapidInvalid

_NUMBER_BYTES = 32
_FIELD = "vapid keys"


class VapidKeys:
    """A key pair on P-256. Each subscription is tied to the public one: a new pair is the end of them all.

    Args:
        private_key: On P-256.

    Raises:
        VapidInvalid: It is on another curve.
    """

    def __init__(self, private_key: ec.EllipticCurvePrivateKey) -> None:
        if not isinstance(private_key.curve, ec.SECP256R1):
            raise VapidInvalid(_FIELD, f"expected a key on P-256, got one on {private_key.curve.name}")
        self._private_key = private_key

    def __repr__(self) -> str:
        return f"VapidKeys(public_key={self.public_key!r})"

    @classmethod
    def generate(cls) -> Self:
        """Return a new pair."""
        return cls(ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def from_pem(cls, pem: bytes) -> Self:
        """Return the pair of a private key as PEM, as `to_pem`, openssl and py_vapid write it.

        Raises:
            VapidInvalid: It is no such key.
        """
        try:
            key = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise VapidInvalid(_FIELD, "expected the PEM of a private key without a password") from None
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise VapidInvalid(_FIELD, "expected an elliptic curve key on P-256, got another kind")
        return cls(key)

    @classmethod
    def from_base64url(cls, private_key: str) -> Self:
        """Return the pair of a private key as other libraries show it: 32 bytes, base64url.

        Raises:
            VapidInvalid: It is no such key.
        """
        try:
            number = base64url.decode(private_key)
            if len(number) != _NUMBER_BYTES:
                raise VapidInvalid(_FIELD, f"expected {_NUMBER_BYTES} bytes, got {len(number)}")
            return cls(ec.derive_private_key(int.from_bytes(number, "big"), ec.SECP256R1()))
        except ValueError:
            raise VapidInvalid(_FIELD, "expected a private key on P-256 as base64url") from None

    @property
    def public_key(self) -> str:
        """What a page subscribes with as `applicationServerKey`: base64url."""
        return base64url.encode(point_of(self._private_key.public_key()))

    def to_pem(self) -> bytes:
        """Return the private key as PEM (PKCS 8), not encrypted."""
        return self._private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def sign(self, data: bytes) -> bytes:
        """Return the signature by ES256: two numbers of 32 bytes.

        Source: RFC 7518, section 3.4.
        """
        numbers = decode_dss_signature(self._private_key.sign(data, ec.ECDSA(hashes.SHA256())))
        return b"".join(number.to_bytes(_NUMBER_BYTES, "big") for number in numbers)
