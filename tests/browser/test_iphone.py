"""An iPhone: its browser and its home screen share nothing, so that only the latter pairs."""

from __future__ import annotations

from collections.abc import Callable

from .kinds import IPHONE_AT_HOME, IPHONE_IN_SAFARI
from .office import Office
from .phone import Phone


def test_the_browser_of_an_iphone_uses_no_code_up_and_says_how_to_go_on(
    office: Office, new_phone: Callable[..., Phone]
) -> None:
    phone = new_phone(IPHONE_IN_SAFARI)
    code = office.code()
    phone.open(f"?pair={code}")

    phone.sees("Choose “Add to Home Screen”")
    phone.sees(f"{code[:4]}-{code[4:]}")
    phone.tap("Copy the code")
    phone.sees("Copied.")

    assert phone.clipboard() == f"{code[:4]}-{code[4:]}"
    assert office.service.asked == []


def test_from_the_home_screen_a_typed_code_pairs_and_a_tap_asks_for_permission(
    office: Office, new_phone: Callable[..., Phone]
) -> None:
    phone = new_phone(IPHONE_AT_HOME)
    code = office.code()
    phone.open()
    phone.page.get_by_label("Code from your office").press_sequentially(code.lower())
    assert phone.page.get_by_label("Code from your office").input_value() == f"{code[:4]}-{code[4:]}"

    phone.tap("Pair this phone")
    phone.tap("Turn on notifications")
    phone.button("Send a test").wait_for()

    (device,) = office.devices()
    assert (device.platform, device.push_kind.value) == ("web-ios", "webpush")
    assert phone.page.get_by_label("Your phone").input_value() == "iphone"


def test_on_an_iphone_the_caption_is_copied_by_the_tap_that_shares(
    office: Office, new_phone: Callable[..., Phone]
) -> None:
    phone = new_phone(IPHONE_AT_HOME)
    phone.pair()
    task = office.plan()
    phone.open(f"?task={task}")
    phone.button("Share…").wait_for()
    assert phone.page.get_by_role("button", name="Copied").count() == 0

    phone.tap("Share…")
    phone.button("Yes, posted").wait_for()

    assert "Just listed" in phone.page.evaluate("standins.copied")
