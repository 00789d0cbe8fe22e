"""The agent API, mounted."""

from __future__ import annotations

from flask.testing import FlaskClient

from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.states import DeliveryState
from reference_app.app import create_app
from reference_app.settings import Settings
from tests.unit.engine.world import World

from .conftest import Api


def pair(client: FlaskClient, agency: Api) -> dict[str, str]:
    """Pair a phone; return the headers that it sends."""
    code = agency.post("/agents/ana/pairing-codes").get_json()["code"]
    body = {"code": code, "device": {"platform": "android"}, "push": {"kind": "none"}}
    token = client.post("/agent/v1/pair", json=body).get_json()["token"]
    return {"Authorization": f"Bearer {token}"}


def test_a_phone_is_paired_sees_its_task_and_says_yes(client: FlaskClient, agency: Api, world: World) -> None:
    phone = pair(client, agency)
    agency.post("/posts", {"title": "Now", "caption": "Look", "channels": ["wa-ana"]})

    (task,) = client.get("/agent/v1/tasks", headers=phone).get_json()["tasks"]
    event = {"type": "confirmed", "occurred_at": world.clock.now().isoformat()}
    answer = client.post(
        f"/agent/v1/tasks/{task['id']}/events", json=event, headers=phone | {"Idempotency-Key": "k1"}
    )

    assert task["caption"] == "Look"
    assert answer.status_code == 200
    assert world.rows(Delivery)[0].state is DeliveryState.PUBLISHED


def test_a_file_of_a_task_is_streamed(client: FlaskClient, agency: Api, world: World) -> None:
    phone = pair(client, agency)
    media = [{"kind": "file", "photo_ids": [world.photo.id]}]
    agency.post("/posts", {"title": "Now", "caption": "Look", "channels": ["wa-ana"], "media": media})

    with client.get(f"/agent/v1/assets/{world.photo.id}", headers={**phone, "Range": "bytes=0-1"}) as answer:
        assert (answer.status_code, answer.data) == (206, b"\xff\xd8")
        assert answer.headers["Content-Type"] == "image/jpeg"


def test_behind_a_proxy_each_phone_has_its_own_tries_to_pair(settings: Settings, world: World) -> None:
    app = create_app(settings.model_copy(update={"trusted_proxies": 1}), world.ports)
    client = app.test_client()
    body = {"code": "WRONGCODE", "device": {"platform": "android"}, "push": {"kind": "none"}}

    def tries(address: str, count: int) -> int:
        for _ in range(count):
            answer = client.post("/agent/v1/pair", json=body, headers={"X-Forwarded-For": address})
        return answer.status_code

    assert (tries("10.1.1.1", 11), tries("10.1.1.2", 1)) == (429, 403)


def test_what_is_too_large_or_unknown_is_refused_by_the_agent_api(client: FlaskClient) -> None:
    large = client.post("/agent/v1/pair", data=b"x" * 70_000, content_type="application/json")

    assert large.status_code == 413
    assert client.get("/agent/v1/nowhere").get_json()["code"] == "not_found"


def test_the_phones_page_is_served_below_agent(client: FlaskClient) -> None:
    page = client.get("/agent/", query_string={"task": "del_1"})

    assert page.status_code == 200
    assert b"<title>Time to post</title>" in page.data
    assert client.get("/agent/worker.js").headers["Cache-Control"] == "no-cache"
    assert client.get("/agent").headers["Location"] == "/agent/"
    assert client.get("/agent/nothing").status_code == 404
    assert client.post("/agent/").status_code == 405
