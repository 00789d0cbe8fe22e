"""Many messages over the client's own connections: several under way for each thread."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.push_server.certificate import write_certificate
from postengine.fcm import (
    ConfigError,
    DeliveredToFcm,
    DropDevice,
    FcmClient,
    Message,
    Outcome,
    RetryAt,
    ServiceAccount,
    StaticToken,
)
from postengine.fcm.lane import is_direct
from postengine.fcm.ride import LANES
from postengine.testing.fcm import FakeFcm


def messages(number: int) -> list[Message]:
    return [Message(fid=f"fid-{n}", data={"n": str(n)}) for n in range(number)]


@pytest.fixture(autouse=True)
def without_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def fake() -> Iterator[FakeFcm]:
    with FakeFcm(accepts_unknown=True) as fake:
        yield fake


@pytest.fixture
def client(fake: FakeFcm) -> Iterator[FcmClient]:
    credentials = ServiceAccount(fake.service_account())
    with FcmClient(credentials, base_url=fake.url, workers=3, chance=lambda: 0.0) as client:
        yield client


@contextmanager
def listening(backlog: int = 16) -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0), backlog=backlog) as server:
        yield server


def url_of(server: socket.socket) -> str:
    return f"http://127.0.0.1:{server.getsockname()[1]}"


def sent_to(url: str, number: int = 1, *, workers: int = 32) -> list[Outcome]:
    with FcmClient(
        StaticToken("t"), project_id="p", base_url=url, chance=lambda: 0.0, workers=workers
    ) as client:
        return client.send_many(messages(number))


def reasons(outcomes: list[Outcome]) -> set[tuple[str, bool]]:
    assert all(isinstance(outcome, RetryAt) for outcome in outcomes)
    return {
        (outcome.reason, outcome.may_have_happened) for outcome in outcomes if isinstance(outcome, RetryAt)
    }


def test_all_arrive_and_are_answered_in_order_with_one_access_token(fake: FakeFcm, client: FcmClient) -> None:
    fake.unregister("fid-7")

    outcomes = client.send_many(messages(100))

    names = {arrival.fid: arrival.name for arrival in fake.arrivals}
    assert isinstance(outcomes[7], DropDevice)
    assert [outcome.name for outcome in outcomes if isinstance(outcome, DeliveredToFcm)] == [
        names[f"fid-{n}"] for n in range(100) if n != 7
    ]
    assert fake.grants == 1


def test_the_json_is_that_of_a_single_message(fake: FakeFcm, client: FcmClient) -> None:
    message = Message(fid="fid-0", data={"title": "Größe"})

    client.send(message)
    client.send_many([message])

    assert fake.delivered["fid-0"] == [message.to_wire()] * 2


def test_a_refused_access_token_is_renewed_once_for_all(fake: FakeFcm, client: FcmClient) -> None:
    client.send_many(messages(1))
    fake.revoke_tokens()

    outcomes = client.send_many(messages(40))

    assert all(isinstance(outcome, DeliveredToFcm) for outcome in outcomes)
    assert (len(fake.arrivals), fake.grants) == (41, 2)


def test_without_an_access_token_nothing_is_sent(fake: FakeFcm, client: FcmClient) -> None:
    fake.fail_next("token-refused", times=None)

    outcomes = client.send_many(messages(20))

    assert {type(outcome) for outcome in outcomes} == {ConfigError}
    assert fake.arrivals == []


def test_a_dropped_connection_costs_one_message_and_the_next_one_opens_another(
    fake: FakeFcm, client: FcmClient
) -> None:
    fake.fail_next("drop", fid="fid-3")

    outcomes = client.send_many(messages(40))

    assert reasons([outcomes[3]]) == {("FCM did not answer (ReadError)", True)}
    assert sum(isinstance(outcome, DeliveredToFcm) for outcome in outcomes) == 39


def test_a_wait_that_fcm_asks_for_reaches_the_caller(fake: FakeFcm, client: FcmClient) -> None:
    fake.fail_next("QUOTA_EXCEEDED", retry_after="45")

    (outcome,) = client.send_many(messages(1))

    assert isinstance(outcome, RetryAt)
    assert outcome.after_s == 45.0


def test_each_thread_has_several_messages_under_way() -> None:
    heads: list[bytes] = []

    def serve(server: socket.socket) -> None:
        """Answer nobody before all have written."""
        open_ones = [server.accept()[0] for _ in range(LANES)]
        heads.extend(connection.recv(65536) for connection in open_ones)
        body = b'{"name": "n"}'
        for connection in open_ones:
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
            connection.close()

    with listening() as server:
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        outcomes = sent_to(url_of(server), LANES, workers=1)
        thread.join(10)

    assert outcomes == [DeliveredToFcm("n")] * LANES
    assert all(head.startswith(b"POST /v1/projects/p/messages:send HTTP/1.1\r\n") for head in heads)
    assert all(b"Authorization: Bearer t\r\n" in head for head in heads)


def test_a_refused_connection_sent_nothing() -> None:
    with listening() as server:
        url = url_of(server)

    outcomes = sent_to(url, 3)

    assert reasons(outcomes) == {("FCM cannot be reached (ConnectError)", False)}


def test_an_answer_that_is_no_http_may_have_happened() -> None:
    def serve(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"SSH-2.0-OpenSSH\r\n")

    with listening() as server:
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        outcomes = sent_to(url_of(server))
        thread.join(10)

    assert reasons(outcomes) == {("FCM did not answer (ReadError)", True)}


def test_a_server_whom_nobody_trusts_is_sent_nothing(tmp_path: Path) -> None:
    pem = tmp_path / "server.pem"
    write_certificate(pem)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem)
    seen: list[bytes] = []

    def serve(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            try:
                with context.wrap_socket(connection, server_side=True) as secured:
                    seen.append(secured.recv(65536))
            except OSError:
                seen.append(b"")

    with listening() as server:
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        outcomes = sent_to(url_of(server).replace("http:", "https:"))
        thread.join(10)

    assert reasons(outcomes) == {("FCM cannot be reached (ConnectError)", False)}
    assert seen == [b""]


@pytest.mark.parametrize(
    ("base_url", "environment", "expected"),
    [
        ("https://fcm.googleapis.com", {}, True),
        ("http://127.0.0.1:9", {}, True),
        ("https://fcm.googleapis.com", {"HTTPS_PROXY": "http://proxy:3128"}, False),
        ("https://fcm.googleapis.com", {"ALL_PROXY": "http://proxy:3128"}, False),
        ("https://fcm.googleapis.com", {"HTTP_PROXY": "http://proxy:3128"}, True),
        ("https://fcm.test", {"HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": "fcm.test"}, True),
        ("fcm.googleapis.com", {}, False),
        ("https://", {}, False),
        ("http://[::1", {}, False),
    ],
)
def test_a_connection_is_direct_unless_a_proxy_is_set(
    base_url: str, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, *, expected: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert is_direct(base_url) is expected


def test_an_address_that_is_none_is_a_fault_of_the_configuration() -> None:
    assert sent_to("http://[::1") == [ConfigError("cannot send to http://[::1 (InvalidURL)")]
