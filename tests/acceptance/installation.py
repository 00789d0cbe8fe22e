"""An installation of the whole service for one test: real processes, with fakes for the remote services."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
from pydantic import SecretStr

from postengine.adapters.stores.sql import open_store
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.timings import Timings
from postengine.ids import new_secret
from reference_app.settings import Settings
from reference_app.supervisor import Supervisor
from tests.acceptance.agency import Agency
from tests.acceptance.fakes import FakeFcmProcess, FakePostizProcess

Found = TypeVar("Found")

ROOT = Path(__file__).parents[2]
ENDED = {"published", "failed", "declined", "missed", "cancelled"}
_LOOK_EVERY_S = 0.1


def _seconds(value: float) -> timedelta:
    return timedelta(seconds=value)


TIMINGS = Timings(
    stage_lead=_seconds(12),
    promote_lead=_seconds(8),
    fence_margin=_seconds(2),
    promote_proof=_seconds(1),
    settle=_seconds(2),
    lease=_seconds(4),
    grace_automatic=_seconds(120),
    polls=(_seconds(1), _seconds(1), _seconds(2)),
    stuck_after=_seconds(30),
    backoff=_seconds(0.3),
    backoff_max=_seconds(2),
    remind_before_end=_seconds(5),
)


class Installation:
    """A service, its remote services and an operator who asks its API.

    Args:
        folder: Everything is kept in here.
        timings: Every duration of the engine.
        database_url: None for an SQLite file.
        redis_url: None for the embedded queue.

    Attributes:
        settings: What every process of it is given.
        supervisor: Runs its processes, from `start` to `stop`.
        api: Asks with the operator's token.
    """

    def __init__(
        self,
        folder: Path,
        *,
        timings: Timings = TIMINGS,
        database_url: str | None = None,
        redis_url: str | None = None,
    ) -> None:
        self.folder = folder
        self._ends = ExitStack()
        self.postiz = FakePostizProcess(folder / "network.jsonl")
        self.at_end(self.postiz.stop)
        self.fcm = FakeFcmProcess(folder / "google.json")
        self.at_end(self.fcm.stop)
        port = free_port()
        token = new_secret()
        self.settings = Settings(
            database_url=database_url,
            redis_url=redis_url,
            data_dir=folder / "data",
            port=port,
            public_url=f"http://127.0.0.1:{port}",
            drafts_only=False,
            fcm_service_account_file=folder / "google.json",
            fcm_base_url=self.fcm.url,
            operator_token=SecretStr(token),
            timings=timings,
        )
        self._log = (folder / "service.log").open("a", encoding="utf-8")
        self._log_lock = threading.Lock()
        self.supervisor = Supervisor(self.settings, write=self._keep)
        headers = {"Authorization": f"Bearer {token}"}
        self.api = httpx.Client(base_url=self.settings.public_url, headers=headers, timeout=60)
        self.at_end(self.api.close)

    @property
    def log(self) -> str:
        """All lines of the service's processes."""
        return (self.folder / "service.log").read_text(encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        """What another process of the same installation is to find in its environment."""
        return dict(os.environ) | self.settings.environment()

    def start(self) -> Installation:
        """Start the service."""
        self.at_end(self.supervisor.stop)
        self.supervisor.start()
        return self

    def at_end(self, do: Callable[[], object]) -> None:
        """Have something done at the end, last things first, whatever goes wrong with the others."""
        self._ends.callback(do)

    def stop(self) -> None:
        """End everything; twice does no harm."""
        self._ends.close()
        with self._log_lock:
            self._log.close()

    def agency(self, external_id: str = "harbour", *, key: str | None = None) -> Agency:
        """Make a tenant with a Postiz account; `key` is told to the service in place of the right one."""
        agency = Agency.found(self.api, self.postiz, external_id, key=key)
        self.at_end(agency.close)
        return agency

    def wait_for(self, look: Callable[[], Found | None], within_s: float, what: str = "") -> Found:
        """Look until something is found; fail after `within_s` seconds."""
        until = time.monotonic() + within_s
        while not (found := look()):
            if time.monotonic() > until:
                raise AssertionError(f"not within {within_s:.0f} s: {what or look}\n{self._shown()}")
            time.sleep(_LOOK_EVERY_S)
        return found

    def get(self, path: str, **query: str | int | bool) -> Any:  # noqa: ANN401 - JSON of our own service
        """Read `/api/v1/<path>`."""
        return self.api.get(f"/api/v1/{path}", params=query).raise_for_status().json()

    def send(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - as above
        """Write to `/api/v1/<path>`."""
        answer = self.api.request(method, f"/api/v1/{path}", json=body)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def delivery(self, post: dict[str, Any], index: int = 0) -> dict[str, Any]:
        """Return all that is known of a delivery of `post`."""
        detail: dict[str, Any] = self.get(f"deliveries/{post['deliveries'][index]['id']}")
        return detail

    def states(self, post: dict[str, Any]) -> list[str]:
        """Return the states of the deliveries of `post`."""
        return [one["state"] for one in self.get(f"posts/{post['id']}")["deliveries"]]

    def wait_for_state(self, post: dict[str, Any], state: str, within_s: float = 60) -> dict[str, Any]:
        """Wait until all deliveries of `post` are in `state`; return the post."""

        def look() -> dict[str, Any] | None:
            now: dict[str, Any] = self.get(f"posts/{post['id']}")
            return now if {one["state"] for one in now["deliveries"]} == {state} else None

        return self.wait_for(look, within_s, f"{post['title']} is {state}")

    def open_alerts(self) -> list[str]:
        """Return the codes of the open alerts."""
        return [alert["code"] for alert in self.get("alerts", limit=200)["items"]]

    def network(self) -> list[dict[str, Any]]:
        """Return what the networks behind Postiz received."""
        return self.postiz.network()

    def wait_until_quiet(self, within_s: float = 60) -> None:
        """Wait until nothing can be sent any more: all deliveries have ended, and Postiz has no run left."""

        def look() -> bool:
            deliveries = self.get("deliveries", limit=200)["items"]
            has_ended = all(one["state"] in ENDED and not one["is_in_hand"] for one in deliveries)
            return has_ended and not any(post["has_run"] for post in self.postiz.posts())

        self.wait_for(look, within_s, "all has ended")

    def assert_each_sent_once(self, *posts: dict[str, Any]) -> None:
        """Assert that the networks received each automatic delivery of `posts` once, not early, no other."""
        expected = {
            (one["ref"], one["due_at"])
            for post in posts
            for one in self.get(f"posts/{post['id']}")["deliveries"]
            if one["mode"] == "automatic"
        }
        received = self.network()
        due = dict(expected)
        assert sorted(entry["ref"] for entry in received) == sorted(due)
        assert [entry for entry in received if instant(entry["at"]) < instant(due[entry["ref"]])] == []

    def wait_in_hand(self, post: dict[str, Any], step: str, within_s: float = 60) -> int:
        """Wait until a worker is inside `step` of `post`, its attempt written down; return its pid."""

        def look() -> str | None:
            now = self.delivery(post)
            if not now["is_in_hand"] or now["next_step"] != step:
                return None
            is_begun = any(attempt["outcome"] is None for attempt in now["attempts"])
            return now["lease_owner"] if is_begun or step == "confirm" else None

        return pid_of(self.wait_for(look, within_s, f"{post['title']} is in hand at {step}"))

    def wait_rendering(self, within_s: float = 60) -> int:
        """Wait until a worker renders something; return its pid."""
        store = open_store(self.settings.database)

        def look() -> str | None:
            with store.transaction() as tx:
                found = tx.find(Asset, {"taken": True})
            return found[0].lease_owner if found else None

        try:
            return pid_of(self.wait_for(look, within_s, "something is being rendered"))
        finally:
            store.engine.dispose()

    def run(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start another process of this installation; what it says goes to `process.log`."""
        with (self.folder / "process.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def freeze(self, name: str) -> Callable[[], None]:
        """Stop a process of the service with all that it has started; return what lets it go on."""
        group = self.supervisor.pids[name]

        def thaw() -> None:
            with suppress(ProcessLookupError):  # it may have ended meanwhile
                os.killpg(group, signal.SIGCONT)

        os.killpg(group, signal.SIGSTOP)
        self.at_end(thaw)
        return thaw

    def _shown(self) -> str:
        try:
            rows = self.get("deliveries", limit=200)["items"]
            holds = [(one["scope"], one["reason"]) for one in self.get("holds")["items"]]
            alerts = self.open_alerts()
        except httpx.HTTPError as error:
            return f"the API does not answer: {error!r}"
        shown = [f"{one['id']} {one['state']} {one['next_step']} {one['reason']}" for one in rows]
        return "\n".join([*shown, f"holds {holds}", f"alerts {alerts}", f"network {self.network()}"])

    def _keep(self, line: str) -> None:
        with self._log_lock:
            if not self._log.closed:
                self._log.write(line + "\n")
                self._log.flush()


def instant(text: str) -> datetime:
    """Read an instant of the API or of the network's log."""
    return datetime.fromisoformat(text).astimezone(UTC)


def pid_of(owner: str) -> int:
    """Return the process of a lease's owner, `host:pid`."""
    return int(owner.rsplit(":", 1)[1])


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
