"""What FCM's answers ask for."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from postengine.fcm import (
    ConfigError,
    DeliveredToFcm,
    DropDevice,
    FcmAnswer,
    Outcome,
    Patience,
    RetryAt,
    read_answer,
)

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def later(after_s: float, reason: str, *, may_have_happened: bool = False) -> RetryAt:
    return RetryAt(NOW + timedelta(seconds=after_s), after_s, reason, may_have_happened)


def answer(
    status: int, code: str | None = None, message: str = "", headers: dict[str, str] | None = None
) -> FcmAnswer:
    details = [{"@type": "type.googleapis.com/google.rpc.Other"}]
    if code:
        details.append({"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": code})
    body = {"error": {"code": status, "message": message, "status": "SOME_STATUS", "details": details}}
    return FcmAnswer(status, headers or {}, json.dumps(body).encode())


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            answer(404, "UNREGISTERED", "Requested entity was not found."),
            DropDevice("404 UNREGISTERED Requested entity was not found."),
        ),
        (
            answer(404, None, "Not found"),
            ConfigError("404 without a verdict of FCM: check the project's id and FCM's address"),
        ),
        (
            answer(403, "SENDER_ID_MISMATCH", "SenderId mismatch"),
            DropDevice(
                "sender mismatch: the registration belongs to another Firebase project", is_foreign=True
            ),
        ),
        (answer(403, None, "Permission denied"), ConfigError("403 SOME_STATUS Permission denied")),
        (
            answer(400, "INVALID_ARGUMENT", "The registration token is not a valid FCM registration token"),
            DropDevice("400 INVALID_ARGUMENT The registration token is not a valid FCM registration token"),
        ),
        (
            answer(400, "INVALID_ARGUMENT", "Android message is too big"),
            ConfigError("400 INVALID_ARGUMENT Android message is too big"),
        ),
        (answer(401, None, "Bad token"), ConfigError("401 SOME_STATUS Bad token")),
        (answer(429, "QUOTA_EXCEEDED", "Slow"), later(60.0, "429 QUOTA_EXCEEDED Slow")),
        (
            answer(429, "QUOTA_EXCEEDED", "Slow", {"retry-after": "7"}),
            later(7.0, "429 QUOTA_EXCEEDED Slow"),
        ),
        (
            answer(429, "QUOTA_EXCEEDED", "Slow", {"retry-after": "999999"}),
            later(3600.0, "429 QUOTA_EXCEEDED Slow"),
        ),
        (
            answer(503, "UNAVAILABLE", "Down", {"retry-after": "1"}),
            later(10.0, "503 UNAVAILABLE Down", may_have_happened=True),
        ),
        (
            answer(500, "INTERNAL", "Oops", {"retry-after": "120"}),
            later(120.0, "500 INTERNAL Oops", may_have_happened=True),
        ),
        (
            FcmAnswer(502, {}, b"<html>Bad gateway</html>"),
            later(10.0, "502", may_have_happened=True),
        ),
        (
            FcmAnswer(200, {}, b"<html>captive portal</html>"),
            later(10.0, "200 without the name of a message", may_have_happened=True),
        ),
        (FcmAnswer(302, {}, b""), ConfigError("302")),
        (FcmAnswer(200, {}, b'{"name": "projects/p/messages/1"}'), DeliveredToFcm("projects/p/messages/1")),
    ],
)
def test_each_answer_asks_for_one_deed(given: FcmAnswer, expected: Outcome) -> None:
    outcome = read_answer(given, Patience(NOW))

    assert outcome == expected


def test_the_registration_is_cut_out_of_a_reason_that_repeats_it() -> None:
    given = answer(400, "INVALID_ARGUMENT", "Invalid registration abc-secret")

    outcome = read_answer(given, Patience(NOW), secret="abc-secret")

    assert outcome == DropDevice("400 INVALID_ARGUMENT Invalid registration [registration]")


def test_a_long_reason_is_cut() -> None:
    outcome = read_answer(answer(403, None, "x" * 5000), Patience(NOW))

    assert isinstance(outcome, ConfigError)
    assert len(outcome.reason) == 300


def test_a_wait_until_an_instant_is_counted_from_the_date_of_the_answer() -> None:
    headers = {"retry-after": "Tue, 01 Dec 2026 10:00:30 GMT", "date": "Tue, 01 Dec 2026 10:00:00 GMT"}

    outcome = read_answer(answer(429, "QUOTA_EXCEEDED", "Slow", headers), Patience(NOW))

    assert outcome == later(30.0, "429 QUOTA_EXCEEDED Slow")
