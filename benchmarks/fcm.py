"""What the FCM client takes beside `firebase_admin.messaging`: time and CPU a message, one by one and many.

    python -m benchmarks.fcm [--rounds N] [--messages N]

Both send the same messages to the same server in a process of its own, over connections that stay open, and
take turns; a ratio is the median of all rounds of their time over ours, so more than 1 is faster. The server
speaks TLS, as FCM always does. One by one it answers at once; for many it takes 80 ms, as a distant one does.
Messages are made beforehand.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import firebase_admin
from firebase_admin import messaging
from google.oauth2 import credentials
from requests.adapters import HTTPAdapter

from postengine.fcm import (
    AndroidConfig,
    AndroidNotification,
    DeliveredToFcm,
    FcmClient,
    Message,
    Notification,
    StaticToken,
)

from .push_server import running_push_server
from .push_server.certificate import write_certificate

_PROJECT, _TOKEN = "bench", "token"
_MANY = 500
_LATENCY_MS = 80.0
_THREADS = 32
_SEQUENTIAL_RATIO, _MANY_RATIO = 1.2, 1.0
# None of these three carries types.
_admin: Any = firebase_admin
_messaging: Any = messaging
_oauth2: Any = credentials

Way = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Spent:
    """What a way took, a message.

    Attributes:
        wall_ms: Milliseconds.
        cpu_ms: Of this process, which does not count the server's.
    """

    wall_ms: float
    cpu_ms: float


def main() -> int:
    """Measure and print; return 1 if a bar is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--messages", type=int, default=300, help="one by one, a round")
    options = parser.parse_args()
    with trusted_certificate() as pem:
        ours, theirs = one_by_one(pem, options.rounds, options.messages)
        our_many, their_many = many(pem, max(3, options.rounds // 3))
    print(f"one by one: {_told(ours)}; firebase_admin {_told(theirs)}")
    print(f"{_MANY} at once over {_LATENCY_MS:.0f} ms: {_told(our_many)}; firebase_admin {_told(their_many)}")
    figures = {
        "sequential_ratio": _ratio(ours, theirs),
        "many_ratio": _ratio(our_many, their_many),
        "cpu_ms": statistics.median(spent.cpu_ms for spent in ours),
        "firebase_cpu_ms": statistics.median(spent.cpu_ms for spent in theirs),
    }
    bars = {"sequential_ratio": _SEQUENTIAL_RATIO, "many_ratio": _MANY_RATIO}
    missed = [name for name, least in bars.items() if figures[name] < least]
    for name in missed:
        print(f"missed: {name} is {figures[name]:.2f}, expected at least {bars[name]:.2f}")
    print(json.dumps({name: round(value, 2) for name, value in figures.items()}))
    return 1 if missed else 0


@contextmanager
def trusted_certificate() -> Generator[Path]:
    """Make a certificate that both clients trust, by the variables that each reads."""
    with tempfile.TemporaryDirectory() as folder:
        pem = Path(folder) / "server.pem"
        write_certificate(pem)
        with mock.patch.dict(os.environ, {"SSL_CERT_FILE": str(pem), "REQUESTS_CA_BUNDLE": str(pem)}):
            yield pem


def one_by_one(pem: Path, rounds: int, messages: int) -> tuple[Sequence[Spent], Sequence[Spent]]:
    """Return what ours and theirs took, round by round, for messages sent one after the other."""
    with running_push_server(0, pem) as url, _client(url) as client, _app(url) as app:
        our_message, their_message = _ours("f"), _theirs("f")

        def send_ours() -> None:
            for _ in range(messages):
                _require(client.send(our_message))

        def send_theirs() -> None:
            for _ in range(messages):
                _messaging.send(their_message, app=app)

        return _in_turns(send_ours, send_theirs, rounds, messages)


def many(pem: Path, rounds: int) -> tuple[Sequence[Spent], Sequence[Spent]]:
    """Return what ours and theirs took, round by round, for many messages at once."""
    with running_push_server(_LATENCY_MS, pem) as url, _client(url) as client, _app(url) as app:
        our_messages = [_ours(f"f{number}") for number in range(_MANY)]
        their_messages = [_theirs(f"f{number}") for number in range(_MANY)]

        def send_ours() -> None:
            for outcome in client.send_many(our_messages):
                _require(outcome)

        def send_theirs() -> None:
            if _messaging.send_each(their_messages, app=app).failure_count:
                raise RuntimeError("firebase_admin failed to send")

        return _in_turns(send_ours, send_theirs, rounds, _MANY)


def _in_turns(ours: Way, theirs: Way, rounds: int, messages: int) -> tuple[list[Spent], list[Spent]]:
    for way in (ours, theirs):
        way()  # the first round connects
    pairs = [(_spent(ours, messages), _spent(theirs, messages)) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _spent(way: Way, messages: int) -> Spent:
    cpu_s, wall_s = time.process_time(), time.perf_counter()
    way()
    wall_s, cpu_s = time.perf_counter() - wall_s, time.process_time() - cpu_s
    return Spent(wall_s * 1000 / messages, cpu_s * 1000 / messages)


def _ratio(ours: Sequence[Spent], theirs: Sequence[Spent]) -> float:
    return statistics.median(b.wall_ms / a.wall_ms for a, b in zip(ours, theirs, strict=True))


def _told(rounds: Sequence[Spent]) -> str:
    wall_ms = statistics.median(spent.wall_ms for spent in rounds)
    cpu_ms = statistics.median(spent.cpu_ms for spent in rounds)
    return f"{1000 / wall_ms:.0f} messages/s, {cpu_ms:.2f} ms CPU a message"


def _require(outcome: object) -> None:
    if not isinstance(outcome, DeliveredToFcm):
        raise TypeError(f"expected FCM to take it, got {outcome!r}")


def _client(url: str) -> FcmClient:
    return FcmClient(StaticToken(_TOKEN), project_id=_PROJECT, base_url=url, workers=_THREADS)


@contextmanager
def _app(url: str) -> Generator[object]:
    """Give an app of firebase_admin that speaks with `url`, with the pool that it has for Google's own."""
    app = _admin.initialize_app(_oauth2.Credentials(_TOKEN), {"projectId": _PROJECT}, name=url)
    service = _messaging._get_messaging_service(app)
    service._fcm_url = f"{url}/v1/projects/{_PROJECT}/messages:send"
    adapter = HTTPAdapter(pool_connections=100, pool_maxsize=100)
    service._client.session.mount(url, adapter)
    with closing(service._client.session):
        yield app
    _admin.delete_app(app)


def _ours(fid: str) -> Message:
    return Message(
        fid=fid,
        data={"v": "1", "type": "manual_task", "task_id": "del_1"},
        notification=Notification(title="Time to post: 3 Bedroom Apartment"),
        android=AndroidConfig(
            priority="HIGH",
            ttl_s=3600,
            collapse_key="del_1",
            notification=AndroidNotification(channel_id="manual_tasks", tag="del_1"),
        ),
    )


def _theirs(fid: str) -> object:
    return _messaging.Message(
        fid=fid,
        data={"v": "1", "type": "manual_task", "task_id": "del_1"},
        notification=_messaging.Notification(title="Time to post: 3 Bedroom Apartment"),
        android=_messaging.AndroidConfig(
            priority="high",
            ttl=3600,
            collapse_key="del_1",
            notification=_messaging.AndroidNotification(channel_id="manual_tasks", tag="del_1"),
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
