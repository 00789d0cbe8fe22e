"""The client for tasks: what it repeats, how it is cancelled, and what it closes."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from postengine.postiz import (
    AsyncPostizClient,
    PostizAnswerInvalid,
    PostizBusy,
    PostizChannelUnusable,
    PostizReadUnanswered,
    PostizUnanswered,
    PostizUnreachable,
)
from postengine.testing.clock import FakeClock

from .script import BASE, KEY, Script, async_client_of, client_of, raises, run, says

CONNECTED = says(200, {"connected": True})


class Pieces(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in pieces, for both clients."""

    def __init__(self, pieces: list[bytes], clock: FakeClock | None = None, each_s: float = 0) -> None:
        self._pieces = pieces
        self._clock = clock or FakeClock()
        self._each = timedelta(seconds=each_s)
        self.is_closed = False
        self.has_begun = asyncio.Event()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._clock.advance(self._each)
            yield piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece

    def close(self) -> None:
        self.is_closed = True

    async def aclose(self) -> None:
        self.is_closed = True


class Endless(Pieces):
    """A body that never ends."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"{"
        self.has_begun.set()
        await asyncio.Event().wait()


def test_a_look_is_repeated_after_jittered_waits() -> None:
    slept: list[float] = []
    script = Script(raises(httpx.ReadTimeout), lambda _: httpx.Response(502), CONNECTED)

    answer = run(async_client_of(script, slept=slept).is_connected())

    assert (answer.value, len(script.requests), len(slept)) == (True, 3, 2)
    assert all(0 <= seconds <= 5 for seconds in slept)


def test_a_write_is_repeated_only_if_it_was_never_sent() -> None:
    never, lost = Script(raises(httpx.ConnectError)), Script(raises(httpx.ReadError))

    with pytest.raises(PostizUnreachable):
        run(async_client_of(never).set_status("p1", "schedule"))
    with pytest.raises(PostizUnanswered):
        run(async_client_of(lost).set_status("p1", "schedule"))

    assert (len(never.requests), len(lost.requests)) == (3, 1)


def test_the_deletion_of_a_group_is_repeated_although_it_is_a_write() -> None:
    script = Script(raises(httpx.ReadError), lambda _: httpx.Response(401), says(200, {"error": True}))

    run(async_client_of(script).delete_group("g1"))

    assert len(script.requests) == 3


def test_a_conversation_gets_its_errors_and_may_raise_its_own() -> None:
    with pytest.raises(PostizChannelUnusable):
        run(async_client_of(Script(says(200, []))).find_slot("i1"))
    with pytest.raises(PostizReadUnanswered):
        run(async_client_of(Script(raises(httpx.ReadError))).find_slot("i1"))


def test_a_short_wait_that_was_asked_for_is_kept_and_a_long_one_is_the_callers() -> None:
    slept: list[float] = []
    short = Script(says(429, {"statusCode": 429}, {"Retry-After": "4"}), CONNECTED)
    long = Script(says(429, {"statusCode": 429}, {"Retry-After": "3600"}))

    assert run(async_client_of(short, slept=slept).is_connected()).value
    with pytest.raises(PostizBusy):
        run(async_client_of(long).is_connected())

    assert slept[0] >= 4
    assert len(long.requests) == 1


def test_a_cancelled_call_closes_its_connection() -> None:
    async def cancel() -> Endless:
        stream = Endless([])
        client = async_client_of(Script(lambda _: httpx.Response(200, stream=stream)))
        task = asyncio.create_task(client.is_connected())
        await stream.has_begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return stream

    assert run(cancel()).is_closed


def test_a_client_closes_its_own_connections_and_no_others() -> None:
    async def close() -> bool:
        given = httpx.AsyncClient()
        async with AsyncPostizClient(given, base_url=BASE, api_key=KEY):
            pass
        async with AsyncPostizClient(base_url=BASE, api_key=KEY) as own:
            pass
        with pytest.raises(RuntimeError, match="closed"):
            await own.is_connected()
        is_closed = given.is_closed
        await given.aclose()
        return is_closed

    assert not run(close())


def test_the_machines_own_sleep_waits_between_tries() -> None:
    script = Script(raises(httpx.ConnectError), CONNECTED)

    async def ask() -> bool:
        async with httpx.AsyncClient(transport=httpx.MockTransport(script.asynchronously)) as http:
            return (await AsyncPostizClient(http, base_url=BASE, api_key=KEY).is_connected()).value

    assert run(ask())


@pytest.mark.parametrize("encoding", ["gzip", "identity", ""])
def test_answers_packed_and_plain_are_read(encoding: str) -> None:
    plain = b'{"connected": true}'
    body = gzip.compress(plain) if encoding == "gzip" else plain
    headers = {"Content-Encoding": encoding} if encoding else {}
    script = Script(lambda _: httpx.Response(200, stream=Pieces([body[:9], body[9:]]), headers=headers))

    assert client_of(script).is_connected().value
    assert run(async_client_of(script).is_connected()).value


@pytest.mark.parametrize(
    ("pieces", "encoding", "why"),
    [
        ([gzip.compress(b" " * 25_000_000)], "gzip", "longer than 20 MiB"),
        ([gzip.compress(b'{"connected": true}')[:-4]], "gzip", "cannot be decoded"),
        ([b"plain"], "gzip", "cannot be decoded"),
        ([b"packed"], "br", "cannot be decoded"),
    ],
)
def test_bombs_and_broken_packing_are_no_answer(pieces: list[bytes], encoding: str, why: str) -> None:
    streams: list[Pieces] = []

    def answer(_: httpx.Request) -> httpx.Response:
        streams.append(Pieces(pieces))
        return httpx.Response(200, stream=streams[-1], headers={"Content-Encoding": encoding})

    with pytest.raises(PostizAnswerInvalid, match=why):
        client_of(Script(answer)).is_connected()
    with pytest.raises(PostizAnswerInvalid, match=why) as caught:
        run(async_client_of(Script(answer)).set_status("p1", "schedule"))

    assert caught.value.may_have_happened
    assert all(stream.is_closed for stream in streams)


def test_an_empty_body_is_empty_however_it_is_said_to_be_packed() -> None:
    stream = Pieces([])
    script = Script(lambda _: httpx.Response(401, stream=stream, headers={"Content-Encoding": "gzip"}))

    with pytest.raises(PostizUnanswered):
        client_of(Script(raises(httpx.ReadError))).is_connected()
    with pytest.raises(Exception, match="empty 401"):
        client_of(script).is_connected()


def test_an_answer_that_trickles_in_for_ever_is_no_answer() -> None:
    clock = FakeClock()
    script = Script(lambda _: httpx.Response(200, stream=Pieces([b" "] * 100, clock, each_s=10)))

    with pytest.raises(PostizUnanswered, match="did not end"):
        run(async_client_of(script, clock).set_status("p1", "schedule"))


def test_an_upload_tells_how_far_it_is(tmp_path: Path) -> None:
    file = tmp_path / "big.png"
    file.write_bytes(bytes(200_000))
    told: list[tuple[int, int]] = []
    script = Script(says(201, {"id": "m1", "path": "https://h.example/a.png"}))

    run(async_client_of(script).upload(file, progress=lambda sent, total: told.append((sent, total))))

    assert told[-1] == (200_000, 200_000)
    assert len(told) > 2
    assert [sent for sent, _ in told] == sorted(sent for sent, _ in told)
    assert bytes(200_000) in script.requests[0].content


def test_what_progress_raises_ends_the_upload(tmp_path: Path) -> None:
    file = tmp_path / "big.png"
    file.write_bytes(bytes(200_000))

    def stop(sent: int, _: int) -> None:
        raise InterruptedError(sent)

    with pytest.raises(InterruptedError):
        client_of(Script(CONNECTED)).upload(file, progress=stop)


def test_the_key_is_in_no_repr() -> None:
    assert KEY not in repr(async_client_of(Script(CONNECTED)))
