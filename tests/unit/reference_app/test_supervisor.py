"""The supervisor with its real processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from reference_app.child import Child
from reference_app.settings import Settings
from reference_app.supervisor import Supervisor

pytestmark = pytest.mark.serial
TOKEN = "the-token-of-the-operator"
NAMES = {"queue", "web", "cron", "worker-media-processing", "worker-distribution"}


def until(condition: Callable[[], bool], within_s: float = 30.0) -> bool:
    """Wait until `condition` holds; return whether it did in time."""
    ends_at, pause = time.monotonic() + within_s, threading.Event()
    while not condition():
        if time.monotonic() > ends_at:
            return False
        pause.wait(0.05)
    return True


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def children_of(pid: int) -> list[int]:
    """Return whom any thread of the process has started."""
    files = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in files for child in file.read_text(encoding="utf-8").split()]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return Settings(data_dir=tmp_path / "data", port=port, operator_token=SecretStr(TOKEN))


@pytest.fixture
def lines() -> list[str]:
    return []


@pytest.fixture
def supervisor(settings: Settings, lines: list[str]) -> Iterator[Supervisor]:
    with Supervisor(settings, write=lines.append) as running:
        yield running


def test_the_service_comes_up_mends_itself_and_goes_down(
    supervisor: Supervisor, settings: Settings, lines: list[str]
) -> None:
    def is_ready() -> bool:
        return httpx.get(f"{supervisor.url}/readyz").status_code == httpx.codes.OK

    assert until(is_ready)
    before = supervisor.pids
    assert set(before) == NAMES

    with pytest.raises(RuntimeError, match="another service runs"):
        Supervisor(settings).start()

    (fork,) = children_of(before["worker-distribution"])[-1:]
    os.kill(fork, signal.SIGKILL)
    os.kill(before["cron"], signal.SIGKILL)
    os.kill(before["queue"], signal.SIGKILL)
    assert until(lambda: all(supervisor.restarts[name] for name in ("worker-distribution", "cron", "queue")))
    assert until(lambda: set(supervisor.pids) == NAMES)
    assert until(is_ready)
    assert supervisor.restarts["web"] == 0
    assert any(line.startswith("supervisor | cron ended (-9)") for line in lines)

    last = supervisor.pids
    started = time.monotonic()
    supervisor.stop()
    assert time.monotonic() - started < 36
    assert not any(is_running(pid) for pid in last.values())


def test_its_processes_end_with_it_even_if_it_is_killed(settings: Settings) -> None:
    run = [sys.executable, "-m", "reference_app"]
    environ = os.environ | settings.environment()
    with subprocess.Popen(run, env=environ, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert any("Dashboard:" in line for line in process.stdout)
        pids = [pid for child in children_of(process.pid) for pid in (child, *children_of(child))]

        process.kill()

        assert len(pids) >= len(NAMES)
        assert until(lambda: not any(is_running(pid) for pid in pids))


def test_it_drains_when_it_is_interrupted_whatever_more_it_is_told(settings: Settings) -> None:
    # A shell lets what it starts with `&` ignore SIGINT.
    run = ["sh", "-c", 'trap "" INT; exec "$@"', "sh", sys.executable, "-m", "reference_app"]
    environ = os.environ | settings.environment()
    with subprocess.Popen(run, env=environ, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert any("Dashboard:" in line for line in process.stdout)
        pids = [pid for child in children_of(process.pid) for pid in (child, *children_of(child))]

        process.send_signal(signal.SIGINT)
        assert any("Draining" in line for line in process.stdout)
        process.terminate()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=40)

    assert process.returncode == 0
    assert len(pids) >= len(NAMES)
    assert not any(is_running(pid) for pid in pids)


def test_a_program_that_does_not_stay_up_is_tried_ever_more_seldom(lines: list[str]) -> None:
    child = Child("flaky", [sys.executable, "-c", "print('hello'); exit(3)"], os.environ, lines.append)
    child.start()

    def is_tried_again() -> bool:
        child.keep_up()
        return child.restarts == 2

    assert until(is_tried_again)
    child.wait(time.monotonic() + 5)
    waits = [line for line in lines if line.startswith("supervisor | flaky ended (3)")]
    assert [line.rsplit(" ", 2)[1] for line in waits[:2]] == ["0.2", "0.4"]
    assert "flaky | hello" in lines


def test_a_program_that_will_not_end_is_killed(lines: list[str]) -> None:
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    child = Child("deaf", [sys.executable, "-c", deaf], os.environ, lines.append)
    child.start()
    assert until(lambda: "deaf | up" in lines)

    child.end()
    child.wait(time.monotonic() + 0.2)

    assert child.pid is None
    assert "supervisor | deaf did not end in time and is killed" in lines
