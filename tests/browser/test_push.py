"""The doorbell: it rings with no page open, brings the task along, and is never silent."""

from __future__ import annotations

import pytest

from postengine.engine.posts.states import DeliveryState

from .office import Office
from .phone import Phone

RINGS = "Time to post: \u2068{}\u2069"


def test_a_push_while_the_page_is_closed_brings_the_task_and_its_file(
    office: Office, ringing_phone: Phone
) -> None:
    phone = ringing_phone
    phone.page.close()
    task = office.plan()

    phone.listen()
    (shown,) = phone.doorbell.until_shown(RINGS.format("3 Bedroom Apartment"))
    office.until_told(task, "received")
    office.service.until_asked("GET", "assets/")
    phone.go_offline()
    phone.open(f"?task={task}")
    phone.button("Share…").wait_for()

    assert (shown["tag"], shown["body"]) == (task, "WhatsApp status")


def test_a_tapped_notification_shows_the_task_in_the_page_that_is_open(
    office: Office, ringing_phone: Phone
) -> None:
    office.plan("Villa Aurora")
    second = office.plan("Loft on the quay", kind="tiktok_personal")
    ringing_phone.listen()
    titles = (RINGS.format("Villa Aurora"), RINGS.format("Loft on the quay"))
    tags = [shown["tag"] for shown in ringing_phone.doorbell.until_shown(*titles)]

    ringing_phone.doorbell.click(tags.index(second))
    ringing_phone.button("Share…").wait_for()

    assert ringing_phone.page.url.endswith(f"?task={second}")


def test_a_task_that_has_ended_elsewhere_takes_the_notification_over(
    office: Office, ringing_phone: Phone
) -> None:
    task = office.plan()
    ringing_phone.listen()
    ringing_phone.doorbell.until_shown(RINGS.format("3 Bedroom Apartment"))
    closed = {"type": "task_closed", "task_id": task, "title": "3 Bedroom Apartment"}
    declared = {"title": "Over", "tag": task, "navigate": ringing_phone.url, "data": closed}

    ringing_phone.doorbell.ring({"notification": declared})

    ringing_phone.doorbell.until_shown("No longer to post: \u20683 Bedroom Apartment\u2069")


@pytest.mark.parametrize("payload", ["no JSON at all", "{}", '{"notification": {"data": {}}}'])
def test_a_push_that_nobody_understands_is_shown_all_the_same(ringing_phone: Phone, payload: str) -> None:
    ringing_phone.doorbell.ring(payload)

    ringing_phone.doorbell.until_shown("Time to post")


def test_a_push_is_shown_even_while_the_words_of_the_phone_do_not_come(
    office: Office, ringing_phone: Phone
) -> None:
    ringing_phone.doorbell.happen("() => { CacheStorage.prototype.match = () => new Promise(() => {}); }")
    office.plan()

    ringing_phone.listen()

    ringing_phone.doorbell.until_shown("Time to post: 3 Bedroom Apartment")


def test_a_test_notification_proves_that_the_phone_rings(ringing_phone: Phone) -> None:
    ringing_phone.open("?view=phone")
    ringing_phone.sees("None has come yet")

    ringing_phone.tap("Send a test")
    ringing_phone.sees("A test is on its way")
    assert ringing_phone.listen() == 1

    ringing_phone.sees("The last one came")
    ringing_phone.doorbell.until_shown("Notifications work")


def test_a_subscription_that_the_service_lost_is_made_anew(office: Office, ringing_phone: Phone) -> None:
    office.push_service.unsubscribe(ringing_phone.subscription)
    office.plan()
    assert office.devices()[0].push_lost_at is not None

    ringing_phone.reopen()
    office.service.until(lambda: office.devices()[0].push_lost_at is None, "registered anew")


def test_without_notifications_the_page_asks_for_itself(office: Office, phone: Phone) -> None:
    phone.sees("Notifications are off.")
    task = office.plan()

    phone.page.evaluate("window.dispatchEvent(new Event('online'))")

    phone.sees("Post it now")
    phone.until_told()
    assert office.delivery(task).state is DeliveryState.NOTIFIED


def test_a_subscription_that_the_browser_changed_by_itself_is_told(
    office: Office, ringing_phone: Phone
) -> None:
    changed = office.push_service.subscribe(office.vapid_public_key)
    ringing_phone.doorbell.happen(
        """(made) => self.dispatchEvent(Object.assign(new ExtendableEvent("pushsubscriptionchange"), {
            newSubscription: { toJSON: () => made },
        }))""",
        changed.to_json(),
    )

    office.service.until(lambda: changed.endpoint in office.devices()[0].push_address, "the new endpoint")
