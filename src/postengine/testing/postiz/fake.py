"""FakePostiz: the whole server in one object."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

from pydantic import JsonValue

from postengine.clock import Clock, SystemClock

from .agenda import Agenda
from .api import Api
from .control import Control
from .create import CreatePosts
from .faults import Fault, Faults, OutageName, bad_gateway, empty_401
from .hand import Hand
from .message import Outcome, Reply, Request, broken
from .network import Network
from .outages import Outages
from .posts import Posts
from .publishing import PublishFailure, Publishing
from .rows import Account, NetworkEntry, PostRow
from .store import Store
from .throttle import Throttle, too_many
from .transport import FakeTransport
from .uploads import Uploads
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
    ) -> None:
        self.clock: Clock = clock or SystemClock()
        self.lock = threading.RLock()
        chance = random.Random(seed)  # noqa: S311 - repeatable on purpose, no secret
        self._agenda = Agenda(self.clock, skew)
        self._store = Store(chance)
        self._network = Network(network_log)
        self._publishing = Publishing(
            self._agenda, self._network, publish_takes=publish_takes, start_lag=start_lag
        )
        self._throttle = Throttle(api_limit, hour)
        posts = Posts(self._store, self._agenda, self._publishing)
        self._api = Api(
            self._store,
            self._agenda,
            self._throttle,
            CreatePosts(self._store, self._agenda, self._publishing),
            posts,
            Uploads(self._store, self._agenda),
        )
        self._outages = Outages(self._agenda, self._publishing, self._api, temporal_wait=temporal_wait)
        self.faults = Faults(random.Random(seed + 1))  # noqa: S311 - as above
        self.hand = Hand(self._store, self._agenda, posts, self._publishing)
        self._control = Control(
            self._store,
            self._network,
            faults=self.faults,
            hand=self.hand,
            outages=self._outages,
            publishing=self._publishing,
        )
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

    def add_account(self, api_key: str, integrations: Iterable[Mapping[str, JsonValue]] = ()) -> Account:
        """Add an organisation, or channels to one.

        Args:
            api_key: Its key, also its name in `accounts`.
            integrations: Each with `id` and `identifier`, and optionally `name`, `picture`, `profile`,
                `disabled`, `refresh_needed` and `customer` (with `id` and `name`).
        """
        with self.lock:
            return self._store.add_account(api_key, integrations)

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
            outcome = self._outages.outcome(request) or self._faulty(request)
            outcome = outcome or Outcome(self._api.answer(request))
            if outcome.reply.headers.get("Content-Type") == "text/html":
                return outcome  # a proxy's clock is not the server's
            return Outcome(
                outcome.reply.with_headers({"Date": self._date(outcome)}), outcome.delay_s, outcome.ending
            )

    def _date(self, outcome: Outcome) -> str:
        answered_at = self._agenda.server_now + timedelta(seconds=outcome.delay_s)
        return format_datetime(answered_at, usegmt=True)

    def _faulty(self, request: Request) -> Outcome | None:
        fault = self.faults.pick(request)
        return None if fault is None else self._break(fault, request)

    def _break(self, fault: Fault, request: Request) -> Outcome:
        span = timedelta(seconds=fault.delay_s)
        match fault.kind:
            case "500_before":
                return Outcome(self._api.answer(request, stumbles=True))
            case "500_after":
                return Outcome(_stumbled(self._api.answer(request)))
            case "late_commit":
                self._agenda.after(span, lambda: self._execute(request))
                return Outcome(broken(), fault.delay_s if fault.hangs else 0.0, "drop")
            case "drop_after":
                self._api.answer(request)
                return Outcome(broken(), fault.delay_s, "drop")
            case "drop_before":
                return Outcome(broken(), fault.delay_s, "drop")
            case "cut_after":
                return Outcome(self._api.answer(request), fault.delay_s, "cut")
            case "slow":
                return Outcome(self._api.answer(request), fault.delay_s)
            case "proxy_502":
                self._execute_if(request, wanted=fault.is_executed)
                return Outcome(bad_gateway(), fault.delay_s)
            case "empty_401":
                return Outcome(empty_401())
            case _:  # 429
                return Outcome(too_many(span or self._throttle.hour))

    def _execute(self, request: Request) -> None:
        self._api.answer(request)

    def _execute_if(self, request: Request, *, wanted: bool) -> None:
        if wanted:
            self._execute(request)


def _stumbled(reply: Reply) -> Reply:
    """Turn a success into a 500 that carries the same headers."""
    counted = {name: value for name, value in reply.headers.items() if name.startswith("X-")}
    return broken().with_headers(counted) if reply.status < 400 else reply
