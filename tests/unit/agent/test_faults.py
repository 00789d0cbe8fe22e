"""What goes wrong between a service and phones, fault by fault, with a simulated phone or bare requests."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from postengine.agent import AgentApi, create_pairing_code, revoke_device
from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.reassign import reassign
from postengine.engine.ports import Rung
from postengine.engine.posts.agent import Device, PhoneEvent, PushKind
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Content
from postengine.engine.posts.record import Alert, HistoryEntry
from postengine.engine.posts.states import DeliveryState
from postengine.testing.clock import FakeClock
from postengine.testing.engine import FakeMessenger
from postengine.testing.phone import Answer, Person
from tests.unit.agent.house import BASE, SECRET, House, code_of, json_of, pair_body

_S = DeliveryState
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def _alerts(house: House) -> set[str]:
    with house.ports.store.transaction() as tx:
        return {alert.code for alert in tx.find(Alert, {"cleared_at": None})}


def _pass(house: House, span: timedelta, step: timedelta = MINUTE) -> None:
    end = house.clock.now() + span
    while house.clock.now() < end:
        house.clock.advance(step)
        house.run()


def test_a_push_that_is_lost_is_followed_by_another(house: House) -> None:
    phone = house.phone()
    task = house.plan()
    house.run()
    house.notifier.pushes.clear()  # it never arrives

    house.clock.advance(5 * MINUTE)
    house.ring(phone)

    assert house.delivery(task).state is _S.PUBLISHED
    assert len(phone.posted) == 1


def test_a_push_that_comes_twice_is_posted_once(house: House) -> None:
    phone = house.phone()
    task = house.plan()
    house.run()
    data = {"type": "manual_task", "task_id": task}

    phone.receive_push(data)
    phone.receive_push(data)

    assert len(phone.posted) == 1
    assert phone.sent(task) == ["received", "opened", "shared", "confirmed"]


def test_a_registration_that_is_gone_is_dropped_and_the_agent_written_to(house: House) -> None:
    mail = FakeMessenger()
    house.ports = replace(house.ports, messengers=(mail,))
    phone = house.phone()
    task = house.plan()
    house.notifier.answer = Rung(is_gone=True)

    house.run()
    house.run()

    assert phone.device_id is not None
    assert house.device(phone.device_id).push_kind is PushKind.NONE
    assert [letter.task_id for _, letter in mail.letters] == [task]
    assert {"push_gone", "no_device"} <= _alerts(house)
    phone.poll()
    assert house.delivery(task).state is _S.PUBLISHED


def test_an_agent_without_a_device_is_told_of_and_rung_once_one_is_paired(house: House) -> None:
    task = house.plan()
    house.run()
    told = _alerts(house)
    phone = house.phone()

    house.clock.advance(5 * MINUTE)
    house.ring(phone)

    assert "no_device" in told
    assert "no_device" not in _alerts(house)
    assert house.delivery(task).state is _S.PUBLISHED


def test_a_phone_that_was_offline_for_two_days_may_still_say_yes(house: House) -> None:
    phone = house.phone(Person(waits_for_tap=True))
    task = house.plan()
    house.ring(phone)
    phone.go_offline()
    phone.tap(task)
    _pass(house, 2 * DAY + HOUR, HOUR)
    assert house.delivery(task).state is _S.MISSED

    phone.go_online()

    delivery = house.delivery(task)
    assert (delivery.state, delivery.reason) == (_S.PUBLISHED, "confirmed late")
    assert "missed" not in _alerts(house)


def test_yes_twice_is_one_yes(house: House) -> None:
    token, task = house.token(), house.plan()
    house.run()
    first = house.tell(token, task, "confirmed", key="one", proof_url="https://wa.me/1")

    again = house.tell(token, task, "confirmed", key="two")

    assert (first.status, again.status) == (200, 200)
    assert json_of(again)["state"] == "published"
    with house.ports.store.transaction() as tx:
        moves = tx.find(HistoryEntry, {"subject_id": task, "to_state": "published"})
    assert sum(entry.from_state != entry.to_state for entry in moves) == 1
    assert house.delivery(task).release_url == "https://wa.me/1"


def test_no_after_yes_is_refused_with_the_task_and_kept_for_a_person(house: House) -> None:
    token, task = house.token(), house.plan()
    house.run()
    house.tell(token, task, "confirmed", key="one")

    answer = house.tell(token, task, "declined", key="two", reason="no time")

    assert code_of(answer) == (409, "ended")
    assert json_of(answer)["task"]["state"] == "published"
    assert house.delivery(task).state is _S.PUBLISHED
    with house.ports.store.transaction() as tx:
        assert "too late: no time" in [entry.why for entry in tx.find(HistoryEntry, {"subject_id": task})]


@pytest.mark.parametrize("off", [DAY, -DAY])
def test_a_phone_whose_clock_is_a_day_off_puts_off_and_posts_all_the_same(
    house: House, off: timedelta
) -> None:
    its_own = FakeClock(house.clock.now() + off)
    phone = house.phone(Person(Answer.LATER), clock=its_own)
    task = house.plan()
    house.ring(phone)

    put_off = house.delivery(task)
    assert (put_off.snoozes, put_off.snoozed_until) == (1, house.clock.now() + 30 * MINUTE)
    house.clock.advance(30 * MINUTE)
    its_own.advance(30 * MINUTE)
    house.ring(phone)

    assert house.delivery(task).state is _S.PUBLISHED
    assert house.delivery(task).confirmed_at == house.clock.now()
    with house.ports.store.transaction() as tx:
        found = tx.find(HistoryEntry, {"subject_id": task, "to_state": "published"})
    assert found[-1].detail["occurred_at"] == its_own.now().isoformat()


def test_twenty_tasks_at_once_are_each_posted_once(house: House) -> None:
    phone = house.phone()
    tasks = [house.plan(title=f"Villa {number}", kind="facebook_group") for number in range(20)]

    house.ring(phone)

    assert sorted(post.task_id for post in phone.posted) == sorted(tasks)
    assert {house.delivery(task).state for task in tasks} == {_S.PUBLISHED}
    assert phone.waiting_events == ()


def test_a_file_that_is_replaced_after_its_download_is_fetched_anew_and_posted(house: House) -> None:
    phone = house.phone(Person(waits_for_tap=True))
    task = house.plan()
    house.ring(phone)
    old = phone.tasks[task]
    other = Content(media=(house.photo(b"\xff\xd8 another photo \xff\xd9"),))

    edit_post(house.ports, house.delivery(task).post_id, PostChanges(content=other))
    house.ring(phone)
    phone.tap(task)

    new = phone.tasks[task]
    assert new.rev == old.rev + 1
    assert phone.posted[0].sha256s == (new.assets[0].sha256,)
    assert new.assets[0].sha256 != old.assets[0].sha256


def test_a_token_that_was_stolen_and_revoked_opens_nothing(house: House) -> None:
    token, task = house.token(), house.plan()
    house.run()
    asset = json_of(house.ask("GET", f"tasks/{task}", token=token))["assets"][0]["id"]
    with house.ports.store.transaction() as tx:
        (device,) = tx.find(Device, {})

    revoke_device(house.ports, device.id)

    asked = [
        house.ask("GET", "me", token=token),
        house.ask("GET", "tasks", token=token),
        house.ask("GET", f"tasks/{task}", token=token),
        house.ask("GET", f"assets/{asset}", token=token),
        house.ask("PUT", "device/push", {"kind": "fcm", "fid": "thief"}, token=token),
        house.ask("POST", "device/test", token=token),
        house.ask("DELETE", "device", token=token),
        house.tell(token, task, "confirmed"),
        house.ask("POST", "events:batch", {"events": []}, token=token),
    ]
    assert {code_of(answer) for answer in asked} == {(401, "token_unknown")}
    assert house.delivery(task).state is not _S.PUBLISHED
    assert house.device(device.id).push_address == ""


def test_a_revoked_phone_is_never_rung_again(house: House) -> None:
    phone = house.phone()
    assert phone.device_id is not None
    revoke_device(house.ports, phone.device_id)

    house.plan()
    _pass(house, HOUR, 5 * MINUTE)

    assert house.notifier.pushes == []


def test_ids_of_another_agent_are_not_there(house: House) -> None:
    owner, task = house.token(), house.plan()
    house.run()
    asset = json_of(house.ask("GET", f"tasks/{task}", token=owner))["assets"][0]["id"]
    other = house.token(house.new_agent("rui", "Rui"))
    event = {"type": "confirmed", "occurred_at": house.clock.now().isoformat()}

    item = {**event, "task_id": task, "idempotency_key": "k"}
    batch = json_of(house.ask("POST", "events:batch", {"events": [item]}, token=other))

    assert code_of(house.ask("GET", f"tasks/{task}", token=other)) == (404, "task_unknown")
    assert code_of(house.tell(other, task, "confirmed")) == (404, "task_unknown")
    assert code_of(house.ask("GET", f"assets/{asset}", token=other)) == (404, "asset_unknown")
    assert batch["results"][0]["status"] == 404
    assert json_of(house.ask("GET", "tasks", token=other))["tasks"] == []
    assert house.delivery(task).state is not _S.PUBLISHED


def test_a_pairing_code_is_not_to_be_guessed_used_twice_or_kept(house: House) -> None:
    kept = create_pairing_code(house.ports, house.agent.id).code
    house.clock.advance(10 * MINUTE)
    used = create_pairing_code(house.ports, house.agent.id).code
    assert house.ask("POST", "pair", pair_body(used)).status == 201

    said = [house.ask("POST", "pair", pair_body(code)) for code in (kept, used, *["AAAA2222"] * 9)]

    assert [answer.status for answer in said] == [403] * 10 + [429]
    assert {json_of(answer)["detail"] for answer in said[:10]} == {json_of(said[0])["detail"]}


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..\\..\\boot.ini",
        "/etc/passwd",
        "....//x.jpg",
        ".bashrc",
        "a\x00b\n.jpg",
        "..",
        "",
    ],
)
def test_the_name_of_a_file_is_never_a_path(house: House, name: str) -> None:
    token, task = house.token(), house.plan()
    with house.ports.store.transaction() as tx:
        (asset,) = tx.find(Asset, {})
        tx.save(replace(asset, filename=name))

    shown = json_of(house.ask("GET", f"tasks/{task}", token=token))["assets"][0]
    sent = house.ask("GET", f"assets/{shown['id']}", token=token)

    for said in (shown["filename"], sent.headers["Content-Disposition"]):
        assert not any(part in said for part in ("/", "\\", "..", "%2F", "%5C", "\n", "\x00"))
    assert shown["filename"]
    assert not shown["filename"].startswith(".")


@pytest.mark.parametrize("id_", ["..%2f..%2fetc%2fpasswd", "../../etc/passwd", "a/../../b", "%00", "..", "."])
def test_a_path_for_an_id_leads_nowhere(house: House, id_: str) -> None:
    token = house.token()

    assert house.ask("GET", f"assets/{id_}", token=token).status == 404


def test_ten_thousand_events_of_one_phone_in_a_minute_are_limited_and_others_are_heard(house: House) -> None:
    fast, calm = house.token(), house.token()
    task = house.plan()
    house.run()
    event = {"type": "opened", "occurred_at": house.clock.now().isoformat(), "task_id": task}
    taken = 0

    for number in range(200):
        items = [{**event, "idempotency_key": f"{number}-{index}"} for index in range(50)]
        answer = house.ask("POST", "events:batch", {"events": items}, token=fast)
        taken += answer.status == 200
        if answer.status != 200:
            assert code_of(answer) == (429, "too_many_requests")
            assert 1 <= int(answer.headers["Retry-After"]) <= 60

    assert taken == 6
    with house.ports.store.transaction() as tx:
        assert tx.count(PhoneEvent, {}) == 300
    assert house.tell(calm, task, "confirmed").status == 200
    assert house.ask("GET", f"tasks/{task}", token=fast).status == 200
    house.clock.advance(MINUTE)
    assert house.tell(fast, task, "confirmed", key="later").status == 200


def test_single_events_are_limited_too_and_the_wait_is_true(house: House) -> None:
    token, task = house.token(), house.plan()
    house.run()
    said = [house.tell(token, task, "opened", key=str(number)).status for number in range(301)]
    refused = house.tell(token, task, "opened", key="one-more")

    house.clock.advance(timedelta(seconds=int(refused.headers["Retry-After"])))

    assert said == [200] * 300 + [429]
    assert house.tell(token, task, "opened", key="one-more").status == 200


def test_a_simulated_phone_that_is_limited_keeps_its_events_and_tells_them_later(house: House) -> None:
    house.api = AgentApi(house.ports, link_secret=SECRET, base_url=BASE, events_per_minute=3)
    phone = house.phone(Person(waits_for_tap=True))
    task = house.plan()
    house.ring(phone)
    phone.go_offline()
    phone.tap(task)

    phone.go_online()
    assert len(phone.waiting_events) == 3
    assert [entry.detail for entry in phone.log if entry.what == "unreachable"] == ["429, Retry-After 20"]
    house.clock.advance(MINUTE)
    phone.sync()

    assert phone.waiting_events == ()
    assert house.delivery(task).state is _S.PUBLISHED


def test_a_test_notification_reaches_the_phone_that_asks_and_is_limited(house: House) -> None:
    phone = house.phone()

    assert phone.ask_for_test()
    house.ring(phone)
    said = [phone.ask_for_test() for _ in range(5)]

    assert [entry.detail for entry in phone.log if entry.what == "push"] == ["ping"]
    assert said == [True] * 4 + [False]
    assert phone.log[-1].detail == "429, Retry-After 12"


def test_a_test_without_a_registration_says_why(house: House) -> None:
    token = house.token()

    answer = house.ask("POST", "device/test", token=token)

    assert code_of(answer) == (409, "no_push")


def test_a_test_that_the_push_service_refuses_says_why(house: House) -> None:
    token = house.token(push={"kind": "fcm", "fid": "fid-1"})
    house.notifier.answer = Rung(is_gone=True)
    gone = json_of(house.ask("POST", "device/test", token=token))
    token = house.token(push={"kind": "fcm", "fid": "fid-2"})
    house.notifier.answer = Rung(retry_after=timedelta(seconds=7))
    busy = json_of(house.ask("POST", "device/test", token=token))

    assert gone == {
        "is_accepted": False,
        "problem": "its registration is gone; allow notifications again",
        "retry_after_s": None,
    }
    assert busy == {"is_accepted": False, "problem": None, "retry_after_s": 7.0}


def test_a_second_phone_of_the_agent_takes_its_notification_away(house: House) -> None:
    first, second = house.phone(Person(waits_for_tap=True)), house.phone(Person(waits_for_tap=True), fid="f2")
    task = house.plan()
    house.run()
    house.clock.advance(10 * MINUTE)
    house.run()
    pushes, house.notifier.pushes = house.notifier.pushes, []
    for phone in (first, second):
        assert phone.device_id in {device.id for device, _ in pushes}
        phone.receive_push({"type": "manual_task", "task_id": task})

    first.tap(task)
    house.ring(second)
    second.tap(task)

    assert [entry.what for entry in second.log][-1] == "closed"
    assert len(first.posted) + len(second.posted) == 1


def test_a_task_that_has_passed_to_a_colleague_is_over_for_the_first_phone(house: House) -> None:
    rui = house.new_agent("rui", "Rui")
    ana_token, rui_token = house.token(), house.token(rui)
    task = house.plan(kind="facebook_group", is_shared=True)
    house.run()

    reassign(house.ports, task, rui.id)
    seen = json_of(house.ask("GET", f"tasks/{task}", token=ana_token))

    assert (seen["state"], seen["actions"], seen["assets"]) == ("cancelled", [], [])
    assert json_of(house.ask("GET", "tasks", token=ana_token))["tasks"] == []
    assert json_of(house.ask("GET", f"tasks/{task}", token=rui_token))["assets"]
    assert code_of(house.tell(ana_token, task, "declined")) == (409, "ended")
    yes = house.tell(ana_token, task, "confirmed", key="yes")
    assert (yes.status, json_of(yes)["state"]) == (200, "cancelled")
    assert house.delivery(task).state is _S.PUBLISHED


def test_a_personal_task_is_shown_to_no_one_but_its_owner_whatever_a_row_says(house: House) -> None:
    rui = house.new_agent("rui", "Rui")
    token, task = house.token(rui), house.plan()
    with house.ports.store.transaction() as tx:
        (row,) = tx.find(Delivery, {"id": task})
        tx.save(replace(row, agent_id=rui.id))

    assert code_of(house.ask("GET", f"tasks/{task}", token=token)) == (404, "task_unknown")
    assert json_of(house.ask("GET", "tasks", token=token))["tasks"] == []
    assert code_of(house.tell(token, task, "confirmed")) == (404, "task_unknown")


def test_the_morning_summary_makes_the_phone_look_at_its_day(house: House) -> None:
    phone = house.phone(Person(waits_for_tap=True))
    house.plan(at=HOUR)

    phone.receive_push({"type": "summary", "task_id": ""})

    assert [task.title for task in phone.upcoming()] == ["Villa Aurora"]


def test_the_link_to_the_post_may_come_after_the_yes(house: House) -> None:
    token = house.token()
    task = house.plan()
    house.run()
    house.tell(token, task, "confirmed", key="one")

    later = house.tell(token, task, "confirmed", key="two", proof_url="https://wa.me/7")

    assert later.status == 200
    delivery = house.delivery(task)
    assert (delivery.state, delivery.release_url) == (DeliveryState.PUBLISHED, "https://wa.me/7")
