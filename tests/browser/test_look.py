"""How the pages look: kept as pictures, and measured: contrast, names, sizes of what is tapped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from .kinds import IPHONE, Kind
from .office import Office
from .phone import Phone
from .pictures import HOUSE, TOWNHOUSES, write_video

PICTURES = Path(__file__).parents[2] / "test-output" / "phone"
CHECKS = Path(__file__).with_name("checks.js").read_text(encoding="utf-8")
_WEAR = """async ([version, colour]) => {
    const { contrast, wear } = await import(`/agent/files/${version}/brand.js`);
    wear(colour);
    const { style } = document.documentElement;
    const rgb = (name) => style.getPropertyValue(name).match(/\\d+/g).map(Number);
    return ["light", "dark"].flatMap((scheme) => {
        const brand = rgb(`--brand-${scheme}`);
        const ground = scheme === "light" ? [255, 255, 255] : [16, 19, 22];
        return [contrast(brand, rgb(`--on-brand-${scheme}`)), contrast(brand, ground)];
    });
}"""
_HAS_ICONS = "() => performance.getEntriesByType('resource').some((one) => one.name.includes('icons.svg'))"
LOOKS = [("light", "en-GB"), ("dark", "en-GB"), ("light", "ar-AE"), ("light", "es-ES")]


class Album:
    """Takes pictures of pages, and measures each."""

    def __init__(self, phone: Phone, name: str) -> None:
        self.phone = phone
        self.folder = PICTURES / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.faults: dict[str, list[Any]] = {}

    def take(self, name: str) -> None:
        """Keep the page as it is, and its lower end where it is longer than the screen."""
        page = self.phone.page
        page.evaluate("document.fonts.ready")
        self.phone.until(_HAS_ICONS)
        page.screenshot(path=self.folder / f"{name}.png", animations="disabled")
        if page.evaluate(
            "!document.querySelector('dialog') && document.documentElement.scrollHeight > innerHeight + 40"
        ):
            page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
            page.screenshot(path=self.folder / f"{name}-end.png", animations="disabled")
            page.evaluate("scrollTo(0, 0)")
        faults = page.evaluate(CHECKS)
        if faults:
            self.faults[name] = faults


@pytest.fixture(params=LOOKS, ids=["light", "dark", "arabic", "spanish"])
def album(request: pytest.FixtureRequest, new_phone: Callable[..., Phone]) -> Iterator[Album]:
    scheme, language = request.param
    phone = new_phone(Kind(scheme=scheme, language=language))
    album = Album(phone, request.node.callspec.id)
    yield album
    assert album.faults == {}


def test_every_page_can_be_read_named_and_tapped(office: Office, album: Album) -> None:
    phone = album.phone
    page = phone.page
    phone.open(f"#pair={office.code()}")
    page.locator("form#pair").wait_for()
    album.take("1-pair")
    page.locator("button[form=pair]").click()
    page.locator("#turn-on").wait_for()
    album.take("2-set-up")
    page.locator("#turn-on").click()
    page.locator("#test").click()
    page.locator("#toast span").wait_for()
    phone.listen()
    page.locator(".note.good").wait_for()
    page.locator("#toast span").wait_for(state="detached")
    album.take("3-it-rings")
    page.locator(".bar .button").click()
    page.locator(".empty").wait_for()
    album.take("4-nothing-to-post")

    task = office.plan("3 Bedroom Apartment")
    tour = office.folder / "tour.mp4"
    write_video(tour, 600_000)
    office.plan("Loft on the quay", kind="tiktok_personal", media=office.file(tour, "A tour of the loft"))
    office.plan("Open house on Saturday", kind="facebook_group", media=office.photo(HOUSE))
    office.plan("Villa Aurora", at=timedelta(hours=20), media=office.photo(TOWNHOUSES))
    phone.reopen()
    page = phone.page
    phone.until_fetched(4)
    phone.until_told()
    page.locator(".hero img").wait_for()
    album.take("5-list")
    page.locator(".bar .button").click()
    page.locator("#share").wait_for()
    page.locator("#copy-caption.done").wait_for()
    album.take("6-task")
    page.locator("#share").click()
    page.locator("dialog .main").wait_for()
    album.take("7-did-you-post")
    page.locator("dialog .quiet").nth(0).click()
    album.take("8-not-yet")
    page.locator("dialog .plain").click()
    page.locator("dialog .quiet").nth(1).click()
    album.take("9-cannot")
    page.locator("dialog .plain").click()
    page.locator("dialog .main").click()
    page.locator(".proof").wait_for()
    phone.until_told()
    album.take("10-posted")
    page.locator(".bar .main").click()
    page.locator("main video").wait_for()
    album.take("11-video")
    page.locator(".round").click()
    page.locator(".rows .row").first.click()
    page.locator("#open").wait_for()
    album.take("12-group")
    phone.go_offline()
    page.locator(".round").click()
    page.locator(".icon-offline").wait_for()
    album.take("13-offline")
    phone.go_online()
    office.clock.advance(timedelta(hours=4))
    office.run()
    phone.open(f"?task={task}")
    page.locator(".note.good").wait_for()
    album.take("14-it-is-posted")


@pytest.mark.parametrize(("scheme", "language"), [("light", "en-GB"), ("dark", "en-GB")])
def test_the_page_of_an_iphones_browser_can_be_read(
    office: Office, new_phone: Callable[..., Phone], scheme: str, language: str
) -> None:
    phone = new_phone(Kind(user_agent=IPHONE, is_installed=False, scheme=scheme, language=language))
    album = Album(phone, f"iphone-{scheme}")
    phone.open(f"#pair={office.code()}")
    phone.page.locator("p.code").wait_for()

    album.take("1-add-to-home-screen")

    assert album.faults == {}


def test_a_person_may_choose_another_language_than_the_phones(phone: Phone) -> None:
    phone.open("?view=phone")
    phone.page.get_by_label("Language").select_option("ar")
    phone.page.locator("html[dir=rtl][lang=ar]").wait_for()

    phone.reopen()

    phone.sees("لا شيء للنشر")


def test_the_measuring_finds_what_is_wrong(phone: Phone) -> None:
    phone.sees("Nothing to post")
    phone.page.evaluate(
        """() => {
            const pale = Object.assign(document.createElement("p"), { textContent: "pale" });
            pale.style.cssText = "color: #999; background: #fff; font-size: 11px";
            const small = document.createElement("button");
            small.style.cssText = "width: 20px; height: 20px";
            const wide = document.createElement("h3");
            wide.style.cssText = "width: 500px; height: 1px";
            document.querySelector("main").append(pale, small, new Image(), wide);
        }"""
    )

    found = {fault[0] for fault in phone.page.evaluate(CHECKS)}

    wanted = {"contrast", "small text", "target", "no name", "no alternative", "heading skipped"}
    assert found == {*wanted, "wider than the screen"}


@pytest.mark.parametrize("colour", ["#ffffff", "#000000", "#ffe800", "#e30613", "#14213d", "#7f7f7f"])
def test_any_colour_of_an_agency_can_be_read(phone: Phone, colour: str) -> None:
    ratios = phone.page.evaluate(_WEAR, [phone.office.service.version, colour])

    assert min(ratios) >= 4.5
