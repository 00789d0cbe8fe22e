"""The dashboard's pages of agents and tasks."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from postengine.engine.commands.handover import PhoneSays
from postengine.engine.ledger.change import changing
from postengine.engine.ports import Rung
from postengine.engine.posts.agent import Device, PairingCode, PushKind
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Post
from postengine.engine.posts.states import DeliveryState
from postengine.engine.posts.tenant import Tenant
from reference_app.tokens import issue_token
from tests.unit.engine.handovers import colleague, group, phone, tell
from tests.unit.engine.world import World


@pytest.fixture
def page(client: FlaskClient, operator_token: str) -> FlaskClient:
    """A browser that is logged in as an operator."""
    client.post("/login", data={"token": operator_token})
    return client


@pytest.fixture
def device(world: World) -> Device:
    return phone(world, world.agent)


@pytest.fixture
def task(world: World, device: Device) -> Post:  # noqa: ARG001 - it is rung
    post = world.plan(group(world), scheduled_at=None)
    world.run()
    return post


def _text(answer: TestResponse) -> str:
    return answer.get_data(as_text=True)


PAGES = (
    ("GET", "/agents"),
    ("GET", "/tasks/x"),
    ("POST", "/agents/x/pair"),
    ("POST", "/phones/x/test"),
    ("POST", "/phones/x/revoke"),
    ("POST", "/tasks/x/resend"),
    ("POST", "/tasks/x/reassign"),
    ("POST", "/tasks/x/posted"),
    ("POST", "/tasks/x/cancel"),
)


@pytest.mark.parametrize(("method", "path"), PAGES)
def test_nobody_gets_in_without_a_login(client: FlaskClient, method: str, path: str) -> None:
    assert client.open(path, method=method).headers["Location"] == "/login"


def test_a_bad_link_without_a_login_leads_to_the_login(client: FlaskClient) -> None:
    assert client.post("/tasks/x/posted", data={"link": "ftp://x"}).headers["Location"] == "/login"


@pytest.mark.parametrize(("method", "path"), PAGES[1:])
def test_what_is_not_there_is_told(page: FlaskClient, method: str, path: str) -> None:
    assert page.open(path, method=method).status_code in {404, 409}


def test_another_agency_sees_and_does_nothing(
    client: FlaskClient, world: World, other_tenant: Tenant, task: Post, device: Device
) -> None:
    client.post("/login", data={"token": issue_token(world.ports, "rival", tenant_id=other_tenant.id)[1]})
    delivery = world.delivery(task)

    assert "Ana" not in _text(client.get("/agents"))
    for verb in ("resend", "reassign", "posted", "cancel"):
        assert client.post(f"/tasks/{delivery.id}/{verb}").status_code == 404
    assert client.get(f"/tasks/{delivery.id}").status_code == 404
    assert client.post(f"/phones/{device.id}/test").status_code == 409
    assert client.post(f"/phones/{device.id}/revoke").status_code == 404
    assert client.post(f"/agents/{world.agent.id}/pair").status_code == 404
    assert world.delivery(task) == delivery
    assert len(world.notifier.rung) == 1


NASTY = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def test_what_a_phone_or_an_agency_calls_itself_never_becomes_markup(
    page: FlaskClient, world: World, device: Device
) -> None:
    post = world.plan(group(world), scheduled_at=None, title=NASTY)
    world.change(Device, device, model=NASTY)
    world.run()
    tell(world, post, PhoneSays.FAILED, device, reason=NASTY)
    world.change(Delivery, world.delivery(post), release_url="javascript:alert(1)")

    shown = [_text(page.get(path)) for path in ("/", "/agents", f"/tasks/{world.delivery(post).id}")]
    shown.append(_text(page.post(f"/phones/{device.id}/test")))
    shown.append(_text(page.post(f"/tasks/{world.delivery(post).id}/reassign", data={"agent": NASTY})))

    assert all("&lt;script&gt;alert(1)" in text for text in shown)
    assert not any("<script>alert" in text or "<img" in text or "javascript:" in text for text in shown)


FOREIGN = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost:9999"},
    {"Origin": "null"},
)


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("verb", ["resend", "posted", "cancel"])
def test_a_form_on_another_page_does_nothing_though_the_cookie_comes_along(
    page: FlaskClient, world: World, task: Post, headers: dict[str, str], verb: str
) -> None:
    delivery = world.delivery(task)

    assert page.post(f"/tasks/{delivery.id}/{verb}", headers=headers).status_code == 403
    assert page.post(f"/agents/{world.agent.id}/pair", headers=headers).status_code == 403
    assert world.delivery(task) == delivery
    assert world.rows(PairingCode) == []


@pytest.mark.parametrize("headers", FOREIGN)
def test_nobody_is_logged_in_or_out_by_another_page(
    client: FlaskClient, operator_token: str, headers: dict[str, str]
) -> None:
    answer = client.post("/login", data={"token": operator_token}, headers=headers)

    assert (answer.status_code, answer.headers.get("Set-Cookie")) == (403, None)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost"},
        {"Origin": "http://127.0.0.1:8000"},
        {},
    ],
)
def test_our_own_forms_are_taken_also_behind_a_proxy_that_renames_the_host(
    client: FlaskClient, operator_token: str, headers: dict[str, str]
) -> None:
    assert client.post("/login", data={"token": operator_token}, headers=headers).status_code == 302


def test_agents_are_shown_with_phones_tasks_and_what_is_wrong_with_them(
    page: FlaskClient, world: World, task: Post
) -> None:
    world.plan(world.whatsapp, after=timedelta(hours=3), external_id="p2", title="Villa <Aurora>")
    world.change(Device, phone(world, world.agent), push_lost_at=world.clock.now())
    world.change(Device, phone(world, world.agent), push_kind=PushKind.NONE)
    world.change(Device, phone(world, world.agent), last_seen_at=world.clock.now() - timedelta(days=4))
    colleague(world)

    text = _text(page.get("/agents"))

    assert "Phone of Ana" in text
    assert "registration is lost" in text
    assert "only asks" in text
    assert "silent" in text
    assert f'href="/tasks/{world.delivery(task).id}">3 Bedroom Apartment</a>' in text
    assert "Villa &lt;Aurora&gt;" in text
    assert "No phone yet" in text


def test_pairing_shows_a_picture_to_scan_and_a_code_to_type(page: FlaskClient, world: World) -> None:
    answer = page.post(f"/agents/{world.agent.id}/pair")

    text = _text(answer)
    assert re.search(r'aria-label="Pairing code">[2-9A-Z]{4} [2-9A-Z]{4}<', text)
    assert "<svg" in text
    assert "within 10 minutes" in text
    assert "#pair" not in text
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(world.rows(PairingCode)) == 1


def test_a_phone_is_tested_and_revoked(page: FlaskClient, world: World, device: Device) -> None:
    good = _text(page.post(f"/phones/{device.id}/test"))
    world.notifier.answer = Rung(problem="wrong project")
    bad = _text(page.post(f"/phones/{device.id}/test"))
    world.notifier.answer = Rung(retry_after=timedelta(seconds=1))
    busy = _text(page.post(f"/phones/{device.id}/test"))
    world.notifier.answer = Rung(is_gone=True)
    gone = _text(page.post(f"/phones/{device.id}/test"))
    page.post(f"/phones/{device.id}/revoke")

    assert "took the test notification" in good
    assert "was not rung: wrong project" in bad
    assert "the push service is busy" in busy
    assert "its registration is gone" in gone
    assert world.rows(Device, id=device.id)[0].revoked_at is not None


def test_a_task_shows_its_timeline_with_both_clocks(
    page: FlaskClient, world: World, task: Post, device: Device
) -> None:
    hostile = "<script>alert(1)</script>"
    tell(world, task, PhoneSays.FAILED, device, reason=hostile, occurred_at=world.clock.now() - timedelta(1))

    text = _text(page.get(f"/tasks/{world.delivery(task).id}"))

    assert "1 of 1 devices rung: Phone of Ana" in text
    assert "clock 2026-11-30 09:00:00 +0000" in text
    assert hostile not in text
    assert "&lt;script&gt;" in text


def test_a_task_is_rung_again_reassigned_and_cancelled(page: FlaskClient, world: World, task: Post) -> None:
    rui = colleague(world)
    path = f"/tasks/{world.delivery(task).id}"

    assert page.post(f"{path}/resend").headers["Location"] == path
    assert page.post(f"{path}/reassign", data={"agent": rui.id}).headers["Location"] == path
    assert world.delivery(task).agent_id == rui.id
    page.post(f"{path}/cancel", data={"why": "sold"})

    assert (world.delivery(task).state, world.delivery(task).reason) == (DeliveryState.CANCELLED, "sold")
    ended = page.post(f"{path}/resend")
    assert ended.status_code == 409
    assert "hand it over again" in _text(ended)


def test_a_task_is_marked_as_posted(page: FlaskClient, world: World, task: Post) -> None:
    path = f"/tasks/{world.delivery(task).id}"

    wrong = page.post(f"{path}/posted", data={"link": "javascript:alert(1)"})
    assert wrong.status_code == 422
    page.post(f"{path}/posted", data={"link": "https://www.facebook.com/groups/1/posts/2"})

    assert world.delivery(task).release_url == "https://www.facebook.com/groups/1/posts/2"
    text = _text(page.get(path))
    assert 'href="https://www.facebook.com/groups/1/posts/2"' in text
    assert "Mark as posted" not in text
    assert "Reassign" not in text


def test_a_task_without_a_link_is_marked_as_posted_too(page: FlaskClient, world: World, task: Post) -> None:
    page.post(f"/tasks/{world.delivery(task).id}/posted")

    assert world.delivery(task).state is DeliveryState.PUBLISHED


def test_a_personal_task_offers_no_colleague(page: FlaskClient, world: World) -> None:
    colleague(world)
    post = world.plan(world.whatsapp)

    text = _text(page.get(f"/tasks/{world.delivery(post).id}"))

    assert "Reassign" not in text
    assert "Ring once more" not in text
    assert "Cancel it" in text


def test_the_board_leads_to_the_task(page: FlaskClient, world: World, task: Post) -> None:
    world.plan(world.instagram, external_id="p2")

    text = _text(page.get("/"))

    assert f'<a class="channel" href="/tasks/{world.delivery(task).id}">Homes in Lisbon</a>' in text
    assert '<span class="channel">Instagram</span>' in text


def test_an_alert_of_a_task_leads_to_it(page: FlaskClient, world: World) -> None:
    post = world.plan(group(world), scheduled_at=None)
    world.run()  # nobody has a phone
    path = f"/tasks/{world.delivery(post).id}"

    assert f'<a href="{path}">Show the task</a>' in _text(page.get("/"))
    assert page.get("/dashboard.json").get_json()["alerts"][0]["page"] == path


def test_the_timeline_names_phones_as_people_do_also_where_they_only_asked(
    page: FlaskClient, world: World, task: Post, device: Device
) -> None:
    tell(world, task, PhoneSays.OPENED, device)
    delivery = world.delivery(task)
    with changing(world.ports) as change:
        why = "the phone asked for its tasks"
        change.note(
            delivery, by=f"phone:{device.id}", why=why, tenant_id=world.tenant.id, subject_id=delivery.id
        )

    shown = _text(page.get(f"/tasks/{delivery.id}"))

    assert shown.count("phone Phone of Ana") == 2
    assert f"phone:{device.id}" not in shown
