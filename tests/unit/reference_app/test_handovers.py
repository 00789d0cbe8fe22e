"""The operator's side of handovers: timeline, ring again, reassign, test a phone, pair with a QR code."""

from __future__ import annotations

import base64
from datetime import timedelta

import cv2
import numpy as np
import pytest

from postengine.engine.commands.handover import PhoneSays
from postengine.engine.ports import Rung
from postengine.engine.posts.agent import Device
from postengine.engine.posts.post import Post
from tests.unit.engine.handovers import colleague, group, phone, tell
from tests.unit.engine.world import World

from .conftest import Api, problem


@pytest.fixture
def device(world: World) -> Device:
    return phone(world, world.agent)


@pytest.fixture
def task(world: World, device: Device) -> Post:  # noqa: ARG001 - it is rung
    """A shared task for which Ana's phone was rung."""
    post = world.plan(group(world), scheduled_at=None)
    world.run()
    return post


def _work(world: World) -> None:
    """Let the lease end of what the API's tick has claimed, and do it here."""
    world.clock.advance(world.ports.timings.lease)
    world.run()


def test_the_timeline_says_who_did_what_when_and_by_which_clock(
    api: Api, world: World, task: Post, device: Device
) -> None:
    world.clock.advance(timedelta(minutes=1))
    a_day_off = world.clock.now() + timedelta(days=1)
    tell(world, task, PhoneSays.OPENED, device, occurred_at=a_day_off)
    delivery = world.delivery(task)

    body = api.get(f"/deliveries/{delivery.id}/timeline").get_json()

    assert body["agent_id"] == world.agent.id
    entries = body["entries"]
    assert [entry["to_state"] for entry in entries if entry["to_state"]] == ["planned", "notified", "opened"][
        1:
    ]
    rung = next(entry for entry in entries if entry["what"].startswith("push: "))
    assert rung["what"] == f"push: 1 of 1 devices rung: Phone of Ana ({device.id}): rung"
    assert rung["outcome"] == "done"
    opened = entries[-1]
    assert (opened["event"], opened["device"], opened["device_id"]) == ("opened", "Phone of Ana", device.id)
    assert opened["phone_at"] == "2026-12-02T09:01:00Z"
    assert opened["at"] == "2026-12-01T09:01:00Z"


def test_an_operator_rings_once_more(api: Api, world: World, task: Post) -> None:
    answer = api.post(f"/deliveries/{world.delivery(task).id}/resend")
    _work(world)

    assert (answer.status_code, answer.get_json()["next_step"]) == (200, "remind")
    assert len(world.notifier.rung) == 2


def test_an_operator_gives_the_task_to_a_colleague_by_external_id(api: Api, world: World, task: Post) -> None:
    rui = colleague(world)

    answer = api.post(f"/deliveries/{world.delivery(task).id}/reassign", {"agent": "rui"})

    assert answer.status_code == 200
    assert answer.get_json()["agent_id"] == rui.id
    timeline = api.get(f"/deliveries/{world.delivery(task).id}/timeline").get_json()
    assert timeline["former_agent_ids"] == [world.agent.id]


def test_a_personal_task_is_not_given_away(api: Api, world: World) -> None:
    colleague(world)
    post = world.plan(world.whatsapp, scheduled_at=None)

    answer = api.post(f"/deliveries/{world.delivery(post).id}/reassign", {"agent": "rui"})

    assert problem(answer)[:2] == (409, "personal_channel")
    assert "never leaves its owner" in answer.get_json()["detail"]


def test_nobody_unknown_gets_a_task(api: Api, world: World, task: Post) -> None:
    answer = api.post(f"/deliveries/{world.delivery(task).id}/reassign", {"agent": "nobody"})

    assert problem(answer) == (422, "invalid", [("agent", "unknown")])


def test_a_task_is_marked_as_posted_with_a_link_and_its_phone_is_told(
    api: Api, world: World, task: Post
) -> None:
    decision = {"decision": "published", "release_url": "https://www.facebook.com/groups/1/posts/2"}

    api.post(f"/deliveries/{world.delivery(task).id}/decide", decision)
    _work(world)

    assert world.delivery(task).release_url == decision["release_url"]
    assert [ring.kind for _, ring in world.notifier.rung] == ["manual_task", "task_closed"]


def test_phones_are_listed_with_their_silence(api: Api, world: World, device: Device) -> None:
    world.change(Device, phone(world, world.agent), revoked_at=world.clock.now())
    world.clock.advance(timedelta(days=3))

    (line,) = api.get("/devices", agent_id=world.agent.id).get_json()["items"]
    all_of_them = api.get("/devices", is_revoked="true").get_json()["items"]

    assert (line["id"], line["is_silent"]) == (device.id, True)
    assert [one["is_silent"] for one in all_of_them] == [True, False]


def test_a_phone_is_tested(api: Api, world: World, device: Device) -> None:
    good = api.post(f"/devices/{device.id}/test").get_json()
    world.notifier.answer = Rung(retry_after=timedelta(seconds=30))
    busy = api.post(f"/devices/{device.id}/test").get_json()

    assert good == {"is_accepted": True, "is_gone": False, "problem": None, "retry_after_s": None}
    assert (busy["is_accepted"], busy["retry_after_s"]) == (False, 30.0)


def test_a_phone_without_a_registration_is_told_of(api: Api, world: World, device: Device) -> None:
    world.change(Device, device, push_lost_at=world.clock.now())

    assert problem(api.post(f"/devices/{device.id}/test"))[:2] == (409, "no_push")


def test_a_pairing_code_comes_as_a_qr_code_too(api: Api, world: World) -> None:
    offer = api.post(f"/agents/{world.agent.id}/pairing-codes").get_json()

    png = np.frombuffer(base64.b64decode(offer["qr_png"]), np.uint8)
    picture = cv2.imdecode(png, cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    assert cv2.QRCodeDetector().detectAndDecode(picture)[0] == offer["pair_url"]
    assert offer["pair_url"].endswith(f"#pair={offer['code']}")
    assert len(offer["code"]) == 8
    assert offer["qr_svg"].startswith("<svg")
