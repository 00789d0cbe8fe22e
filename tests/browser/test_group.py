"""Where a file cannot be handed over: groups on Facebook, and browsers without a share sheet."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from postengine.engine.posts.states import DeliveryState

from .kinds import IPHONE_AT_HOME, Kind
from .office import GROUP, Office
from .phone import Phone


def test_in_a_group_a_person_saves_copies_opens_and_is_asked_on_return(office: Office, phone: Phone) -> None:
    task = office.plan(kind="facebook_group")
    phone.context.route("https://www.facebook.com/**", lambda route: route.fulfill(body="the group"))
    phone.open(f"?task={task}")
    phone.sees("Homes in Lisbon")
    with phone.page.expect_download() as saved:
        phone.tap("Save the file")
    assert saved.value.suggested_filename == "photo-0.jpg"

    with phone.context.expect_page() as opened:
        phone.tap("Open the group")
    assert opened.value.url == GROUP
    opened.value.close()
    phone.come_back()
    phone.tap("Yes, posted")
    phone.sees("The office knows.")

    assert office.delivery(task).state is DeliveryState.PUBLISHED
    assert office.told(task) == ["received", "opened", "shared", "confirmed"]


def test_on_an_iphone_the_file_goes_to_photos_by_the_share_sheet(
    office: Office, new_phone: Callable[..., Phone]
) -> None:
    phone = new_phone(IPHONE_AT_HOME)
    phone.pair()
    task = office.plan(kind="facebook_group")
    phone.open(f"?task={task}")

    phone.sees("Share → Save Image")
    phone.tap("Save to Photos")
    phone.until("async () => standins.shared[0]?.files.length === 1")

    assert office.told(task).count("shared") == 0
    assert phone.button("Open the group").get_attribute("href") == GROUP


def test_without_a_share_sheet_the_file_is_saved_and_the_person_says_so(
    office: Office, new_phone: Callable[..., Phone]
) -> None:
    phone = new_phone(Kind(can_share=False))
    phone.pair()
    task = office.plan()
    phone.open(f"?task={task}")

    phone.sees("This browser cannot share files")
    with phone.page.expect_download() as saved:
        phone.tap("Save the file")
    assert saved.value.path().stat().st_size > 10_000
    phone.tap("I have posted it")
    phone.tap("Yes, posted")
    phone.sees("The office knows.")

    assert office.delivery(task).state is DeliveryState.PUBLISHED


@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://plain.example/group", "data:text/html,x"])
def test_no_other_address_than_https_is_opened(office: Office, phone: Phone, address: str) -> None:
    place = phone.page.evaluate(
        """async ([version, url]) => {
            const { placeOf } = await import(`/agent/files/${version}/channel.js`);
            return placeOf({ kind: "facebook_group", url });
        }""",
        [office.service.version, address],
    )

    assert place is None
