"""Phones of one agent, and phones that are taken off."""

from __future__ import annotations

from collections.abc import Callable

from postengine.engine.posts.states import DeliveryState

from .office import Office
from .phone import Phone


def test_what_one_phone_has_posted_the_other_no_longer_offers(
    office: Office, phone: Phone, new_phone: Callable[..., Phone]
) -> None:
    other = new_phone()
    other.pair()
    task = office.plan()
    for one in (phone, other):
        one.open(f"?task={task}")
        one.button("Share…").wait_for()

    phone.tap("I have posted it")
    phone.tap("Yes, posted")
    phone.sees("The office knows.")
    other.tap("Can\u2019t post this")
    other.tap("No time for it")
    other.sees("This had ended before your answer came.")
    other.until_told()

    assert office.delivery(task).state is DeliveryState.PUBLISHED
    other.sees("Nothing to post")


def test_a_phone_that_was_taken_off_forgets_everything(office: Office, ringing_phone: Phone) -> None:
    phone = ringing_phone
    office.plan()
    phone.listen()
    phone.until_fetched()
    office.revoke(office.devices()[0])

    phone.reopen()
    phone.sees("This phone was taken off.")
    phone.button("Pair this phone").wait_for()

    kept = phone.page.evaluate(
        """async () => ({
            rows: (await Promise.all(["kv", "tasks", "marks", "outbox"].map(standins.rows))).flat(),
            media: await caches.has("media"),
            subscription: await (await navigator.serviceWorker.ready).pushManager.getSubscription(),
            shown: (await (await navigator.serviceWorker.ready).getNotifications()).length,
        })"""
    )
    assert kept == {"rows": [], "media": False, "subscription": None, "shown": 0}


def test_a_phone_that_takes_leave_can_pair_again(office: Office, phone: Phone) -> None:
    phone.open("?view=phone")
    phone.page.once("dialog", lambda dialog: dialog.accept())
    phone.tap("Take this phone off")
    phone.button("Pair this phone").wait_for()
    assert office.devices()[0].revoked_at is not None

    phone.page.get_by_label("Code from your office").fill(office.code().lower())
    phone.tap("Pair this phone")
    phone.tap("Go to my posts")

    phone.sees("Nothing to post")


def test_a_wrong_code_is_said_to_be_wrong(office: Office, new_phone: Callable[..., Phone]) -> None:
    phone = new_phone()
    phone.open()
    assert phone.button("Pair this phone").is_disabled()

    phone.page.get_by_label("Code from your office").fill("wrong-co")
    assert phone.button("Pair this phone").is_disabled()
    phone.page.get_by_label("Code from your office").fill("wrongcode")
    phone.tap("Pair this phone")

    phone.sees("This code is wrong, used, or older than ten minutes.")
    assert office.devices() == []
