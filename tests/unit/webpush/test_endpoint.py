"""Endpoints: a phone hands them over, and we call them, so only public https is taken."""

from __future__ import annotations

import pytest

from postengine.webpush import SubscriptionInvalid
from postengine.webpush.endpoint import check_endpoint, origin_of


@pytest.mark.parametrize(
    ("endpoint", "origin"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc:def", "https://fcm.googleapis.com"),
        (
            "https://updates.push.services.mozilla.com/wpush/v2/gA",
            "https://updates.push.services.mozilla.com",
        ),
        ("https://web.push.apple.com:443/QN", "https://web.push.apple.com"),
        ("https://push.example.com:8443/x", "https://push.example.com:8443"),
    ],
)
def test_push_services_are_called_and_named_by_their_origin(endpoint: str, origin: str) -> None:
    assert origin_of(check_endpoint(endpoint)) == origin


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "nonsense",
        "http://push.example.com/1",
        "ftp://push.example.com/1",
        "file:///etc/passwd",
        "https:///etc",
        "https://localhost/1",
        "https://127.0.0.1/1",
        "https://127.1/1",
        "https://2130706433/1",
        "https://0x7f000001/1",
        "https://[::1]/1",
        "https://[::ffff:169.254.169.254]/1",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/1",
        "https://metadata.google.internal/1",
        "https://redis:6379/",
        "https://user:secret@push.example.com/1",
        "https://push.example.com@10.0.0.1/1",
        "https://[::1",
        "https://push.example.com:port/1",
        "https://\uff11\uff12\uff17.0.0.1/1",
    ],
)
def test_any_other_address_is_refused(endpoint: str) -> None:
    with pytest.raises(SubscriptionInvalid) as caught:
        check_endpoint(endpoint)

    assert caught.value.field == "endpoint"
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "endpoint", ["http://127.0.0.1:9098/push/1", "https://localhost/1", "http://[::1]:1/"]
)
def test_tests_may_call_this_machine(endpoint: str) -> None:
    assert str(check_endpoint(endpoint, allows_local=True)) == endpoint


@pytest.mark.parametrize("endpoint", ["ftp://localhost/1", "http:///x", "nonsense"])
def test_even_tests_call_http_alone(endpoint: str) -> None:
    with pytest.raises(SubscriptionInvalid):
        check_endpoint(endpoint, allows_local=True)
