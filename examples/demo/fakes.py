"""The remote services, played by fakes in processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from .listings import Listings
from .loading import integrations, postiz_key

_LINE = "listening on "


@dataclass
class Fakes:
    """FakePostiz, FakeFcm and FakePushService while they run.

    Attributes:
        network_log: Written by FakePostiz alone: what the networks behind it received.
    """

    postiz_url: str
    fcm_url: str
    browser_url: str
    network_log: Path
    processes: list[subprocess.Popen[str]]

    def add_fault(self, **fault: object) -> None:
        """Let FakePostiz fail in a way of `postengine.testing.postiz.Fault`."""
        httpx.post(f"{self.postiz_url}/_fake/faults", json=fault, timeout=10).raise_for_status()

    def stop(self) -> None:
        """End all."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=10)


def start_fakes(listings: Listings, folder: Path, network_log: Path) -> Fakes:
    """Start all, with the agencies' accounts in Postiz."""
    accounts = {postiz_key(agency): integrations(agency) for agency in listings.tenants}
    network_log.unlink(missing_ok=True)
    network_log.touch()
    postiz = _start(
        "postengine.testing.postiz", ["--network-log", str(network_log), "--publish-takes", "2.5"]
    )
    fcm = _start("postengine.testing.fcm", [])
    browsers = _start("postengine.testing.webpush", [])
    started = [postiz, fcm, browsers]
    fakes = Fakes(_address(postiz), _address(fcm), _address(browsers), network_log, started)
    for key, channels in accounts.items():
        body = {"api_key": key, "integrations": channels}
        httpx.post(f"{fakes.postiz_url}/_fake/accounts", json=body, timeout=10).raise_for_status()
    answer = httpx.get(f"{fakes.fcm_url}/_fake/service-account", timeout=10)
    key_file = answer.raise_for_status().json()
    (folder / "google-service-account.json").write_text(json.dumps(key_file), encoding="utf-8")
    return fakes


def _start(module: str, options: Sequence[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", module, "--port", "0", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _address(process: subprocess.Popen[str]) -> str:
    line = process.stdout.readline() if process.stdout else ""
    if not line.startswith(_LINE):
        raise SystemExit(f"a fake did not start: {line!r}")
    return line.removeprefix(_LINE).strip()
