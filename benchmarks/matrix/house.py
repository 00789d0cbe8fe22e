"""The house: one installation of the whole service, whose processes and servers a row may harm."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import httpx
from pydantic import SecretStr
from sqlalchemy import Engine

from postengine.adapters.queues.inline import InlineDispatcher
from postengine.adapters.stores.sql import SqlStore, make_engine, migrate, open_store
from postengine.adapters.stores.sql.sqlite import READS_ONLY
from postengine.adapters.stores.sql.vendor import vendor_errors
from postengine.engine.ports import Ports, Transaction
from postengine.engine.posts.timings import Timings
from postengine.ids import new_secret
from postengine.testing.engine import FakeRenderer
from reference_app.installation import prepare
from reference_app.secrets_file import read_secrets
from reference_app.settings import Sabotage, Settings
from reference_app.wiring import wire
from tests.acceptance.installation import free_port

from .nursery import Nursery
from .servers import Database, Google, Postiz, Queue
from .twists import Twists

_LOOK_EVERY_S = 0.1
_AGAIN_AFTER_S = 0.2
_UP_WITHIN_S = 30.0
HOUR_S = 120.0


@dataclass(slots=True)
class Node:
    """A process of the service, begun again when it ends unless it is to be away.

    Attributes:
        begun: How often.
    """

    name: str
    role: str
    twists: Twists = field(default_factory=Twists)
    pid: int | None = None
    begun: int = 0
    is_away: bool = False
    ended_at: float | None = None


class House:
    """An installation: its servers at once, its processes from `start` to `stop`.

    Args:
        folder: Empty; everything is kept in it.
        nursery: Begins the processes.
        database: Empty; the tables are made.
        keys: The tenants' external ids, which are their accounts' keys in Postiz, too.
        timings: Every duration of the engine.
        nodes: The processes.
        seed: Of all faults.
        sabotage: How the service is broken on purpose.
        program: Makes videos, in place of the one that came with the package.

    Attributes:
        chance: For the row; the same for the same seed.
        ports: The engine, for planning and for reading; it hands nothing to the queue.
    """

    def __init__(
        self,
        folder: Path,
        nursery: Nursery,
        database: Database,
        *,
        keys: list[str],
        timings: Timings,
        nodes: list[Node],
        seed: int,
        sabotage: Sabotage = "none",
        program: Path | None = None,
    ) -> None:
        self.folder = folder
        self.database = database
        self.keys = keys
        self.nodes = nodes
        self.chance = random.Random(seed)
        self._nursery = nursery
        self._ends = ExitStack()
        self._is_over = threading.Event()
        self._keeper = threading.Thread(target=self._keep_up, daemon=True)
        self.queue = Queue(folder / "queue")
        self._ends.callback(self.queue.kill)
        self.postiz = Postiz(folder, keys, seed=seed, hour_s=HOUR_S)
        self._ends.callback(self.postiz.stop)
        self.google = Google(folder / "google.json")
        self._ends.callback(self.google.stop)
        port, token = free_port(), new_secret()
        self.settings = Settings(
            database_url=database.url,
            redis_url=self.queue.url,
            data_dir=folder / "data",
            port=port,
            public_url=f"http://127.0.0.1:{port}",
            drafts_only=False,
            fcm_service_account_file=folder / "google.json",
            fcm_base_url=self.google.url,
            operator_token=SecretStr(token),
            drawing_processes=1,
            ffmpeg=program,
            timings=timings,
            sabotage=sabotage,
        )
        self.api = httpx.Client(
            base_url=self.settings.public_url, headers={"Authorization": f"Bearer {token}"}, timeout=20
        )
        self._ends.callback(self.api.close)
        self.ports = self._prepared()
        self._ends.callback(self._leave_database)

    @property
    def webhook_url(self) -> str:
        """Where Postiz is to tell of successes."""
        return f"{self.settings.public_url}/webhooks/postiz/{read_secrets(self.settings).webhook}"

    @property
    def log(self) -> Path:
        """Where all processes write their lines."""
        return self.folder / "service.log"

    def start(self) -> None:
        """Begin all processes and keep them up; return when the web answers."""
        for node in self.nodes:
            self.begin(node)
        self._keeper.start()
        self.wait_for_web()

    def wait_for_web(self) -> None:
        """Return when the web answers."""
        until = time.monotonic() + _UP_WITHIN_S
        while not self._answers():
            if time.monotonic() > until:
                raise RuntimeError(f"the web did not answer within {_UP_WITHIN_S:.0f} s; see {self.log}")
            time.sleep(_LOOK_EVERY_S)

    def stop(self) -> None:
        """Kill all processes, then end the servers."""
        self._is_over.set()
        if self._keeper.is_alive():
            self._keeper.join()
        for node in self.nodes:
            self.kill(node)
        self._ends.close()

    def only(self, *roles: str) -> list[Node]:
        """Return the nodes with one of these roles, or whose role begins so."""
        return [node for node in self.nodes if node.role.startswith(roles)]

    def begin(self, node: Node, **environ: str) -> None:
        """Begin the process of `node`, with more in its environment where a row wants that."""
        given = self.environment(node.twists) | environ
        node.pid = self._nursery.begin(node.role, given, self.log)
        node.begun += 1
        node.ended_at = None

    def environment(self, twists: Twists) -> dict[str, str]:
        """Return what a process of this house finds in its environment."""
        return dict(os.environ) | self.settings.environment() | twists.environment()

    def kill(self, node: Node) -> None:
        """Send SIGKILL to a node and to what it has started."""
        _signal(node, signal.SIGKILL)

    def freeze(self, node: Node) -> None:
        """Stop a node where it stands."""
        _signal(node, signal.SIGSTOP)

    def thaw(self, node: Node) -> None:
        """Let it go on."""
        _signal(node, signal.SIGCONT)

    def send_away(self) -> None:
        """Kill all processes, and begin none again until `call_back`; return when they are gone."""
        for node in self.nodes:
            node.is_away = True
            self.kill(node)
        while any(_is_there(node) for node in self.nodes):
            time.sleep(_LOOK_EVERY_S)
        self._leave_database()

    def call_back(self) -> None:
        """Begin all processes again."""
        for node in self.nodes:
            node.is_away = False

    @contextmanager
    def reading(self) -> Generator[Transaction]:
        """Open a transaction that waits for no writer, not even for a frozen one."""
        with vendor_errors(), self._engine.connect() as connection:
            connection.execution_options(**{READS_ONLY: True})
            with connection.begin(), self.ports.store.transaction(connection) as tx:
                yield tx

    @property
    def _engine(self) -> Engine:
        return cast("SqlStore", self.ports.store).engine

    def _leave_database(self) -> None:
        self._engine.dispose()

    def _prepared(self) -> Ports:
        """Make the tables and the token; return an engine that only writes down and reads."""
        engine = make_engine(self.settings.database)
        migrate(engine)
        engine.dispose()
        wired = wire(self.settings)
        prepare(self.settings, wired.ports)
        wired.store.engine.dispose()
        return _quiet_ports(self.settings.database, wired.ports)

    def _answers(self) -> bool:
        try:
            return self.api.get("/healthz").is_success
        except httpx.HTTPError:
            return False

    def _keep_up(self) -> None:
        """Begin again what has ended, a moment later, as the supervisor does."""
        while not self._is_over.wait(_LOOK_EVERY_S):
            for node in self.nodes:
                if node.is_away or _is_there(node):
                    continue
                if node.ended_at is None:
                    node.ended_at = time.monotonic()
                elif time.monotonic() - node.ended_at >= _AGAIN_AFTER_S:
                    self.begin(node)


def _quiet_ports(database: str, like: Ports) -> Ports:
    """Return ports on `database` that tell the queue nothing, and are otherwise as `like`."""
    return Ports(
        store=open_store(database),
        dispatcher=InlineDispatcher(lambda *_: None),
        publisher=like.publisher,
        notifier=like.notifier,
        renderer=FakeRenderer(),
        assets=like.assets,
        wording=like.wording,
        timings=like.timings,
        clock=like.clock,
        owner="planner:0",
    )


def _is_there(node: Node) -> bool:
    if node.pid is None:
        return False
    try:
        os.kill(node.pid, 0)
    except ProcessLookupError:
        return False
    return True


def _signal(node: Node, number: signal.Signals) -> None:
    if node.pid is not None:
        with suppress(ProcessLookupError):  # it has ended by itself
            os.killpg(node.pid, number)
