"""What follows a publication: webhooks, releases, analytics, and the sweep of what was never started."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from threading import Event

import httpx
import pytest
from pydantic import JsonValue

from postengine.testing.clock import FakeClock
from postengine.testing.postiz import FakePostiz
from postengine.testing.postiz.webhooks import Sent, Webhooks

from .conftest import KEY, Make

HOOK = "https://ours.example/postiz/secret"


class Receiver(httpx.BaseTransport):
    """Answers webhooks, or waits until it may."""

    def __init__(self) -> None:
        self.may_answer = Event()
        self.may_answer.set()
        self.requests: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert self.may_answer.wait(10)
        self.requests.append(request)
        if request.url.host == "nobody.example":
            raise httpx.ConnectError("refused", request=request)
        return httpx.Response(204)


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def fake(clock: FakeClock, receiver: Receiver) -> Iterator[FakePostiz]:
    fake = FakePostiz(clock, webhook_transport=receiver)
    fake.add_account(KEY, [{"id": "x1", "identifier": "x"}, {"id": "t1", "identifier": "tiktok"}])
    yield fake
    receiver.may_answer.set()
    fake.webhooks.flush()


def publish(fake: FakePostiz, clock: FakeClock, make: Make) -> str:
    post_id = make("schedule")
    clock.advance(timedelta(hours=1))
    fake.run_due()
    return post_id


def test_a_success_sends_an_empty_list_without_any_signature(
    fake: FakePostiz, clock: FakeClock, make: Make, receiver: Receiver
) -> None:
    fake.register_webhook(KEY, HOOK)
    fake.register_webhook(KEY, f"{HOOK}-of-tiktok", ["t1"])
    fake.register_webhook(KEY, f"{HOOK}-of-x", ["x1"])

    publish(fake, clock, make)
    fake.webhooks.flush()

    assert fake.webhooks.sent == [Sent(HOOK, b"[]", 204), Sent(f"{HOOK}-of-x", b"[]", 204)]
    assert receiver.requests[0].headers["content-type"] == "application/json"


def test_a_receiver_that_is_dead_or_slow_delays_nothing(
    fake: FakePostiz, clock: FakeClock, make: Make, receiver: Receiver
) -> None:
    fake.register_webhook(KEY, "https://nobody.example/")
    receiver.may_answer.clear()

    post_id = publish(fake, clock, make)
    state = fake.posts[post_id].state
    receiver.may_answer.set()
    fake.webhooks.flush()

    assert state == "PUBLISHED"
    assert fake.webhooks.sent == [Sent("https://nobody.example/", b"[]", None)]


def test_no_more_than_a_thousand_webhooks_wait(receiver: Receiver) -> None:
    webhooks = Webhooks(receiver)
    receiver.may_answer.clear()

    for _ in range(1200):
        webhooks.send(HOOK, b"{}")
    lost = webhooks.lost
    receiver.may_answer.set()
    webhooks.flush()

    assert lost >= 199  # one or two may be in hand
    assert len(webhooks.sent) + lost == 1200


def test_the_sweep_starts_what_was_never_started(fake: FakePostiz, clock: FakeClock, make: Make) -> None:
    fake.sweep_hourly()
    fake.sweep_hourly()  # once more changes nothing
    fake.begin_outage("temporal_down")
    lost = make("schedule")
    fake.end_outage("temporal_down")

    clock.advance(timedelta(hours=2))
    fake.run_due()

    [entry] = fake.network
    assert (entry.post_id, entry.by) == (lost, "server-sweep")
    assert (entry.at, fake.duplicates()) == (clock.now() - timedelta(hours=1), 0)


def test_without_the_sweep_it_stays_queued(fake: FakePostiz, clock: FakeClock, make: Make) -> None:
    fake.sweep_hourly()
    fake.begin_outage("temporal_down")
    lost = make("schedule")
    fake.end_outage("temporal_down")
    fake.sweep_hourly(on=False)

    clock.advance(timedelta(hours=5))
    fake.run_due()

    assert (fake.posts[lost].state, fake.network) == ("QUEUE", [])


def test_the_sweep_leaves_sick_channels_and_what_is_older_than_two_days(
    fake: FakePostiz, clock: FakeClock, make: Make
) -> None:
    fake.begin_outage("temporal_down")
    make("schedule")
    fake.hand.lose_token("x1")
    fake.end_outage("temporal_down")
    fake.sweep_hourly()
    clock.advance(timedelta(hours=49))
    fake.run_due()
    fake.hand.reconnect("x1")

    clock.advance(timedelta(hours=5))
    fake.run_due()

    assert fake.network == []


def test_a_missing_release_can_be_told_once(fake: FakePostiz, http: httpx.Client, make: Make) -> None:
    post = fake.posts[make()]
    post.integration = fake.accounts[KEY].integrations["t1"]
    post.integration.missing.append({"id": "r9", "url": "https://tiktok.example/r9"})
    post.release_id = "missing"

    offered = http.get(f"/posts/{post.id}/missing").json()
    figures = http.get(f"/analytics/post/{post.id}").json()
    told = http.put(f"/posts/{post.id}/release-id", json={"releaseId": "r9"})
    again = http.put(f"/posts/{post.id}/release-id", json={"releaseId": "r10"})

    assert offered == [{"id": "r9", "url": "https://tiktok.example/r9"}]
    assert (figures, told.status_code, again.status_code) == ({"missing": True}, 200, 500)
    assert (told.json()["releaseId"], post.release_id) == ("r9", "r9")


def test_a_release_of_a_deleted_post_or_without_an_id_is_odd(
    fake: FakePostiz, http: httpx.Client, make: Make
) -> None:
    kept, gone = fake.posts[make()], fake.posts[make()]
    kept.release_id = gone.release_id = "missing"
    kept.created_at = kept.updated_at = None
    gone.is_deleted = True

    answers = [http.put(f"/posts/{post.id}/release-id", json=[]) for post in (kept, gone)]

    assert [answer.status_code for answer in answers] == [200, 500]
    assert answers[0].json()["releaseId"] == "undefined"
    assert answers[0].json()["createdAt"] is None


def test_figures_are_those_that_were_laid_down(
    fake: FakePostiz, clock: FakeClock, http: httpx.Client, make: Make
) -> None:
    post = fake.posts[publish(fake, clock, make)]
    views: JsonValue = {
        "label": "Views",
        "data": [{"total": "3", "date": "2026-12-01"}],
        "percentageChange": 0,
    }
    post.analytics.append(views)
    fake.accounts[KEY].integrations["x1"].analytics.append(views)

    assert http.get(f"/analytics/post/{post.id}?date=7").json() == [views]
    assert http.get("/analytics/x1?date=7").json() == [views]
