"""The Notifier over FCM: a doorbell out, one of four outcomes back."""

from __future__ import annotations

import json
from datetime import timedelta

import httpx
import pytest

from postengine.adapters.notifiers.fcm import FcmNotifier, NoPush, to_message
from postengine.engine.ports import Ring, Rung
from postengine.engine.posts.agent import Device, PushKind
from postengine.fcm import FcmClient, StaticToken
from postengine.testing.clock import FakeClock

NOW = FakeClock().now()


def _device(kind: PushKind = PushKind.FCM) -> Device:
    return Device(
        id="dev",
        tenant_id="t",
        agent_id="a",
        platform="android",
        push_kind=kind,
        push_address="fid-1",
        token_hash="h",
        created_at=NOW,
    )


def _ring(**fields: object) -> Ring:
    known: dict[str, object] = {
        "link": "https://p.example/agent/?task=del_1",
        "time_to_live": timedelta(hours=24),
    }
    return Ring(
        kind="manual_task",
        task_id="del_1",
        rev=3,
        channel="whatsapp_status",
        title="3 Bedroom Apartment",
        expires_at=NOW,
        **{**known, **fields},  # type: ignore[arg-type]
    )


def _notifier(status: int, body: dict[str, object], sent: list[httpx.Request], **headers: str) -> FcmNotifier:
    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(status, json=body, headers=headers)

    http = httpx.Client(transport=httpx.MockTransport(answer))
    client = FcmClient(StaticToken("t"), project_id="agency", base_url="http://fcm.test", http=http)
    return FcmNotifier(client)


def _error(status: int, code: str, error_code: str) -> dict[str, object]:
    kind = "type.googleapis.com/google.firebase.fcm.v1.FcmError"
    details = [{"@type": kind, "errorCode": error_code}]
    return {"error": {"code": status, "status": code, "message": "m", "details": details}}


def test_an_accepted_push_has_neither_caption_nor_file_in_it() -> None:
    sent: list[httpx.Request] = []

    rung = _notifier(200, {"name": "projects/agency/messages/1"}, sent).push(_device(), _ring())

    assert rung.is_accepted
    message = json.loads(sent[0].content)["message"]
    assert message["data"] == {
        "v": "1",
        "type": "manual_task",
        "task_id": "del_1",
        "rev": "3",
        "channel": "whatsapp_status",
        "title": "3 Bedroom Apartment",
        "expires_at": NOW.isoformat(),
        "link": "https://p.example/agent/?task=del_1",
    }


def test_a_phone_that_is_gone_is_to_be_forgotten() -> None:
    rung = _notifier(404, _error(404, "NOT_FOUND", "UNREGISTERED"), []).push(_device(), _ring())

    assert rung == Rung(is_gone=True)


def test_a_busy_fcm_says_when_to_ring_again() -> None:
    body = _error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED")

    rung = _notifier(429, body, [], **{"Retry-After": "90"}).push(_device(), _ring())

    assert rung.retry_after == timedelta(seconds=90)
    assert not rung.is_accepted


def test_a_wrong_set_up_is_a_problem() -> None:
    body: dict[str, object] = {
        "error": {"code": 403, "status": "PERMISSION_DENIED", "message": "API disabled"}
    }

    rung = _notifier(403, body, []).push(_device(), _ring())

    assert rung.problem
    assert not rung.is_gone


@pytest.mark.parametrize("kind", [PushKind.WEBPUSH, PushKind.NONE])
def test_a_phone_without_an_fcm_registration_is_a_problem(kind: PushKind) -> None:
    sent: list[httpx.Request] = []

    rung = _notifier(200, {}, sent).push(_device(kind), _ring())

    assert "has no FCM registration" in (rung.problem or "")
    assert sent == []


def test_without_a_push_service_the_phone_learns_of_it_by_asking() -> None:
    assert "by asking" in (NoPush().push(_device(), _ring()).problem or "")


def test_a_time_to_live_is_at_most_four_weeks() -> None:
    message = to_message("fid-1", _ring(time_to_live=timedelta(days=60)))

    assert message.android is not None
    assert message.android.ttl_s == 28 * 24 * 3600


@pytest.mark.parametrize(("link", "is_linked"), [("https://p.example/1", True), ("http://10.0.2.2/1", False)])
def test_a_web_push_links_to_safe_addresses_alone(link: str, is_linked: bool) -> None:
    message = to_message("fid-1", _ring(link=link))

    assert (message.webpush is not None) is is_linked
    assert message.data["link"] == link
