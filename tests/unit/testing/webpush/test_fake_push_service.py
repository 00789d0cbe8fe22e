"""FakePushService: it answers as push services do, and remembers what each browser got."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Generator, Mapping
from datetime import timedelta

import httpx
import pytest

from postengine.testing.clock import FakeClock
from postengine.testing.webpush import FakePushService, FakeSubscription
from postengine.testing.webpush.faults import FaultKind
from postengine.webpush import (
    Accepted,
    AsyncWebPushClient,
    Authorizer,
    Message,
    Notification,
    Outcome,
    RetryAt,
    Subscription,
    VapidKeys,
    build_request,
)
from postengine.webpush.encryption import encrypt

KEYS = VapidKeys.generate()
CLOCK = FakeClock()
TO_SEND = Message(notification=Notification(title="Time to post", url="https://p.example/"), ttl_s=60)


@pytest.fixture
def fake() -> FakePushService:
    return FakePushService(clock=CLOCK)


@pytest.fixture
def http(fake: FakePushService) -> Generator[httpx.Client]:
    with fake.http() as client:
        yield client


def push(
    http: httpx.Client,
    browser: FakeSubscription,
    payload: bytes | None = None,
    headers: Mapping[str, str | None] | None = None,
) -> httpx.Response:
    """Send one push; `headers` replace those of the client, None takes one away."""
    to = Subscription.from_json(json.dumps(browser.to_json()))
    authorizer = Authorizer(KEYS, "mailto:push@harbour-homes.pt")
    request = build_request(TO_SEND, to, authorizer, now=CLOCK.now(), allows_local=True)
    body = request.body if payload is None else encrypt(payload, to)
    wished: dict[str, str | None] = {**request.headers, **(headers or {})}
    sent = {name: text for name, text in wished.items() if text is not None}
    return http.post(request.url, headers=sent, content=body)


def test_a_push_is_taken_decrypted_and_kept_for_its_browser_alone(
    fake: FakePushService, http: httpx.Client
) -> None:
    browser, other = fake.subscribe(KEYS.public_key), fake.subscribe()

    answer = push(http, browser)

    assert (answer.status_code, answer.headers["location"]) == (201, "https://push.fake/message/1")
    assert answer.headers["ttl"] == "60"
    [arrival] = fake.received(browser)
    assert arrival.notification == {"title": "Time to post", "navigate": "https://p.example/"}
    assert arrival.at == CLOCK.now()
    assert fake.received(other) == []


def test_a_subscription_ends_by_410_and_an_unknown_one_is_404(
    fake: FakePushService, http: httpx.Client
) -> None:
    browser = fake.subscribe()
    fake.unsubscribe(browser)

    assert push(http, browser).status_code == 410
    browser.endpoint += "x"
    assert push(http, browser).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"TTL": None}, 400),
        ({"TTL": "soon"}, 400),
        ({"Urgency": "urgent"}, 400),
        ({"Topic": "a.b"}, 400),
        ({"Topic": "a" * 33}, 400),
        ({"Content-Encoding": "aesgcm"}, 400),
        ({"Authorization": None}, 401),
        ({"Authorization": "vapid t=a.b.c, k=d"}, 403),
        ({"Urgency": None, "Topic": "a"}, 201),
    ],
)
def test_headers_are_checked(
    fake: FakePushService, http: httpx.Client, headers: dict[str, str | None], status: int
) -> None:
    assert push(http, fake.subscribe(), headers=headers).status_code == status


def test_a_body_is_taken_up_to_4096_bytes(fake: FakePushService, http: httpx.Client) -> None:
    browser = fake.subscribe()

    assert push(http, browser, b"x" * 3993).status_code == 201
    assert push(http, browser, b"x" * 3994).status_code == 413


def test_what_no_browser_can_read_is_taken_all_the_same(fake: FakePushService, http: httpx.Client) -> None:
    browser, other = fake.subscribe(), fake.subscribe()
    other.endpoint = browser.endpoint

    assert push(http, other).status_code == 201
    assert push(http, browser, b"no json").status_code == 201
    first, second = fake.received(browser)
    assert (first.payload, first.problem) == (None, "it was encrypted for another, or changed on the way")
    assert second.problem == "the payload is not JSON"


def test_an_iphone_forgives_two_silent_pushes(fake: FakePushService, http: httpx.Client) -> None:
    iphone, other = fake.subscribe(is_iphone=True), fake.subscribe()
    silent = b'{"title": "a worker would have to show it"}'

    statuses = [push(http, iphone, silent).status_code for _ in range(4)]

    assert statuses == [201, 201, 201, 410]
    assert [push(http, other, silent).status_code for _ in range(4)] == [201] * 4
    assert push(http, fake.subscribe(is_iphone=True)).status_code == 201


def test_a_push_without_a_payload_is_silent(fake: FakePushService, http: httpx.Client) -> None:
    browser = fake.subscribe()
    headers = {"TTL": "0", "Authorization": Authorizer(KEYS, "https://a.pt").header(fake.url, CLOCK.now())}

    assert http.post(browser.endpoint, headers=headers).status_code == 201
    [arrival] = fake.received(browser)
    assert (arrival.payload, arrival.notification, arrival.problem) == (None, None, None)


@pytest.mark.parametrize("kind", ["400", "401", "403", "404", "410", "413", "429", "500", "503"])
def test_a_fault_is_met_as_often_as_was_said(
    fake: FakePushService, http: httpx.Client, kind: FaultKind
) -> None:
    browser = fake.subscribe()
    fake.fail_next(kind, times=2, retry_after="30")

    answers = [push(http, browser) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [int(kind), int(kind), 201]
    assert answers[0].headers["retry-after"] == "30"
    assert len(fake.arrivals) == 1


def test_a_fault_may_be_of_one_browser_and_for_ever(fake: FakePushService, http: httpx.Client) -> None:
    browser, other = fake.subscribe(), fake.subscribe()
    fake.fail_next("500", times=None, subscription=browser)

    assert [push(http, one).status_code for one in (other, browser, browser)] == [201, 500, 500]
    fake.faults.clear()
    assert push(http, browser).status_code == 201


def test_a_connection_drops_before_or_after_the_delivery(fake: FakePushService, http: httpx.Client) -> None:
    browser = fake.subscribe()

    for kind, delivered in (("drop", 0), ("drop-after", 1)):
        fake.fail_next(kind)  # type: ignore[arg-type]
        with pytest.raises(httpx.RemoteProtocolError):
            push(http, browser)
        assert len(fake.arrivals) == delivered


def test_a_slow_answer_takes_time_on_the_clock(http: httpx.Client, fake: FakePushService) -> None:
    fake.fail_next("slow", seconds=30)
    before = CLOCK.now()

    assert push(http, fake.subscribe()).status_code == 201
    assert CLOCK.now() - before == timedelta(seconds=30)


def test_other_addresses_and_methods_are_refused(http: httpx.Client) -> None:
    assert http.get("https://push.fake/push/1").status_code == 405
    assert http.get("https://push.fake/").status_code == 404


class TestControlPanel:
    """What another process does with the fake."""

    @pytest.fixture
    def panel(self, http: httpx.Client) -> httpx.Client:
        http.base_url = httpx.URL("https://push.fake/_fake")
        return http

    def test_it_subscribes_pushes_and_reads(self, fake: FakePushService, panel: httpx.Client) -> None:
        made = panel.post("/subscriptions", json={"application_server_key": KEYS.public_key}).json()
        browser = FakeSubscription(made["id"], made["endpoint"])
        to = Subscription.from_json(json.dumps(made))
        authorizer = Authorizer(KEYS, "mailto:push@harbour-homes.pt")
        request = build_request(TO_SEND, to, authorizer, now=CLOCK.now())
        assert panel.post(request.url, headers=request.headers, content=request.body).status_code == 201

        shown = panel.get("/messages").json()

        assert shown["after"] == 1
        assert shown["messages"][0]["notification"]["title"] == "Time to post"
        assert shown["messages"][0]["delivery"] == {"ttl_s": 60, "urgency": "normal", "topic": None}
        assert panel.get("/messages?after=1").json() == {"messages": [], "after": 1}
        assert panel.get("/messages?subscription=other").json()["messages"] == []
        assert len(fake.received(browser)) == 1

    def test_it_ends_subscriptions(self, fake: FakePushService, panel: httpx.Client) -> None:
        made = panel.post("/subscriptions").json()

        assert panel.delete(f"/subscriptions/{made['id']}").json() == {}
        assert push(panel, FakeSubscription(made["id"], made["endpoint"])).status_code == 410
        assert fake.arrivals == []

    def test_it_places_faults_and_takes_them_away(self, fake: FakePushService, panel: httpx.Client) -> None:
        assert panel.post("/faults", json={"kind": "429", "times": None}).json() == {}
        assert push(panel, fake.subscribe()).status_code == 429
        assert panel.delete("/faults").json() == {}
        assert push(panel, fake.subscribe()).status_code == 201

    def test_it_says_what_is_wrong(self, panel: httpx.Client) -> None:
        assert panel.post("/faults", json={"kind": "418"}).status_code == 400
        assert panel.post("/subscriptions", json={"key": "x"}).status_code == 400


def test_a_browser_has_no_key_in_its_repr(fake: FakePushService) -> None:
    browser = fake.subscribe()

    assert repr(browser) == f"FakeSubscription('{browser.id}')"


def test_tasks_reach_it_without_a_socket(fake: FakePushService) -> None:
    browser = fake.subscribe(KEYS.public_key)

    async def send() -> list[Outcome]:
        async with fake.async_http() as http:
            client = AsyncWebPushClient(KEYS, subject="mailto:push@harbour-homes.pt", http=http, clock=CLOCK)
            to = Subscription.from_json(json.dumps(browser.to_json()))
            fake.fail_next("drop")
            return [await client.send(TO_SEND, to) for _ in range(2)]

    lost, sent = asyncio.run(send())

    assert isinstance(lost, RetryAt)
    assert isinstance(sent, Accepted)
    assert len(fake.received(browser)) == 1


def test_as_a_server_it_is_reached_by_a_socket() -> None:
    with FakePushService(clock=CLOCK) as fake, httpx.Client() as http:
        browser = fake.subscribe(KEYS.public_key)

        assert browser.endpoint.startswith("http://127.0.0.1:")
        assert [push(http, browser).status_code for _ in range(2)] == [201, 201]
        assert len(fake.received(browser)) == 2
        fake.fail_next("drop")
        with pytest.raises(httpx.RemoteProtocolError):
            push(http, browser)

    assert fake.url == "https://push.fake"
    fake.stop()


def test_a_slow_answer_meets_the_limit_of_a_client_on_a_socket() -> None:
    with FakePushService() as fake, httpx.Client(timeout=0.2) as http:
        browser = fake.subscribe()
        fake.fail_next("slow", seconds=0.6)
        to = Subscription.from_json(json.dumps(browser.to_json()))

        with pytest.raises(httpx.ReadTimeout):
            http.post(to.endpoint, content=b"")
