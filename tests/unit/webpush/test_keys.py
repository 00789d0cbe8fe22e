"""The key pair: read in the forms that other tools write, refused with a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from postengine.webpush import VapidInvalid, VapidKeys
from postengine.webpush.base64url import decode

SAMPLE = json.loads((Path(__file__).parents[2] / "samples/webpush/pywebpush.json").read_text("utf-8"))
OTHER_CURVE = ec.generate_private_key(ec.SECP384R1())


def pem(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def test_a_pair_comes_back_from_its_pem() -> None:
    keys = VapidKeys.generate()

    assert VapidKeys.from_pem(keys.to_pem()).public_key == keys.public_key


def test_the_older_form_of_openssl_is_read() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    older = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())

    assert VapidKeys.from_pem(older).public_key == VapidKeys(key).public_key


def test_a_key_of_py_vapid_is_read_as_other_tools_show_it() -> None:
    assert VapidKeys.from_base64url(SAMPLE["vapid_private_key"]).public_key == SAMPLE["vapid_public_key"]


def test_a_signature_is_two_numbers_of_the_private_key() -> None:
    key = ec.generate_private_key(ec.SECP256R1())

    signature = VapidKeys(key).sign(b"data")

    assert len(signature) == 64
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    key.public_key().verify(encode_dss_signature(r, s), b"data", ec.ECDSA(hashes.SHA256()))


def test_nothing_secret_is_in_the_repr() -> None:
    keys = VapidKeys.from_base64url(SAMPLE["vapid_private_key"])

    assert repr(keys) == f"VapidKeys(public_key='{SAMPLE['vapid_public_key']}')"
    assert len(decode(keys.public_key)) == 65


def test_a_key_on_another_curve_is_refused() -> None:
    with pytest.raises(VapidInvalid, match="P-256, got one on secp384r1"):
        VapidKeys(OTHER_CURVE)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "expected the PEM of a private key"),
        (
            b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            "expected the PEM of a private key",
        ),
        (pem(ed25519.Ed25519PrivateKey.generate()), "got another kind"),
        (pem(OTHER_CURVE), "secp384r1"),
        (
            OTHER_CURVE.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"p")),
            "without a password",
        ),
    ],
)
def test_what_is_no_key_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(VapidInvalid, match=problem) as caught:
        VapidKeys.from_pem(content)

    assert caught.value.field == "vapid keys"


@pytest.mark.parametrize(
    ("text", "problem"),
    [("AAAA", "expected 32 bytes, got 3"), ("A" * 43, "private key on P-256"), ("no key!", "as base64url")],
)
def test_what_is_no_number_of_the_curve_is_refused(text: str, problem: str) -> None:
    with pytest.raises(VapidInvalid, match=problem):
        VapidKeys.from_base64url(text)
