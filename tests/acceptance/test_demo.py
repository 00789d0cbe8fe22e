"""The demo as a user runs it: what it shows when all is well, and that it notices each way of breaking it."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from postengine.render import inspect_file
from tests.acceptance.installation import ENDED, ROOT, instant
from tests.integration.video_sound.sounds import metered

pytestmark = pytest.mark.serial

_WITHIN_S = 300
_DELIVERY_FIELDS = {
    "id",
    "post_id",
    "tenant",
    "channel",
    "kind",
    "state",
    "due_at",
    "sent_at",
    "confirmed_at",
    "lateness_s",
    "render_wait_s",
    "release_url",
    "ref",
    "attempts",
}
_REPORT_FIELDS = {
    "posts",
    "deliveries",
    "lost",
    "duplicates_at_network",
    "killed",
    "recalled",
    "lateness_p99_s",
    "wall_s",
    "versions",
}
_BREAKS = ("promote-twice", "resend", "no-fence")


@dataclass(frozen=True)
class Demo:
    """What a run of the demo left behind."""

    status: int
    said: str
    output: Path

    @property
    def report(self) -> dict[str, Any]:
        """Its report.json."""
        read: dict[str, Any] = json.loads((self.output / "report.json").read_text(encoding="utf-8"))
        return read

    @property
    def network(self) -> list[dict[str, Any]]:
        """What the networks received."""
        lines = (self.output / "network.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """One run in which nothing is broken."""
    output = tmp_path_factory.mktemp("demo")
    return end(begin(output), output)


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Generator[dict[str, Demo]]:
    """One run for each way of breaking it, all at the same time."""
    folders = {how: tmp_path_factory.mktemp(how) for how in _BREAKS}
    runs = {how: begin(folder, "--sabotage", how) for how, folder in folders.items()}
    yield {how: end(run, folders[how]) for how, run in runs.items()}
    for run in runs.values():
        run.kill()
        run.wait()


def test_nothing_is_lost_and_nothing_doubled(demo: Demo) -> None:
    report = demo.report

    assert demo.status == 0, demo.said
    assert (report["lost"], report["duplicates_at_network"]) == (0, 0)
    assert {row["state"] for row in report["deliveries"]} <= ENDED | {"unconfirmed"}


def test_the_report_has_the_documented_fields(demo: Demo) -> None:
    report = demo.report

    assert report.keys() >= _REPORT_FIELDS
    assert [row for row in report["deliveries"] if not row.keys() >= _DELIVERY_FIELDS] == []
    assert report["posts"] == len({row["post_id"] for row in report["deliveries"]})
    assert {row["tenant"] for row in report["deliveries"]} >= {"harbour-hill", "casa-norte"}
    assert report["versions"].keys() >= {"postengine", "python"}
    assert 0 <= report["lateness_p99_s"] < _WITHIN_S
    assert 0 < report["wall_s"] < _WITHIN_S


def test_what_is_said_to_be_sent_is_what_the_networks_received(demo: Demo) -> None:
    received = {entry["ref"]: entry for entry in demo.network}
    sent = {row["ref"]: row for row in demo.report["deliveries"] if row["ref"] and row["sent_at"]}

    assert received.keys() == sent.keys()
    assert len(received) == len(demo.network)
    assert [ref for ref, row in sent.items() if row["sent_at"] != received[ref]["at"]] == []
    early = [ref for ref, row in sent.items() if instant(row["sent_at"]) < instant(row["due_at"])]
    assert early == []


def test_a_worker_was_killed_in_the_act_and_posts_were_recalled(demo: Demo) -> None:
    report = demo.report
    rows = {row["id"]: row for row in report["deliveries"]}

    (killed,) = report["killed"]
    assert killed["step"] == "promote"
    assert isinstance(killed["pid"], int)
    assert rows[killed["delivery"]]["state"] == "published"
    assert report["recalled"] >= 2


def test_six_deliveries_or_more_were_drafts_before_they_were_promoted(demo: Demo) -> None:
    articles = html.unescape(page(demo)).split("<article>")
    promoted = {
        (number, channel)
        for number, article in enumerate(articles)
        for channel in re.findall(r"</time> ([^<]+): staged → promoted \(promote\)", article)
    }

    assert len(promoted) >= 6


def test_every_picture_and_video_on_the_page_opens(demo: Demo) -> None:
    files = sorted((demo.output / "media").iterdir())
    shown = set(re.findall(r"src='media/([^'#]+)", page(demo)))
    videos = [file for file in files if file.suffix == ".mp4"]
    pictures = [file for file in files if file.suffix != ".mp4"]

    for picture in pictures:
        with Image.open(picture) as opened:
            opened.load()

    assert shown == {file.name for file in files}
    assert len(pictures) >= 6
    assert videos
    assert all((inspect_file(video).duration_s or 0) > 1 for video in videos)


def test_every_video_has_its_agencys_tune(demo: Demo) -> None:
    videos = sorted((demo.output / "media").glob("*.mp4"))

    assert videos
    assert [metered(video)[0] for video in videos] == pytest.approx([-14] * len(videos), abs=0.5)


def test_all_templates_are_shown_below(demo: Demo) -> None:
    with Image.open(demo.output / "templates.jpg") as sheet:
        sheet.load()

    assert page(demo).count("src='templates.jpg'") == 1
    assert sheet.height > sheet.width > 1500


@pytest.mark.parametrize("how", _BREAKS)
def test_a_broken_engine_is_found_out(broken: dict[str, Demo], how: str) -> None:
    run = broken[how]

    assert run.status == 1, run.said
    assert run.report["duplicates_at_network"] > 0
    assert "LOST OR DOUBLED" in run.said


def begin(output: Path, *options: str) -> subprocess.Popen[bytes]:
    """Start the demo; what it says goes to a file."""
    command = [sys.executable, "-m", "examples.demo", "--output", str(output), *options]
    with (output / "said.txt").open("wb") as said:
        return subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)


def end(run: subprocess.Popen[bytes], output: Path) -> Demo:
    """Wait for its end."""
    status = run.wait(_WITHIN_S)
    return Demo(status, (output / "said.txt").read_text(encoding="utf-8"), output)


def page(demo: Demo) -> str:
    """Return the contact sheet."""
    return (demo.output / "index.html").read_text(encoding="utf-8")
