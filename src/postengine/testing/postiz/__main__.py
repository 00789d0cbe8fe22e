"""Run the fake: `python -m postengine.testing.postiz --port 4007 --network-log network.jsonl`."""

from __future__ import annotations

import argparse
import json
import signal
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .fake import FakePostiz
from .scaled_clock import ScaledClock
from .server import FakePostizServer


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until SIGTERM or SIGINT."""
    options = _parser().parse_args(arguments)
    fake = FakePostiz(
        ScaledClock(options.speed, options.start) if options.speed != 1 or options.start else None,
        network_log=options.network_log,
        seed=options.seed,
        publish_takes=timedelta(seconds=options.publish_takes),
        api_limit=options.api_limit,
        hour=timedelta(seconds=options.hour),
        temporal_wait=timedelta(seconds=options.temporal_wait),
        skew=timedelta(seconds=options.skew),
        find_slot_hang=timedelta(seconds=options.find_slot_hang),
        needs_api_prefix=options.needs_api_prefix,
    )
    fake.sweep_hourly(on=options.sweep)
    if options.accounts is not None:
        for given in json.loads(options.accounts.read_text(encoding="utf-8")):
            fake.add_account(given["api_key"], given.get("integrations", []), tags=given.get("tags", []))
    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    with FakePostizServer(fake, options.port) as server:
        print(f"listening on {server.url}", flush=True)
        signal.sigwait(ends)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m postengine.testing.postiz", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 chooses a free one")
    parser.add_argument("--network-log", type=Path, help="gets a JSON line a post that a network receives")
    parser.add_argument("--accounts", type=Path, help="JSON: a list of {api_key, integrations, tags}")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--publish-takes", type=float, default=1.5, metavar="SECONDS")
    parser.add_argument("--api-limit", type=int, default=90, metavar="N", help="POST /posts an hour")
    parser.add_argument("--hour", type=float, default=3600.0, metavar="SECONDS", help="the throttle's hour")
    parser.add_argument("--temporal-wait", type=float, default=40.0, metavar="SECONDS")
    parser.add_argument("--skew", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--speed", type=float, default=1.0, metavar="N", help="its time runs N times as fast")
    parser.add_argument("--start", type=_instant, metavar="INSTANT", help="its time now, in ISO 8601")
    parser.add_argument("--sweep", action="store_true", help="run the hourly sweep, as with RUN_CRON")
    parser.add_argument("--find-slot-hang", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument(
        "--needs-api-prefix", action="store_true", help="answer below /api only, as nginx does"
    )
    return parser


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)


main()
