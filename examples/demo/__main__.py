"""Run the main job on embedded defaults: `make demo`, or `python -m examples.demo`."""

from __future__ import annotations

import argparse
import json
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from postengine.engine.posts.timings import Timings
from postengine.ids import new_secret
from reference_app.settings import Sabotage, Settings
from reference_app.supervisor import Supervisor

from .fakes import Fakes, start_fakes
from .listings import Listings, read_listings
from .loading import load_agencies, load_posts
from .operator import Operator
from .page import TEMPLATES_FILE, write_page, write_templates
from .phones import Phones
from .photos import draw_logos, draw_named, take_own
from .report import make_report, read_network
from .tune import draw_tune

_HERE = Path(__file__).parent
_LISTINGS = _HERE.parent / "listings" / "two-agencies.json"
_OVER_WITHIN_S = 150.0
_LOOK_EVERY_S = 0.15
_PIPED_WIDTH = 180

_TIMINGS = Timings(
    stage_lead=timedelta(seconds=35),
    promote_lead=timedelta(seconds=18),
    fence_margin=timedelta(seconds=2),
    promote_proof=timedelta(seconds=1),
    settle=timedelta(seconds=3),
    lease=timedelta(seconds=5),
    grace_automatic=timedelta(seconds=60),
    polls=tuple(timedelta(seconds=wait) for wait in (2, 2, 4, 8)),
    stuck_after=timedelta(seconds=20),
    backoff=timedelta(seconds=0.5),
    backoff_max=timedelta(seconds=3),
    remind_before_end=timedelta(seconds=5),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; return 0 if nothing was lost and nothing doubled."""
    options = _parser().parse_args(arguments)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PIPED_WIDTH)
    listings = read_listings(options.listings)
    output: Path = options.output
    output.mkdir(parents=True, exist_ok=True)
    for old in ("report.json", "index.html", TEMPLATES_FILE, "media"):
        _remove(output / old)
    console.print(
        "[bold]postengine demo[/]: real processes, queue, database and rendering; fakes play the rest"
    )
    with tempfile.TemporaryDirectory(prefix="postengine-demo-") as scratch:
        return _play(options, listings, Path(scratch), output, console)


def _play(
    options: argparse.Namespace, listings: Listings, scratch: Path, output: Path, console: Console
) -> int:
    begun = time.monotonic()
    fakes = start_fakes(listings, scratch, output / "network.jsonl")
    settings = _settings(options.sabotage, scratch, fakes)
    log = (output / "service.log").open("w", encoding="utf-8")
    lock = threading.Lock()

    def keep(line: str) -> None:
        with lock:
            log.write(line + "\n")
            log.flush()

    supervisor = Supervisor(settings, write=keep)
    try:
        photos = _photos(options, listings, output)
        files = photos | {"tune.wav": draw_tune(output / "photos" / "tune.wav")}
        console.print(f"photos ready, {time.monotonic() - begun:.1f} s; starting the service")
        supervisor.start()
        console.print(
            f"service up at {supervisor.url}, {time.monotonic() - begun:.1f} s: {_named(supervisor)}"
        )
        report = _run(listings, files, fakes, supervisor, settings, output, console, begun)
    finally:
        supervisor.stop()
        fakes.stop()
        log.close()
    write_templates(photos, output)
    return _judge(report, console)


def _run(
    listings: Listings,
    files: dict[str, Path],
    fakes: Fakes,
    supervisor: Supervisor,
    settings: Settings,
    output: Path,
    console: Console,
    begun: float,
) -> dict[str, Any]:
    token = settings.operator_token.get_secret_value() if settings.operator_token else ""
    headers = {"Authorization": f"Bearer {token}"}
    phones = Phones()
    with httpx.Client(base_url=supervisor.url, headers=headers, timeout=30) as api:
        loaded = load_agencies(api, listings, files, fakes.postiz_url)
        phones.pair_all(api, supervisor.url, listings, loaded, fakes.browser_url)
        phones.start(fakes.fcm_url, fakes.browser_url)
        # The answer to a creation gets lost: it happens, and nothing may double by it.
        fakes.add_fault(kind="drop_after", method="POST", path="/public/v1/posts$", times=1)
        load_posts(api, listings, files, loaded)
        console.print(f"{len(loaded.post_ids)} posts loaded, {time.monotonic() - begun:.1f} s\n")
        operator = Operator(api, fakes, listings, loaded, console.print)
        until = time.monotonic() + _OVER_WITHIN_S
        while not operator.is_over() and time.monotonic() < until:
            time.sleep(_LOOK_EVERY_S)
            operator.look()
        time.sleep(2.5)  # what a broken engine would still send comes out now
        phones.stop()
        network = read_network(fakes.network_log)
        report = make_report(api, operator, network, time.monotonic() - begun)
        write_page(api, report, output)
    (output / "report.json").write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")
    return report


def _judge(report: dict[str, Any], console: Console) -> int:
    table = Table(title="Every delivery", title_justify="left")
    for name in (
        "tenant",
        "channel",
        "kind",
        "due",
        "sent",
        "confirmed",
        "late",
        "state",
        "release URL or reason",
    ):
        table.add_column(name, justify="right" if name == "late" else "left")
    for row in report["deliveries"]:
        late = "" if row["lateness_s"] is None else f"{row['lateness_s']:.2f} s"
        table.add_row(
            row["tenant"],
            row["channel"],
            row["kind"],
            *(_time_of(row[name]) for name in ("due_at", "sent_at", "confirmed_at")),
            late,
            row["state"],
            row["release_url"] or row["reason"] or "",
        )
    console.print(table)
    figures = ("posts", "lost", "duplicates_at_network", "recalled", "lateness_p99_s", "wall_s")
    console.print("  ".join(f"{name} {report[name]}" for name in figures), f"killed {report['killed']}")
    console.print(
        "index.html in the output folder shows all; report.json, network.jsonl and service.log are beside it"
    )
    is_good = report["lost"] == 0 and report["duplicates_at_network"] == 0
    console.print("[green]nothing lost, nothing doubled[/]" if is_good else "[bold red]LOST OR DOUBLED[/]")
    return 0 if is_good else 1


def _settings(sabotage: Sabotage, scratch: Path, fakes: Fakes) -> Settings:
    port = _free_port()
    return Settings(
        data_dir=scratch / "data",
        port=port,
        public_url=f"http://127.0.0.1:{port}",
        drafts_only=False,
        fcm_service_account_file=scratch / "google-service-account.json",
        fcm_base_url=fakes.fcm_url,
        vapid_subject="mailto:push@harbour-and-hill.com",
        allows_local_push=True,
        operator_token=SecretStr(new_secret()),
        timings=_TIMINGS,
        sabotage=sabotage,
    )


def _photos(options: argparse.Namespace, listings: Listings, output: Path) -> dict[str, Path]:
    drawn = output / "photos"
    photos = (
        take_own(listings.photos, options.photos) if options.photos else draw_named(listings.photos, drawn)
    )
    return photos | draw_logos(drawn)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _named(supervisor: Supervisor) -> str:
    return ", ".join(f"{name} {pid}" for name, pid in supervisor.pids.items())


def _time_of(instant: str | None) -> str:
    return "" if instant is None else instant[11:19]


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m examples.demo", description=__doc__)
    parser.add_argument("--listings", type=Path, default=_LISTINGS, help="a listings file (docs/listings.md)")
    parser.add_argument("--photos", type=Path, help="a folder with your own photos")
    parser.add_argument("--output", type=Path, default=Path("demo-output"))
    parser.add_argument(
        "--sabotage", choices=("none", "promote-twice", "resend", "no-fence"), default="none", help="break it"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
