"""Notifications: each can be shown as it is, by a worker or without one."""

from __future__ import annotations

import json

import pytest

from postengine.webpush import MessageInvalid

from .parts import LINK, notification


def test_the_payload_is_what_every_browser_can_show() -> None:
    payload = notification(body="WhatsApp Status", lang="pt-PT", data={"v": "1"}).payload()

    assert json.loads(payload) == {
        "web_push": 8030,
        "mutable": True,
        "notification": {
            "title": "Time to post: 3 Bedroom Apartment",
            "navigate": LINK,
            "body": "WhatsApp Status",
            "tag": "del_1",
            "lang": "pt-PT",
            "data": {"v": "1"},
        },
    }


def test_what_is_empty_is_left_out() -> None:
    assert list(json.loads(notification(tag="").payload())["notification"]) == ["title", "navigate"]


def test_any_text_can_be_sent() -> None:
    payload = notification(title="Größe \ud800 🏠").payload()

    assert json.loads(payload)["notification"]["title"] == "Größe ? 🏠"


@pytest.mark.parametrize("title", ["", "  ", "\n\t", "\u200b\u2060", "\u202e", "\0"])
def test_a_title_that_nobody_sees_is_refused(title: str) -> None:
    with pytest.raises(MessageInvalid, match="visible") as caught:
        notification(title=title)

    assert caught.value.field == "notification.title"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/agent/",
        "http://posts.example.com/",
        "javascript:alert(1)",
        "https://",
        "https://[::1",
        "http://10.0.0.1/",
    ],
)
def test_a_tap_that_leads_nowhere_safe_is_refused(url: str) -> None:
    with pytest.raises(MessageInvalid, match="https://") as caught:
        notification(url=url)

    assert caught.value.field == "notification.url"


@pytest.mark.parametrize("url", ["http://localhost:8000/agent/", "http://127.0.0.1/", "http://[::1]/"])
def test_this_machine_is_safe_to_browsers(url: str) -> None:
    assert notification(url=url).url == url
