"""The client against the shipped fake, and against a network that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import cast

import httpx
import pytest

from postengine.fcm import (
    ConfigError,
    CredentialsInvalid,
    DeliveredToFcm,
    DropDevice,
    Expired,
    FcmBusy,
    FcmClient,
    FcmExpired,
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
        yield FcmClient(credentials, base_url=fake.url, http=http, clock=clock, chance=lambda: 0.0)


def client_over(handler: Callable[[httpx.Request], httpx.Response]) -> FcmClient:
    http = httpx.Client(transport=httpx.MockTransport(handler))
    return FcmClient(StaticToken("t0ken"), project_id="p", http=http, clock=FakeClock(), chance=lambda: 0.0)


def later(after_s: float, reason: str, *, may_have_happened: bool = False) -> RetryAt:
    return RetryAt(FakeClock().now() + timedelta(seconds=after_s), after_s, reason, may_have_happened)


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

    assert outcome == later(10.0, "FCM did not answer (RemoteProtocolError)", may_have_happened=True)
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


def test_a_token_server_that_is_down_is_tried_later(
    fake: FakeFcm, client: FcmClient, clock: FakeClock
) -> None:
    fake.fail_next("token-server-down", retry_after="20")
    fake.fail_next("token-server-down")

    first, at_once = client.send(MESSAGE), client.send(MESSAGE)
    clock.advance(timedelta(seconds=5))
    second, third = client.send(MESSAGE), client.send(MESSAGE)

    assert first == at_once == later(20.0, "the token server answered 503")
    assert isinstance(second, RetryAt)
    assert (second.after_s, third) == (10.0, second)
    assert fake.faults.take(None, at_token_server=True) is None


def test_a_refused_static_token_is_a_fault_of_the_configuration() -> None:
    client = client_over(lambda _request: httpx.Response(401, json={}))

    outcome = client.send(MESSAGE)

    assert outcome == ConfigError("FCM refused the static access token; renew it or use a service account")


def test_a_static_token_is_the_same_for_all() -> None:
    tokens, clock = StaticToken("t"), FakeClock()

    with httpx.Client() as http:
        assert tokens.access_token(http, clock) == tokens.token_at_hand(clock) == "t"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (httpx.ConnectError("refused"), later(10.0, "FCM cannot be reached (ConnectError)")),
        (httpx.ConnectTimeout("slow"), later(10.0, "FCM cannot be reached (ConnectTimeout)")),
        (httpx.PoolTimeout("full"), later(10.0, "FCM cannot be reached (PoolTimeout)")),
        (
            httpx.ReadTimeout("slow"),
            later(10.0, "FCM did not answer (ReadTimeout)", may_have_happened=True),
        ),
        (
            httpx.WriteError("reset"),
            later(10.0, "FCM did not answer (WriteError)", may_have_happened=True),
        ),
        (
            httpx.DecodingError("gzip"),
            later(10.0, "FCM did not answer (DecodingError)", may_have_happened=True),
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


def test_an_address_that_is_none_is_a_fault_of_the_configuration() -> None:
    with FcmClient(StaticToken("t"), project_id="p", base_url="http://[::1") as client:
        outcome = client.send(MESSAGE)

    assert outcome == ConfigError("cannot send to http://[::1 (InvalidURL)")


def test_a_client_without_a_project_says_how_to_name_one() -> None:
    with pytest.raises(CredentialsInvalid, match="give project_id"):
        FcmClient(StaticToken("t"))


def test_a_pool_without_connections_is_refused() -> None:
    with pytest.raises(ValueError, match="workers: expected at least 1, got 0"):
        FcmClient(StaticToken("t"), project_id="p", workers=0)


def test_a_try_before_the_first_is_refused_and_not_sent(fake: FakeFcm, client: FcmClient) -> None:
    with pytest.raises(ValueError, match="attempt: expected 1 for the first try, got 0"):
        client.send(MESSAGE, attempt=0)

    assert (fake.arrivals, fake.grants) == ([], 0)


def test_waits_grow_with_the_tries_and_spread() -> None:
    down = httpx.MockTransport(lambda _request: httpx.Response(503))
    client = FcmClient(
        StaticToken("t"),
        project_id="p",
        http=httpx.Client(transport=down),
        clock=FakeClock(),
        chance=lambda: 0.5,
    )

    waits = [cast("RetryAt", client.send(MESSAGE, attempt=attempt)).after_s for attempt in (1, 2, 3, 40)]

    assert waits == [15.0, 30.0, 60.0, 2700.0]


def test_a_wait_beyond_the_time_of_the_message_is_its_end(fake: FakeFcm, client: FcmClient) -> None:
    fake.fail_next("QUOTA_EXCEEDED", retry_after="120", times=2)

    ended = client.send(MESSAGE, valid_for=timedelta(seconds=120))
    waits = client.send(MESSAGE, valid_for=timedelta(seconds=121))

    assert isinstance(ended, Expired)
    assert ended.reason.startswith("429 QUOTA_EXCEEDED")
    assert not ended.may_have_happened
    assert isinstance(waits, RetryAt)


def test_a_lost_answer_at_the_end_of_its_time_may_have_happened(fake: FakeFcm, client: FcmClient) -> None:
    fake.fail_next("drop-after")

    outcome = client.send(MESSAGE, valid_for=timedelta(seconds=5))

    assert isinstance(outcome, Expired)
    assert outcome.may_have_happened


def test_a_message_whose_time_is_over_is_not_sent(fake: FakeFcm, client: FcmClient) -> None:
    outcome = client.send(MESSAGE, valid_for=timedelta(0))

    assert outcome == Expired("its time was over before it was sent")
    assert (fake.arrivals, fake.grants) == ([], 0)


def test_neither_a_redirect_nor_the_authentication_of_the_http_client_takes_the_token_elsewhere() -> None:
    asked: list[httpx.Request] = []

    def redirect(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(302, headers={"Location": "https://elsewhere.example/"})

    http = httpx.Client(
        transport=httpx.MockTransport(redirect), follow_redirects=True, auth=("somebody", "else")
    )
    client = FcmClient(StaticToken("t"), project_id="p", http=http)

    outcome = client.send(MESSAGE)

    assert outcome == ConfigError("302")
    assert [request.headers["Authorization"] for request in asked] == ["Bearer t"]


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
    with pytest.raises(FcmExpired, match="late") as late:
        require_delivered(Expired("late", may_have_happened=True))
    assert (late.value.may_have_happened, late.value.retryable) == (True, False)
    with pytest.raises(FcmBusy, match="busy") as caught:
        require_delivered(later(7.0, "busy", may_have_happened=True))
    assert (caught.value.retry_after, caught.value.may_have_happened, caught.value.retryable) == (
        7.0,
        True,
        True,
    )
