"""The sender's token: the RFC's example and py_vapid's are believed, all else is refused with its reason."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from postengine.testing.webpush.refusal import Refused
from postengine.testing.webpush.vapid import check_vapid
from postengine.testing.webpush.wire import to_text
from postengine.webpush import VapidKeys

SAMPLE = json.loads((Path(__file__).parents[3] / "samples/webpush/pywebpush.json").read_text("utf-8"))
# RFC 8292, section 2.4.
RFC_HEADER = (
    "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE"
    "0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpi"
    "UfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SD"
    "Yic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"
)
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
HERE = "https://push.example.net"
KEYS = VapidKeys.generate()


def signed(claims: object, header: object = None) -> str:
    """Return a header with `claims` that is signed well, whatever they are."""
    parts = [header or {"typ": "JWT", "alg": "ES256"}, claims]
    head = ".".join(to_text(json.dumps(part).encode()) for part in parts)
    return f"vapid t={head}.{to_text(KEYS.sign(head.encode()))}, k={KEYS.public_key}"


def claims(**changes: object) -> dict[str, object]:
    known: dict[str, object] = {
        "aud": HERE,
        "sub": "mailto:push@harbour-homes.pt",
        "exp": int((NOW + timedelta(hours=1)).timestamp()),
    }
    return known | changes


def refused(header: str, key: str | None = None) -> Refused:
    with pytest.raises(Refused) as caught:
        check_vapid(header, audience=HERE, now=NOW, key=key)
    return caught.value


def test_the_example_of_the_rfc_is_believed_in_its_time() -> None:
    then = datetime.fromtimestamp(1453523768, UTC) - timedelta(hours=1)

    assert check_vapid(RFC_HEADER, audience=HERE, now=then, key=None)["sub"] == "mailto:push@example.com"


def test_a_header_of_py_vapid_is_believed() -> None:
    then = datetime.fromtimestamp(SAMPLE["expires_at"], UTC) - timedelta(hours=23)
    key = SAMPLE["vapid_public_key"]

    assert check_vapid(SAMPLE["authorization"], audience=HERE, now=then, key=key)["aud"] == HERE


@pytest.mark.parametrize("header", ["", "Bearer abc", "vapid t=a.b.c", "vapid k=abc"])
def test_a_push_without_a_header_is_asked_for_it(header: str) -> None:
    assert refused(header).status == 401


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"aud": "https://other.example"}, "aud is not https://push.example.net"),
        ({"aud": None}, "aud"),
        ({"exp": None}, "exp"),
        ({"exp": "soon"}, "exp"),
        ({"exp": int(NOW.timestamp())}, "exp"),
        (
            {"exp": int((NOW + timedelta(hours=24, seconds=1)).timestamp())},
            "exp is not within the next 24 hours",
        ),
        ({"sub": None}, "sub"),
        ({"sub": "push@harbour-homes.pt"}, "sub"),
        ({"sub": "mailto:push@localhost"}, "sub"),
        ({"sub": "http://harbour-homes.pt"}, "sub"),
    ],
)
def test_a_wrong_claim_is_named(changes: dict[str, object], why: str) -> None:
    error = refused(signed(claims(**changes)))

    assert error.status == 403
    assert why in error.text


@pytest.mark.parametrize(
    "header",
    [
        signed(claims(), header={"alg": "HS256"}),
        signed([1]),
        signed(claims(), header=[1]),
        signed(claims()).replace(KEYS.public_key, VapidKeys.generate().public_key),
        signed(claims()).replace("t=ey", "t=ez"),
        f"vapid t=abc.{to_text(bytes(64))}, k={KEYS.public_key}",
        "vapid t=a.b.c, k=d",
    ],
)
def test_a_token_that_was_not_signed_by_its_key_is_refused(header: str) -> None:
    error = refused(header)

    assert error.status == 403
    assert error.text.startswith("invalid JWT provided")


def test_a_subscription_takes_the_pushes_of_its_own_sender() -> None:
    header = signed(claims(sub="https://harbour-homes.pt:8443/contact"))

    assert check_vapid(header, audience=HERE, now=NOW, key=f"{KEYS.public_key}=")
    error = refused(header, key=VapidKeys.generate().public_key)
    assert (error.status, "do not correspond" in error.text) == (403, True)
