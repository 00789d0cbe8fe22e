"""Encryption: the RFC's own example byte for byte, and sizes to the last byte."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from postengine.testing.webpush import FakePushService
from postengine.webpush import Subscription
from postengine.webpush.base64url import decode, encode
from postengine.webpush.encryption import MAX_BODY_BYTES, MAX_PLAINTEXT_BYTES, encrypt

from .parts import subscription

# RFC 8291, appendix A.
PLAINTEXT = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8w"
    "EqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_rfc_comes_out_byte_for_byte() -> None:
    receiver = Subscription("https://push.example.net/1", decode(RECEIVER), decode(AUTH))
    sender = ec.derive_private_key(int.from_bytes(decode(SENDER), "big"), ec.SECP256R1())

    body = encrypt(PLAINTEXT, receiver, sender=sender, salt=decode(SALT))

    assert encode(body) == BODY


@pytest.mark.parametrize("size", [1, 100, MAX_PLAINTEXT_BYTES])
def test_the_browser_reads_what_was_encrypted(size: int) -> None:
    browser = FakePushService().subscribe()
    plaintext = b"x" * size

    assert browser.read(encrypt(plaintext, subscription(browser))) == plaintext


def test_the_largest_plaintext_fills_the_largest_body() -> None:
    browser = FakePushService().subscribe()

    assert MAX_PLAINTEXT_BYTES == 3993
    assert len(encrypt(b"x" * MAX_PLAINTEXT_BYTES, subscription(browser))) == MAX_BODY_BYTES


def test_no_two_bodies_are_alike() -> None:
    receiver = subscription(FakePushService().subscribe())

    assert encrypt(b"same", receiver) != encrypt(b"same", receiver)
