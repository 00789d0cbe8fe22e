"""PhoneSimulator: a phone with a person, who posts by hand and says so, over nothing but the agent API."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import httpx
from pydantic import JsonValue

from postengine.clock import Clock
from postengine.ids import Ids, SortableIds

from .api import AgentApi, EventAnswer, Refused, TokenRefused, Unreachable
from .event import EventType, PhoneEvent
from .files import FileCache, NotThePromisedFile
from .outbox import Outbox
from .person import Answer, Person, Quirks
from .record import LogEntry, Posted
from .task import Task, TaskAsset


class PhoneSimulator:
    """Does what the app does: fetches the task, checks and keeps its files, asks the human, answers.

    Args:
        http: Reaches the service; its `base_url` is the service's address.
        clock: Dates the events.
        person: What the human does.
        fid: FCM registration; None for a phone that only polls.
        quirks: What goes wrong with events.
        ids: Makes the keys of events.

    Attributes:
        posted: All that was posted, oldest first; a task that stands here twice was posted twice.
        log: The diary.
        clipboard: Where the caption waits to be pasted.
        tasks: Every task seen, as last heard of.
        device_id: None while not paired.
    """

    def __init__(
        self,
        http: httpx.Client,
        *,
        clock: Clock,
        person: Person | None = None,
        fid: str | None = None,
        quirks: Quirks | None = None,
        ids: Ids | None = None,
    ) -> None:
        self.person = person or Person()
        self.quirks = quirks or Quirks()
        self.fid = fid
        self.posted: list[Posted] = []
        self.log: list[LogEntry] = []
        self.clipboard: str | None = None
        self.tasks: dict[str, Task] = {}
        self.device_id: str | None = None
        self.is_online = True
        self._clock = clock
        self._ids = ids or SortableIds()
        self._api = AgentApi(http)
        self._outbox = Outbox(self._api, self._hear)
        self._files = FileCache()
        self._received: set[tuple[str, int]] = set()
        self._answered: set[tuple[str, int]] = set()
        self._snoozed: dict[str, datetime] = {}
        self._held_pushes: list[dict[str, str]] = []
        self._last_arrival = 0
        self._subscription_id: str | None = None
        self._subscription: JsonValue = None
        self._off = timedelta(0)

    @property
    def is_paired(self) -> bool:
        """Whether the phone has a token."""
        return self._api.token is not None

    @property
    def waiting_events(self) -> Sequence[PhoneEvent]:
        """Events that are not yet told."""
        return self._outbox.waiting

    def sent(self, task_id: str) -> list[str]:
        """Return the types of the events of a task that the service took, in the order of sending."""
        return [entry.detail for entry in self.log if entry.what == "sent" and entry.about == task_id]

    def pair(self, code: str) -> None:
        """Trade the pairing code for a token.

        Raises:
            Refused: The code is wrong, used or too old.
        """
        device: JsonValue = {"platform": "android", "model": "PhoneSimulator", "app_version": "1.0.0"}
        body: JsonValue = {"code": code, "device": device, "push": self._push_address()}
        pairing = self._api.pair(body)
        self.device_id = pairing.device_id
        if pairing.server_time is not None:
            self._off = self._clock.now() - pairing.server_time
        self._note("paired", detail=self.device_id)

    def unpair(self) -> None:
        """Take leave of the service and forget everything."""
        with self._tolerant():
            self._api.unpair()
            self._wipe("unpaired")

    def ask_for_test(self) -> bool:
        """Ask for a test notification, as the set-up page does; return whether it is on its way."""
        is_on_its_way = False
        with self._tolerant():
            is_on_its_way = self._api.test_push()
        return is_on_its_way

    def upcoming(self) -> list[Task]:
        """Fetch the tasks of the day ahead; nothing is done about them yet."""
        tasks: list[Task] = []
        with self._tolerant():
            tasks = self._api.tasks("upcoming")
        return tasks

    def heartbeat(self) -> None:
        """Tell the registration again, as the app does every month."""
        with self._tolerant():
            self._api.me()
            self._api.put_push(self._push_address())

    def rotate_registration(self, fid: str) -> None:
        """Take a new registration, as Firebase may give one at any time, and tell it."""
        self.fid = fid
        self._last_arrival = 0
        self.heartbeat()

    def receive_push(self, data: Mapping[str, str]) -> None:
        """Take in a push; while offline it waits, as it does at FCM."""
        if not self.is_online:
            self._held_pushes.append(dict(data))
            return
        task_id = data.get("task_id", "")
        self._note("push", task_id, data["type"])
        match data["type"]:
            case "manual_task":
                self._take_up(task_id)
            case "task_closed":
                self._close(task_id)
            case "summary":
                self.upcoming()
            case _:  # a ping: say that we are there
                self.heartbeat()

    def subscribe(self, browser: httpx.Client) -> None:
        """Subscribe to Web Push with the service's key, as the page does, and tell it.

        Args:
            browser: With the address of a FakePushService as `base_url`.

        Raises:
            ValueError: The service has no key, so that it rings no browsers.
        """
        key = self._api.me().vapid_public_key
        if key is None:
            raise ValueError("Expected a service that rings browsers, got none; set its VAPID subject.")
        wish = {"application_server_key": key}
        made = browser.post("/_fake/subscriptions", json=wish).raise_for_status().json()
        self._subscription_id = made.pop("id")
        self._subscription = made
        self._last_arrival = 0
        self.heartbeat()

    def listen(self, pushes: httpx.Client) -> int:
        """Take in what a fake holds for this phone since last time.

        Args:
            pushes: With the address of a FakeFcm as `base_url`, of a FakePushService once it has subscribed.

        Returns:
            How many pushes came.
        """
        whose = self._subscription_id or self.fid
        if not self.is_online or whose is None:
            return 0
        name = "fid" if self._subscription_id is None else "subscription"
        params: dict[str, str | int] = {name: whose, "after": self._last_arrival}
        page: dict[str, Any] = pushes.get("/_fake/messages", params=params).raise_for_status().json()
        self._last_arrival = page["after"]
        for arrival in page["messages"]:
            told = arrival["notification"] if "notification" in arrival else arrival["message"]
            self.receive_push(told.get("data", {}))
        return len(page["messages"])

    def poll(self) -> int:
        """Fetch the active tasks without a push; return how many there are."""
        tasks: list[Task] = []
        with self._tolerant():
            tasks = self._api.tasks("active")
        for task in tasks:
            self._take_in(task)
        return len(tasks)

    def tap(self, task_id: str) -> None:
        """Let the human look at a task now; works offline, as its files were fetched before."""
        task = self.tasks[task_id]
        if (task_id, task.rev) in self._answered or not task.is_open or self._is_put_off(task_id):
            return
        match self.person.decide(task):
            case Answer.NEVER:
                self._note("ignored", task_id)
            case Answer.LATER if task_id not in self._snoozed and task.snooze.remaining > 0:
                self._snooze(task)
            case Answer.CANT:
                self._answered.add((task_id, task.rev))
                self._tell(task_id, "opened")
                self._tell(task_id, "declined", reason=self.person.reason)
            case _:
                self._post(task)
        self._flush()

    def wake(self) -> None:
        """Let the human come back to the tasks whose snooze is over, without a reminder from the service."""
        for task_id in list(self._snoozed):
            self.tap(task_id)

    def go_offline(self) -> None:
        """Lose the network: events pile up, pushes wait."""
        self.is_online = False
        self._note("offline")

    def go_online(self) -> None:
        """Have the network again: tell what piled up, then take in the pushes that waited."""
        self.is_online = True
        self._note("online")
        self.sync()
        held, self._held_pushes = self._held_pushes, []
        for data in held:
            self.receive_push(data)

    def sync(self) -> None:
        """Tell all events that wait, in batches."""
        if self.is_online:
            with self._tolerant():
                self._outbox.send_batches()

    def _take_up(self, task_id: str) -> None:
        with self._tolerant(task_id):
            self._take_in(self._api.task(task_id))

    def _take_in(self, task: Task) -> None:
        """Do what the app does by itself, before the human taps; then let the human tap."""
        self.tasks[task.id] = task
        if not task.is_open:
            return
        if all(event.task_id != task.id for event in self._outbox.waiting):
            self._answered.discard((task.id, task.rev))  # it asks again, as after a restore: so it forgot
        if (task.id, task.rev) not in self._received:
            self._received.add((task.id, task.rev))
            self._tell(task.id, "received")
        with self._tolerant(task.id):
            for asset in task.assets:
                self._fetch(task.id, asset)
            if not self.person.waits_for_tap:
                self.tap(task.id)
        self._flush()

    def _close(self, task_id: str) -> None:
        """Take the notification away: the task ended elsewhere."""
        if task_id in self.tasks:
            self._answered.add((task_id, self.tasks[task_id].rev))
            self._note("closed", task_id)

    def _fetch(self, task_id: str, asset: TaskAsset) -> None:
        try:
            if self._files.fetch(self._api, asset):
                self._note("downloaded", task_id, asset.filename)
        except NotThePromisedFile as error:
            self._note("corrupt", task_id, asset.filename)
            self._tell(task_id, "failed", reason=str(error))

    def _post(self, task: Task) -> None:
        """Post as the human does: caption on the clipboard, files to the app, and the answer "Yes"."""
        self._tell(task.id, "opened")
        if not self._files.has_all(task.assets):
            self._note("unpostable", task.id, "a file is missing")
            return
        self._answered.add((task.id, task.rev))
        # Whoever has posted and is asked again, as after pairing anew, answers without posting again.
        if all(post.task_id != task.id for post in self.posted):
            self._share(task)
        self._tell(task.id, "confirmed", proof_url=self.person.proof_url)

    def _share(self, task: Task) -> None:
        self.clipboard = task.caption
        channel = task.channel
        sha256s = tuple(asset.sha256 for asset in task.assets)
        post = Posted(task.id, channel.kind, channel.target_name, task.caption, sha256s, self._clock.now())
        self.posted.append(post)
        self._note("posted", task.id, channel.kind)
        self._tell(task.id, "shared")

    def _snooze(self, task: Task) -> None:
        until = self._server_now() + self.person.snooze_for
        if task.snooze.latest is not None:
            until = min(until, task.snooze.latest)
        self._snoozed[task.id] = until
        self._tell(task.id, "opened")
        self._tell(task.id, "snoozed", snooze_until=until)

    def _is_put_off(self, task_id: str) -> bool:
        until = self._snoozed.get(task_id)
        return until is not None and self._server_now() < until

    def _server_now(self) -> datetime:
        """Return the service's time, by which a snooze is counted: the phone's own clock may be wrong."""
        return self._clock.now() - self._off

    def _tell(
        self,
        task_id: str,
        kind: EventType,
        *,
        reason: str | None = None,
        snooze_until: datetime | None = None,
        proof_url: str | None = None,
    ) -> None:
        key = self._ids.new("event")
        self._outbox.add(PhoneEvent(task_id, key, kind, self._clock.now(), reason, snooze_until, proof_url))

    def _flush(self) -> None:
        if not self.is_online or self.quirks.late:
            return
        if self.quirks.reordered:
            self._outbox.turn_around()
        with self._tolerant():
            self._outbox.send_singly(doubled=self.quirks.doubled)

    def _hear(self, event: PhoneEvent, answer: EventAnswer) -> None:
        if answer.task is not None:
            self.tasks[event.task_id] = answer.task
        if answer.refused:
            self._note("refused", event.task_id, f"{event.type}: {answer.refused}")
        else:
            self._note("replayed" if answer.was_replayed else "sent", event.task_id, event.type)

    def _push_address(self) -> JsonValue:
        if self._subscription is not None:
            return {"kind": "webpush", "subscription": self._subscription}
        return {"kind": "fcm", "fid": self.fid} if self.fid is not None else {"kind": "none"}

    @contextmanager
    def _tolerant(self, about: str = "") -> Generator[None]:
        """Live on as an app does: without the network, after a refusal, and unpaired."""
        try:
            yield
        except Unreachable as error:
            self._note("unreachable", about, str(error))
        except Refused as error:
            self._note("refused", about, str(error))
        except TokenRefused:
            self._wipe("wiped")

    def _wipe(self, why: str) -> None:
        self._api.token = self.device_id = self.clipboard = None
        self._outbox.clear()
        self.tasks.clear()
        self._files.clear()
        self._snoozed.clear()
        self._received.clear()
        self._answered.clear()
        self._note(why)

    def _note(self, what: str, about: str = "", detail: str = "") -> None:
        self.log.append(LogEntry(self._clock.now(), what, about, detail))
