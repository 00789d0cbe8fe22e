"""Reading answers: each kind of failure ends in its branch of the error tree."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from pydantic import JsonValue

from postengine.postiz import (
    Call,
    PostizAnswerInvalid,
    PostizBusy,
    PostizError,
    PostizFailed,
    PostizOutage,
    PostizReadUnanswered,
    PostizRejected,
    PostizUnanswered,
    PostizWriteOutage,
    RateLimit,
    RawAnswer,
    read_answer,
)
from postengine.postiz.calls import account, posts

LOOK: Call[object] = account.is_connected()
WRITE: Call[object] = posts.set_status("p1", "schedule")
DATE = "Tue, 01 Dec 2026 09:00:00 GMT"
NINE = datetime(2026, 12, 1, 9, tzinfo=UTC)


def error_of(
    status: int, body: bytes, *, write: bool = False, headers: dict[str, str] | None = None
) -> PostizError:
    told = {"Date": DATE, **(headers or {})}
    with pytest.raises(PostizError) as caught:
        read_answer(WRITE if write else LOOK, status, told, body, elapsed_s=1.5)
    return caught.value


def own(status: int, message: JsonValue = "Bad") -> bytes:
    return json.dumps({"statusCode": status, "message": message}).encode()


def test_a_success_carries_value_server_time_and_elapsed_time() -> None:
    answer = read_answer(LOOK, 200, {"Date": DATE}, b'{"connected":true}', elapsed_s=0.25)

    assert (answer.value, answer.server_time, answer.elapsed_s) == (True, NINE, 0.25)
    assert answer.rate_limit is None


def test_the_budget_is_read_from_its_three_headers() -> None:
    headers = {"X-RateLimit-Limit": "30", "X-RateLimit-Remaining": "29", "X-RateLimit-Reset": "3600"}

    answer = read_answer(LOOK, 200, headers, b'{"connected":true}')

    assert answer.rate_limit == RateLimit(limit=30, remaining=29, reset_s=3600)


@pytest.mark.parametrize("date", ["", "yesterday"])
def test_without_a_readable_date_the_server_time_is_unknown(date: str) -> None:
    assert read_answer(LOOK, 200, {"Date": date}, b'{"connected":true}').server_time is None


def test_a_date_without_a_zone_is_taken_as_utc() -> None:
    answer = read_answer(LOOK, 200, {"Date": "Tue, 01 Dec 2026 09:00:00 -0000"}, b'{"connected":true}')

    assert answer.server_time == NINE


def test_an_empty_401_is_an_outage_and_not_a_wrong_key() -> None:
    error = error_of(401, b"")

    assert type(error) is PostizOutage
    assert (error.retryable, error.may_have_happened, error.in_flight) == (True, False, False)
    assert (error.server_time, error.elapsed_s) == (NINE, 1.5)


def test_an_outage_on_a_write_leaves_it_in_flight() -> None:
    error = error_of(503, b"<html>", write=True)

    assert type(error) is PostizWriteOutage
    assert (error.retryable, error.may_have_happened, error.in_flight) == (False, True, True)


@pytest.mark.parametrize("status", [500, 503])
def test_html_with_500_or_503_is_an_outage(status: int) -> None:
    assert isinstance(error_of(status, b"<html>"), PostizOutage)


def test_the_applications_own_500_is_final_even_for_a_write() -> None:
    error = error_of(500, own(500, "Internal server error"), write=True)

    assert isinstance(error, PostizFailed)
    assert (error.retryable, error.may_have_happened, error.in_flight) == (False, True, False)
    assert error.messages == ("Internal server error",)


@pytest.mark.parametrize("status", [408, 502, 504, 520, 524])
def test_a_proxys_word_is_no_answer(status: int) -> None:
    write, look = error_of(status, b"<html>", write=True), error_of(status, b"<html>")

    assert type(write) is PostizUnanswered
    assert (write.may_have_happened, write.in_flight) == (True, True)
    assert type(look) is PostizReadUnanswered
    assert (look.retryable, look.may_have_happened, look.in_flight) == (True, False, False)


def test_a_gateways_json_is_not_the_applications() -> None:
    error = error_of(
        502, b'{"message":"An invalid response was received from the upstream server"}', write=True
    )

    assert type(error) is PostizUnanswered


def test_busy_carries_the_wait_that_postiz_asked_for() -> None:
    error = error_of(
        429, own(429, "ThrottlerException: Too Many Requests"), write=True, headers={"Retry-After": "3600"}
    )

    assert isinstance(error, PostizBusy)
    assert (error.retry_after, error.retryable, error.may_have_happened) == (3600.0, True, False)


def test_busy_without_a_readable_wait_names_none() -> None:
    error = error_of(429, b"", headers={"Retry-After": "Tue, 01 Dec 2026 10:00:00 GMT"})

    assert isinstance(error, PostizBusy)
    assert error.retry_after is None


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        (own(400, "All posts must have an integration id"), ("All posts must have an integration id",)),
        (own(400, ["a is wrong", "b is wrong"]), ("a is wrong", "b is wrong")),
        (b'{"msg":"Invalid API key"}', ("Invalid API key",)),
        (b'{"statusCode":400}', ()),
        (b"<html>Not Found</html>", ()),
        (b'["odd"]', ()),
    ],
)
def test_a_rejection_lists_what_was_wrong_in_every_shape(body: bytes, messages: tuple[str, ...]) -> None:
    error = error_of(400, body)

    assert isinstance(error, PostizRejected)
    assert (error.status_code, error.messages, error.retryable) == (400, messages, False)


def test_a_rejection_keeps_the_answer_and_the_requests_id() -> None:
    error = error_of(400, own(400), headers={"CF-Ray": "8abc"})

    assert isinstance(error, PostizRejected)
    assert (error.request_id, error.response.body) == ("8abc", own(400))


@pytest.mark.parametrize(
    ("status", "body"), [(200, b"<html>"), (200, b'{"other":1}'), (200, b"\xff"), (302, b""), (200, b"")]
)
def test_a_page_instead_of_an_answer_points_at_the_base_url(status: int, body: bytes) -> None:
    look, write = error_of(status, body), error_of(status, body, write=True)

    assert isinstance(look, PostizAnswerInvalid)
    assert "base URL" in str(look)
    assert (look.status_code, look.body) == (status, body)
    assert (look.may_have_happened, write.may_have_happened) == (False, True)


def test_the_repr_of_an_answer_shows_neither_headers_nor_body() -> None:
    assert repr(RawAnswer(200, {"set-cookie": "secret"}, b"secret")) == "RawAnswer(status=200)"


@pytest.mark.parametrize("status", [408, 502, 503, 504, 524])
def test_a_gateways_json_is_no_answer_of_postiz(status: int) -> None:
    body = b'{"statusCode": 504, "message": "Gateway Timeout"}'

    assert error_of(status, body, write=True).in_flight
    assert error_of(status, body).retryable


def test_a_page_on_a_write_may_still_be_carried_out() -> None:
    assert error_of(200, b"<html>please wait</html>", write=True).in_flight
