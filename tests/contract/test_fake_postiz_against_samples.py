"""FakePostiz answers as the real server did: the important ones of 465 recorded exchanges are replayed here.

The samples were recorded on the real backend (its commit 74b01ad) on 2026-11-24; keys were taken out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import JsonValue, TypeAdapter

from postengine.testing.clock import FakeClock
from postengine.testing.postiz import FakePostiz, Fault

SAMPLES = Path(__file__).parents[1] / "samples" / "postiz"
KEY = "the-key-of-the-samples"
X = "cml0fygaohuqr12mxf5y48oqe"
JSON_OBJECT = TypeAdapter(dict[str, JsonValue])

# Their messages name a position as V8 words it; only the shape is compared.
SHAPE_ONLY = {"err-malformed-json", "err-malformed-json-no-key"}

# What has to be there before the request is replayed: the state of the post that it names.
STATES = {
    "delete-scheduled": "QUEUE",
    "delete-twice": "DELETED",
    "delete-published": "PUBLISHED",
    "status-draft-to-schedule": "DRAFT",
    "status-schedule-to-draft": "QUEUE",
    "status-bad-value": "DRAFT",
    "status-missing": "DRAFT",
    "status-schedule-on-published": "PUBLISHED",
    "status-schedule-deleted": "DELETED",
    "own-id-2-draft-same-id": "DRAFT",
    "own-id-3-schedule-same-id": "DRAFT",
    "own-id-4-update-same-id": "QUEUE",
    "own-id-5-unknown-type-same-id": "DRAFT",
    "own-id-6-schedule-on-published": "PUBLISHED",
    "own-id-6b-now-on-published": "PUBLISHED",
    "own-id-7-draft-on-published": "PUBLISHED",
    "own-id-9-republish": "PUBLISHED",
    "own-id-12-create-on-deleted": "DELETED",
    "settings-merge": "DRAFT",
    "settings-bad-value": "QUEUE",
    "settings-missing": "DRAFT",
    "settings-array": "DRAFT",
    "settings-on-published": "PUBLISHED",
}
# These need a server in a state of their own and have tests of their own below.
ELSEWHERE = {
    "throttle-1",
    "throttle-2-validation-error",
    "throttle-4",
    "throttle-over-limit-late-in-window",
    "db-down-create",
    "nginx-backend-down-post",
    "temporal-down-status-schedule",
    "list-settings-marker",
    "list-inter-expanded",
    "notifications",
}


class Sample:
    """One recorded exchange."""

    def __init__(self, name: str) -> None:
        recorded = JSON_OBJECT.validate_json((SAMPLES / f"{name}.json").read_bytes())
        request = JSON_OBJECT.validate_python(recorded["request"])
        response = JSON_OBJECT.validate_python(recorded["response"])
        headers = JSON_OBJECT.validate_python(request["headers"])
        self.method = str(request["method"])
        self.path = str(request["path"])
        self.headers = {key: str(value).replace("<API_KEY>", KEY).strip() for key, value in headers.items()}
        self.content = _body(request["body"])
        self.status = response["status"]
        self.body = response["body"]
        told = JSON_OBJECT.validate_python(response["headers"])
        self.counted = {key: str(value) for key, value in told.items() if key.startswith(("X-", "Retry"))}

    def send(self, client: httpx.Client, own_id: str | None = None) -> httpx.Response:
        path, content = self.path, self.content
        if own_id is not None:
            found = re.search(r"/posts/(cm[a-z0-9]{23})", path) or re.search(
                rb'"id": ?"(cmwu[a-z0-9]{21})"', content
            )
            assert found is not None
            recorded = found[1].decode() if isinstance(found[1], bytes) else found[1]
            path = path.replace(recorded, own_id)
            content = content.replace(recorded.encode(), own_id.encode())
        return client.request(self.method, path, content=content, headers=self.headers)


def _body(body: JsonValue) -> bytes:
    """Return the bytes that were sent; long texts were cut when they were recorded."""
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    text = json.dumps(body)
    return re.sub(r"<(\d+) characters: [^>]*>", lambda match: "a" * int(match[1]), text).encode()


@pytest.fixture
def fake() -> FakePostiz:
    fake = FakePostiz(FakeClock())
    recorded = TypeAdapter(list[dict[str, JsonValue]]).validate_python(Sample("integrations").body)
    fake.add_account(KEY, recorded)
    return fake


@pytest.fixture
def client(fake: FakePostiz) -> Iterator[httpx.Client]:
    with httpx.Client(transport=fake.transport(), base_url="http://postiz.test") as client:
        yield client


def shape(value: JsonValue) -> JsonValue:
    """Reduce a body to its keys and kinds; a list to the shape of its first item."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in sorted(value.items())}
    if isinstance(value, list):
        return [shape(item) for item in value[:1]]
    return type(value).__name__


