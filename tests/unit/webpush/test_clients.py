"""Both clients, against a push service that decrypts: one request a message, an outcome for each answer."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from typing import Protocol

import httpx
import pytest

from postengine.testing.clock import FakeClock
from postengine.testing.webpush import FakePushService
from postengine.webpush import (
    Accepted,
    AsyncWebPushClient,
    ConfigError,
    DropDevice,
    Message,
    Outcome,
    RetryAt,
    Subscription,
    VapidInvalid,
    VapidKeys,
    WebPushClient,
    topic_of,
)

from .parts import KEYS, SUBJECT, message, subscription

Answer = Callable[[httpx.Request], httpx.Response]


class Sends(Protocol):
    """One of the two clients, called alike."""

    def __call__(
        self, transport: httpx.BaseTransport | Answer, message: Message, to: Subscription, **options: bool
    ) -> Outcome: ...


class Both(httpx.AsyncBaseTransport, httpx.BaseTransport):
    """One answer for both worlds, its body a stream as on a wire."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._answer(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self._answer(request)


def send_in_thread(answer: Answer, message: Message, to: Subscription, **options: bool) -> Outcome:
    with (
        httpx.Client(transport=Both(answer), follow_redirects=True) as http,
        WebPushClient(KEYS, subject=SUBJECT, http=http, clock=FakeClock(), **options) as client,
    ):
        return client.send(message, to)


def send_in_task(answer: Answer, message: Message, to: Subscription, **options: bool) -> Outcome:
    async def send() -> Outcome:
        async with (
            httpx.AsyncClient(transport=Both(answer), follow_redirects=True) as http,
            AsyncWebPushClient(KEYS, subject=SUBJECT, http=http, clock=FakeClock(), **options) as client,
        ):
            return await client.send(message, to)

    return asyncio.run(send())


@pytest.fixture(params=[send_in_thread, send_in_task])
def send(request: pytest.FixtureRequest) -> Callable[..., Outcome]:
    found: Callable[..., Outcome] = request.param
    return found


def of(fake: FakePushService) -> Answer:
    """Return what the fake answers, its body still a stream."""
    transport = httpx.WSGITransport(app=fake.wsgi_app)

    def answer(request: httpx.Request) -> httpx.Response:
        reply = transport.handle_request(request)
        return httpx.Response(reply.status_code, headers=reply.headers, stream=httpx.ByteStream(reply.read()))

    return answer


def test_the_browser_shows_what_was_sent(send: Callable[..., Outcome], fake: FakePushService) -> None:
    browser = fake.subscribe(KEYS.public_key)

    outcome = send(of(fake), message(urgency="high", topic=topic_of("del_1")), subscription(browser))

    assert outcome == Accepted("https://push.fake/message/1")
    [arrival] = fake.received(browser)
    assert arrival.problem is None
    assert arrival.notification is not None
    assert arrival.notification["title"] == "Time to post: 3 Bedroom Apartment"
    assert (arrival.delivery.ttl_s, arrival.delivery.urgency) == (3600, "high")
    assert arrival.delivery.topic == topic_of("del_1")
    assert arrival.claims["sub"] == SUBJECT


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        ("400", ConfigError("400 A header or the body is malformed.")),
        ("404", DropDevice("404 no such subscription")),
        ("429", RetryAt(90.0, "429 Too many requests")),
        ("500", RetryAt(90.0, "500 Internal error encountered.", may_have_happened=True)),
        (
            "drop",
            RetryAt(10.0, "the push service did not answer (RemoteProtocolError)", may_have_happened=True),
        ),
    ],
)
def test_an_answer_becomes_an_outcome(
    send: Callable[..., Outcome], fake: FakePushService, kind: str, outcome: Outcome
) -> None:
    browser = fake.subscribe(KEYS.public_key)
    fake.fail_next(kind, retry_after="90")  # type: ignore[arg-type]

    assert send(of(fake), message(), subscription(browser)) == outcome
    assert fake.arrivals == []


def test_a_dropped_connection_may_have_delivered(send: Callable[..., Outcome], fake: FakePushService) -> None:
    browser = fake.subscribe(KEYS.public_key)
    fake.fail_next("drop-after")

    outcome = send(of(fake), message(), subscription(browser))

    assert isinstance(outcome, RetryAt)
    assert outcome.may_have_happened
    assert len(fake.received(browser)) == 1


def test_a_subscription_made_for_other_keys_is_dropped(
    send: Callable[..., Outcome], fake: FakePushService
) -> None:
    browser = fake.subscribe(VapidKeys.generate().public_key)

    outcome = send(of(fake), message(), subscription(browser))

    assert isinstance(outcome, DropDevice)
    assert outcome.is_foreign


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (httpx.ConnectError("no"), RetryAt(10.0, "the push service cannot be reached (ConnectError)")),
        (httpx.PoolTimeout("no"), RetryAt(10.0, "the push service cannot be reached (PoolTimeout)")),
        (
            httpx.ReadTimeout("no"),
            RetryAt(10.0, "the push service did not answer (ReadTimeout)", may_have_happened=True),
        ),
        (httpx.LocalProtocolError("no"), ConfigError("cannot send the request (LocalProtocolError)")),
    ],
)
def test_no_answer_is_told_apart_by_what_may_have_happened(
    send: Callable[..., Outcome],
    fake: FakePushService,
    error: httpx.RequestError,
    outcome: Outcome,
) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise error

    assert send(fail, message(), subscription(fake.subscribe())) == outcome


