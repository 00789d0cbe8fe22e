"""The control API can do what the Python side can."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta

import httpx
import pytest

from postengine.testing.clock import FakeClock
from postengine.testing.postiz import FakePostiz

from .conftest import KEY, Make

CONTROL = "http://postiz.test/_fake"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 60


def ask(http: httpx.Client, path: str, body: object) -> httpx.Response:
    return http.post(f"{CONTROL}/{path}", json=body)


def test_the_server_can_be_set_to_another_time(http: httpx.Client) -> None:
    ask(http, "skew", {"seconds": 61}).raise_for_status()

    assert http.get("/is-connected").headers["date"] == "Tue, 01 Dec 2026 09:01:01 GMT"


def test_the_sweep_is_switched(fake: FakePostiz, clock: FakeClock, http: httpx.Client, make: Make) -> None:
    fake.begin_outage("temporal_down")
    make("schedule")
    fake.end_outage("temporal_down")

    ask(http, "sweep", {"on": True}).raise_for_status()
    clock.advance(timedelta(hours=2))
    fake.run_due()

    assert [entry.by for entry in fake.network] == ["server-sweep"]


def test_webhooks_are_registered_sent_and_shown(
    fake: FakePostiz, clock: FakeClock, http: httpx.Client, make: Make
) -> None:
    nowhere = "http://127.0.0.1:9/hook"  # nothing listens there
    ask(http, "webhooks", {"api_key": KEY, "url": nowhere}).raise_for_status()
    make("schedule")
    clock.advance(timedelta(hours=1))
    fake.run_due()
    ask(http, "webhooks/send", {"url": nowhere, "body": [{"id": "forged"}]}).raise_for_status()
    ask(http, "webhooks/send", {"url": nowhere}).raise_for_status()
    fake.webhooks.flush()

    sent = http.get(f"{CONTROL}/state").json()["webhooks"]

    assert [hook["body"] for hook in sent] == ["[]", '[{"id": "forged"}]', "[]"]
    assert {hook["status"] for hook in sent} == {None}


def test_a_consent_is_given(http: httpx.Client) -> None:
    client = {"client_id": "pca_1", "client_secret": "s"}
    code = ask(http, "oauth", {"api_key": KEY} | client).json()["code"]

    answer = http.post(
        "http://postiz.test/oauth/token", json={"grant_type": "authorization_code", "code": code} | client
    )

    assert answer.status_code == 201


def test_files_are_laid_into_the_web_and_uploads_forgotten(http: httpx.Client) -> None:
    here, there = "https://f.example/a.png", "https://f.example/b.png"
    ask(http, "web", {"url": here, "base64": b64encode(PNG).decode()}).raise_for_status()
    files = ask(http, "web", {"url": there, "redirect": "/a.png"}).json()["files"]
    url = http.post("/upload-from-url", json={"url": there}).json()["path"]
    found = http.get(url).content

    ask(http, "uploads/forget", {"url": url}).raise_for_status()

    assert (files, found, http.get(url).status_code) == (2, PNG, 404)


@pytest.mark.parametrize(("credits_left", "status"), [(0, 402), (None, 201)])
def test_credits_for_videos_are_set(credits_left: int | None, status: int, http: httpx.Client) -> None:
    ask(http, "video-credits", {"credits": credits_left}).raise_for_status()

    assert http.post("/generate-video", json={"type": "veo3", "output": "vertical"}).status_code == status


def test_networks_are_made_unreachable_for_connecting(http: httpx.Client) -> None:
    ask(http, "unreachable", {"providers": ["mastodon"]}).raise_for_status()

    assert http.get("/social/mastodon").status_code == 500


def test_a_hand_works_on_channels(fake: FakePostiz, http: httpx.Client) -> None:
    channel = fake.accounts[KEY].integrations["x1"]

    ask(http, "channels/x1/lose-token", {}).raise_for_status()
    ask(http, "channels/x1/disable", {}).raise_for_status()
    sick = (channel.is_refresh_needed, channel.is_disabled)
    ask(http, "channels/x1/reconnect", {}).raise_for_status()

    assert (sick, channel.is_refresh_needed, channel.is_disabled) == ((True, True), False, False)
    assert ask(http, "channels/nope/disable", {}).status_code == 404
    assert ask(http, "channels/x1/burn", {}).status_code == 404


def test_tags_of_an_account_are_kept_on_its_posts_and_others_dropped(http: httpx.Client) -> None:
    channel = {"id": "k1", "identifier": "facebook"}
    ask(http, "accounts", {"api_key": "k", "integrations": [channel], "tags": ["sale"]}).raise_for_status()
    body = {
        "type": "draft",
        "date": "2026-12-02T10:00:00.000Z",
        "shortLink": False,
        "tags": [{"value": "v", "label": label} for label in ("sale", "rent")],
        "posts": [{"integration": {"id": "k1"}, "value": [{"content": "hi", "image": []}]}],
    }
    http.post("/posts", json=body, headers={"Authorization": "k"}).raise_for_status()

    listed = http.get("/posts?startDate=2026-12-01&endDate=2026-12-03", headers={"Authorization": "k"})

    [post] = listed.json()["posts"]
    assert [tag["tag"]["name"] for tag in post["tags"]] == ["sale"]
