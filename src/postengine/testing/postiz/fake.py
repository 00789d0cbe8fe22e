"""FakePostiz: the whole server in one object."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
from pydantic import JsonValue

from postengine.clock import Clock, SystemClock

from .account_calls import OAuth
from .agenda import Agenda
from .api import Api
from .breaking import Breaking
from .channels import Channels
from .control import Control
from .create import CreatePosts
from .faults import NGINX, Faults, OutageName, no_such_page
from .hand import Hand
from .message import Outcome, Request
from .network import Network
from .outages import Outages
from .posts import Posts
from .publishing import PublishFailure, Publishing
from .releases import Releases
from .remote_files import RemoteFiles, WebFile
from .routes import account_routes, media_routes, post_routes
from .rows import Account, NetworkEntry, PostRow
from .slots import Slots
from .store import Store
from .sweep import Sweep
from .throttle import Throttle
from .transport import FakeTransport
from .uploads import Uploads
from .videos import Videos
from .webhooks import Webhooks
from .wsgi import WsgiApp


class FakePostiz:
    """Behaves like a real Postiz server and the networks behind it.

    Everything that is due by the clock happens before each request, and whenever `run_due` is called; a real
    server calls it all the time. Safe to use from several threads.

    Args:
        clock: True time; waits are slept on it.
        network_log: A file that gets a JSON line for each post that a network receives.
        seed: Makes ids and chances repeatable.
        publish_takes: From the network's receipt to PUBLISHED.
        start_lag: From the answer to `POST /posts` to the start of the run that it asked for.
        api_limit: `POST /posts` an hour.
        hour: The throttle's hour; shorten it to scale a test.
        temporal_wait: How long a promote hangs while Temporal is down.
        skew: By how much the server's clock, its `Date` and its timers are ahead of true time.
        find_slot_hang: How long `find-slot` keeps a client waiting that asks for a channel without times; a
            real server never answers.
        needs_api_prefix: Answer nothing but below `/api`, as the official image's nginx does.
        webhook_transport: For receivers of webhooks in this process.
    """

    def __init__(
        self,
        clock: Clock | None = None,
        *,
        network_log: Path | None = None,
        seed: int = 0,
        publish_takes: timedelta = timedelta(seconds=1.5),
        start_lag: timedelta = timedelta(milliseconds=30),
        api_limit: int = 90,
        hour: timedelta = timedelta(hours=1),
        temporal_wait: timedelta = timedelta(seconds=40),
        skew: timedelta = timedelta(),
        find_slot_hang: timedelta = timedelta(minutes=1),
        needs_api_prefix: bool = False,
        webhook_transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.clock: Clock = clock or SystemClock()
        self.lock = threading.RLock()
        self.find_slot_hang = find_slot_hang
        self.needs_api_prefix = needs_api_prefix
        chance = random.Random(seed)  # noqa: S311 - repeatable on purpose, no secret
        self._agenda = Agenda(self.clock, skew)
        self._store = Store(chance)
        self._network = Network(network_log)
        self.webhooks = Webhooks(webhook_transport)
        self._publishing = Publishing(
            self._agenda, self._network, self.webhooks, publish_takes=publish_takes, start_lag=start_lag
        )
        self._sweep = Sweep(self._store, self._agenda, self._publishing)
        self._throttle = Throttle(api_limit, hour)
        posts = Posts(self._store, self._agenda, self._publishing)
        self.uploads = Uploads(self._store, self._agenda)
        self._remote = RemoteFiles(self.uploads)
        self.videos = Videos(self.uploads)
        self._slots = Slots(self._agenda)
        self.channels = Channels(self._store)
        self._oauth = OAuth(self._store)
        releases = Releases(self._store)
        self._api = Api(
            self._store,
            self._agenda,
            self._throttle,
            [
                *account_routes(self.channels, self._slots, releases, self._agenda),
                *post_routes(CreatePosts(self._store, self._agenda, self._publishing), posts, releases),
                *media_routes(self.uploads, self._remote, self.videos),
            ],
            serve_file=self.uploads.serve,
            exchange_code=self._oauth.exchange,
        )
        self._outages = Outages(self._agenda, self._publishing, self._api, temporal_wait=temporal_wait)
        self.faults = Faults(random.Random(seed + 1))  # noqa: S311 - as above
        self._breaking = Breaking(self._agenda, self._api, self._throttle)
        self.hand = Hand(self._store, self._agenda, posts, self._publishing)
        self._control = Control(self)
        self.wsgi = WsgiApp(self)

    @property
    def network(self) -> list[NetworkEntry]:
        """What the networks received, in order."""
        return self._network.entries

    @property
    def posts(self) -> Mapping[str, PostRow]:
        """All posts by id, comments and deleted ones included."""
        return self._store.posts

    @property
    def accounts(self) -> Mapping[str, Account]:
        """All accounts by their key."""
        return self._store.accounts

    @property
    def publish_failures(self) -> Sequence[PublishFailure]:
        """The rules that let publications fail, with what is left of each."""
        return self._publishing.failures

    @property
    def skew(self) -> timedelta:
        """By how much the server's clock is ahead of true time."""
        return self._agenda.skew

    @skew.setter
    def skew(self, skew: timedelta) -> None:
        self._agenda.skew = skew

    @property
    def down(self) -> Sequence[OutageName]:
        """Which parts are down."""
        return list(self._outages.down)

    @property
    def web(self) -> dict[str, WebFile]:
        """What lies in the web for `upload-from-url`, by its URL; nothing else is ever fetched."""
        return self._remote.web

    @property
    def stuck_loops(self) -> int:
        """How many searches of `find-slot` were begun that never end in a real server."""
        return self._slots.stuck_loops

    def add_account(
        self, api_key: str, integrations: Iterable[Mapping[str, JsonValue]] = (), *, tags: Iterable[str] = ()
    ) -> Account:
        """Add an organisation, or channels and tags to one.

        Args:
            api_key: Its key, also its name in `accounts`.
            integrations: Each with `id` and `identifier`, and optionally `name`, `picture`, `profile`,
                `disabled`, `refresh_needed`, `customer` (with `id` and `name`), `posting_times` (minutes of
                the day), and what the network answers: `tool_answers`, `analytics`, `missing`.
            tags: Names of the tags that exist; a post's others are dropped.
        """
        with self.lock:
            return self._store.add_account(api_key, integrations, tags, self._agenda.server_now)

    def consent(self, api_key: str, client_id: str, client_secret: str) -> str:
        """Let a person consent to an OAuth program; return the code for `POST /oauth/token`."""
        with self.lock:
            return self._oauth.consent(self._store.accounts[api_key], client_id, client_secret)

    def register_webhook(self, api_key: str, url: str, integrations: Iterable[str] = ()) -> None:
        """Tell `url` of each success of an organisation, or only of those on some channels."""
        with self.lock:
            self.webhooks.register(self._store.accounts[api_key], url, frozenset(integrations))

    def sweep_hourly(self, *, on: bool = True) -> None:
        """Run the hourly sweep, which a server runs only with RUN_CRON."""
        with self.lock:
            self._agenda.run_due()
            self._sweep.switch(on=on)

    def has_run(self, post_id: str) -> bool:
        """Tell whether a run of the post waits or works."""
        return self._publishing.has_run(post_id)

    def transport(self) -> FakeTransport:
        """Return a transport for an httpx client in this process, with httpx's own errors."""
        return FakeTransport(self)

    def duplicates(self) -> int:
        """Count what a network received more often than once by requests of the API; see `Network`."""
        return self._network.duplicates()

    def run_due(self) -> None:
        """Do everything that is due by now."""
        with self.lock:
            self._agenda.run_due()

    def fail_publish(self, failure: PublishFailure) -> None:
        """Let publications fail."""
        with self.lock:
            self._publishing.failures.append(failure)

    def begin_outage(self, name: OutageName, span: timedelta | None = None) -> None:
        """Take a part down, for `span` or until `end_outage`."""
        with self.lock:
            self._agenda.run_due()
            self._outages.begin(name, span)

    def end_outage(self, name: OutageName) -> None:
        """Bring a part back."""
        with self.lock:
            self._agenda.run_due()
            self._outages.end(name)

    def handle(self, request: Request) -> Outcome:
        """Decide what becomes of `request`, and do what is done at once; waiting is the carrier's part."""
        with self.lock:
            self._agenda.run_due()
            if request.path.startswith("/_fake/"):
                return Outcome(self._control.answer(request))
            if self.needs_api_prefix and not request.path.startswith(("/api/", "/uploads/")):
                return Outcome(no_such_page())
            outcome = self._outages.outcome(request) or self._faulty(request)
            outcome = outcome or self._whole(request)
            if outcome.reply.headers.get("Content-Type", "").startswith("text/html"):
                return outcome  # a proxy's clock is not the server's
            passed_on = NGINX if self.needs_api_prefix else {}
            return replace(
                outcome, reply=outcome.reply.with_headers({"Date": self._date(outcome), **passed_on})
            )

    def _date(self, outcome: Outcome) -> str:
        answered_at = self._agenda.server_now + timedelta(seconds=outcome.delay_s)
        return format_datetime(answered_at, usegmt=True)

    def _faulty(self, request: Request) -> Outcome | None:
        fault = self.faults.pick(request)
        return None if fault is None else self._breaking.outcome(fault, request)

    def _whole(self, request: Request) -> Outcome:
        reply = self._api.answer(request)
        if reply.is_endless:
            return Outcome(reply, self.find_slot_hang.total_seconds(), "drop")
        return Outcome(reply)
