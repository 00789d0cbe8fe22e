"""The browser's side reads what others encrypt: the RFC's example, pywebpush, many records, padding."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from postengine.testing.webpush.browser import notification_in
from postengine.testing.webpush.reading import Unreadable, decrypt
from postengine.testing.webpush.wire import to_bytes, to_text

SAMPLE = json.loads((Path(__file__).parents[3] / "samples/webpush/pywebpush.json").read_text("utf-8"))
AUTH = to_bytes(SAMPLE["subscription"]["keys"]["auth"])
BODY, SMALL_RECORDS = to_bytes(SAMPLE["body"]), to_bytes(SAMPLE["body_of_small_records"])

# RFC 8291, appendix A.
RFC_RECEIVER = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
RFC_AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
RFC_BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8w"
    "EqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def private_key(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(to_bytes(text), "big"), ec.SECP256R1())


RECEIVER = private_key(SAMPLE["browser_private_key"])


def test_the_example_of_the_rfc_is_read() -> None:
    payload = decrypt(to_bytes(RFC_BODY), private_key(RFC_RECEIVER), to_bytes(RFC_AUTH))

    assert payload == b"When I grow up, I want to be a watermelon"


def test_what_pywebpush_encrypted_is_read() -> None:
    assert decrypt(BODY, RECEIVER, AUTH).decode() == SAMPLE["payload"]


def test_many_records_are_put_together() -> None:
    assert decrypt(SMALL_RECORDS, RECEIVER, AUTH).decode() == SAMPLE["long_payload"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "within its header"),
        (BODY[:20], "within its header"),
        (BODY[:50], "no point on P-256"),
        (BODY[:86], "no record"),
        (BODY[:-1], "changed on the way"),
        (BODY[:-1] + bytes([BODY[-1] ^ 1]), "changed on the way"),
        (BODY[:90], "changed on the way"),
        (BODY[:16] + (17).to_bytes(4, "big") + BODY[20:], "hold nothing"),
        (SMALL_RECORDS[: 86 + 64], "wrong delimiter"),
    ],
)
def test_what_was_damaged_is_not_read(body: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        decrypt(body, RECEIVER, AUTH)


def test_what_is_for_another_is_not_read() -> None:
    with pytest.raises(Unreadable):
        decrypt(BODY, ec.generate_private_key(ec.SECP256R1()), AUTH)
    with pytest.raises(Unreadable):
        decrypt(BODY, RECEIVER, bytes(16))


def test_text_and_bytes_are_two_sides() -> None:
    assert to_bytes(to_text(bytes(range(256)))) == bytes(range(256))


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        "text",
        {"title": "old form"},
        {"web_push": 8030},
        {"web_push": 8030, "notification": "text"},
        {"web_push": 8030, "notification": {"title": "", "navigate": "https://h.example/"}},
        {"web_push": 8030, "notification": {"title": "t"}},
        {"web_push": 8031, "notification": {"title": "t", "navigate": "https://h.example/"}},
    ],
)
def test_a_payload_that_declares_no_notification_is_silent(payload: object) -> None:
    assert notification_in(payload) is None  # type: ignore[arg-type]
