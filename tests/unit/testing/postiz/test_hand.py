"""A person's hand in the dashboard, and the fake's own routes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import JsonValue

from postengine.postiz import PostizClient, PostizOutage
from postengine.testing.clock import FakeClock
from postengine.testing.postiz import FakePostiz

from .conftest import Make

FAKE = "http://postiz.test/_fake/"


def test_an_edit_changes_the_text_and_may_lose_our_mark(
    fake: FakePostiz, http: httpx.Client, make: Make
) -> None:
    kept, lost = make(), make()

    http.post(f"{FAKE}posts/{kept}/edit", json={"content": "by hand"})
    http.post(f"{FAKE}posts/{lost}/edit", json={"content": "by hand", "loses_mark": True})

    assert [(fake.posts[each].content, fake.posts[each].ref) for each in (kept, lost)] == [
        ("by hand", "r1"),
        ("by hand", None),
    ]


def test_a_queued_post_that_is_moved_fires_at_its_new_date(
    fake: FakePostiz, clock: FakeClock, client: PostizClient, http: httpx.Client, make: Make
) -> None:
    post_id, draft = make(), make()
    client.set_status(post_id, "schedule")
    new = clock.now() + timedelta(hours=3)

    http.post(f"{FAKE}posts/{post_id}/move", json={"date": new.isoformat()})
    http.post(f"{FAKE}posts/{draft}/move", json={"date": new.isoformat()})
    clock.advance(timedelta(hours=4))
    fake.run_due()

    assert [(entry.at, entry.post_id, entry.by) for entry in fake.network] == [(new, post_id, "person")]
    assert fake.posts[draft].publish_date == new


def test_a_person_may_promote_publish_copy_and_delete(
    fake: FakePostiz, clock: FakeClock, http: httpx.Client, make: Make
) -> None:
    promoted, published, deleted = make(), make(), make()

    http.post(f"{FAKE}posts/{promoted}/promote")
    http.post(f"{FAKE}posts/{published}/publish")
    http.post(f"{FAKE}posts/{deleted}/delete")
    copied = http.post(f"{FAKE}posts/{promoted}/copy").json()["id"]
    clock.advance(timedelta(hours=1))
    fake.run_due()

    assert [entry.post_id for entry in fake.network] == [published, promoted]
    assert fake.posts[deleted].is_deleted
    copy = fake.posts[copied]
    assert (copy.state, copy.ref, copy.creation_method) == ("DRAFT", "r1", "WEB")
    assert fake.duplicates() == 0


def test_the_state_shows_posts_network_and_duplicates(
    clock: FakeClock, client: PostizClient, http: httpx.Client, make: Make
) -> None:
    post_id = make("draft")
    before = http.get(f"{FAKE}state").json()["posts"][0]["has_run"]
    client.set_status(post_id, "schedule")
    waiting = http.get(f"{FAKE}state").json()["posts"][0]["has_run"]
    clock.advance(timedelta(minutes=10))

    state = http.get(f"{FAKE}state").json()

    assert (before, waiting, state["duplicates"]) == (False, True, 0)
    assert (state["posts"][0]["id"], state["posts"][0]["ref"]) == (post_id, "r1")
    assert state["network"] == [
        {
            "at": "2026-12-01T09:10:00.000Z",
            "network": "x",
            "integration": "x1",
            "ref": "r1",
            "post_id": post_id,
            "by": "promote",
        }
    ]


def test_accounts_are_added_one_or_many_at_a_time(http: httpx.Client) -> None:
    channel: JsonValue = {
        "id": "i1",
        "identifier": "x",
        "customer": {"id": "c1", "name": "C"},
        "disabled": True,
    }

    one = http.post(f"{FAKE}accounts", json={"api_key": "k1", "integrations": [channel]})
    many = http.post(f"{FAKE}accounts", json=[{"api_key": "k2"}, {"api_key": "k3", "integrations": None}])

    assert (one.status_code, many.json()) == (200, {"accounts": 4})
    listed = http.get("integrations", headers={"Authorization": "k1"}).json()
    assert listed == [
        {
            "id": "i1",
            "name": "Our x",
            "identifier": "x",
            "picture": "",
            "disabled": True,
            "profile": "",
            "customer": {"id": "c1", "name": "C"},
        }
    ]


def test_faults_and_failures_are_ordered_over_http(
    fake: FakePostiz, clock: FakeClock, http: httpx.Client, make: Make
) -> None:
    http.post(f"{FAKE}faults", json=[{"kind": "500_before", "times": None}, {"kind": "slow"}])
    broken = http.get("is-connected").status_code
    cleared = http.delete(f"{FAKE}faults").json()
    http.post(f"{FAKE}faults", json={"kind": "empty_401"})
    single = http.get("is-connected").status_code
    http.post(f"{FAKE}publish-failures", json={"match": "r1"})
    post_id = make("schedule")
    clock.advance(timedelta(hours=1))
    fake.run_due()

    assert (broken, cleared, single) == (500, {"faults": 0}, 401)
    assert fake.posts[post_id].state == "ERROR"


def test_outages_are_ordered_over_http(clock: FakeClock, client: PostizClient, http: httpx.Client) -> None:
    down = http.post(f"{FAKE}outages", json={"name": "db_down", "seconds": None}).json()
    with pytest.raises(PostizOutage):
        client.is_connected()
    up = http.post(f"{FAKE}outages", json={"name": "db_down", "seconds": 0}).json()
    http.post(f"{FAKE}outages", json={"name": "db_down", "seconds": 60})
    clock.advance(timedelta(minutes=2))

    assert (down, up) == ({"down": ["db_down"]}, {"down": []})
    assert client.is_connected().value is True


@pytest.mark.parametrize(
    ("method", "route", "body", "status"),
    [
        ("POST", "faults", {"kind": "earthquake"}, 400),
        ("POST", "faults", {"kind": "slow", "delay": 3}, 400),
        ("POST", "publish-failures", {"reasn": "a"}, 400),
        ("POST", "accounts", [1], 400),
        ("POST", "accounts", {"integrations": []}, 404),
        ("POST", "outages", {"name": "moon_down"}, 400),
        ("POST", "outages", [], 400),
        ("POST", "outages", {"name": "db_down", "seconds": "long"}, 400),
        ("POST", "posts/nope/delete", {}, 404),
        ("POST", "posts/nope/paint", [], 404),
        ("POST", "posts/nope/move", {"date": "soon"}, 400),
        ("GET", "nothing", {}, 404),
        ("GET", "posts/nope/delete", {}, 404),
    ],
)
def test_a_wrong_order_is_refused(
    method: str, route: str, body: JsonValue, status: int, http: httpx.Client
) -> None:
    answer = http.request(method, FAKE + route, json=body)

    assert answer.status_code == status
    assert answer.json()["statusCode"] == status


def test_the_network_log_has_a_line_a_post(tmp_path: Path) -> None:
    clock = FakeClock()
    log = tmp_path / "network.jsonl"
    fake = FakePostiz(clock, network_log=log)
    fake.add_account("k", [{"id": "f1", "identifier": "facebook"}])
    http = httpx.Client(transport=fake.transport(), headers={"Authorization": "k"})
    part: JsonValue = {"content": "hi", "image": []}
    posts: JsonValue = [
        {"integration": {"id": "f1"}, "value": [part], "settings": {"postengine": {"ref": 7}}}
    ]
    body: dict[str, JsonValue] = {
        "type": "now",
        "date": "2026-12-01",
        "shortLink": False,
        "tags": [],
        "posts": posts,
    }

    made = http.post("http://postiz.test/public/v1/posts", json=body).json()[0]["postId"]
    clock.advance(timedelta(seconds=1))
    fake.run_due()

    assert log.read_text() == (
        '{"at": "2026-12-01T09:00:00.030Z", "network": "facebook", "integration": "f1", "ref": null, '
        f'"post_id": "{made}", "by": "create"}}\n'
    )
