"""A fake on a clock that stands still, and a client that speaks with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Literal

import httpx
import pytest
from pydantic import JsonValue

from postengine.postiz import CreatePost, IntegrationRef, PostEntry, PostizClient, PostPart
from postengine.testing.clock import FakeClock
from postengine.testing.postiz import FakePostiz

KEY = "the-key"

Make = Callable[..., str]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def fake(clock: FakeClock) -> FakePostiz:
    fake = FakePostiz(clock)
    fake.add_account(
        KEY, [{"id": "x1", "identifier": "x", "name": "Our X"}, {"id": "f1", "identifier": "facebook"}]
    )
    return fake


@pytest.fixture
def http(fake: FakePostiz) -> Iterator[httpx.Client]:
    with httpx.Client(
        transport=fake.transport(), base_url="http://postiz.test/public/v1", headers={"Authorization": KEY}
    ) as client:
        yield client


@pytest.fixture
def client(fake: FakePostiz, clock: FakeClock) -> PostizClient:
    return client_of(fake, clock)


def client_of(fake: FakePostiz, clock: FakeClock, key: str = KEY) -> PostizClient:
    http = httpx.Client(transport=fake.transport())
    return PostizClient(http, base_url="http://postiz.test", api_key=key, clock=clock, tries=1)


def order(
    clock: FakeClock,
    kind: Literal["draft", "schedule", "now", "update"] = "draft",
    *,
    after: timedelta = timedelta(minutes=10),
    post_id: str | None = None,
    ref: str = "r1",
    content: str = "hi",
    republish: bool | None = None,
    group: str | None = None,
) -> CreatePost:
    """Order one post on X, due `after` from now."""
    settings: dict[str, JsonValue] = {
        "who_can_reply_post": "everyone",
        "postengine": {"ref": ref, "rev": 1, "attempt": "a1"},
    }
    entry = PostEntry(
        integration=IntegrationRef(id="x1"),
        value=(PostPart(content=content, id=post_id),),
        settings=settings,
        group=group,
    )
    return CreatePost(type=kind, date=clock.now() + after, posts=(entry,), republish=republish)


@pytest.fixture
def make(client: PostizClient, clock: FakeClock) -> Make:
    """Create one post and return its id."""

    def create(kind: Literal["draft", "schedule", "now", "update"] = "draft", after_s: float = 600.0) -> str:
        ordered = order(clock, kind, after=timedelta(seconds=after_s))
        return client.create_post(ordered).value[0].post_id

    return create
