"""The client against the shipped fake, and against a network that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import httpx
import pytest

from postengine.fcm import (
    ConfigError,
    DeliveredToFcm,
    DropDevice,
    FcmBusy,
    FcmClient,
    FcmRejected,
    FcmTokenGone,
    Message,
    Outcome,
    RetryAt,
    ServiceAccount,
    StaticToken,
    build_request,
    require_delivered,
)
from postengine.testing.clock import FakeClock
from postengine.testing.fcm import FakeFcm

MESSAGE = Message(fid="fid-1", data={"task_id": "t1"})


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def fake(clock: FakeClock) -> FakeFcm:
    fake = FakeFcm(clock=clock)
    fake.register("fid-1")
    return fake


@pytest.fixture
def client(fake: FakeFcm, clock: FakeClock) -> Iterator[FcmClient]:
    credentials = ServiceAccount(fake.service_account())
    with fake.http() as http:
        yield FcmClient(credentials, project_id=fake.project_id, base_url=fake.url, http=http, clock=clock)


def client_over(handler: Callable[[httpx.Request], httpx.Response]) -> FcmClient:
    http = httpx.Client(transport=httpx.MockTransport(handler))
    return FcmClient(StaticToken("t0ken"), project_id="p", http=http, clock=FakeClock())


def failing_with(error: httpx.RequestError) -> Callable[[httpx.Request], httpx.Response]:
    def handler(_request: httpx.Request) -> httpx.Response:
        raise error

    return handler


def test_a_message_arrives_at_the_phone(fake: FakeFcm, client: FcmClient) -> None:
    outcome = client.send(MESSAGE)

    assert outcome == DeliveredToFcm(f"projects/{fake.project_id}/messages/0:0000000000000001%fake")
    assert fake.delivered["fid-1"] == [{"data": {"task_id": "t1"}, "fid": "fid-1"}]


def test_a_message_that_is_only_validated_arrives_nowhere(fake: FakeFcm, client: FcmClient) -> None:
    outcome = client.send(MESSAGE, validate_only=True)

    assert outcome == DeliveredToFcm(f"projects/{fake.project_id}/messages/fake_message_id")
    assert fake.arrivals == []


def test_an_uninstalled_app_is_a_dropped_device(fake: FakeFcm, client: FcmClient) -> None:
    fake.unregister("fid-1")

    outcome = client.send(MESSAGE)

    assert isinstance(outcome, DropDevice)


def test_an_unknown_registration_is_a_dropped_device(client: FcmClient) -> None:
    outcome = client.send(Message(token="mistyped"))

    assert isinstance(outcome, DropDevice)


def test_the_wait_that_fcm_asks_for_reaches_the_caller(fake: FakeFcm, client: FcmClient) -> None:
    fake.fail_next("QUOTA_EXCEEDED", retry_after="45")

    outcome = client.send(MESSAGE)

    assert isinstance(outcome, RetryAt)
    assert (outcome.after_s, outcome.may_have_happened) == (45.0, False)


def test_a_lost_answer_may_have_happened(fake: FakeFcm, client: FcmClient) -> None:
    fake.fail_next("drop-after")

    outcome = client.send(MESSAGE)

    assert outcome == RetryAt(10.0, "FCM did not answer (RemoteProtocolError)", may_have_happened=True)
    assert len(fake.delivered["fid-1"]) == 1


def test_a_refused_access_token_is_renewed_once_and_the_message_sent(
    fake: FakeFcm, client: FcmClient
) -> None:
    client.send(MESSAGE)
    fake.revoke_tokens()

    outcome = client.send(MESSAGE)

    assert isinstance(outcome, DeliveredToFcm)
    assert len(fake.delivered["fid-1"]) == 2


def test_a_second_401_is_a_fault_of_the_configuration(fake: FakeFcm, client: FcmClient) -> None:
    fake.fail_next("UNAUTHENTICATED", times=2)

    outcome = client.send(MESSAGE)

    assert isinstance(outcome, ConfigError)
    assert outcome.reason.startswith("401 UNAUTHENTICATED")


def test_a_refusal_by_apple_renews_no_token(fake: FakeFcm, client: FcmClient) -> None:
    fake.fail_next("THIRD_PARTY_AUTH_ERROR")

    outcome = client.send(MESSAGE)

    assert isinstance(outcome, ConfigError)
    assert outcome.reason.startswith("401 THIRD_PARTY_AUTH_ERROR")


def test_an_access_token_is_renewed_before_it_ends(
    fake: FakeFcm, client: FcmClient, clock: FakeClock
) -> None:
    client.send(MESSAGE)
    clock.advance(timedelta(minutes=58))
    fake.fail_next("token-refused")

    outcome = client.send(MESSAGE)

    assert outcome == ConfigError("the token server refuses the credentials; make a new key")


def test_a_token_server_that_is_down_is_tried_later(fake: FakeFcm, client: FcmClient) -> None:
    fake.fail_next("token-server-down", retry_after="20")
    fake.fail_next("token-server-down")

    first, second = client.send(MESSAGE), client.send(MESSAGE)

    assert first == RetryAt(20.0, "the token server answered 503")
    assert second == RetryAt(10.0, "the token server answered 503")


def test_a_refused_static_token_is_a_fault_of_the_configuration() -> None:
    client = client_over(lambda _request: httpx.Response(401, json={}))

    outcome = client.send(MESSAGE)

    assert outcome == ConfigError("FCM refused the static access token; renew it or use a service account")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (httpx.ConnectError("refused"), RetryAt(10.0, "FCM cannot be reached (ConnectError)")),
        (httpx.ConnectTimeout("slow"), RetryAt(10.0, "FCM cannot be reached (ConnectTimeout)")),
        (httpx.PoolTimeout("full"), RetryAt(10.0, "FCM cannot be reached (PoolTimeout)")),
        (
            httpx.ReadTimeout("slow"),
            RetryAt(10.0, "FCM did not answer (ReadTimeout)", may_have_happened=True),
        ),
        (
            httpx.WriteError("reset"),
            RetryAt(10.0, "FCM did not answer (WriteError)", may_have_happened=True),
        ),
        (
            httpx.DecodingError("gzip"),
            RetryAt(10.0, "FCM did not answer (DecodingError)", may_have_happened=True),
        ),
        (
            httpx.LocalProtocolError("Illegal header value b'Bearer s3cret'"),
            ConfigError("cannot send to https://fcm.googleapis.com (LocalProtocolError)"),
        ),
    ],
)
def test_a_network_that_fails_tells_whether_the_message_may_have_gone_out(
    error: httpx.RequestError, expected: Outcome
) -> None:
    client = client_over(failing_with(error))

    outcome = client.send(MESSAGE)

    assert outcome == expected


def test_a_wrong_address_is_a_fault_of_the_configuration() -> None:
    with FcmClient(StaticToken("t"), project_id="p", base_url="fcm.example") as client:
        outcome = client.send(MESSAGE)

    assert outcome == ConfigError("cannot send to fcm.example (UnsupportedProtocol)")


def test_a_client_of_somebody_else_stays_open(fake: FakeFcm) -> None:
    with fake.http() as http:
        with FcmClient(StaticToken("t"), project_id="p", http=http):
            pass

        assert not http.is_closed


def test_no_secret_is_in_a_repr() -> None:
    request = build_request(
        Message(fid="s3cret"), project_id="p", base_url="https://x", access_token="s3cret"
    )
    client = FcmClient(StaticToken("s3cret"), project_id="p")

    shown = repr([request, client, StaticToken("s3cret")])
    client.close()

    assert "s3cret" not in shown
    assert "https://x/v1/projects/p/messages:send" in shown


def test_outcomes_become_errors_for_those_who_want_them() -> None:
    delivered = DeliveredToFcm("name")

    assert require_delivered(delivered) is delivered
    with pytest.raises(FcmTokenGone, match="gone"):
        require_delivered(DropDevice("gone"))
    with pytest.raises(FcmRejected, match="wrong"):
        require_delivered(ConfigError("wrong"))
    with pytest.raises(FcmBusy, match="busy") as caught:
        require_delivered(RetryAt(7.0, "busy", may_have_happened=True))
    assert (caught.value.retry_after, caught.value.may_have_happened, caught.value.retryable) == (
        7.0,
        True,
        True,
    )
