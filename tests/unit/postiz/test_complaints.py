"""Error bodies of every shape: each complaint comes out with its place in the request."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import JsonValue

from postengine.postiz import (
    Call,
    FieldProblem,
    PostizAnswerInvalid,
    PostizChannelDisconnected,
    PostizError,
    PostizKeyRefused,
    PostizOutage,
    PostizPlanLimited,
    PostizRejected,
    PostizStatusError,
    RateLimit,
    read_answer,
)

SAMPLES = Path(__file__).parents[2] / "samples/postiz-complaints.json"
MEDIA_LIST: JsonValue = [{"id": "m", "path": "a.mov"}] * 3


def error_of(
    status: int, body: JsonValue | bytes, sent: dict[str, JsonValue] | None = None, **more: str
) -> PostizError:
    call = Call(
        "POST", more.get("path", "/posts"), bytes.decode, json=sent, url=more.get("url"), is_write=True
    )
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    with pytest.raises(PostizError) as caught:
        read_answer(call, status, {"X-RateLimit-Limit": "30"}, raw)
    return caught.value


def problems(message: JsonValue, sent: dict[str, JsonValue] | None = None) -> list[tuple[str, str]]:
    error = error_of(400, {"message": message, "statusCode": 400}, sent)
    assert isinstance(error, PostizStatusError)
    return [(problem.path, problem.message) for problem in error.problems]


@pytest.mark.parametrize(
    ("message", "path", "said"),
    [
        ("date must be a valid ISO 8601 date string", "date", "must be a valid ISO 8601 date string"),
        (
            "posts.0.settings.who_can_reply_post must be one of the following values: everyone",
            "posts[0].settings.who_can_reply_post",
            "must be one of the following values: everyone",
        ),
        (
            "posts.1.value.0.image.2.File must have a valid extension: .png or .mp4",
            "posts[1].value[0].image[2].path",
            "File must have a valid extension: .png or .mp4",
        ),
        ("File must have a valid extension: .png", "url", "File must have a valid extension: .png"),
        ("URL must be a public HTTPS URL", "url", "URL must be a public HTTPS URL"),
        ("posts.0.settings.Board is required", "posts[0].settings.board", "Board is required"),
        ("posts.0.settings.Label too odd", "posts[0].settings.label", "Label too odd"),
        ("posts.0.settings.Something is odd", "posts[0].settings", "Something is odd"),
        (
            "posts.0.value.0. If images do not exist, content must be a non-empty string.",
            "posts[0].value[0]",
            "If images do not exist, content must be a non-empty string.",
        ),
        (
            "posts.0.value.0.image.each value in nested property image must be either object or array",
            "posts[0].value[0].image",
            "each value in nested property image must be either object or array",
        ),
        (
            "posts.0.value.0.each value in nested property image must be either object or array",
            "posts[0].value[0].image",
            "each value in nested property image must be either object or array",
        ),
        (
            "posts.0.settings.subreddit.0.value.title must be longer than or equal to 2 characters",
            "posts[0].settings.subreddit[0].value.title",
            "must be longer than or equal to 2 characters",
        ),
        ("posts.7.Nobody knows", "posts[7]", "Nobody knows"),
        ("", "", ""),
    ],
)
def test_each_message_of_the_validator_names_its_place(message: str, path: str, said: str) -> None:
    sent: dict[str, JsonValue] = {"posts": [{"settings": {"label": ""}, "value": [{"image": MEDIA_LIST}]}]}

    assert problems([message], sent) == [(path, said)]


def test_a_complaint_made_three_times_is_told_once_and_the_error_names_its_place() -> None:
    body: JsonValue = {"message": ["posts.0.settings.Board is required"] * 3, "statusCode": 400}

    error = error_of(400, body)

    assert isinstance(error, PostizRejected)
    assert error.problems == (FieldProblem("posts[0].settings.board", "Board is required"),)
    assert len(error.messages) == 3
    assert str(error) == "POST /posts was answered 400: posts[0].settings.board: Board is required"


def test_an_unknown_channel_is_found_in_the_request() -> None:
    sent: dict[str, JsonValue] = {
        "posts": [{"integration": {"id": "i1"}}, {"integration": {"id": "i2"}}, "odd"]
    }

    assert problems("Integration with id i2 not found", sent)[0][0] == "posts[1].integration.id"
    assert problems("Integration with id i9 not found", sent)[0][0] == ""
    assert problems("All posts must have an integration id")[0][0] == ""


def test_a_providers_complaint_names_the_channel_and_its_only_entry() -> None:
    body: JsonValue = {"statusCode": 400, "provider": "x", "name": "Ann", "message": "post is too long"}

    one = error_of(400, body, {"posts": [{}]})
    two = error_of(400, body, {"posts": [{}, {}]})

    assert isinstance(one, PostizRejected)
    assert isinstance(two, PostizRejected)
    assert one.problems == (FieldProblem("posts[0]", "Ann: post is too long"),)
    assert two.problems == (FieldProblem("", "Ann: post is too long"),)


def test_a_refused_merge_names_the_setting() -> None:
    assert problems("Ann: who_can_reply_post must be one of: everyone", {"settings": {}}) == [
        ("settings.who_can_reply_post", "must be one of: everyone")
    ]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"msg": "File is too large."}, "File is too large."),
        ({"error": "invalid_grant", "error_description": "used"}, "invalid_grant: used"),
        ({"error": "invalid_client"}, "invalid_client"),
    ],
)
def test_other_shapes_are_read_too(body: JsonValue, message: str) -> None:
    error = error_of(400, body)

    assert isinstance(error, PostizRejected)
    assert error.messages == (message,)
    assert message in str(error)


def test_a_page_that_is_not_found_points_at_the_base_url() -> None:
    error = error_of(404, b"<html>Not Found</html>")

    assert isinstance(error, PostizRejected)
    assert "check the base URL" in str(error)


def test_the_401s_are_told_apart() -> None:
    wrong = error_of(401, {"msg": "Invalid API key"})
    disconnected = error_of(401, {"msg": "Channel disconnected due to expired token"})
    client = error_of(401, {"error": "invalid_client"}, url="https://h.example/oauth/token")
    outage = error_of(401, b"")

    assert isinstance(wrong, PostizKeyRefused)
    assert isinstance(disconnected, PostizChannelDisconnected)
    assert not isinstance(disconnected, PostizKeyRefused)
    assert type(client) is PostizRejected
    assert isinstance(outage, PostizOutage)
    assert outage.status_code == 401


@pytest.mark.parametrize("url", ["https://h.example/billing", None])
def test_a_plan_that_is_used_up_names_where_to_extend_it(url: str | None) -> None:
    error = error_of(402, {"statusCode": 402, "message": "Too many posts", "url": url})

    assert isinstance(error, PostizPlanLimited)
    assert error.url == url
    assert "beyond the plan" in str(error)
    assert (url or "in Postiz") in str(error)


def test_an_error_tells_what_is_left_of_the_budget() -> None:
    call = Call("POST", "/posts", bytes.decode, is_write=True)
    headers = {
        f"X-RateLimit-{name}": value for name, value in {"Limit": "9", "Remaining": "8", "Reset": "7"}.items()
    }

    with pytest.raises(PostizRejected) as caught:
        read_answer(call, 400, headers, b'{"statusCode":400,"message":"no"}')

    assert caught.value.rate_limit == RateLimit(9, 8, 7)


@pytest.mark.parametrize(
    ("location", "named"),
    [
        ("https://evil.example/x", "evil.example"),
        ("/login", "another path"),
        ("http://[", "an address that is none"),
    ],
)
def test_a_redirect_names_its_target(location: str, named: str) -> None:
    with pytest.raises(PostizAnswerInvalid, match=named):
        read_answer(Call("GET", "/posts", bytes.decode), 307, {"Location": location}, b"")


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":' * 100_000])
def test_json_without_end_is_no_answer(body: bytes) -> None:
    error = error_of(400, body)

    assert isinstance(error, PostizRejected)
    assert error.messages == ()


@pytest.mark.parametrize(
    "recorded", json.loads(SAMPLES.read_text(encoding="utf-8")), ids=lambda one: one["case"]
)
def test_every_recorded_complaint_is_a_problem_of_its_own(recorded: dict[str, JsonValue]) -> None:
    sent = recorded["sent"]

    error = error_of(400, recorded["body"], sent if isinstance(sent, dict) else None)

    assert isinstance(error, PostizRejected)
    assert error.problems
    assert all(problem.message for problem in error.problems)
    assert all(str(problem) in str(error) for problem in error.problems)
