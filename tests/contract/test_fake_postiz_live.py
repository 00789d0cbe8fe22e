"""What holds for FakePostiz and for a real server alike: reading, and drafts that are deleted again.

With `POSTIZ_TEST_URL` and `POSTIZ_TEST_KEY` set, the tests are collected for that server, too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from pydantic import JsonValue

from postengine.testing.postiz import FakePostiz

FAKE_KEY = "the-key-of-the-fake"
LIVE = ("POSTIZ_TEST_URL", "POSTIZ_TEST_KEY")
SERVERS = ["fake", *(["live"] if all(os.environ.get(name) for name in LIVE) else [])]
# Providers whose drafts need no settings.
PLAIN = {"facebook", "linkedin", "linkedin-page", "threads", "bluesky", "mastodon", "telegram"}


@pytest.fixture(params=SERVERS)
def http(request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    if request.param == "live":
        url, key = (os.environ[name] for name in LIVE)
        client = httpx.Client(
            base_url=f"{url.rstrip('/').removesuffix('/public/v1')}/public/v1/",
            headers={"Authorization": key},
            timeout=60,
        )
    else:
        fake = FakePostiz()
        fake.add_account(FAKE_KEY, [{"id": "f1", "identifier": "facebook"}])
        client = httpx.Client(
            base_url="http://postiz.test/public/v1/",
            headers={"Authorization": FAKE_KEY},
            transport=fake.transport(),
        )
    with client:
        yield client


def test_a_key_is_wanted_raw(http: httpx.Client) -> None:
    right = http.get("is-connected")
    wrong = http.get("is-connected", headers={"Authorization": f"Bearer {http.headers['Authorization']}"})

    assert (right.status_code, right.json()) == (200, {"connected": True})
    assert (wrong.status_code, wrong.json()) == (401, {"msg": "Invalid API key"})


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "told"),
    [
        ("GET", "integration-settings/nope", None, 404, {"msg": "Integration not found"}),
        (
            "PUT",
            "posts/nope/status",
            {"status": "draft"},
            400,
            {"message": "Post not found", "error": "Bad Request", "statusCode": 400},
        ),
        ("DELETE", "posts/nope", None, 500, {"statusCode": 500, "message": "Internal server error"}),
        ("GET", "posts/nope/missing", None, 200, []),
        ("GET", "social/zzz", None, 400, {"msg": "Integration not allowed"}),
        (
            "GET",
            "notifications?page=-1",
            None,
            400,
            {"message": ["page must not be less than 0"], "error": "Bad Request", "statusCode": 400},
        ),
        (
            "GET",
            "posts?startDate=2027-05-01",
            None,
            400,
            {
                "message": ["endDate must be a valid ISO 8601 date string"],
                "error": "Bad Request",
                "statusCode": 400,
            },
        ),
    ],
)
def test_what_is_not_there_is_answered_alike(
    method: str, path: str, body: JsonValue, status: int, told: JsonValue, http: httpx.Client
) -> None:
    answer = http.request(method, path) if body is None else http.request(method, path, json=body)

    assert (answer.status_code, answer.json()) == (status, told)


def test_a_draft_is_listed_edited_in_place_and_deleted(http: httpx.Client) -> None:
    channels = http.get("integrations").json()
    channel = next(row["id"] for row in channels if row["identifier"] in PLAIN and not row["disabled"])
    at = datetime.now(UTC) + timedelta(days=40)
    date = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    window = {"startDate": date, "endDate": date}
    part: dict[str, JsonValue] = {"content": "a & b", "image": []}
    body = {"type": "draft", "date": date, "shortLink": False, "tags": []}

    def save() -> str:
        posts = [{"integration": {"id": channel}, "value": [part], "settings": {"postengine": {"ref": "r"}}}]
        answer = http.post("posts", json=body | {"posts": posts})
        assert answer.status_code == 201, answer.text
        return str(answer.json()[0]["postId"])

    def listed() -> dict[str, dict[str, JsonValue]]:
        return {post["id"]: post for post in http.get("posts", params=window).json()["posts"]}

    post_id = part["id"] = save()
    made = listed()[post_id]
    part["content"] = "edited"
    again = save()
    edited = listed()[post_id]
    gone = http.delete(f"posts/{post_id}")

    assert (made["state"], made["content"], made["publishDate"]) == ("DRAFT", "a & b", date)
    assert '"postengine":{"ref":"r"}' in str(made["settings"])
    assert (again, edited["content"]) == (post_id, "edited")
    assert (gone.status_code, gone.json()) == (200, {"error": True})
    assert post_id not in listed()
