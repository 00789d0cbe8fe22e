"""FakePostiz as a process of its own, failing as a seed says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from postengine.testing.postiz import Fault

_LINE = "listening on "
_API_LIMIT = 2000
_PATH = "/public/v1/posts"
_LATE_S = (0.5, 1.5, 3.0)
_ASKED_TO_WAIT_S = 3.0
SHARES = {"500_before": 0.10, "500_after": 0.12, "429": 0.03, "late_commit": 0.07}
"""Of all requests about posts: how many fail, and how."""


@dataclass(frozen=True, slots=True)
class Postiz:
    """Where it listens, and what its networks received."""

    url: str
    network_log: Path


@contextmanager
def running_postiz(folder: Path, keys: Sequence[str], *, seed: int) -> Generator[Postiz]:
    """Run it, with an account and a channel for each of `keys`, and let its requests fail."""
    accounts = folder / "accounts.json"
    accounts.write_text(json.dumps([_account(key) for key in keys]), encoding="utf-8")
    network_log = folder / "network.jsonl"
    network_log.touch()
    command = [sys.executable, "-m", "postengine.testing.postiz", "--port", "0"]
    command += ["--accounts", os.fspath(accounts), "--network-log", os.fspath(network_log)]
    command += ["--seed", str(seed), "--api-limit", str(_API_LIMIT), "--publish-takes", "0.5"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline() if process.stdout else ""
        try:
            if not line.startswith(_LINE):
                raise RuntimeError(f"FakePostiz says where it listens; it said {line!r}")
            url = line.removeprefix(_LINE).strip()
            answer = httpx.post(f"{url}/_fake/faults", json=[_body(fault) for fault in faults()])
            answer.raise_for_status()
            yield Postiz(url, network_log)
        finally:
            process.terminate()


def channel_of(key: str) -> str:
    """Return the id of the channel that the account with `key` has."""
    return f"{key}-threads"


def faults() -> list[Fault]:
    """Return rules by which each kind fails its share of all requests: the first that takes one decides."""
    kinds = [(kind, share, 0.0) for kind, share in SHARES.items() if kind != "late_commit"]
    kinds += [("late_commit", SHARES["late_commit"] / len(_LATE_S), late_s) for late_s in _LATE_S]
    rules: list[Fault] = []
    left = 1.0
    for kind, share, late_s in kinds:
        delay_s = _ASKED_TO_WAIT_S if kind == "429" else late_s
        rules.append(
            Fault(kind=kind, path=_PATH, times=None, probability=share / left, delay_s=delay_s, hangs=False)  # type: ignore[arg-type] # SHARES has kinds of faults
        )
        left -= share
    return rules


def _body(fault: Fault) -> dict[str, object]:
    return {
        "kind": fault.kind,
        "path": fault.path,
        "times": fault.times,
        "probability": fault.probability,
        "delay_s": fault.delay_s,
        "hangs": fault.hangs,
    }


def _account(key: str) -> dict[str, object]:
    channel = {"id": channel_of(key), "identifier": "threads", "name": key}
    return {"api_key": key, "integrations": [channel]}
