"""What providers refuse beyond what was recorded of them."""

from __future__ import annotations

import httpx
import pytest
from pydantic import JsonValue

from postengine.testing.postiz import FakePostiz

from .conftest import KEY

PICTURE: JsonValue = {"id": "m", "path": "https://f.example/a.png"}
VIDEO: JsonValue = {"id": "m", "path": "https://f.example/a.mp4"}
ARTICLE: dict[str, JsonValue] = {"post_type": "article", "article_title": "T", "article_status": "draft"}


def save(
    fake: FakePostiz,
    http: httpx.Client,
    provider: str,
    settings: dict[str, JsonValue] | None = None,
    image: list[JsonValue] | None = None,
    content: str = "hi",
) -> httpx.Response:
    fake.add_account(KEY, [{"id": "c1", "identifier": provider}])
    part: JsonValue = {"content": content, "image": image or []}
    posts: JsonValue = [{"integration": {"id": "c1"}, "value": [part], "settings": settings or {}}]
    date = "2026-12-02T10:00:00.000Z"
    body = {"type": "schedule", "date": date, "shortLink": False, "tags": [], "posts": posts}
    return http.post("/posts", json=body)


@pytest.mark.parametrize(
    ("provider", "settings"),
    [
        ("discord", {"channel": "c"}),
        ("medium", {"title": "T", "subtitle": "S"}),
        ("hashnode", {"title": "T", "publication": "p", "tags": [{"value": "v", "label": "l"}]}),
        ("moltbook", {"submolt": "s"}),
        ("devto", {"title": "T"}),
        ("x", ARTICLE),
        ("lemmy", {"subreddit": [{"value": {"title": "Title"}}]}),
    ],
)
def test_a_required_setting_is_missed(
    provider: str, settings: dict[str, JsonValue], fake: FakePostiz, http: httpx.Client
) -> None:
    missed = save(fake, http, provider)

    assert missed.status_code == 400
    assert missed.json()["message"][0].startswith("posts.0.settings.")
    assert save(fake, http, provider, settings).status_code == 201


@pytest.mark.parametrize("place", [None, {}, {"value": {"title": "T"}}])
def test_a_place_on_reddit_needs_a_title(place: JsonValue, fake: FakePostiz, http: httpx.Client) -> None:
    answer = save(fake, http, "reddit", {"subreddit": [place]})

    assert answer.json()["message"] == [
        "posts.0.settings.subreddit.0.value.title must be longer than or equal to 2 characters"
    ]


@pytest.mark.parametrize(
    ("provider", "image", "status"),
    [
        ("bluesky", [PICTURE] * 4, 201),
        ("bluesky", [PICTURE] * 5, 400),
        ("bluesky", [VIDEO, PICTURE], 400),
        ("tumblr", [PICTURE] * 32, 400),
        ("facebook", [PICTURE] * 5, 201),
        ("not-a-provider", [PICTURE], 201),
    ],
)
def test_media_are_counted(
    provider: str, image: list[JsonValue], status: int, fake: FakePostiz, http: httpx.Client
) -> None:
    assert save(fake, http, provider, image=image).status_code == status


def test_an_article_on_x_may_be_long(fake: FakePostiz, http: httpx.Client) -> None:
    assert save(fake, http, "x", ARTICLE, content="a" * 400).status_code == 201
    assert save(fake, http, "x", {"who_can_reply_post": "everyone"}, content="a" * 400).status_code == 400
