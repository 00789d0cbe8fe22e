"""FakePostiz and FakeFcm as processes of their own, that a test can fail, stop and wake again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

_LINE = "listening on "
_END_WITHIN_S = 10


class Fake:
    """A fake while it runs.

    Args:
        module: With a `__main__` that prints where it listens.
        options: Of its command line.
    """

    def __init__(self, module: str, *options: str) -> None:
        command = [sys.executable, "-m", module, "--port", "0", *options]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line.startswith(_LINE):
            raise AssertionError(f"{module} did not start: {line!r}")
        self.url = line.removeprefix(_LINE).strip()

    def ask(self, method: str, path: str, body: object = None, **query: str) -> Any:  # noqa: ANN401 - JSON
        """Call a route below `/_fake`."""
        answer = httpx.request(method, f"{self.url}/_fake/{path}", json=body, params=query, timeout=20)
        return answer.raise_for_status().json()

    def add_fault(self, **fault: object) -> None:
        """Let the next requests fail, with the fields of the fake's own `Fault`."""
        self.ask("POST", "faults", fault)

    def clear_faults(self) -> None:
        """Let all requests succeed again."""
        self.ask("DELETE", "faults")

    def freeze(self) -> None:
        """Stop the process: connections are taken, and nothing is answered."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it, frozen or not, with whatever request it still holds."""
        self.thaw()
        self._process.terminate()
        try:
            self._process.wait(_END_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()


class FakePostizProcess(Fake):
    """Postiz, and the networks behind it."""

    def __init__(self, network_log: Path) -> None:
        network_log.touch()
        self._network_log = network_log
        options = ("--network-log", os.fspath(network_log), "--publish-takes", "0.5")
        super().__init__("postengine.testing.postiz", *options)

    def network(self) -> list[dict[str, Any]]:
        """Return what the networks received, in order."""
        lines = self._network_log.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def posts(self) -> list[dict[str, Any]]:
        """Return all posts that were ever made, deleted ones included."""
        posts: list[dict[str, Any]] = self.ask("GET", "state")["posts"]
        return posts

    def set_outage(self, name: str, seconds: float | None) -> None:
        """Take a part down; None lasts until 0 ends it."""
        self.ask("POST", "outages", {"name": name, "seconds": seconds})


class FakeFcmProcess(Fake):
    """Firebase Cloud Messaging."""

    def __init__(self, key_file: Path) -> None:
        super().__init__("postengine.testing.fcm")
        key_file.write_text(json.dumps(self.ask("GET", "service-account")), encoding="utf-8")

    def pushes(self, fid: str) -> list[dict[str, Any]]:
        """Return what arrived at a registration, in order."""
        messages: list[dict[str, Any]] = self.ask("GET", "messages", fid=fid)["messages"]
        return messages
