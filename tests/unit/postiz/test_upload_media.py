"""Uploading a file once: what is refused before it is sent, and what is remembered."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import IO

import httpx
import pytest

from postengine.postiz import (
    AsyncPostizClient,
    FileKind,
    InMemoryMediaCache,
    MediaCache,
    MediaRef,
    PostizAnswerInvalid,
    PostizClient,
    PostizMediaRefused,
    PostizUnanswered,
    StoredMedia,
    inspect_media,
    sniff,
)
from postengine.testing.clock import FakeClock

from .script import BASE, KEY, Handler, Script, async_client_of, raises, run, says

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
MP4 = b"\0\0\0\x18ftypisom" + bytes(40)
MEDIA = says(201, {"id": "m1", "path": "https://media.example/a.png"})
AGAIN = says(201, {"id": "m2", "path": "https://media.example/b.png"})


def client_with(script: Script, clock: FakeClock, cache: MediaCache | None = None) -> PostizClient:
    http = httpx.Client(transport=httpx.MockTransport(script))
    return PostizClient(http, base_url=BASE, api_key=KEY, clock=clock, media_cache=cache)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0", FileKind.JPEG),
        (PNG, FileKind.PNG),
        (b"GIF87a", FileKind.GIF),
        (b"GIF89a", FileKind.GIF),
        (b"RIFF\0\0\0\0WEBP", FileKind.WEBP),
        (b"RIFF\0\0\0\0WAVE", None),
        (b"BM\0\0", FileKind.BMP),
        (b"II*\0", FileKind.TIFF),
        (b"MM\0*", FileKind.TIFF),
        (b"\0\0\0\x18ftypavif", FileKind.AVIF),
        (b"\0\0\0\x18ftypisom", FileKind.MP4),
        (b"\0\0\0\x18ftypmp42", FileKind.MP4),
        (b"\0\0\0\x14ftypqt  ", None),
        (b"\0\0\0\x14ftypM4V ", None),
        (b"\0\0\0\x14ftypheic", None),
        (b"\x1aE\xdf\xa3webm", None),
        (b"%PDF-1.7", None),
        (b"<svg", None),
    ],
)
def test_a_kind_is_told_from_the_first_bytes(head: bytes, kind: FileKind | None) -> None:
    assert sniff(head) == kind


def big(head: bytes, size: int) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        file = folder / "file.bin"
        with file.open("wb") as stream:
            stream.write(head)
            stream.truncate(size)
        return file

    return write


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (big(b"", 0), "empty"),
        (big(b"%PDF-1.7", 100), "unsupported"),
        (big(b"\0\0\0\x14ftypqt  ", 100), "unsupported"),
        (big(b"BM", 100), "cannot_be_attached"),
        (big(b"\0\0\0\x18ftypavif", 100), "cannot_be_attached"),
        (big(PNG, 10_485_761), "too_big"),
        (big(MP4, 1_073_741_825), "too_big"),
    ],
)
def test_what_cannot_be_posted_is_refused_before_it_is_sent(
    make: Callable[[Path], Path], reason: str, tmp_path: Path
) -> None:
    script = Script(MEDIA)

    with pytest.raises(PostizMediaRefused) as caught:
        client_with(script, FakeClock()).upload_media(make(tmp_path))

    assert (caught.value.reason, script.requests) == (reason, [])


def test_the_largest_picture_is_taken(tmp_path: Path) -> None:
    found = inspect_media(big(PNG, 10_485_760)(tmp_path))

    assert (found.kind, found.size_bytes, len(found.sha256)) == (FileKind.PNG, 10_485_760, 64)


def test_one_picture_goes_up_once_for_many_posts() -> None:
    script = Script(MEDIA, AGAIN)
    client = client_with(script, FakeClock())

    first = client.upload_media(io.BytesIO(PNG), alt="a house")
    second = client.upload_media(io.BytesIO(PNG))
    other = client.upload_media(io.BytesIO(PNG + b"!"))

    assert first == MediaRef(id="m1", path="https://media.example/a.png", alt="a house")
    assert (second.id, second.alt, other.id) == ("m1", None, "m2")
    assert script.asked == ["POST /api/public/v1/upload"] * 2


@pytest.mark.parametrize(
    ("look", "used"),
    [
        (lambda _: httpx.Response(200), "m1"),
        (lambda _: httpx.Response(404), "m2"),
        (lambda _: httpx.Response(410), "m2"),
        (lambda _: httpx.Response(405), "m1"),
        (lambda _: httpx.Response(302, headers={"Location": "http://10.0.0.1/"}), "m1"),
        (raises(httpx.ConnectError), "m1"),
    ],
)
def test_after_an_hour_it_is_looked_for_and_goes_up_again_only_if_it_is_gone(
    look: Handler, used: str
) -> None:
    clock = FakeClock()
    script = Script(MEDIA, look) if used == "m1" else Script(MEDIA, look, AGAIN)
    client = client_with(script, clock)
    client.upload_media(io.BytesIO(PNG))

    clock.advance(timedelta(hours=1))
    again = client.upload_media(io.BytesIO(PNG))
    looks = len(script.requests)
    client.upload_media(io.BytesIO(PNG))

    assert again.id == used
    assert len(script.requests) == looks
    [head, *_] = [request for request in script.requests if request.method == "HEAD"]
    assert str(head.url) == "https://media.example/a.png"
    assert "Authorization" not in head.headers


@pytest.mark.parametrize("path", ["/uploads/a.png", "https://media.example:port/a.png"])
def test_a_path_at_which_nothing_can_be_looked_for_is_used_as_it_is(path: str) -> None:
    clock = FakeClock()
    client = client_with(Script(says(201, {"id": "m1", "path": path})), clock)
    client.upload_media(io.BytesIO(PNG))
    clock.advance(timedelta(hours=1))

    assert client.upload_media(io.BytesIO(PNG)).path == path


def test_accounts_that_share_a_cache_do_not_share_media() -> None:
    cache = InMemoryMediaCache()
    script = Script(MEDIA)
    http = httpx.Client(transport=httpx.MockTransport(script))
    for key in ("one", "two", "two"):
        client = PostizClient(http, base_url=BASE, api_key=key, media_cache=cache)
        client.upload_media(io.BytesIO(PNG))

    assert len(script.requests) == 2


def test_a_stored_path_that_no_post_takes_is_refused() -> None:
    script = Script(says(201, {"id": "m1", "path": "https://media.example/a.mp4s"}))

    with pytest.raises(PostizAnswerInvalid, match=r"a\.mp4s") as caught:
        client_with(script, FakeClock()).upload_media(io.BytesIO(MP4))

    assert caught.value.may_have_happened


def test_an_upload_that_failed_can_be_tried_again() -> None:
    script = Script(raises(httpx.ReadError), MEDIA)
    client = client_with(script, FakeClock())

    with pytest.raises(PostizUnanswered):
        client.upload_media(io.BytesIO(PNG))

    assert client.upload_media(io.BytesIO(PNG)).id == "m1"


def test_threads_that_ask_together_upload_once() -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slow(_: httpx.Request) -> httpx.Response:
        begun.set()
        may_end.wait(10)
        return httpx.Response(201, json={"id": "m1", "path": "https://media.example/a.png"})

    script = Script(slow)
    http = httpx.Client(transport=httpx.MockTransport(script))
    client = PostizClient(http, base_url=BASE, api_key=KEY)
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(client.upload_media(io.BytesIO(PNG)).id))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    begun.wait(10)
    may_end.set()
    for thread in threads:
        thread.join(10)

    assert found == ["m1"] * 4
    assert len(script.requests) == 1


def test_one_that_waits_for_anothers_upload_takes_what_it_left() -> None:
    class Held(InMemoryMediaCache):
        """Is claimed by another for the first 8 questions."""

        questions = 0

        def claim(self, account: str, sha256: str) -> bool:
            self.questions += 1
            if self.questions == 8:
                self.put(account, sha256, StoredMedia("m9", "https://media.example/z.png", clock.now()))
            return self.questions > 8

    clock = FakeClock()
    script = Script(MEDIA)

    found = client_with(script, clock, Held()).upload_media(io.BytesIO(PNG))

    assert (found.id, script.requests) == ("m9", [])
    assert max(clock.slept) == timedelta(seconds=1)


def test_a_cache_forgets_what_was_put_first() -> None:
    cache = InMemoryMediaCache(most=2)
    now = FakeClock().now()
    for name in ("a", "b", "a", "c"):
        cache.put("account", name, StoredMedia(name, f"https://media.example/{name}.png", now))
    cache.forget("account", "c")

    assert [cache.get("account", name) is not None for name in "abc"] == [True, False, False]


def test_tasks_upload_once_too(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(PNG)
    script = Script(MEDIA)

    async def twice() -> list[MediaRef]:
        client = async_client_of(script)
        return [await client.upload_media(file), await client.upload_media(file)]

    assert [media.id for media in run(twice())] == ["m1", "m1"]
    assert len(script.requests) == 1


def test_a_cancelled_upload_leaves_the_file_to_the_next(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(PNG)
    uploads = 0
    begun = asyncio.Event()

    async def hang_once(_: httpx.Request) -> httpx.Response:
        nonlocal uploads
        uploads += 1
        if uploads == 1:
            begun.set()
            await asyncio.Event().wait()
        return httpx.Response(201, json={"id": "m1", "path": "https://media.example/a.png"})

    async def cancel_and_try_again() -> str:
        async with httpx.AsyncClient(transport=httpx.MockTransport(hang_once)) as http:
            client = AsyncPostizClient(http, base_url=BASE, api_key=KEY)
            task = asyncio.create_task(client.upload_media(file))
            await begun.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return (await client.upload_media(file)).id

    assert run(cancel_and_try_again()) == "m1"
    assert uploads == 2


class Watched(io.BytesIO):
    """Notes the largest piece that was read at once."""

    largest = 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self.largest = max(self.largest, len(piece))
        return piece


def test_a_large_file_is_read_and_sent_in_small_pieces() -> None:
    file = Watched(MP4 + bytes(8_000_000))
    sizes: list[int] = []

    class Counting(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            stream = request.stream
            assert isinstance(stream, httpx.SyncByteStream)
            sizes.extend(len(piece) for piece in stream)
            return httpx.Response(201, json={"id": "m1", "path": "https://media.example/a.mp4"})

    source: IO[bytes] = file
    with httpx.Client(transport=Counting()) as http:
        PostizClient(http, base_url=BASE, api_key=KEY).upload_media(source)

    assert file.largest <= 1_048_576
    assert max(sizes) <= 65_536
    assert sum(sizes) > 8_000_000
