"""The token that names us: the RFC's claims, used again while fresh."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from postengine.testing.webpush.vapid import check_vapid
from postengine.webpush import Authorizer
from postengine.webpush.authorization import TOKEN_LIFE
from postengine.webpush.base64url import decode

from .parts import KEYS, SUBJECT

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
HERE, THERE = "https://push.example.com", "https://push.example.net"


@pytest.fixture
def authorizer() -> Authorizer:
    return Authorizer(KEYS, SUBJECT)


def test_a_push_service_believes_the_header(authorizer: Authorizer) -> None:
    claims = check_vapid(authorizer.header(HERE, NOW), audience=HERE, now=NOW, key=KEYS.public_key)

    assert claims == {"aud": HERE, "sub": SUBJECT, "exp": int((NOW + timedelta(hours=12)).timestamp())}


def test_the_head_names_the_algorithm(authorizer: Authorizer) -> None:
    head = authorizer.header(HERE, NOW).removeprefix("vapid t=").partition(".")[0]

    assert json.loads(decode(head)) == {"typ": "JWT", "alg": "ES256"}


def test_a_fresh_token_is_used_again_for_the_same_service_alone(authorizer: Authorizer) -> None:
    first = authorizer.header(HERE, NOW)

    assert authorizer.header(HERE, NOW + timedelta(hours=5)) == first
    assert authorizer.header(THERE, NOW) != first


@pytest.mark.parametrize("span", [timedelta(hours=6), timedelta(days=3), timedelta(seconds=-1)])
def test_a_token_that_is_old_or_of_a_wrong_clock_is_renewed(authorizer: Authorizer, span: timedelta) -> None:
    first = authorizer.header(HERE, NOW)

    second = authorizer.header(HERE, NOW + span)

    assert second != first
    claims = check_vapid(second, audience=HERE, now=NOW + span, key=None)
    assert claims["exp"] == int((NOW + span + TOKEN_LIFE).timestamp())


def test_phones_that_make_services_up_fill_no_memory(authorizer: Authorizer) -> None:
    first = authorizer.header(HERE, NOW)

    for number in range(256):
        authorizer.header(f"https://push{number}.example.com", NOW)

    assert authorizer.header(HERE, NOW) != first
