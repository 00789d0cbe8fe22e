"""What is refused at the door: in a problem that programs can read, and with nothing kept."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.acceptance.agency import Agency, photo
from tests.acceptance.installation import Installation

_POST = {"title": "At the door", "caption": "Come in", "channels": ["linkedin"]}


@pytest.fixture(scope="module")
def agency(shared: Installation) -> Agency:
    return shared.agency("door")


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"tenant": "nobody"}, "tenant", "unknown"),
        ({"channels": ["myspace"]}, "channels[0].channel", "unknown"),
        ({"agent": "nobody"}, "agent", "unknown"),
        ({"listing": "nowhere"}, "listing", "unknown"),
        (
            {"scheduled_at": "2027-03-28T01:30", "zone": "Europe/Lisbon"},
            "scheduled_at",
            "nonexistent_time",
        ),
        ({"scheduled_at": "2020-01-01T10:00"}, "scheduled_at", "in_the_past"),
        ({"scheduled_at": "2027-01-01T10:00", "zone": "Mars/Olympus"}, "zone", "unknown_zone"),
        ({"caption": "x" * 3001}, "channels[linkedin].caption", "too_long"),
        ({"media": [{"kind": "card"}]}, "media[0].photo_ids", "no_photo"),
        ({"media": [{"kind": "photo", "photo_ids": ["asset_0"]}]}, "media[0].photo_ids", "unknown_photo"),
        ({"colour": "red"}, "colour", "extra_forbidden"),
    ],
)
def test_a_post_that_cannot_be_is_refused(
    shared: Installation, agency: Agency, change: dict[str, Any], field: str, code: str
) -> None:
    answer = shared.api.post("/api/v1/posts", json={"tenant": agency.external_id, **_POST, **change})

    assert problem(answer, 422, "invalid") == [(field, code)]
    assert shared.get("posts", tenant=agency.external_id)["items"] == []


@pytest.mark.parametrize("content", [photo()[:2000], b"not a picture", b""])
def test_a_photo_that_is_none_is_refused(shared: Installation, agency: Agency, content: bytes) -> None:
    files = {"file": ("photo.jpg", content, "image/jpeg")}

    answer = shared.api.post("/api/v1/assets", data={"tenant": agency.external_id}, files=files)

    assert problem(answer, 422, "invalid") == [("file", "unusable")]


def test_an_upload_without_a_photo_is_refused(shared: Installation, agency: Agency) -> None:
    answer = shared.api.post("/api/v1/assets", data={"tenant": agency.external_id})

    assert problem(answer, 422, "invalid") == [("file", "missing")]


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer of-nobody", "Basic b3A6b3A="])
def test_without_a_token_of_the_service_nothing_is_done(shared: Installation, token: str) -> None:
    headers = {"Authorization": token}

    answer = httpx.post(f"{shared.settings.public_url}/api/v1/posts", json=_POST, headers=headers, timeout=30)

    assert problem(answer, 401, "unauthorized") == []
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_the_token_of_another_tenant_opens_nothing(shared: Installation, agency: Agency) -> None:
    shared.agency("stranger")
    token = shared.send("POST", "tokens", {"name": "stranger", "tenant": "stranger"})["token"]
    headers = {"Authorization": f"Bearer {token}"}
    post = {"tenant": agency.external_id, **_POST}

    with httpx.Client(base_url=f"{shared.settings.public_url}/api/v1", headers=headers, timeout=30) as api:
        written = api.post("/posts", json=post)
        read = api.get(f"/assets/{agency.photo_id}")
        used = api.post("/posts", json=_POST | {"media": [{"kind": "photo", "photo_ids": [agency.photo_id]}]})
        ruled = api.put(f"/tenants/{agency.external_id}", json={"name": "Mine", "zone": "UTC"})

    assert problem(written, 422, "invalid") == [("tenant", "unknown")]
    assert problem(read, 404, "not_found") == []
    assert problem(used, 422, "invalid") == [("media[0].photo_ids", "unknown_photo")]
    assert problem(ruled, 403, "forbidden") == []


def test_a_body_that_is_no_json_is_refused(shared: Installation) -> None:
    headers = {"Content-Type": "application/json"}

    answer = shared.api.post("/api/v1/posts", content=b"{", headers=headers)

    assert problem(answer, 400, "not_json") == []


def problem(answer: httpx.Response, status: int, code: str) -> list[tuple[str, str]]:
    """Assert that an answer is this problem; return field and code of each of its errors."""
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json"), (
        answer.text
    )
    body = answer.json()
    assert (body["status"], body["code"]) == (status, code)
    assert body["detail"]
    assert all(one["message"] for one in body["errors"])
    return [(one["field"], one["code"]) for one in body["errors"]]
