"""What a person may answer, and what is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from postengine.engine.posts.states import DeliveryState

from .kinds import Kind
from .office import Office
from .phone import Phone


def test_not_yet_puts_the_task_off(office: Office, phone: Phone) -> None:
    task = office.plan(lasts=timedelta(hours=2))
    phone.open(f"?task={task}")
    phone.tap("I have posted it")
    phone.tap("Not yet")
    offered = phone.page.get_by_role("button", name="Remind me at")
    offered.first.wait_for()
    assert offered.count() == 2  # in three hours it is over

    offered.first.click()
    phone.sees("Put off until")
    phone.until_told()

    delivery = office.delivery(task)
    assert delivery.snoozes == 1
    assert delivery.snoozed_until is not None
    wait = delivery.snoozed_until - office.clock.now()
    assert timedelta(minutes=14) < wait < timedelta(minutes=16)


def test_whoever_has_put_it_off_three_times_is_offered_no_fourth(office: Office, phone: Phone) -> None:
    task = office.plan()
    phone.open(f"?task={task}")
    for _ in range(3):
        phone.tap("I have posted it")
        phone.tap("Not yet")
        phone.page.get_by_role("button", name="Remind me at").first.click()
        phone.until_told()
        phone.open(f"?task={task}")

    phone.tap("I have posted it")
    phone.tap("Not yet")
    phone.button("Keep it in the list").wait_for()

    assert phone.page.get_by_role("button", name="Remind me at").count() == 0


@pytest.mark.parametrize(
    ("choice", "words", "reason"),
    [
        ("No time for it", None, "no time for it"),
        ("Another reason", "O telefone morreu", "O telefone morreu"),
    ],
)
def test_who_cannot_post_says_why(
    office: Office, phone: Phone, choice: str, words: str | None, reason: str
) -> None:
    task = office.plan()
    phone.open(f"?task={task}")
    phone.tap("Can\u2019t post this")
    phone.tap(choice)
    if words is not None:
        phone.page.get_by_label("In your words").fill(words)
        phone.tap("Send")
    phone.sees("Nothing to post")
    phone.until_told()

    delivery = office.delivery(task)
    assert (delivery.state, delivery.reason) == (DeliveryState.DECLINED, reason)


def test_a_task_whose_time_is_over_may_still_be_said_to_be_posted(office: Office, phone: Phone) -> None:
    task = office.plan(lasts=timedelta(hours=1))
    phone.open(f"?task={task}")
    phone.button("Share…").wait_for()
    phone.until_told()
    office.clock.advance(timedelta(hours=2))
    office.run()
    assert office.delivery(task).state is DeliveryState.MISSED

    phone.reopen(f"?task={task}")
    phone.sees("The time for this is over.")
    assert not phone.button("Share…").is_visible()
    phone.tap("I did post it")
    phone.tap("Yes, posted")
    phone.sees("The office knows.")

    assert office.delivery(task).state is DeliveryState.PUBLISHED


def test_a_task_that_the_office_withdrew_is_not_to_be_posted(office: Office, phone: Phone) -> None:
    task = office.plan()
    phone.open(f"?task={task}")
    phone.button("Share…").wait_for()
    office.cancel(task)

    phone.reopen(f"?task={task}")

    phone.sees("The office has withdrawn this.")
    assert not phone.button("Share…").is_visible()


def test_another_agents_task_is_nobodys_business(phone: Phone) -> None:
    phone.open("?task=del_of_somebody_else")

    phone.sees("This post is no longer yours to make.")
    phone.sees("Nothing to post")


@pytest.mark.parametrize("hours", [-25, 25])
def test_a_phone_whose_clock_is_a_day_off_goes_by_the_clock_of_the_service(
    office: Office, new_phone: Callable[..., Phone], hours: int
) -> None:
    phone = new_phone(Kind(clock_off=timedelta(hours=hours)))
    phone.pair()
    task = office.plan()
    phone.open(f"?task={task}")
    phone.button("Share…").wait_for()

    phone.tap("I have posted it", "Not yet")
    phone.page.get_by_role("button", name="Remind me at").first.click()
    phone.until_told()

    until = office.delivery(task).snoozed_until
    assert until is not None
    assert timedelta(minutes=14) < until - office.clock.now() < timedelta(minutes=16)


def test_twenty_tasks_at_once_are_all_listed_and_said_to_be_received(office: Office, phone: Phone) -> None:
    tasks = [office.plan(f"Flat {number}") for number in range(20)]

    phone.reopen()
    phone.sees("Flat 19")
    phone.until_told()

    assert phone.page.locator(".hero, .row").count() == 20
    assert [office.told(task) for task in tasks] == [["received"]] * 20
