"""A phone: a profile of the browser with the page open, and what a test sees of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, Page, ViewportSize

from .doorbell import Doorbell
from .kinds import Kind
from .office import Office
from .waiting import wait_until

SCREEN = ViewportSize(width=390, height=844)
LIMIT_MS = 15_000
_STANDINS = Path(__file__).with_name("standins.js").read_text(encoding="utf-8")
_COME_BACK = """() => {
    for (const state of ["hidden", "visible"]) {
        Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }
}"""
_WORKER = """() => new Promise((done) => {
    const look = () => navigator.serviceWorker.controller && done();
    navigator.serviceWorker.addEventListener("controllerchange", look);
    look();
})"""


class Phone:
    """A phone of the agent's.

    Args:
        browser: Runs all phones of the tests.
        office: The agency.
        kind: What kind of phone.

    Attributes:
        complaints: What its pages said on the console.
    """

    def __init__(self, browser: Browser, office: Office, kind: Kind) -> None:
        self.office = office
        self.url = office.service.url
        self.subscription = office.push_service.subscribe(office.vapid_public_key)
        self.complaints: list[str] = []
        self._heard = 0
        self.context = browser.new_context(
            viewport=SCREEN,
            device_scale_factor=2,
            has_touch=True,
            is_mobile=True,
            user_agent=kind.user_agent,
            locale=kind.language,
            color_scheme=cast("Any", kind.scheme),
            timezone_id="Europe/Lisbon",
        )
        self.context.set_default_timeout(LIMIT_MS)
        permissions = ["notifications", "clipboard-read", "clipboard-write"]
        self.context.grant_permissions(permissions, origin=self.url)
        told = {
            "canShare": kind.can_share,
            "canCopy": kind.can_copy,
            "standalone": kind.is_installed,
            "clockOffMs": kind.clock_off.total_seconds() * 1000,
            "subscription": self.subscription.to_json(),
        }
        self.context.add_init_script(f"{_STANDINS}({json.dumps(told)});")
        self.doorbell = Doorbell(self.context, self.url)
        self.page = self._new_page()

    def _new_page(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"{error.name}: {error.message}"))
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        # What the network does is the test's doing; all else on the console is a fault of the page.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def open(self, address: str = "") -> None:
        """Open the page; `address` is what follows `/agent/`."""
        if self.page.is_closed():
            self.page = self._new_page()
        self.page.goto(f"{self.url}/agent/{address}")

    def reopen(self, address: str = "") -> None:
        """Close the page as a person does, and open it again."""
        self.page.close()
        self.open(address)

    def pair(self, *, rings: bool = False) -> None:
        """Pair by the link of a QR code, and go through the set-up page to the list."""
        self.open(f"#pair={self.office.code()}")
        self.tap("Pair this phone")
        if rings:
            self.tap("Turn on notifications")
            self.button("Send a test").wait_for()
        self.tap("Go to my posts")
        self.page.evaluate(_WORKER)

    def button(self, name: str) -> Locator:
        """Return the button or link whose name is this."""
        exact = self.page.get_by_role("button", name=name, exact=True)
        return exact.or_(self.page.get_by_role("link", name=name, exact=True)).first

    def tap(self, *names: str) -> None:
        """Tap the buttons or links of these names, one after the other."""
        for name in names:
            self.button(name).click()

    def sees(self, text: str) -> None:
        """Wait until the text is there to be read."""
        self.page.get_by_text(text).first.wait_for()

    def clipboard(self) -> str:
        """Return what would be pasted."""
        return cast("str", self.page.evaluate("navigator.clipboard.readText()"))

    def shared(self) -> list[dict[str, Any]]:
        """Return what was handed to the share sheet: names, types, sizes and hashes of files."""
        return cast("list[dict[str, Any]]", self.page.evaluate("window.standins.shared"))

    def rows(self, store: str) -> list[dict[str, Any]]:
        """Return what the phone keeps in one store of its database."""
        return cast("list[dict[str, Any]]", self.page.evaluate("(store) => standins.rows(store)", store))

    def go_offline(self) -> None:
        """Lose the network."""
        self.context.set_offline(True)

    def go_online(self) -> None:
        """Have the network again."""
        self.context.set_offline(False)

    def come_back(self) -> None:
        """Return from another app: the page was hidden, and is seen again."""
        self.page.evaluate(_COME_BACK)

    def listen(self) -> int:
        """Hand over all pushes that came for this phone since the last time; return how many."""
        arrivals = self.office.push_service.received(self.subscription)
        new, self._heard = arrivals[self._heard :], len(arrivals)
        for arrival in new:
            self.doorbell.ring(arrival.payload)
        return len(new)

    def until(self, script: str, argument: object = None, *, survives: bool = False) -> None:
        """Wait until `script`, a function of the page, gives something that is true.

        Args:
            script: JavaScript.
            argument: Handed to it.
            survives: The page may load anew in the meantime.
        """

        def is_so() -> bool:
            try:
                return bool(self.page.evaluate(script, argument))
            except Error:
                if not survives:
                    raise
                return False

        wait_until(is_so, pump=lambda: self.page.wait_for_timeout(20), what=script)

    def until_told(self) -> None:
        """Wait until nothing waits in the outbox."""
        self.until("async () => (await standins.rows('outbox')).length === 0")

    def until_fetched(self, count: int = 1) -> None:
        """Wait until so many files are kept."""
        self.until("async (count) => (await (await caches.open('media')).keys()).length === count", count)

    def close(self) -> None:
        """End this phone."""
        self.context.close()