def create(client: httpx.Client, state: str) -> str:
    """Make a post in `state` and return its id."""
    sample = Sample("create-draft-x")
    body = json.loads(sample.content) | {
        "type": "draft" if state == "DRAFT" else "schedule",
        "date": "2027-05-05T10:00:00.000Z",
    }
    answer = client.post(sample.path, json=body, headers={"Authorization": KEY})
    return str(answer.json()[0]["postId"])


def bring_to(fake: FakePostiz, client: httpx.Client, state: str) -> str:
    """Make a post and bring it to `state`."""
    post_id = create(client, state)
    if state == "DELETED":
        client.delete(f"/public/v1/posts/{post_id}", headers={"Authorization": KEY})
    if state == "PUBLISHED":
        fake.posts[post_id].state = "PUBLISHED"
    return post_id


def compared_samples() -> list[str]:
    names = {path.stem for path in SAMPLES.glob("*.json")} - {"sanitizer-table"}
    return sorted(names - ELSEWHERE)


@pytest.mark.parametrize("name", compared_samples())
def test_the_fake_answers_a_recorded_request_as_the_real_server_did(
    name: str, fake: FakePostiz, client: httpx.Client
) -> None:
    sample = Sample(name)
    own_id = bring_to(fake, client, STATES[name]) if name in STATES else None

    answer = sample.send(client, own_id)

    assert answer.status_code == sample.status
    told: JsonValue = answer.json() if answer.content else ""
    if answer.status_code >= 400 and name not in SHAPE_ONLY:
        assert told == sample.body
    else:
        assert shape(told) == shape(sample.body)
    assert bool(sample.counted) == ("x-ratelimit-limit" in answer.headers)


@pytest.mark.parametrize(
    "row",
    [row for row in json.loads((SAMPLES / "sanitizer-table.json").read_text())["rows"]],
    ids=lambda row: row["case"],
)
def test_the_fake_keeps_of_a_content_what_the_real_server_kept(
    row: dict[str, str], client: httpx.Client
) -> None:
    sample = Sample("create-linkedin")
    body = json.loads(sample.content) | {"type": "draft"}
    body["posts"][0]["value"][0]["content"] = row["sent"]

    answer = client.post(sample.path, json=body, headers={"Authorization": KEY})

    if row["kept"].startswith("HTTP 400"):
        assert answer.status_code == 400
    else:
        listed = client.get(
            "/public/v1/posts?startDate=2027-03-01&endDate=2027-03-02", headers={"Authorization": KEY}
        )
        assert listed.json()["posts"][0]["content"] == row["kept"]


def test_the_throttle_counts_and_blocks_as_measured(fake: FakePostiz) -> None:
    fake = FakePostiz(FakeClock(), api_limit=3)
    fake.add_account(KEY, [{"id": X, "identifier": "x"}])
    client = httpx.Client(transport=fake.transport(), base_url="http://postiz.test")

    answers = [Sample(f"throttle-{name}").send(client) for name in ("1", "2-validation-error", "1", "4")]

    assert [answer.status_code for answer in answers] == [201, 400, 201, 429]
    assert [answer.headers.get("x-ratelimit-remaining") for answer in answers] == ["2", "1", "0", None]
    assert answers[0].headers["x-ratelimit-reset"] == Sample("throttle-1").counted["X-RateLimit-Reset"]
    assert answers[3].headers["retry-after"] == Sample("throttle-4").counted["Retry-After"]
    assert answers[3].json() == Sample("throttle-4").body


