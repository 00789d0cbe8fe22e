"""The whole service on one machine: queue, web, cron and workers, started in order and kept up."""

from __future__ import annotations

import fcntl
import http.client
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import IO

from postengine.adapters.stores.sql import make_engine, migrate
from postengine.engine.jobs import CONCURRENCY, Queue
from postengine.errors import PostEngineError

from .child import Child
from .installation import prepare
from .settings import Settings
from .wiring import wire

_LOOK_EVERY_S = 0.2
_UP_WITHIN_S = 30.0
_END_WITHIN_S = 35.0
_QUEUE_ENDS_WITHIN_S = 5.0
_WEB_THREADS = 8


class Supervisor:
    """Runs all processes of the service until `stop`.

    Args:
        settings: Of the installation; every child gets the same.
        environ: What else the children find in their environment.
        write: Gets each line of the children, with the name before it.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        environ: Mapping[str, str] | None = None,
        write: Callable[[str], None] | None = None,
    ) -> None:
        self._settings = settings
        self._environ = dict(os.environ if environ is None else environ)
        self._write = write or _print
        self._children: list[Child] = []
        self._queue: Child | None = None
        self._is_stopping = threading.Event()
        self._keeper: threading.Thread | None = None
        self._lock: IO[str] | None = None

    @property
    def pids(self) -> dict[str, int]:
        """The ids of the running processes, by name."""
        return {child.name: child.pid for child in self._all() if child.pid is not None}

    @property
    def restarts(self) -> dict[str, int]:
        """How often each process was started again."""
        return {child.name: child.restarts for child in self._all()}

    @property
    def url(self) -> str:
        """Where the service listens."""
        return f"http://{self._settings.host}:{self._settings.port}"

    def __enter__(self) -> Supervisor:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> str | None:
        """Migrate, prepare, start everything and wait until the web answers; return a new operator's token.

        Raises:
            RuntimeError: Another supervisor runs on this data folder, or the web did not come up in time.
            PostEngineError: The database cannot be reached.
        """
        self._take_folder()
        settings = self._with_queue()
        try:
            token = _prepare(settings)
        except PostEngineError:
            self.stop()
            raise
        self._children = self._programs(settings)
        started = threading.Event()
        self._keeper = threading.Thread(target=self._keep_up, args=(started,), name="supervisor")
        self._keeper.start()
        started.wait()
        try:
            self._wait_for_web()
        except RuntimeError:
            self.stop()
            raise
        return token

    def stop(self) -> None:
        """Let all finish what they have in hand, then end them, the queue last; within about 35 s."""
        self._is_stopping.set()
        if self._keeper is not None:
            self._keeper.join()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _keep_up(self, started: threading.Event) -> None:
        """Start all, look after them, end them: in one thread, for Linux ends children with theirs."""
        for child in self._all():
            child.start()
        started.set()
        while not self._is_stopping.wait(_LOOK_EVERY_S):
            for child in self._all():
                child.keep_up()
        until = time.monotonic() + _END_WITHIN_S - _QUEUE_ENDS_WITHIN_S
        for child in self._children:
            child.end()
        for child in self._children:
            child.wait(until)
        if self._queue is not None:
            self._queue.end()
            self._queue.wait(time.monotonic() + _QUEUE_ENDS_WITHIN_S)

    def _all(self) -> list[Child]:
        return [*([self._queue] if self._queue else []), *self._children]

    def _take_folder(self) -> None:
        self._settings.data_dir.mkdir(parents=True, exist_ok=True)
        self._lock = (self._settings.data_dir / "supervisor.lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._lock.close()
            self._lock = None
            message = (
                f"another service runs on {self._settings.data_dir}; stop it, or choose another data_dir"
            )
            raise RuntimeError(message) from error

    def _with_queue(self) -> Settings:
        """Return the settings with a queue; without one of theirs, an embedded one is to be started."""
        if self._settings.redis_url is not None:
            return self._settings
        port = _free_port()
        folder = self._settings.data_dir.resolve() / "queue"
        command = [sys.executable, "-m", "reference_app.queue_server", "--port", str(port)]
        self._queue = Child("queue", [*command, "--folder", str(folder)], self._environ, self._write)
        return self._settings.model_copy(update={"redis_url": f"redis://127.0.0.1:{port}/0"})

    def _programs(self, settings: Settings) -> list[Child]:
        environ = self._environ | settings.environment()
        gunicorn = [sys.executable, "-m", "gunicorn", "reference_app.app:create_app()"]
        gunicorn += [
            "--bind",
            f"{settings.host}:{settings.port}",
            "--workers",
            "1",
            "--worker-class",
            "gthread",
        ]
        gunicorn += ["--threads", str(_WEB_THREADS), "--graceful-timeout", "15", "--log-level", "warning"]
        commands = {"web": gunicorn, "cron": [sys.executable, "-m", "reference_app.cron"]}
        drain_ms = str(round(settings.timings.drain.total_seconds() * 1000))
        for queue in Queue:
            dramatiq = [sys.executable, "-m", "dramatiq", "reference_app.worker:start", "-Q", queue.value]
            dramatiq += ["-p", "1", "-t", str(CONCURRENCY[queue]), "--skip-logging"]
            commands[f"worker-{queue.value}"] = [*dramatiq, "--worker-shutdown-timeout", drain_ms]
        return [Child(name, command, environ, self._write) for name, command in commands.items()]

    def _wait_for_web(self) -> None:
        until = time.monotonic() + _UP_WITHIN_S
        while not self._answers():
            if time.monotonic() > until:
                raise RuntimeError(
                    f"the web did not answer at {self.url} in {_UP_WITHIN_S:.0f} s; see its lines"
                )
            time.sleep(_LOOK_EVERY_S)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(self._settings.host, self._settings.port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            connection.close()


def _prepare(settings: Settings) -> str | None:
    """Migrate, and bring the store to what the settings say."""
    engine = make_engine(settings.database)
    migrate(engine)
    engine.dispose()
    wired = wire(settings)
    try:
        return prepare(settings, wired.ports)
    finally:
        wired.store.engine.dispose()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
