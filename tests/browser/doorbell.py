"""Pushes into a phone's worker, and what it shows: also while no page is open."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any, cast

from playwright.sync_api import BrowserContext, CDPSession, Page

from .waiting import wait_until

_SHOWN = """async () => {
    const registration = await navigator.serviceWorker.getRegistration("/agent/");
    const shown = await registration.getNotifications();
    return shown.map(({ title, body, tag, data }) => ({ title, body, tag, data }));
}"""
_CLICK = """async (index) => {
    const shown = await self.registration.getNotifications();
    self.dispatchEvent(new NotificationEvent("notificationclick", { notification: shown[index] }));
}"""


class Doorbell:
    """Rings a worker by the browser's own developer protocol.

    Args:
        context: The phone's profile.
        url: The service.
    """

    def __init__(self, context: BrowserContext, url: str) -> None:
        self._context = context
        self._url = url
        self._registration_id = ""
        self._versions: dict[str, dict[str, Any]] = {}

    @cached_property
    def _desk(self) -> Page:
        """A page of the same host that is none of the app's."""
        desk = self._context.new_page()
        desk.goto(f"{self._url}/healthz")
        return desk

    @cached_property
    def _session(self) -> CDPSession:
        session = self._context.new_cdp_session(self._desk)
        session.on("ServiceWorker.workerRegistrationUpdated", self._note)
        session.on("ServiceWorker.workerVersionUpdated", self._note_versions)
        session.send("ServiceWorker.enable")
        self._until(lambda: bool(self._registration_id) and self._is_active(), "an active worker")
        return session

    def _note(self, event: dict[str, Any]) -> None:
        for registration in event["registrations"]:
            if not registration["isDeleted"]:
                self._registration_id = registration["registrationId"]

    def _note_versions(self, event: dict[str, Any]) -> None:
        self._versions |= {version["versionId"]: version for version in event["versions"]}

    def _is_active(self, **others: str) -> bool:
        """Whether there is an active worker with these traits, too."""
        wanted = {"registrationId": self._registration_id, "status": "activated", **others}
        return any(wanted.items() <= version.items() for version in self._versions.values())

    def ring(self, payload: object) -> None:
        """Hand a push to the worker, as the browser does; text goes as it is, all else as JSON."""
        data = payload if isinstance(payload, str) else json.dumps(payload)
        session = self._session
        # The protocol drops a push without a word where the worker does not start at once, on a busy machine;
        # a push service would not.
        session.send("ServiceWorker.startWorker", {"scopeURL": f"{self._url}/agent/"})
        self._until(lambda: self._is_active(runningStatus="running"), "a running worker")
        told = {"origin": self._url, "registrationId": self._registration_id, "data": data}
        session.send("ServiceWorker.deliverPushMessage", told)

    def shown(self) -> list[dict[str, Any]]:
        """Return the notifications that are shown."""
        return cast("list[dict[str, Any]]", self._desk.evaluate(_SHOWN))

    def until_shown(self, *titles: str) -> list[dict[str, Any]]:
        """Wait until exactly these titles are shown, in any order; return the notifications."""
        self._until(lambda: sorted(one["title"] for one in self.shown()) == sorted(titles), str(titles))
        return self.shown()

    def click(self, index: int = 0) -> None:
        """Tap a notification; the event is made inside the worker, as no screen shows one here."""
        self.happen(_CLICK, index)

    def happen(self, script: str, argument: object = None) -> None:
        """Run `script`, a function, inside the worker: for events that no protocol of the browser makes."""
        self._context.service_workers[-1].evaluate(script, argument)

    def _until(self, is_so: Any, what: str) -> None:  # noqa: ANN401 - a function of nothing
        wait_until(is_so, pump=lambda: self._desk.wait_for_timeout(20), what=what)
