"""The Notifier over FCM: a doorbell out, one of four outcomes back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from postengine.adapters.notifiers.fcm import FcmNotifier, NoPush
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
    client = FcmClient(
        StaticToken("t"), project_id="agency", base_url="http://fcm.test", http=http, chance=lambda: 0.0
    )
    return FcmNotifier(client, clock=FakeClock())


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


@pytest.mark.parametrize(("days", "is_stale"), [(29, False), (30, True), (269, True)])
def test_a_registration_not_renewed_for_a_month_rings_and_is_told_of(days: int, *, is_stale: bool) -> None:
    device = replace(_device(), push_updated_at=NOW - timedelta(days=days))

    rung = _notifier(200, {"name": "n"}, []).push(device, _ring())

    assert rung == Rung(is_stale=is_stale)
    assert rung.is_accepted


def test_a_registration_not_renewed_for_270_days_is_gone_without_a_question() -> None:
    sent: list[httpx.Request] = []
    device = replace(_device(), created_at=NOW - timedelta(days=270))

    rung = _notifier(200, {"name": "n"}, sent).push(device, _ring())

    assert (rung, sent) == (Rung(is_gone=True), [])


def test_a_registration_of_another_project_is_switched_off_and_told_of() -> None:
    body = _error(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH")

    rung = _notifier(403, body, []).push(_device(), _ring())

    assert rung.is_foreign
    assert "another Firebase project" in (rung.problem or "")
    assert not rung.is_accepted


def test_waits_grow_with_the_tries() -> None:
    notifier = _notifier(503, {}, [])

    waits = [notifier.push(_device(), _ring(attempt=attempt)).retry_after for attempt in (1, 2, 3)]

    assert waits == [timedelta(seconds=seconds) for seconds in (10, 20, 40)]


def test_no_wait_lasts_beyond_the_end_of_the_task() -> None:
    body = _error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED")
    ring = _ring(time_to_live=timedelta(seconds=30))

    rung = _notifier(429, body, [], **{"Retry-After": "90"}).push(_device(), ring)

    assert rung == Rung(retry_after=timedelta(seconds=30))
