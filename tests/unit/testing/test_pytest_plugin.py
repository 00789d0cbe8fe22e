"""The fixtures as another project gets them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

USE = """
import json
from datetime import timedelta

import httpx

from postengine import fcm
from postengine.fcm import DeliveredToFcm, FcmClient, StaticToken
from postengine.webpush import Accepted, Message, Notification, Subscription, VapidKeys, WebPushClient


def test_fcm_on_the_fake_clock(fake_clock, fake_fcm):
    fake_fcm.accept_token("t")
    fake_fcm.register("fid-1")
    fake_clock.advance(timedelta(minutes=5))
    with fake_fcm.http() as http:
        client = FcmClient(StaticToken("t"), project_id=fake_fcm.project_id, base_url=fake_fcm.url, http=http)
        assert isinstance(client.send(fcm.Message(fid="fid-1")), DeliveredToFcm)
    assert fake_fcm.arrivals[0].at == fake_clock.now()


def test_postiz_on_the_fake_clock(fake_postiz):
    fake_postiz.add_account("key")
    with httpx.Client(transport=fake_postiz.transport(), base_url="http://postiz.test/public/v1") as http:
        answer = http.get("/is-connected", headers={"Authorization": "key"})
    assert answer.headers["date"] == "Tue, 01 Dec 2026 09:00:00 GMT"


def test_web_push_on_the_fake_clock(fake_clock, fake_push_service):
    keys = VapidKeys.generate()
    browser = fake_push_service.subscribe(keys.public_key)
    message = Message(notification=Notification(title="Ring", url="https://p.example/"), ttl_s=60)
    with fake_push_service.http() as http:
        client = WebPushClient(keys, subject="mailto:push@harbour-homes.pt", http=http, clock=fake_clock)
        assert client.send(message, Subscription.from_json(json.dumps(browser.to_json()))) == Accepted(
            "https://push.fake/message/1"
        )
"""
WITHOUT_EXTRA = """
import sys


def pytest_configure():
    sys.modules["werkzeug"] = None
"""


def run(folder: Path, *, conftest: str = "") -> subprocess.CompletedProcess[str]:
    (folder / "test_use.py").write_text(USE)
    (folder / "conftest.py").write_text(conftest)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "postengine.testing.pytest_plugin",
        "--rootdir",
        ".",
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.serial
def test_a_project_finds_the_fixtures(tmp_path: Path) -> None:
    result = run(tmp_path)

    assert "3 passed" in result.stdout, result.stdout + result.stderr


@pytest.mark.serial
def test_without_the_extra_the_remedy_is_named(tmp_path: Path) -> None:
    result = run(tmp_path, conftest=WITHOUT_EXTRA)

    assert "fake_fcm needs postengine[testing]" in result.stdout + result.stderr
    assert "fake_postiz needs postengine[testing]" in result.stdout + result.stderr
    assert "fake_push_service needs postengine[testing]" in result.stdout + result.stderr
    assert "3 errors" in result.stdout
