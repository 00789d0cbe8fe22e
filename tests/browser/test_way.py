"""The whole way: from pairing and the doorbell to "Yes, posted"."""

from __future__ import annotations

import hashlib

from postengine.engine.posts.states import DeliveryState

from .office import Office
from .phone import Phone


def test_a_person_is_rung_shares_the_file_and_says_yes(office: Office, ringing_phone: Phone) -> None:
    phone = ringing_phone
    task = office.plan()

    assert phone.listen() == 1
    phone.until_fetched()
    phone.tap("Post it now")
    phone.sees("then choose WhatsApp → My status")
    assert "Just listed: 3 Bedroom Apartment" in phone.clipboard()
    phone.tap("Share…")
    phone.tap("Yes, posted")
    phone.sees("The office knows.")

    (shared,) = phone.shared()
    assert shared["keys"] == ["files"]
    assert shared["files"][0]["sha256"] == hashlib.sha256(office.stored(task).read_bytes()).hexdigest()
    assert office.delivery(task).state is DeliveryState.PUBLISHED
    assert office.told(task) == ["received", "opened", "shared", "confirmed"]


def test_after_a_yes_the_next_task_is_offered(office: Office, phone: Phone) -> None:
    office.plan("Villa Aurora")
    office.plan("Loft on the quay", kind="tiktok_personal")
    phone.reopen()

    phone.tap("Post it now")
    phone.tap("I have posted it")
    phone.tap("Yes, posted")
    phone.tap("Next one")

    phone.sees("Loft on the quay")
    phone.sees("then choose TikTok, and paste the caption")


def test_a_link_to_the_post_can_be_given_after_the_yes(office: Office, phone: Phone) -> None:
    task = office.plan()
    phone.open(f"?task={task}")
    phone.tap("I have posted it")
    phone.tap("Yes, posted")

    phone.page.get_by_label("Link to the post").fill("no address")
    phone.tap("Add link")
    phone.sees("Paste the whole address")
    phone.page.get_by_label("Link to the post").fill("https://www.tiktok.com/@ana/video/7")
    phone.tap("Add link")
    phone.sees("Link added")
    phone.until_told()

    assert [event["proof_url"] for event in office.heard(task) if "proof_url" in event] == [
        "https://www.tiktok.com/@ana/video/7"
    ]
    assert office.delivery(task).release_url == "https://www.tiktok.com/@ana/video/7"


def test_a_sheet_that_was_closed_asks_nothing(office: Office, phone: Phone) -> None:
    task = office.plan()
    phone.open(f"?task={task}")
    phone.button("Share…").wait_for()
    phone.page.evaluate("standins.outcome = 'closed'")

    phone.tap("Share…")
    phone.until("async () => (await standins.rows('marks')).some((mark) => mark.asking === false)")

    assert not phone.page.get_by_role("dialog").is_visible()
    assert "shared" not in office.told(task)


def test_a_sheet_that_does_not_open_is_told_to_the_office(office: Office, phone: Phone) -> None:
    task = office.plan()
    phone.open(f"?task={task}")
    phone.button("Share…").wait_for()
    phone.page.evaluate("standins.outcome = 'broken'")

    phone.tap("Share…")
    phone.sees("The share sheet didn\u2019t open.")
    phone.until_told()

    assert "failed" in office.told(task)


def test_whoever_was_away_to_post_is_asked_when_the_page_opens_again(office: Office, phone: Phone) -> None:
    task = office.plan()
    phone.open(f"?task={task}")
    phone.button("Share…").wait_for()
    phone.page.evaluate("standins.outcome = 'silent'")
    phone.tap("Share…")
    phone.until("async () => (await standins.rows('marks')).some((mark) => mark.asking)")

    phone.reopen()
    phone.tap("Yes, posted")
    phone.sees("The office knows.")

    assert office.delivery(task).state is DeliveryState.PUBLISHED
