"""The webhook for text messages, against a real HTTP server on this machine."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

import pytest

from postengine.adapters.messengers.webhook import SIGNATURE_HEADER, WebhookMessenger
from postengine.testing.clock import FakeClock

from .test_smtp_messenger import ANA, LETTER

SECRET = b"0123456789abcdef"
CALLED = replace(ANA, phone="+351 912 345 678")


@dataclass
class Gateway:
    """What the other side has got, and what it answers."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    is_mute: bool = False
    port: int = 0

    def messenger(self, path: str = "/hook?a=1") -> WebhookMessenger:
        return WebhookMessenger(f"http://127.0.0.1:{self.port}{path}", SECRET, timeout_s=5, clock=FakeClock())


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            gateway.got.append((self.path, dict(self.headers), body))
            if gateway.is_mute:
                return
            self.send_response(gateway.status)
            for name, value in gateway.headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        gateway.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield gateway
        server.shutdown()
        thread.join()


def test_it_is_posted_as_json_signed_and_with_a_key(gateway: Gateway) -> None:
    assert gateway.messenger().send(CALLED, LETTER).problem is None

    ((path, headers, body),) = gateway.got
    said = cast("dict[str, Any]", json.loads(body))
    assert path == "/hook?a=1"
    assert headers["Content-Type"] == "application/json"
    assert headers["Idempotency-Key"] == said["key"] == LETTER.key
    assert said["agent"]["phone"] == "+351 912 345 678"
    assert (said["type"], said["task_id"], said["link"]) == ("manual_task", "del_1", LETTER.link)
    assert said["text"] == f"Time to post: 3 Bedroom Apartment (Ana's status). {LETTER.link}"


def test_the_signature_is_what_the_other_side_makes_of_time_and_body(gateway: Gateway) -> None:
    gateway.messenger().send(CALLED, LETTER)

    _, headers, body = gateway.got[0]
    seconds, proof = (part.partition("=")[2] for part in headers[SIGNATURE_HEADER].split(","))
    assert int(seconds) == int(FakeClock().now().timestamp())
    assert proof == hmac.new(SECRET, f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()


def test_an_agent_without_a_number_is_told_of(gateway: Gateway) -> None:
    sent = gateway.messenger().send(ANA, LETTER)

    assert sent.problem == "Ana Sá has no phone number; give one"
    assert gateway.got == []


@pytest.mark.parametrize(
    ("status", "headers", "wait_s"),
    [
        (204, {}, None),
        (400, {}, None),
        (302, {"Location": "http://127.0.0.1:1/"}, None),
        (429, {"Retry-After": "30"}, 30),
        (429, {}, 120),
        (500, {}, 120),
        (503, {"Retry-After": "0"}, 120),
    ],
)
def test_the_status_says_whether_it_is_tried_again(
    gateway: Gateway, status: int, headers: dict[str, str], wait_s: float | None
) -> None:
    gateway.status, gateway.headers = status, headers

    sent = gateway.messenger().send(CALLED, LETTER)

    assert (sent.problem is None) is (status < 300)
    assert sent.retry_after == (None if wait_s is None else timedelta(seconds=wait_s))
    assert len(gateway.got) == 1


def test_no_answer_is_tried_again(gateway: Gateway) -> None:
    gateway.is_mute = True
    mute = gateway.messenger().send(CALLED, LETTER)
    nobody = WebhookMessenger("http://127.0.0.1:9", SECRET).send(CALLED, LETTER)
    secure = WebhookMessenger(f"https://127.0.0.1:{gateway.port}/", SECRET).send(CALLED, LETTER)

    assert mute.retry_after == nobody.retry_after == secure.retry_after == timedelta(minutes=2)


@pytest.mark.parametrize(
    ("url", "secret", "said"),
    [
        ("http://sms.example.com/", SECRET, "use https"),
        ("ftp://sms.example.com/", SECRET, "no plain https address"),
        ("https://", SECRET, "no plain https address"),
        ("https://me:pw@sms.example.com/", SECRET, "no plain https address"),
        ("https://sms.example.com/a b", SECRET, "no plain https address"),
        ("https://sms.example.com/", b"short", "at least 16"),
    ],
)
def test_what_cannot_work_is_refused_at_once(url: str, secret: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        WebhookMessenger(url, secret)