def test_going_over_late_in_a_window_blocks_for_a_full_hour() -> None:
    clock = FakeClock()
    fake = FakePostiz(clock, api_limit=3)
    fake.add_account(KEY, [{"id": X, "identifier": "x"}])
    client = httpx.Client(transport=fake.transport(), base_url="http://postiz.test")
    sample = Sample("throttle-over-limit-late-in-window")
    for _ in range(3):
        sample.send(client)

    clock.advance(timedelta(minutes=50))
    answer = sample.send(client)

    assert (answer.status_code, answer.json()) == (sample.status, sample.body)
    assert answer.headers["retry-after"] == sample.counted["Retry-After"]


def test_a_listing_has_the_fields_of_the_real_one(client: httpx.Client) -> None:
    Sample("create-settings-marker-draft").send(client)

    sample = Sample("list-settings-marker")
    listed = sample.send(client).json()["posts"]

    recorded = JSON_OBJECT.validate_python(sample.body)["posts"]
    assert isinstance(recorded, list)
    assert shape(listed[0]) == shape(recorded[0])
    assert listed[0]["settings"] == JSON_OBJECT.validate_python(recorded[0])["settings"]


def test_a_repeating_post_is_listed_once_a_date(client: httpx.Client) -> None:
    sample = Sample("list-inter-expanded")
    body = json.loads(Sample("create-draft-x").content) | {"inter": 7, "date": "2028-03-01T10:00:00.000Z"}
    client.post("/public/v1/posts", json=body, headers={"Authorization": KEY})

    listed = sample.send(client).json()["posts"]

    recorded = JSON_OBJECT.validate_python(sample.body)["posts"]
    assert isinstance(recorded, list)
    repeats = [post for post in map(JSON_OBJECT.validate_python, recorded) if post["intervalInDays"] == 7]
    assert [post["publishDate"] for post in listed] == [post["publishDate"] for post in repeats]
    assert [post["actualDate"] for post in listed] == [post["actualDate"] for post in repeats]


def test_notifications_have_the_fields_of_the_real_ones(fake: FakePostiz, client: httpx.Client) -> None:
    fake.accounts[KEY].notifications.append(
        {"id": "n", "content": "note", "link": None, "createdAt": "2026-11-24T02:20:39.108Z"}
    )
    sample = Sample("notifications")

    answer = sample.send(client)

    assert shape(answer.json()) == shape(sample.body)


def test_with_the_database_down_the_answer_is_an_empty_401(fake: FakePostiz, client: httpx.Client) -> None:
    fake.begin_outage("db_down")
    sample = Sample("db-down-create")

    answer = sample.send(client)

    assert (answer.status_code, answer.text, answer.headers["logout"]) == (sample.status, sample.body, "true")


def test_a_proxy_without_its_backend_answers_502_in_html(fake: FakePostiz, client: httpx.Client) -> None:
    fake.faults.add(Fault("proxy_502"))
    sample = Sample("nginx-backend-down-post")

    answer = sample.send(client)

    assert (answer.status_code, answer.headers["content-type"]) == (sample.status, "text/html")
    assert "502 Bad Gateway" in answer.text
    assert fake.posts == {}


def test_with_temporal_down_a_promote_is_answered_after_forty_seconds(
    fake: FakePostiz, client: httpx.Client
) -> None:
    post_id = create(client, "DRAFT")
    fake.begin_outage("temporal_down")
    before = fake.clock.monotonic()
    client.timeout = httpx.Timeout(60)

    answer = Sample("temporal-down-status-schedule").send(client, post_id)

    assert (answer.status_code, answer.json()) == (200, {"id": post_id, "state": "QUEUE"})
    assert fake.clock.monotonic() - before == 40
