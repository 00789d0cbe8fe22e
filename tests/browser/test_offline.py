"""Without a network: the page opens, the file is shared, and the answer is told later, in its order."""

from __future__ import annotations

from postengine.engine.posts.states import DeliveryState

from .office import Office
from .phone import Phone

_TELL_60 = """async ([task, version]) => {
    const { tell } = await import(`/agent/files/${version}/outbox.js`);
    for (let number = 0; number < 60; number += 1) {
        await tell(task, "failed", { reason: `number ${number}` });
    }
}"""


def test_the_network_goes_in_the_middle_and_the_answer_is_told_when_it_is_back(
    office: Office, phone: Phone
) -> None:
    task = office.plan()
    phone.reopen()
    phone.until_fetched()
    phone.until_told()
    phone.go_offline()
    office.service.close()

    phone.reopen(f"?task={task}")
    phone.tap("Share…")
    phone.tap("Yes, posted")
    phone.sees("Your answer is sent when there is a network.")
    phone.tap("To the list")
    phone.sees("No network.")
    phone.sees("To be sent when there is a network:")
    assert [event["type"] for event in phone.rows("outbox")] == ["opened", "shared", "confirmed"]
    assert office.delivery(task).state is DeliveryState.NOTIFIED

    office.service.open()
    phone.go_online()
    phone.until_told()

    assert office.delivery(task).state is DeliveryState.PUBLISHED
    assert office.told(task) == ["received", "opened", "shared", "confirmed"]


def test_a_service_that_says_not_now_gets_the_same_events_again(office: Office, phone: Phone) -> None:
    task = office.plan()
    phone.open(f"?task={task}")
    phone.button("Share…").wait_for()
    phone.until_told()
    office.service.gate = lambda path: 503 if path.endswith("events:batch") else None
    phone.tap("I have posted it")
    phone.tap("Yes, posted")
    phone.sees("Your answer is sent when there is a network.")

    office.service.gate = lambda _: None
    phone.reopen()
    phone.until_told()

    assert office.delivery(task).state is DeliveryState.PUBLISHED


def test_an_answer_that_was_lost_on_its_way_back_is_not_counted_twice(office: Office, phone: Phone) -> None:
    task = office.plan()
    phone.open(f"?task={task}")
    phone.button("Share…").wait_for()
    phone.until_told()
    office.service.loses_answers = True
    phone.tap("I have posted it")
    phone.tap("Yes, posted")
    phone.sees("Your answer is sent when there is a network.")

    office.service.loses_answers = False
    phone.reopen()
    phone.until_told()

    assert office.told(task).count("confirmed") == 1


def test_more_than_fifty_events_are_told_in_their_order(office: Office, phone: Phone) -> None:
    task = office.plan()
    phone.open(f"?task={task}")
    phone.button("Share…").wait_for()
    phone.until_told()
    office.service.close()
    phone.page.evaluate(_TELL_60, [task, office.service.version])

    office.service.open()
    phone.reopen()
    phone.until_told()

    reasons = [event["reason"] for event in office.heard(task) if event["type"] == "failed"]
    assert reasons == [f"number {number}" for number in range(60)]


def test_the_browser_tells_the_answer_by_itself_when_the_network_is_back_and_no_page_is_open(
    office: Office, phone: Phone
) -> None:
    task = office.plan()
    phone.open(f"?task={task}")
    phone.button("Share…").wait_for()
    phone.until_told()
    office.service.gate = lambda path: 503 if path.endswith("events:batch") else None
    phone.tap("I have posted it", "Yes, posted")
    phone.sees("Your answer is sent when there is a network.")
    phone.page.close()

    office.service.gate = lambda _: None
    phone.doorbell.happen('() => self.dispatchEvent(new SyncEvent("sync", { tag: "outbox" }))')

    office.until_told(task, "confirmed")
    assert office.delivery(task).state is DeliveryState.PUBLISHED
