"""The fake as a WSGI app and as a real server on the loopback interface."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from postengine.postiz import (
    CreatePost,
    IntegrationRef,
    PostEntry,
    PostizClient,
    PostizRejected,
    PostizUnanswered,
    PostizUnreachable,
    PostPart,
)
from postengine.testing.clock import FakeClock
from postengine.testing.postiz import FakePostiz, FakePostizServer, Fault, FaultKind

from .conftest import KEY, client_of, order

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 60


@pytest.fixture
def served() -> Iterator[tuple[FakePostiz, PostizClient]]:
    fake = FakePostiz()
    fake.add_account(KEY, [{"id": "f1", "identifier": "facebook"}])
    with (
        FakePostizServer(fake) as server,
        PostizClient(base_url=server.url + "/api", api_key=KEY, tries=1) as client,
    ):
        yield fake, client


def facebook_post(after: timedelta) -> CreatePost:
    entry = PostEntry(integration=IntegrationRef(id="f1"), value=(PostPart(content="schön <3"),))
    return CreatePost(type="schedule", date=datetime.now(UTC) + after, posts=(entry,))


def is_soon(condition: Callable[[], bool]) -> bool:
    """Wait up to 10 s for what another thread does."""
    pause = threading.Event()
    return any(condition() or pause.wait(0.01) for _ in range(1000))


@pytest.mark.serial
def test_a_post_is_published_on_time_without_any_request(served: tuple[FakePostiz, PostizClient]) -> None:
    fake, client = served
    post_id = client.create_post(facebook_post(timedelta(milliseconds=100))).value[0].post_id

    assert is_soon(lambda: bool(fake.network))
    assert fake.network[0].post_id == post_id
    assert fake.posts[post_id].content == "schön &lt;3"


def test_a_file_goes_over_the_wire_and_back(served: tuple[FakePostiz, PostizClient], tmp_path: Path) -> None:
    _, client = served
    picture = tmp_path / "house.png"
    picture.write_bytes(PNG)

    media = client.upload(picture).value

    assert httpx.get(media.path).content == PNG


def test_a_body_in_chunks_is_read_to_its_end() -> None:
    fake = FakePostiz()
    fake.add_account(KEY)

    with FakePostizServer(fake) as server:
        url = f"{server.url}/public/v1/posts/p1/status"
        answer = httpx.put(url, content=iter([b"{", b"}"]), headers={"Authorization": KEY})

    assert answer.status_code == 400
    assert fake.posts == {}


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "cut_after"])
def test_a_drop_closes_the_connection(kind: FaultKind, served: tuple[FakePostiz, PostizClient]) -> None:
    fake, client = served
    fake.faults.add(Fault(kind, method="POST"))

    with pytest.raises(PostizUnanswered):
        client.create_post(facebook_post(timedelta(days=1)))

    assert len(fake.posts) == (kind != "drop_before")


def test_a_refused_connection_was_never_sent() -> None:
    fake = FakePostiz()
    with FakePostizServer(fake) as server:
        url = server.url

    with PostizClient(base_url=url, api_key=KEY, tries=1) as client, pytest.raises(PostizUnreachable):
        client.set_status("p1", "schedule")


def test_a_wsgi_transport_sees_the_same_server_with_drops_and_delays() -> None:
    clock = FakeClock()
    fake = FakePostiz(clock)
    fake.add_account(KEY, [{"id": "x1", "identifier": "x"}])
    http = httpx.Client(transport=httpx.WSGITransport(app=fake.wsgi))
    client = PostizClient(http, base_url="http://postiz.test", api_key=KEY, clock=clock, tries=1)
    fake.faults.add(Fault("drop_after", method="POST"))
    fake.faults.add(Fault("slow", method="GET", delay_s=3))

    with pytest.raises(PostizUnanswered):
        client.create_post(order(clock))

    assert client.is_connected().elapsed_s == 3.0
    with pytest.raises(PostizRejected, match="Post not found"):
        client.set_status("nope", "draft")
    assert len(client_of(fake, clock).list_posts(clock.now(), clock.now() + timedelta(days=1)).value) == 1


@pytest.mark.serial
def test_the_program_says_where_it_listens_and_ends_cleanly(tmp_path: Path) -> None:
    log, accounts = tmp_path / "network.jsonl", tmp_path / "accounts.json"
    accounts.write_text(
        json.dumps([{"api_key": KEY, "integrations": [{"id": "f1", "identifier": "facebook"}]}])
    )
    program = [
        sys.executable,
        "-m",
        "postengine.testing.postiz",
        "--network-log",
        str(log),
        "--accounts",
        str(accounts),
    ]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("listening on ").strip()
        with PostizClient(base_url=url, api_key=KEY) as client:
            client.create_post(facebook_post(timedelta(milliseconds=50)))
            is_logged = is_soon(lambda: log.exists() and log.read_text() != "")

        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=10)

    assert (is_logged, code) == (True, 0)
    assert json.loads(log.read_text())["by"] == "create"


@pytest.mark.serial
def test_the_program_lives_through_days_at_once(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "postengine.testing.postiz", "--speed", "864000"]
    options = [
        "--start",
        "2030-01-01T00:00:00",
        "--find-slot-hang",
        "864000",
        "--needs-api-prefix",
        "--sweep",
    ]
    with subprocess.Popen([*program, *options], stdout=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("listening on ").strip()
        account = {"api_key": KEY, "integrations": [{"id": "f1", "identifier": "facebook"}]}
        direct = httpx.get(f"{url}/public/v1/is-connected")
        httpx.post(f"{url}/_fake/accounts", json=account).raise_for_status()
        with PostizClient(base_url=f"{url}/api", api_key=KEY) as client:
            entry = PostEntry(integration=IntegrationRef(id="f1"), value=(PostPart(content="hi"),))
            client.create_post(
                CreatePost(type="schedule", date=datetime(2030, 1, 15, tzinfo=UTC), posts=(entry,))
            )
        is_received = is_soon(lambda: httpx.get(f"{url}/_fake/state").json()["network"] != [])
        [received] = httpx.get(f"{url}/_fake/state").json()["network"]

        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=10)

    assert (direct.status_code, direct.headers["content-type"]) == (404, "text/html")
    assert (is_received, code) == (True, 0)
    assert received["at"] == "2030-01-15T00:00:00.000Z"


@pytest.mark.serial
def test_the_program_starts_without_accounts(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "postengine.testing.postiz", "--port", "0"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("listening on ").strip()
        status = httpx.get(f"{url}/public/v1/is-connected").status_code

        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=10)

    assert (status, code) == (401, 0)
