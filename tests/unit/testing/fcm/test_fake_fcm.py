"""FakeFcm on the wire: what it takes, what it refuses and how, what it remembers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from google.auth import crypt, jwt

from postengine.testing.clock import FakeClock
from postengine.testing.fcm import FakeFcm, Fault
from postengine.testing.fcm.faults import FaultKind

TOKEN = "ready-token"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def fake(clock: FakeClock) -> FakeFcm:
    fake = FakeFcm(clock=clock)
    fake.accept_token(TOKEN)
    fake.register("fid-1")
    return fake


@pytest.fixture
def http(fake: FakeFcm) -> Iterator[httpx.Client]:
    with fake.http() as http:
        http.headers["Authorization"] = f"Bearer {TOKEN}"
        yield http


def send(http: httpx.Client, message: object, **more: object) -> httpx.Response:
    return http.post("/v1/projects/fake-project/messages:send", json={"message": message, **more})


def error_of(answer: httpx.Response) -> dict[str, Any]:
    error: dict[str, Any] = answer.json()["error"]
    return error


def test_an_answer_has_the_name_of_the_message(http: httpx.Client) -> None:
    answer = send(http, {"fid": "fid-1", "data": {"a": "b"}})

    assert answer.status_code == 200
    assert answer.json() == {"name": "projects/fake-project/messages/0:0000000000000001%fake"}


def test_the_older_token_and_camel_case_are_taken(fake: FakeFcm, http: httpx.Client) -> None:
    message = {"token": "fid-1", "android": {"collapseKey": "k", "ttl": "3.5s", "directBootOk": True}}

    answer = send(http, message)

    assert answer.status_code == 200
    assert fake.delivered["fid-1"] == [message]


@pytest.mark.parametrize("header", [None, "Bearer wrong", f"Basic {TOKEN}"])
def test_without_a_good_bearer_the_answer_is_401(fake: FakeFcm, header: str | None) -> None:
    with fake.http() as http:
        http.headers.update({"Authorization": header} if header else {})
        answer = send(http, {"fid": "fid-1"})

    assert answer.status_code == 401
    assert error_of(answer)["status"] == "UNAUTHENTICATED"
    assert "details" not in error_of(answer)
    assert fake.arrivals == []


def test_a_bearer_ends_after_an_hour(clock: FakeClock, http: httpx.Client) -> None:
    clock.advance(timedelta(hours=1))

    answer = send(http, {"fid": "fid-1"})

    assert answer.status_code == 401


def test_another_project_is_a_404_without_a_verdict_of_fcm(http: httpx.Client) -> None:
    answer = http.post("/v1/projects/other/messages:send", json={"message": {"fid": "fid-1"}})

    assert answer.status_code == 404
    assert "details" not in error_of(answer)


def test_another_address_is_a_404_too(http: httpx.Client) -> None:
    assert http.get("/nothing").status_code == 404
    assert http.get("/v1/projects/fake-project/messages:send").status_code == 405


@pytest.mark.parametrize(
    ("message", "field", "text"),
    [
        (None, "message", "Message is required"),
        ({"fid": "fid-1", "tokens": ["a"]}, "message", "Unknown name"),
        ({"fid": "fid-1", "android": {"channel_id": "c"}}, "message.android", "Unknown name"),
        ({"fid": "fid-1", "data": {"n": 3}}, "message.data[0].value", "TYPE_STRING"),
        ({"fid": "fid-1", "apns": {"headers": {"apns-priority": 5}}}, "message.apns.headers[0].value", "5"),
        ({"fid": 3}, "message.fid", "TYPE_STRING"),
        ({"fid": "fid-1", "notification": []}, "message.notification", "TYPE_MESSAGE"),
        (
            {"fid": "fid-1", "android": {"notification": {"sticky": "yes"}}},
            "message.android.notification.sticky",
            "TYPE_BOOL",
        ),
        (
            {"fid": "fid-1", "android": {"notification": {"notification_count": True}}},
            "message.android.notification.notification_count",
            "TYPE_INT32",
        ),
        ({"fid": "fid-1", "topic": "news"}, "message", "oneof"),
        ({"fid": "fid-1", "data": {"from": "x"}}, "message.data[from]", "Invalid data payload key"),
        ({"fid": "fid-1", "android": {"priority": "urgent"}}, "message.android.priority", "urgent"),
        ({"fid": "fid-1", "android": {"ttl": "1h"}}, "message.android.ttl", "Duration"),
        ({"fid": "fid-1", "android": {"ttl": "2419201s"}}, "message.android.ttl", "Invalid ttl"),
        (
            {"fid": "fid-1", "webpush": {"fcm_options": {"link": "http://x"}}},
            "message.webpush.fcm_options.link",
            "HTTPS",
        ),
        ({"fid": "fid-1", "android_v2": {"ttl": "-1s"}}, "message.android_v2.ttl", "Invalid ttl"),
        ({"fid": "fid-1", "android": {}, "android_v2": {}}, "message.android_v2", "mutually exclusive"),
    ],
)
def test_a_malformed_message_is_a_400_that_names_the_field(
    fake: FakeFcm, http: httpx.Client, message: object, field: str, text: str
) -> None:
    answer = send(http, message)

    assert answer.status_code == 400
    assert error_of(answer)["status"] == "INVALID_ARGUMENT"
    assert text in error_of(answer)["message"]
    assert error_of(answer)["details"][-1]["fieldViolations"][0]["field"] == field
    assert fake.arrivals == []


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"data": {"a": "b"}}, "Recipient of the message is not set."),
        ({"fid": "fid-1", "data": {"a": "x" * 4096}}, "Android message is too big"),
        ({"topic": "news", "data": {"a": "x" * 2048}}, "Android message is too big"),
        ({"fid": "fid-1", "webpush": {"data": {"a": "x" * 4096}}}, "Web push message is too big"),
        ({"fid": "fid-1", "apns": {"payload": {"a": ["x" * 4096]}}}, "APNs message is too big"),
        (
            {
                "fid": "fid-1",
                "android_v2": {"remote_notification": {"notification": {"title": "x" * 4096}}},
            },
            "Android message is too big",
        ),
    ],
)
def test_fcm_itself_refuses_with_its_own_error_code(http: httpx.Client, message: object, text: str) -> None:
    answer = send(http, message)

    assert answer.status_code == 400
    assert error_of(answer)["message"] == text
    assert error_of(answer)["details"] == [
        {"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": "INVALID_ARGUMENT"}
    ]


@pytest.mark.parametrize("content", [b"not json", b"[]", b'{"to": "x"}'])
def test_a_body_that_is_no_call_is_a_400(http: httpx.Client, content: bytes) -> None:
    answer = http.post("/v1/projects/fake-project/messages:send", content=content)

    assert answer.status_code == 400
    assert "Invalid JSON payload received" in error_of(answer)["message"]


def test_an_unregistered_app_has_the_verdict_of_fcm(fake: FakeFcm, http: httpx.Client) -> None:
    fake.unregister("fid-1")

    answer = send(http, {"fid": "fid-1"})

    assert answer.status_code == 404
    assert error_of(answer)["details"][0]["errorCode"] == "UNREGISTERED"


def test_a_mistyped_registration_is_an_invalid_argument(http: httpx.Client) -> None:
    answer = send(http, {"fid": "who"})

    assert answer.status_code == 400
    assert error_of(answer)["message"] == "The registration token is not a valid FCM registration token"


def test_topics_and_conditions_are_recorded_apart(fake: FakeFcm, http: httpx.Client) -> None:
    send(http, {"topic": "news"})
    send(http, {"condition": "'a' in topics"})

    assert [arrival.fid for arrival in fake.arrivals] == ["/topics/news", "'a' in topics"]


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("UNREGISTERED", 404),
        ("SENDER_ID_MISMATCH", 403),
        ("INVALID_ARGUMENT", 400),
        ("QUOTA_EXCEEDED", 429),
        ("INTERNAL", 500),
        ("UNAVAILABLE", 503),
        ("THIRD_PARTY_AUTH_ERROR", 401),
        ("UNSPECIFIED_ERROR", 500),
        ("UNAUTHENTICATED", 401),
        ("NOT_FOUND", 404),
    ],
)
def test_a_fault_meets_one_request_and_delivers_nothing(
    fake: FakeFcm, http: httpx.Client, kind: str, status: int
) -> None:
    http.post("/_fake/faults", json={"kind": kind, "retry_after": "9"})

    first, second = send(http, {"fid": "fid-1"}), send(http, {"fid": "fid-1"})

    assert (first.status_code, second.status_code) == (status, 200)
    assert len(fake.arrivals) == 1


@pytest.mark.parametrize(
    ("kind", "detail"),
    [
        ("QUOTA_EXCEEDED", "type.googleapis.com/google.rpc.QuotaFailure"),
        ("THIRD_PARTY_AUTH_ERROR", "type.googleapis.com/google.firebase.fcm.v1.ApnsError"),
    ],
)
def test_a_fault_has_the_details_of_the_real_one(
    fake: FakeFcm, http: httpx.Client, kind: FaultKind, detail: str
) -> None:
    fake.fail_next(kind)

    details = error_of(send(http, {"fid": "fid-1"}))["details"]

    assert details[0]["errorCode"] == kind
    assert details[1]["@type"] == detail


def test_a_fault_carries_its_wait(fake: FakeFcm, http: httpx.Client) -> None:
    fake.fail_next("QUOTA_EXCEEDED", retry_after="9")

    answer = send(http, {"fid": "fid-1"})

    assert answer.headers["Retry-After"] == "9"


def test_a_fault_may_be_for_one_phone_for_a_number_of_times_or_for_ever(
    fake: FakeFcm, http: httpx.Client
) -> None:
    fake.register("fid-2")
    fake.fail_next("INTERNAL", fid="fid-2", times=2)

    statuses = [send(http, {"fid": fid}).status_code for fid in ("fid-1", "fid-2", "fid-2", "fid-2")]
    fake.fail_next("UNAVAILABLE", times=None)
    statuses += [send(http, {"fid": "fid-1"}).status_code for _ in range(3)]
    http.delete("/_fake/faults")
    statuses.append(send(http, {"fid": "fid-1"}).status_code)

    assert statuses == [200, 500, 500, 200, 503, 503, 503, 200]


def test_a_slow_answer_takes_its_time_on_the_clock(
    fake: FakeFcm, clock: FakeClock, http: httpx.Client
) -> None:
    fake.fail_next("slow", seconds=20)

    answer = send(http, {"fid": "fid-1"})

    assert answer.status_code == 200
    assert clock.slept == [timedelta(seconds=20)]


def test_a_dropped_connection_delivers_nothing_or_all_as_asked(fake: FakeFcm, http: httpx.Client) -> None:
    fake.fail_next("drop")
    with pytest.raises(httpx.RemoteProtocolError):
        send(http, {"fid": "fid-1"})
    delivered_by_drop = len(fake.arrivals)

    fake.fail_next("drop-after")
    with pytest.raises(httpx.RemoteProtocolError):
        send(http, {"fid": "fid-1"})

    assert (delivered_by_drop, len(fake.arrivals)) == (0, 1)


def test_a_nonsense_fault_is_refused(http: httpx.Client) -> None:
    answer = http.post("/_fake/faults", json={"kind": "explode"})

    assert answer.status_code == 400


def test_a_client_reads_on_where_it_stopped(http: httpx.Client) -> None:
    send(http, {"fid": "fid-1", "data": {"n": "1"}})
    first = http.get("/_fake/messages", params={"fid": "fid-1"}).json()
    send(http, {"topic": "news"})
    send(http, {"fid": "fid-1", "data": {"n": "2"}})

    more = http.get("/_fake/messages", params={"fid": "fid-1", "after": first["after"]}).json()
    end = http.get("/_fake/messages", params={"fid": "fid-1", "after": more["after"]}).json()

    assert [item["message"]["data"] for item in first["messages"]] == [{"n": "1"}]
    assert [item["message"]["data"] for item in more["messages"]] == [{"n": "2"}]
    assert end == {"messages": [], "after": 3}


def test_devices_come_and_go_over_http(http: httpx.Client) -> None:
    http.post("/_fake/devices", json={"register": ["fid-9"], "unregister": ["fid-1"]})

    statuses = [send(http, {"fid": fid}).status_code for fid in ("fid-9", "fid-1")]

    assert statuses == [200, 404]


def test_the_key_file_over_http_points_at_this_token_server(http: httpx.Client) -> None:
    key = http.get("/_fake/service-account").json()

    assert key["token_uri"] == "http://fcm.fake/token"
    assert key["private_key"].startswith("-----BEGIN PRIVATE KEY-----")


@pytest.mark.parametrize("assertion", ["", "a.b.c", "eyJhIjoxfQ.eyJhIjoxfQ.AAAA"])
def test_an_assertion_that_is_not_signed_with_the_key_is_refused(http: httpx.Client, assertion: str) -> None:
    answer = http.post("/token", data={"assertion": assertion})

    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_grant"


def test_a_service_account_of_another_name_or_scope_is_refused(fake: FakeFcm, http: httpx.Client) -> None:
    answers = [
        http.post("/token", data={"assertion": signed(fake, claims)}).json()
        for claims in ({"iss": "who"}, {"iss": fake.account.email, "scope": "openid"})
    ]

    assert [answer["error_description"] for answer in answers] == [
        "Invalid grant: account not found",
        "Invalid OAuth scope or ID token audience provided.",
    ]


def test_a_fault_says_what_it_is() -> None:
    fault = Fault(kind="slow", seconds=2)

    assert (fault.times, fault.fid, fault.seconds) == (1, None, 2)


def signed(fake: FakeFcm, claims: dict[str, str]) -> str:
    """Sign `claims` with the key of the fake's key file."""
    signer: Any = crypt
    encoder: Any = jwt
    key = signer.RSASigner.from_string(fake.service_account()["private_key"])
    token: bytes = encoder.encode(key, dict(claims))
    return token.decode()
