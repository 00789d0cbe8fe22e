"""FakeFcm as a server on the loopback, in this process and in one of its own."""

from __future__ import annotations

import contextlib
import importlib
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

import firebase_admin
import httpx
import pytest
from firebase_admin import credentials, exceptions, messaging

from postengine.fcm import DeliveredToFcm, FcmClient, Message, RetryAt, ServiceAccount
from postengine.testing.fcm import FakeFcm, Fault

_certificates: Any = credentials
_exceptions: Any = exceptions
_google: Any = messaging


def test_a_client_sends_over_a_socket_and_keeps_its_connection() -> None:
    with FakeFcm(accepts_unknown=True) as fake, httpx.Client() as http:
        client = FcmClient(
            ServiceAccount(fake.service_account()), project_id=fake.project_id, base_url=fake.url, http=http
        )

        outcomes = [client.send(Message(fid="f", data={"n": str(n)})) for n in range(3)]

        assert all(isinstance(outcome, DeliveredToFcm) for outcome in outcomes)
        assert [message["data"] for message in fake.delivered["f"]] == [{"n": "0"}, {"n": "1"}, {"n": "2"}]


def test_a_connection_is_kept_whatever_is_asked() -> None:
    with FakeFcm() as fake:
        address = fake.url.removeprefix("http://")
        with contextlib.closing(HTTPConnection(address)) as connection:
            ports: set[int] = set()
            for path in ("/_fake/messages", "/nothing", "/token", "/v1/projects/p/messages:send"):
                connection.request("POST", path, body=b"x" * 5000)
                connection.getresponse().read()
                ports.add(connection.sock.getsockname()[1])
            connection.request("DELETE", "/_fake/faults")
            status = connection.getresponse().status
            ports.add(connection.sock.getsockname()[1])

    assert (len(ports), status) == (1, 200)


def test_a_dropped_connection_is_a_dropped_connection() -> None:
    with FakeFcm(accepts_unknown=True) as fake, httpx.Client() as http:
        client = FcmClient(
            ServiceAccount(fake.service_account()), project_id=fake.project_id, base_url=fake.url, http=http
        )
        fake.fail_next("drop")

        dropped, sent = client.send(Message(fid="f")), client.send(Message(fid="f"))

        assert isinstance(dropped, RetryAt)
        assert dropped.may_have_happened
        assert isinstance(sent, DeliveredToFcm)


def test_a_stopped_fake_may_be_stopped_again() -> None:
    fake = FakeFcm()
    with fake:
        url = fake.url
    fake.stop()

    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/_fake/messages")


def test_a_stopped_fake_answers_on_no_connection_that_was_kept() -> None:
    fake = FakeFcm()
    with fake, httpx.Client() as http:
        url = f"{fake.url}/_fake/messages"
        http.get(url).raise_for_status()
        fake.stop()

        with pytest.raises(httpx.TransportError):
            http.get(url)


def test_many_threads_share_one_client_and_one_access_token() -> None:
    with FakeFcm(accepts_unknown=True) as fake, httpx.Client() as http:
        client = FcmClient(
            ServiceAccount(fake.service_account()), project_id=fake.project_id, base_url=fake.url, http=http
        )
        messages = [Message(fid=f"f{n % 4}", data={"n": str(n)}) for n in range(40)]

        with ThreadPoolExecutor(8) as pool:
            outcomes = list(pool.map(client.send, messages))

        assert len({outcome.name for outcome in outcomes if isinstance(outcome, DeliveredToFcm)}) == 40
        assert sorted(len(got) for got in fake.delivered.values()) == [10, 10, 10, 10]


class TestWithTheClientOfGoogle:
    """The fake passes for FCM with firebase_admin."""

    @pytest.fixture
    def fake(self) -> Iterator[FakeFcm]:
        with FakeFcm() as fake:
            fake.register("fid-1")
            yield fake

    @pytest.fixture
    def app(self, fake: FakeFcm) -> Iterator[Any]:
        google: Any = firebase_admin
        app = google.initialize_app(_certificates.Certificate(fake.service_account()), name="of-google")
        service = _google._get_messaging_service(app)
        service._fcm_url = f"{fake.url}/v1/projects/{fake.project_id}/messages:send"
        yield app
        service._client.session.close()
        google.delete_app(app)

    def test_a_message_arrives(self, fake: FakeFcm, app: object) -> None:
        message = _google.Message(
            fid="fid-1", data={"a": "b"}, android=_google.AndroidConfig(ttl=60, priority="high")
        )

        name = _google.send(message, app=app)

        assert name == fake.arrivals[0].name
        assert fake.delivered["fid-1"] == [
            {"fid": "fid-1", "data": {"a": "b"}, "android": {"ttl": "60s", "priority": "high"}}
        ]

    def test_each_error_has_the_class_that_google_gives_it(self, fake: FakeFcm, app: object) -> None:
        expected = {
            "UNREGISTERED": _google.UnregisteredError,
            "SENDER_ID_MISMATCH": _google.SenderIdMismatchError,
            "QUOTA_EXCEEDED": _google.QuotaExceededError,
            "INVALID_ARGUMENT": _exceptions.InvalidArgumentError,
            "NOT_FOUND": _exceptions.NotFoundError,
        }
        for kind, error in expected.items():
            fake.faults.place(Fault.model_validate({"kind": kind}))

            with pytest.raises(_exceptions.FirebaseError) as caught:
                _google.send(_google.Message(fid="fid-1"), app=app)

            assert type(caught.value) is error


def test_importing_the_program_starts_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    program = importlib.import_module("postengine.testing.fcm.__main__")

    assert callable(program.main)
    assert capsys.readouterr().out == ""


@pytest.mark.serial
def test_the_program_says_where_it_listens_and_ends_when_told() -> None:
    command = [sys.executable, "-m", "postengine.testing.fcm", "--port", "0", "--project", "agency"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        url = program.stdout.readline().removeprefix("listening on ").strip()
        account = httpx.get(f"{url}/_fake/service-account").json()
        with httpx.Client() as http:
            client = FcmClient(ServiceAccount(account), project_id="agency", base_url=url, http=http)

            outcome = client.send(Message(fid="f"))

        arrived = httpx.get(f"{url}/_fake/messages", params={"fid": "f"}).json()
        program.terminate()
        code = program.wait(timeout=10)

    assert isinstance(outcome, DeliveredToFcm)
    assert [item["message"] for item in arrived["messages"]] == [{"fid": "f"}]
    assert code == 0
