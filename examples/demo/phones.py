"""The agents' phones: paired over the API, rung by fakes of FCM or Web Push, answering over the agent API."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import httpx

from postengine.clock import SystemClock
from postengine.testing.phone import Answer, Person, PhoneSimulator, Task

from .listings import Agency, Listings
from .loading import Loaded

_LOOK_EVERY_S = 0.4
_SNOOZE = timedelta(seconds=8)


@dataclass
class Phones:
    """All phones, each looked after in one thread until `stop`."""

    simulators: list[PhoneSimulator] = field(default_factory=list[PhoneSimulator])
    browsers: list[PhoneSimulator] = field(default_factory=list[PhoneSimulator])
    clients: list[httpx.Client] = field(default_factory=list[httpx.Client])
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def pair_all(
        self, api: httpx.Client, service_url: str, listings: Listings, loaded: Loaded, browser_url: str
    ) -> None:
        """Give every agent a phone: the native app or, every other one, the page in a browser."""
        for agency in listings.tenants:
            for agent in agency.agents:
                agent_id = loaded.agent_ids[f"{agency.external_id}/{agent.external_id}"]
                offer = api.post(f"/api/v1/agents/{agent_id}/pairing-codes", json={}).raise_for_status()
                http = httpx.Client(base_url=service_url, timeout=20)
                decide = _decide(agency, Answer(agent.answers))
                person = Person(answer=decide, reason="The owner asked me not to", snooze_for=_SNOOZE)
                phone = PhoneSimulator(
                    http, clock=SystemClock(), person=person, fid=f"fid-{agent.external_id}"
                )
                phone.pair(offer.json()["code"])
                if len(self.simulators) % 2:
                    with httpx.Client(base_url=browser_url, timeout=10) as browser:
                        phone.subscribe(browser)
                    self.browsers.append(phone)
                self.simulators.append(phone)
                self.clients.append(http)

    def start(self, fcm_url: str, browser_url: str) -> None:
        """Let the phones ring and answer from now on."""
        self._thread = threading.Thread(target=self._live, args=(fcm_url, browser_url), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Switch all phones off."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=10)
        for client in self.clients:
            client.close()

    def _live(self, fcm_url: str, browser_url: str) -> None:
        with (
            httpx.Client(base_url=fcm_url, timeout=10) as fcm,
            httpx.Client(base_url=browser_url, timeout=10) as browser,
        ):
            while not self._stopping.wait(_LOOK_EVERY_S):
                for phone in self.simulators:
                    phone.listen(browser if phone in self.browsers else fcm)
                    phone.wake()


def _decide(agency: Agency, usual: Answer) -> Callable[[Task], Answer]:
    unanswered = {
        (post.title, place.name)
        for post in agency.posts
        for place in agency.channels
        if place.external_id in post.unanswered
    }

    def decide(task: Task) -> Answer:
        return Answer.NEVER if (task.title, task.channel.target_name) in unanswered else usual

    return decide
