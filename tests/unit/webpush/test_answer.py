"""Answers: each asks for one deed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from postengine.webpush import Accepted, ConfigError, DropDevice, Outcome, PushAnswer, RetryAt, read_answer

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
ENDPOINT = "https://push.example.com/send/secret"


def read(status: int, body: str = "", **headers: str) -> Outcome:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return read_answer(PushAnswer(status, named, body.encode()), now=NOW, secret=ENDPOINT)


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_success_is_accepted(status: int) -> None:
    assert read(status) == Accepted()


def test_the_address_of_the_message_is_kept() -> None:
    assert read(201, location="https://push.example.com/m/1") == Accepted("https://push.example.com/m/1")


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_is_gone_is_dropped(status: int) -> None:
    assert read(status) == DropDevice(str(status))


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (
            403,
            "the VAPID credentials do not correspond to the credentials used to create the subscriptions.",
        ),
        (401, '{"code":401,"errno":109,"error":"Unauthorized","message":"VAPID public key mismatch"}'),
        (400, '{"reason":"VapidPkHashMismatch"}'),
    ],
)
def test_a_subscription_made_for_other_keys_is_dropped(status: int, body: str) -> None:
    assert read(status, body) == DropDevice(f"{status} {body}", is_foreign=True)


@pytest.mark.parametrize(
    ("status", "body"),
    [(400, "bad"), (401, ""), (403, '{"reason":"BadJwtToken"}'), (405, ""), (415, ""), (307, "")],
)
def test_what_would_fail_for_everybody_is_for_a_person(status: int, body: str) -> None:
    outcome = read(status, body)

    assert isinstance(outcome, ConfigError)
    assert outcome.reason.startswith(str(status))


@pytest.mark.parametrize(
    ("headers", "after_s"),
    [
        ({}, 60.0),
        ({"retry_after": "90"}, 90.0),
        ({"retry_after": "86400"}, 3600.0),
        ({"retry_after": "Tue, 01 Dec 2026 09:05:00 GMT", "date": "Tue, 01 Dec 2026 09:00:00 GMT"}, 300.0),
    ],
)
def test_a_busy_service_says_when(headers: dict[str, str], after_s: float) -> None:
    assert read(429, **headers) == RetryAt(after_s, "429")


@pytest.mark.parametrize("status", [406, 408])
def test_other_words_for_later_are_understood(status: int) -> None:
    assert read(status) == RetryAt(60.0, str(status))


@pytest.mark.parametrize(
    ("headers", "after_s"), [({}, 10.0), ({"retry_after": "1"}, 10.0), ({"retry_after": "99"}, 99.0)]
)
@pytest.mark.parametrize("status", [500, 502, 503])
def test_an_outage_may_have_taken_the_message(status: int, headers: dict[str, str], after_s: float) -> None:
    assert read(status, **headers) == RetryAt(after_s, str(status), may_have_happened=True)


def test_too_large_passes_only_where_the_service_says_so() -> None:
    assert read(413, retry_after="30") == RetryAt(30.0, "413")
    assert isinstance(read(413), ConfigError)


def test_an_answer_can_be_read_without_knowing_the_endpoint() -> None:
    answer = PushAnswer(400, {}, b"bad")

    assert read_answer(answer, now=NOW) == ConfigError("400 bad")


def test_a_reason_is_one_short_line_without_the_endpoint() -> None:
    outcome = read(400, f"no\x1b[31m\r\nsuch {ENDPOINT} " + "x" * 1000)

    assert isinstance(outcome, ConfigError)
    assert outcome.reason.startswith("400 no [31m such [endpoint] xxx")
    assert len(outcome.reason) == 300
