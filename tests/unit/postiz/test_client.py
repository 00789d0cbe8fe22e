"""The client: what it sends, what it repeats, and how httpx's failures come out."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from postengine.postiz import (
    CreatePost,
    IntegrationRef,
    PostEntry,
    PostizAnswerInvalid,
    PostizBusy,
    PostizClient,
    PostizKeyRefused,
    PostizReadUnanswered,
    PostizUnanswered,
    PostizUnreachable,
    PostizWriteOutage,
    PostPart,
)
from postengine.testing.clock import FakeClock

KEY = "secret-key-1234"
NINE = datetime(2026, 12, 1, 9, tzinfo=UTC)
Handler = Callable[[httpx.Request], httpx.Response]


class Recorder:
    """Answers by a list of handlers, in their order, and remembers the requests."""

    def __init__(self, *handlers: Handler) -> None:
        self._handlers = list(handlers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        handler = self._handlers.pop(0) if len(self._handlers) > 1 else self._handlers[0]
        return handler(request)


def says(status: int, body: object, headers: dict[str, str] | None = None) -> Handler:
    return lambda _: httpx.Response(status, json=body, headers=headers)


def raises(error: type[httpx.TransportError]) -> Handler:
    def fail(request: httpx.Request) -> httpx.Response:
        raise error("as httpx says", request=request)

    return fail


CONNECTED = says(200, {"connected": True})
PROMOTED = says(200, {"id": "p1", "state": "QUEUE"})


def client_of(recorder: Recorder, clock: FakeClock | None = None) -> PostizClient:
    http = httpx.Client(transport=httpx.MockTransport(recorder), follow_redirects=True)
    return PostizClient(http, base_url="https://h.example/api", api_key=KEY, clock=clock or FakeClock())


def test_the_key_is_sent_raw_to_the_normalised_address() -> None:
    recorder = Recorder(CONNECTED)

    assert client_of(recorder).is_connected().value is True

    [request] = recorder.requests
    assert request.url == "https://h.example/api/public/v1/is-connected"
    assert request.headers["Authorization"] == KEY


def test_the_key_is_in_no_repr_no_error_and_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="httpx")  # an application may have silenced it
    client = client_of(Recorder(says(401, {"msg": "Invalid API key"})))

    with pytest.raises(PostizKeyRefused) as caught:
        client.is_connected()

    assert "/is-connected" in caplog.text
    assert KEY not in repr(client) + repr(caught.value) + str(vars(caught.value)) + caplog.text


@pytest.mark.parametrize("key", ["", "  ", "schlüssel", "a\nb"])
def test_a_key_that_is_no_header_is_refused_without_repeating_it(key: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII"):
        PostizClient(base_url="https://h.example", api_key=key)


@pytest.mark.parametrize("key", ["Bearer abc", "bearer abc", " Bearer", SecretStr("BEARER abc")])
def test_a_key_with_bearer_before_it_is_refused_without_repeating_it(key: str | SecretStr) -> None:
    with pytest.raises(ValueError, match="leave out the word Bearer") as caught:
        PostizClient(base_url="https://h.example", api_key=key)

    assert "abc" not in str(caught.value)


def test_redirects_are_never_followed_and_their_host_is_named() -> None:
    recorder = Recorder(lambda _: httpx.Response(302, headers={"Location": "https://evil.example/"}))

    with pytest.raises(PostizAnswerInvalid, match=r"redirected \(302\) to evil\.example"):
        client_of(recorder).is_connected()

    assert len(recorder.requests) == 1


def test_a_listing_asks_in_milliseconds_of_utc() -> None:
    recorder = Recorder(says(200, {"posts": []}))

    client_of(recorder).list_posts(NINE, NINE + timedelta(days=1), customer_id="c1")

    assert dict(recorder.requests[0].url.params) == {
        "startDate": "2026-12-01T09:00:00.000Z",
        "endDate": "2026-12-02T09:00:00.000Z",
        "customer": "c1",
    }


def test_a_listing_can_be_asked_for_all_customers() -> None:
    recorder = Recorder(says(200, {"posts": []}))

    client_of(recorder).list_posts(NINE, NINE)

    assert "customer" not in recorder.requests[0].url.params


def test_a_promote_waits_45_seconds_and_sends_its_status() -> None:
    recorder = Recorder(PROMOTED)

    answer = client_of(recorder).set_status("p1", "schedule")

    [request] = recorder.requests
    assert (request.method, request.url.path) == ("PUT", "/api/public/v1/posts/p1/status")
    assert json.loads(request.content) == {"status": "schedule"}
    assert request.extensions["timeout"] == {"connect": 5.0, "read": 45.0, "write": 45.0, "pool": 5.0}
    assert answer.value.state == "QUEUE"


def test_a_creation_is_sent_as_json_and_answered_in_its_order() -> None:
    answered = [{"postId": "p1", "integration": "i1"}]
    recorder = Recorder(says(201, answered, {"X-RateLimit-Limit": "30", "X-RateLimit-Remaining": "7"}))
    entry = PostEntry(integration=IntegrationRef(id="i1"), value=(PostPart(content="schöne Räume"),))

    answer = client_of(recorder).create_post(CreatePost(type="draft", date=NINE, posts=(entry,)))

    [request] = recorder.requests
    assert (request.method, request.url.path) == ("POST", "/api/public/v1/posts")
    assert json.loads(request.content)["posts"][0]["value"] == [{"content": "schöne Räume", "image": []}]
    assert [(created.post_id, created.integration) for created in answer.value] == [("p1", "i1")]


def test_error_true_is_how_postiz_says_deleted() -> None:
    recorder = Recorder(says(200, {"error": True}))

    client_of(recorder).delete_post("p1")

    assert [(r.method, r.url.path) for r in recorder.requests] == [("DELETE", "/api/public/v1/posts/p1")]


def test_integrations_settings_and_notifications_are_read() -> None:
    channel = {"id": "i1", "name": "N", "identifier": "x", "customer": {"id": "c1", "name": "C"}, "new": 1}
    note = {"id": "n1", "content": "c", "link": None, "createdAt": "2026-12-01T09:00:00.000Z"}
    page = {"notifications": [note], "total": 1, "page": 2, "limit": 100, "hasMore": False}
    output = {"rules": "r", "maxLength": 280, "settings": {"type": "object"}, "tools": [{"methodName": "m"}]}
    recorder = Recorder(
        says(200, [channel]), says(200, [channel]), says(200, page), says(200, {"output": output})
    )
    client = client_of(recorder)

    [integration] = client.list_integrations().value
    client.list_integrations("c1")
    notifications = client.list_notifications(2).value
    settings = client.integration_settings("i1").value

    assert (integration.identifier, integration.customer and integration.customer.id) == ("x", "c1")
    assert integration.model_extra == {"new": 1}
    assert recorder.requests[1].url.params["group"] == "c1"
    assert recorder.requests[2].url.params["page"] == "2"
    assert (notifications.has_more, notifications.notifications[0].created_at) == (False, NINE)
    assert (settings.max_length, settings.schema_) == (280, {"type": "object"})


@pytest.mark.parametrize("post_id", ["", "..", "a/b", "group/1", "a?b"])
def test_an_id_cannot_lead_to_another_path(post_id: str) -> None:
    recorder = Recorder(PROMOTED)

    with pytest.raises(ValueError, match="letters, digits"):
        client_of(recorder).delete_post(post_id)

    assert recorder.requests == []


def test_an_upload_is_read_from_its_path_or_from_a_file(tmp_path: Path) -> None:
    picture = tmp_path / "photo of a house.png"
    picture.write_bytes(b"the bytes of a picture")
    recorder = Recorder(says(201, {"id": "m1", "path": "https://h.example/u/a.png", "originalName": None}))
    client = client_of(recorder)

    uploaded = client.upload(picture).value
    client.upload(io.BytesIO(b"the bytes of another"))

    assert (uploaded.id, uploaded.path) == ("m1", "https://h.example/u/a.png")
    assert b'name="file"; filename="photo of a house.png"' in recorder.requests[0].content
    assert b"the bytes of a picture" in recorder.requests[0].content
    assert b"the bytes of another" in recorder.requests[1].content


@pytest.mark.parametrize(
    "error", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError]
)
def test_what_was_never_sent_is_repeated_even_for_a_write(error: type[httpx.TransportError]) -> None:
    recorder = Recorder(raises(error), PROMOTED)

    assert client_of(recorder).set_status("p1", "schedule").value.state == "QUEUE"
    assert len(recorder.requests) == 2


def test_in_the_end_unreachable_says_that_nothing_happened() -> None:
    recorder = Recorder(raises(httpx.ConnectError))

    with pytest.raises(PostizUnreachable) as caught:
        client_of(recorder).set_status("p1", "schedule")

    assert len(recorder.requests) == 3
    assert (caught.value.may_have_happened, caught.value.in_flight) == (False, False)


@pytest.mark.parametrize(
    "error",
    [httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError, httpx.WriteError, httpx.WriteTimeout],
)
def test_a_write_that_may_have_arrived_is_never_repeated(error: type[httpx.TransportError]) -> None:
    recorder = Recorder(raises(error))

    with pytest.raises(PostizUnanswered) as caught:
        client_of(recorder).set_status("p1", "schedule")

    assert len(recorder.requests) == 1
    assert (caught.value.may_have_happened, caught.value.in_flight) == (True, True)


@pytest.mark.parametrize("status", [401, 502])
def test_a_write_into_an_outage_is_not_repeated(status: int) -> None:
    recorder = Recorder(lambda _: httpx.Response(status))

    with pytest.raises((PostizWriteOutage, PostizUnanswered)):
        client_of(recorder).set_status("p1", "schedule")

    assert len(recorder.requests) == 1


def test_a_look_is_repeated_until_it_is_answered() -> None:
    recorder = Recorder(raises(httpx.ReadTimeout), lambda _: httpx.Response(401), CONNECTED)

    assert client_of(recorder).is_connected().value is True
    assert len(recorder.requests) == 3


def test_a_look_that_is_never_answered_ends_in_its_own_error() -> None:
    with pytest.raises(PostizReadUnanswered):
        client_of(Recorder(raises(httpx.ReadTimeout))).is_connected()


def test_a_busy_write_is_not_repeated_however_short_the_wait() -> None:
    recorder = Recorder(says(429, {"statusCode": 429}, {"Retry-After": "1"}))

    with pytest.raises(PostizBusy):
        client_of(recorder).set_status("p1", "schedule")

    assert len(recorder.requests) == 1


def test_an_answer_and_an_error_carry_how_long_they_took() -> None:
    clock = FakeClock()

    def slow(_: httpx.Request) -> httpx.Response:
        clock.advance(timedelta(seconds=6))
        return httpx.Response(200, json={"id": "p1", "state": "QUEUE"})

    def slow_drop(request: httpx.Request) -> httpx.Response:
        clock.advance(timedelta(seconds=6))
        raise httpx.ReadError("as httpx says", request=request)

    client = client_of(Recorder(slow, slow_drop), clock)
    answer = client.set_status("p1", "schedule")
    with pytest.raises(PostizUnanswered) as caught:
        client.set_status("p1", "schedule")

    assert (answer.elapsed_s, caught.value.elapsed_s) == (6.0, 6.0)


class Pieces(httpx.SyncByteStream):
    """A body that comes in pieces, while time passes."""

    def __init__(self, pieces: Iterator[bytes], clock: FakeClock, each_takes: timedelta) -> None:
        self._pieces = pieces
        self._clock = clock
        self._each_takes = each_takes
        self.is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._clock.advance(self._each_takes)
            yield piece

    def close(self) -> None:
        self.is_closed = True


def test_an_answer_over_20_mib_is_refused_and_its_connection_closed() -> None:
    clock = FakeClock()
    stream = Pieces((b" " * 1_048_576 for _ in range(1000)), clock, timedelta())
    client = client_of(Recorder(lambda _: httpx.Response(200, stream=stream)), clock)

    with pytest.raises(PostizAnswerInvalid, match="longer than 20 MiB") as caught:
        client.is_connected()

    assert len(caught.value.body) == 65_536
    assert stream.is_closed


def test_an_answer_that_trickles_in_for_ever_is_no_answer() -> None:
    clock = FakeClock()
    stream = Pieces((b" " for _ in range(1000)), clock, timedelta(seconds=10))
    client = client_of(Recorder(lambda _: httpx.Response(200, stream=stream)), clock)

    with pytest.raises(PostizUnanswered, match="did not end"):
        client.set_status("p1", "schedule")

    assert stream.is_closed


def test_a_body_that_cannot_be_decoded_is_not_postizs() -> None:
    clock = FakeClock()
    stream = Pieces(iter([b"not gzip"]), clock, timedelta())
    broken = httpx.Response(200, stream=stream, headers={"Content-Encoding": "gzip"})

    with pytest.raises(PostizAnswerInvalid, match="cannot be decoded"):
        client_of(Recorder(lambda _: broken), clock).is_connected()


def test_a_client_closes_its_own_connections_and_no_others() -> None:
    given = httpx.Client()
    with PostizClient(given, base_url="https://h.example", api_key=KEY):
        pass
    assert not given.is_closed
    given.close()
    with PostizClient(base_url="https://h.example", api_key=KEY) as own:
        pass
    with pytest.raises(RuntimeError, match="closed"):
        own.is_connected()
