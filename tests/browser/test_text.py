"""Words that mean ill: they are shown as they are, and do nothing."""

from __future__ import annotations

from .office import Office
from .phone import Phone

SCRIPT = "<script>window.caught = true</script><img src=x onerror='window.caught = true'>"
TURNED = "\u202egnitsil wen\u202c"
LONG = f"{SCRIPT} {TURNED} 🏡🌊👩‍👩‍👧 " + "terrace " * 700


def test_a_hostile_caption_is_text_and_is_copied_as_it_is(office: Office, phone: Phone) -> None:
    caption = LONG[:5000]
    assert len(caption) == 5000
    task = office.plan(
        f"{SCRIPT[:60]} {TURNED}", kind="facebook_group", caption=caption, first_comment=SCRIPT
    )
    phone.open(f"?task={task}")
    phone.button("Open the group").wait_for()
    phone.tap("Show all")

    shown = phone.page.locator(".words").first.text_content()
    assert shown is not None
    assert shown.strip() == caption.strip()
    assert phone.clipboard().strip() == caption.strip()
    assert phone.page.evaluate("window.caught ?? null") is None
    assert phone.page.locator("main script, main img[src=x]").count() == 0
    assert phone.page.evaluate("document.documentElement.scrollWidth <= screen.width")


def test_first_comment_and_description_are_copied_for_themselves(office: Office, phone: Phone) -> None:
    task = office.plan()
    phone.open(f"?task={task}")
    phone.button("Share…").wait_for()

    cards = phone.page.locator(".card")
    cards.filter(has_text="First comment").get_by_role("button", name="Copy").click()
    assert phone.clipboard() == "Ask me for the floor plan."
    cards.filter(has_text="Picture description").get_by_role("button", name="Copy").click()
    assert phone.clipboard() == "A white villa above the harbour"
