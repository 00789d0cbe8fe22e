"""The whole way with a simulated phone: push, task, file, answer, state."""

from __future__ import annotations

from datetime import timedelta

from postengine.agent import revoke_device
from postengine.engine.commands.cancel import cancel_delivery
from postengine.engine.posts.record import Alert, HistoryEntry
from postengine.engine.posts.states import DeliveryState
from postengine.testing.phone import Answer, Person, Quirks
from tests.unit.agent.house import House, code_of

HOUR = timedelta(hours=1)


def test_yes_publishes_and_keeps_the_link(house: House) -> None:
    phone = house.phone(Person(proof_url="https://wa.me/1"))
    task = house.plan()

    house.ring(phone)

    assert phone.sent(task) == ["received", "opened", "shared", "confirmed"]
    assert [(post.caption, len(post.sha256s)) for post in phone.posted] == [("Villa Aurora: just listed", 1)]
    delivery = house.delivery(task)
    assert (delivery.state, delivery.release_url) == (DeliveryState.PUBLISHED, "https://wa.me/1")


def test_cannot_declines_with_the_reason(house: House) -> None:
    phone = house.phone(Person(Answer.CANT, reason="Not my listing"))
    task = house.plan()

    house.ring(phone)

    delivery = house.delivery(task)
    assert (delivery.state, delivery.reason) == (DeliveryState.DECLINED, "Not my listing")
    assert phone.posted == []


def test_later_rings_again_and_is_then_posted(house: House) -> None:
    phone = house.phone(Person(Answer.LATER))
    task = house.plan()
    house.ring(phone)
    assert house.delivery(task).snoozes == 1

    house.clock.advance(timedelta(minutes=30))
    house.ring(phone)

    assert phone.sent(task) == ["received", "opened", "snoozed", "opened", "shared", "confirmed"]
    assert house.delivery(task).state is DeliveryState.PUBLISHED


def test_never_is_missed(house: House) -> None:
    phone = house.phone(Person(Answer.NEVER))
    task = house.plan()
    house.ring(phone)

    house.clock.advance(25 * HOUR)
    house.ring(phone)
    house.run()

    assert house.delivery(task).state is DeliveryState.MISSED


def test_a_yes_told_late_beats_the_timer(house: House) -> None:
    phone = house.phone(quirks=Quirks(late=True))
    task = house.plan()
    house.ring(phone)
    house.clock.advance(25 * HOUR)
    house.run()
    assert house.delivery(task).state is DeliveryState.MISSED

    phone.sync()

    assert house.delivery(task).state is DeliveryState.PUBLISHED
    assert phone.tasks[task].state == "published"


def test_a_yes_after_the_grace_is_refused_with_the_task(house: House) -> None:
    phone = house.phone(quirks=Quirks(late=True))
    task = house.plan()
    house.ring(phone)
    house.clock.advance(25 * HOUR)
    house.run()

    house.clock.advance(72 * HOUR)
    phone.sync()

    assert [entry.detail for entry in phone.log if entry.what == "refused"] == ["confirmed: 409 ended"]
    assert phone.tasks[task].state == "missed"


def test_offline_answers_are_flushed_in_one_batch(house: House) -> None:
    phone = house.phone(Person(waits_for_tap=True))
    task = house.plan()
    house.ring(phone)
    phone.go_offline()
    phone.tap(task)
    assert house.delivery(task).state is DeliveryState.NOTIFIED

    phone.go_online()

    assert phone.waiting_events == ()
    assert house.delivery(task).state is DeliveryState.PUBLISHED


def test_events_that_come_twice_and_reversed_end_in_the_same_state(house: House) -> None:
    phone = house.phone(quirks=Quirks(doubled=True, reordered=True))
    task = house.plan()

    house.ring(phone)

    assert house.delivery(task).state is DeliveryState.PUBLISHED
    assert [entry.detail for entry in phone.log if entry.what == "replayed"] == [
        "confirmed",
        "shared",
        "opened",
        "received",
    ]


def test_a_phone_without_push_finds_its_task_by_asking(house: House) -> None:
    phone = house.phone(fid=None)
    task = house.plan()

    assert phone.poll() == 1

    assert house.notifier.pushes == []
    assert house.delivery(task).state is DeliveryState.PUBLISHED


def test_all_tasks_come_page_after_page(house: House) -> None:
    phone = house.phone(Person(Answer.NEVER))
    for number in range(5):
        house.plan(title=f"Villa {number}", kind="facebook_group")

    assert phone.poll() == 5


def test_another_agents_phone_sees_and_answers_nothing(house: House) -> None:
    task = house.plan()
    house.run()
    other = house.phone(agent=house.new_agent("rui", "Rui"), fid="fid-2")

    other.receive_push({"type": "manual_task", "task_id": task})

    assert other.poll() == 0
    assert [entry.detail for entry in other.log if entry.what == "refused"] == ["404 task_unknown"]


def test_a_revoked_phone_wipes_itself(house: House) -> None:
    phone = house.phone()
    assert phone.device_id is not None
    revoke_device(house.ports, phone.device_id)

    phone.poll()

    assert not phone.is_paired
    assert phone.log[-1].what == "wiped"


def test_a_cancelled_task_is_not_confirmed(house: House) -> None:
    phone = house.phone(Person(waits_for_tap=True))
    task = house.plan()
    house.ring(phone)
    cancel_delivery(house.ports, task)

    phone.tap(task)

    assert house.delivery(task).state is DeliveryState.CANCELLED
    assert [entry.detail for entry in phone.log if entry.what == "refused"] == ["confirmed: 409 ended"]


def test_leaving_and_heartbeat_work_over_the_contract(house: House) -> None:
    phone = house.phone()
    device_id = phone.device_id
    assert device_id is not None
    phone.rotate_registration("fid-9")
    assert house.device(device_id).push_address == "fid-9"

    phone.unpair()

    assert house.device(device_id).revoked_at is not None
    assert phone.log[-1].what == "unpaired"


def test_a_yes_for_a_cancelled_task_is_refused_and_yet_kept_for_a_person(house: House) -> None:
    token = house.token()
    task = house.plan()
    house.run()
    cancel_delivery(house.ports, task)

    answer = house.tell(token, task, "confirmed")

    with house.ports.store.transaction() as tx:
        alerts = [alert.code for alert in tx.find(Alert, {"subject_id": task, "cleared_at": None})]
        lines = [entry.why for entry in tx.find(HistoryEntry, {"subject_id": task})]
    assert code_of(answer) == (409, "ended")
    assert "posted_after_end" in alerts
    assert 'the phone says "Yes, I posted" of a task that is cancelled; look at the channel' in lines