def test_a_redirect_is_never_followed(send: Callable[..., Outcome], fake: FakePushService) -> None:
    asked: list[str] = []

    def redirect(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        there = {"Location": "https://169.254.169.254/latest/"}
        return httpx.Response(307, headers=there, stream=httpx.ByteStream(b""))

    outcome = send(redirect, message(), subscription(fake.subscribe()))

    assert outcome == ConfigError("307")
    assert len(asked) == 1


def test_an_endpoint_of_our_own_network_is_not_called(send: Callable[..., Outcome]) -> None:
    asked: list[httpx.Request] = []
    browser = FakePushService().subscribe()
    browser.endpoint = "https://169.254.169.254/latest/"

    def note(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(201, stream=httpx.ByteStream(b""))

    outcome = send(note, message(), subscription(browser))

    assert outcome == DropDevice("endpoint: expected the name of a public push service as its host")
    assert asked == []
    assert isinstance(send(note, message(), subscription(browser), allows_local=True), Accepted)
    assert len(asked) == 1


class Endless(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that never ends; each block takes the clock a second."""

    def __init__(self, block: bytes, clock: FakeClock | None = None) -> None:
        self._block = block
        self._clock = clock
        self.blocks = 0
        self.is_closed = False

    def _next(self) -> bytes:
        self.blocks += 1
        if self._clock:
            self._clock.advance(timedelta(seconds=1))
        return self._block

    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield self._next()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            yield self._next()

    def close(self) -> None:
        self.is_closed = True

    async def aclose(self) -> None:
        self.is_closed = True


def test_an_answer_without_end_is_not_read_to_it(send: Callable[..., Outcome]) -> None:
    body = Endless(b"x" * 1000)
    to = subscription(FakePushService().subscribe())

    outcome = send(lambda _: httpx.Response(410, stream=body), message(), to)

    assert isinstance(outcome, DropDevice)
    assert (body.blocks, body.is_closed) == (5, True)


def test_an_answer_that_drips_is_not_waited_for() -> None:
    clock = FakeClock()
    body = Endless(b"x", clock)
    to = subscription(FakePushService().subscribe())
    http = httpx.Client(transport=Both(lambda _: httpx.Response(201, stream=body)))

    with http, WebPushClient(KEYS, subject=SUBJECT, http=http, clock=clock) as client:
        outcome = client.send(message(), to)

    assert isinstance(outcome, Accepted)
    assert body.blocks == 15


def test_a_token_is_signed_once_for_many_messages(fake: FakePushService) -> None:
    seen: list[str] = []

    def note(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["authorization"])
        return of(fake)(request)

    browser = fake.subscribe(KEYS.public_key)
    with httpx.Client(transport=Both(note)) as http:
        client = WebPushClient(KEYS, subject=SUBJECT, http=http, clock=FakeClock())
        for _ in range(3):
            assert isinstance(client.send(message(), subscription(browser)), Accepted)

    assert len(seen) == 3
    assert len(set(seen)) == 1


@pytest.mark.parametrize("kind", [WebPushClient, AsyncWebPushClient])
def test_a_subject_that_reaches_nobody_is_refused_at_once(
    kind: type[WebPushClient] | type[AsyncWebPushClient],
) -> None:
    with pytest.raises(VapidInvalid, match="YOUR-DOMAIN"):
        kind(KEYS, subject="mailto:push@localhost")


def test_a_client_closes_its_own_connections_and_leaves_those_it_was_lent() -> None:
    lent = httpx.Client()
    WebPushClient(KEYS, subject=SUBJECT, http=lent).close()
    assert not lent.is_closed
    lent.close()

    with WebPushClient(KEYS, subject=SUBJECT) as own:
        assert own.public_key == KEYS.public_key
        assert repr(own) == f"WebPushClient(public_key='{KEYS.public_key}')"


def test_the_client_for_tasks_does_so_too() -> None:
    async def use() -> bool:
        lent = httpx.AsyncClient()
        await AsyncWebPushClient(KEYS, subject=SUBJECT, http=lent).close()
        was_left_open = not lent.is_closed
        await lent.aclose()
        async with AsyncWebPushClient(KEYS, subject=SUBJECT) as own:
            assert own.public_key == KEYS.public_key
            assert repr(own).startswith("AsyncWebPushClient(public_key=")
        return was_left_open

    assert asyncio.run(use())


def test_both_clients_have_the_same_names_and_arguments() -> None:
    def shape(kind: type) -> dict[str, object]:
        public = {name: value for name, value in vars(kind).items() if not name.startswith("_")}
        return {
            name: [
                (parameter.name, parameter.annotation, parameter.default)
                for parameter in inspect.signature(value).parameters.values()
            ]
            if callable(value)
            else type(value)
            for name, value in public.items()
        }

    assert shape(WebPushClient) == shape(AsyncWebPushClient)
    assert list(inspect.signature(WebPushClient).parameters) == list(
        inspect.signature(AsyncWebPushClient).parameters
    )
