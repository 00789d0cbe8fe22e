"""Trouble outside: Postiz down, a wrong key, a silent phone, a full disk, a listing withdrawn."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Generator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postengine.testing.phone import Person
from tests.acceptance.agency import Agency, photo
from tests.acceptance.conftest import Install
from tests.acceptance.installation import Installation, instant


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Generator[Installation]:
    """One installation for all troubles but that of its disk."""
    installation = Installation(tmp_path_factory.mktemp("troubled"))
    try:
        yield installation.start()
    finally:
        installation.stop()


def test_a_postiz_that_hangs_at_the_due_time_gets_it_once_afterwards(troubled: Installation) -> None:
    agency = troubled.agency("hangs")
    troubled.postiz.freeze()

    post = agency.plan("Hanging", due_in_s=1)
    troubled.wait_for(lambda: troubled.delivery(post)["is_in_hand"], 30, "a worker waits for Postiz")
    due_at = instant(post["scheduled_at"])
    troubled.wait_for(lambda: (datetime.now(UTC) - due_at).total_seconds() > 5, 30, "it is late")
    troubled.postiz.thaw()
    troubled.wait_for_state(post, "published", within_s=90)

    assert sent(troubled, agency) == 1


def test_a_postiz_that_is_down_is_told_as_the_reason_and_tried_again(troubled: Installation) -> None:
    agency = troubled.agency("down")
    troubled.postiz.set_outage("app_down", None)

    post = agency.plan("Down")
    reason = troubled.wait_for(lambda: troubled.delivery(post)["reason"], 30, "a reason is shown")
    troubled.postiz.set_outage("app_down", 0)
    published = troubled.wait_for_state(post, "published", within_s=90)

    assert "502" in reason
    assert published["deliveries"][0]["reason"] is None
    assert sent(troubled, agency) == 1


def test_a_wrong_key_holds_its_tenant_alone_until_it_is_mended(troubled: Installation) -> None:
    sick = troubled.agency("sick", key="not-the-key")
    well = troubled.agency("well")

    held = sick.plan("Held")
    hold = troubled.wait_for(lambda: find_hold(troubled, "sick"), 60, "the account is held")
    other = well.plan("Not held")
    troubled.wait_for_state(other, "published")
    meanwhile = troubled.delivery(held)
    sick.give_key(sick.key)
    troubled.wait_for_state(held, "published", within_s=90)

    assert hold["scope"] == "account"
    assert "refuses the API key" in hold["note"]
    assert (meanwhile["state"], [one["reason"] for one in meanwhile["holds"]]) == ("planned", ["sick"])
    assert "API key" in meanwhile["reason"]
    assert {"account_sick"} & {one["code"] for one in troubled.get("alerts", is_cleared=True)["items"]}
    assert "account_sick" not in troubled.open_alerts()
    assert (sent(troubled, sick), sent(troubled, well)) == (1, 1)


def test_a_phone_that_cannot_be_rung_any_more_finds_its_task_by_asking(troubled: Installation) -> None:
    agency = troubled.agency("silent")
    phone = agency.phone(fid="fid-silent")
    troubled.fcm.ask("POST", "devices", {"unregister": ["fid-silent"]})

    post = agency.plan("Unheard", channels=("status",))
    troubled.wait_for(lambda: "push_gone" in troubled.open_alerts(), 60, "the operator is told")
    (device,) = troubled.get(f"agents/{post['deliveries'][0]['agent_id']}")["devices"]
    phone.poll()
    troubled.wait_for_state(post, "published")

    assert device["push_lost_at"] is not None
    assert len(phone.posted) == 1


def test_a_listing_withdrawn_midway_takes_its_posts_back(troubled: Installation) -> None:
    agency = troubled.agency("withdrawn")
    phone = agency.phone(fid=None, person=Person(waits_for_tap=True))
    post = agency.plan("Sold to a friend", due_in_s=9, listing="a-101")
    task = agency.plan("By hand", channels=("status",), listing="a-101")
    troubled.wait_for(phone.poll, 60, "the phone has its task")
    troubled.wait_for_state(post, "promoted")

    troubled.send("PATCH", f"listings/{agency.listing_id}", {"status": "withdrawn"})
    troubled.wait_for_state(post, "cancelled")
    troubled.wait_for_state(task, "cancelled")
    phone.poll()

    troubled.wait_until_quiet()
    assert sent(troubled, agency) == 0
    assert phone.posted == []


@pytest.fixture
def on_a_small_disk(install: Install) -> Generator[Installation]:
    """An installation whose files lie on a disk of their own, of 4 MB, where this machine lets us."""
    installation = install()
    assets = installation.settings.data_dir / "assets"
    assets.mkdir(parents=True)
    is_mounted = mount(assets)
    yield installation
    installation.stop()
    if is_mounted:
        subprocess.run([_program("umount"), "--lazy", str(assets)], check=True)


def test_a_full_disk_is_told_and_rendered_after_when_there_is_room(on_a_small_disk: Installation) -> None:
    installation = on_a_small_disk.start()
    agency = installation.agency()
    make_room = leave_no_room(installation.settings.data_dir / "assets")

    post = agency.plan("No room", listing="a-101", media=[{"kind": "card"}])
    reason = installation.wait_for(lambda: installation.delivery(post)["reason"], 60, "a reason is shown")
    alerts = installation.open_alerts()
    make_room()
    published = installation.wait_for_state(post, "published", within_s=90)

    installation.wait_until_quiet()
    assert reason.startswith("its picture could not be made")
    assert "render_failed" in alerts
    assert published["deliveries"][0]["reason"] is None
    assert "render_failed" not in installation.open_alerts()
    installation.assert_each_sent_once(post)


def test_an_upload_to_a_full_disk_is_to_be_tried_again(on_a_small_disk: Installation) -> None:
    installation = on_a_small_disk.start()
    agency = installation.agency()
    make_room = leave_no_room(installation.settings.data_dir / "assets")

    files = {"file": ("photo.jpg", photo(colour="#aa3344"))}
    answer = installation.api.post("/api/v1/assets", data={"tenant": "harbour"}, files=files)
    make_room()
    kept = agency.upload(photo(colour="#aa3344"))

    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "Retry-After" in answer.headers
    assert installation.get(f"assets/{kept}")["state"] == "ready"


def sent(installation: Installation, agency: Agency) -> int:
    """Return how many posts the networks received from the agency, once nothing more can come."""
    installation.wait_until_quiet()
    name = f"{agency.external_id}-"
    return sum(entry["integration"].startswith(name) for entry in installation.network())


def find_hold(installation: Installation, reason: str) -> dict[str, str] | None:
    """Return an open hold of this reason."""
    holds: list[dict[str, str]] = installation.get("holds")["items"]
    return next((hold for hold in holds if hold["reason"] == reason), None)


def mount(folder: Path) -> bool:
    """Put a disk of 4 MB under `folder`; return whether this machine lets us."""
    command = [_program("mount"), "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _program(name: str) -> str:
    return shutil.which(name) or "false"


def leave_no_room(assets: Path) -> Callable[[], None]:
    """Fill the disk of `assets`, or if it is not a small one, take a folder away; return what undoes it."""
    if assets.is_mount():
        filler = assets / "filler"
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while True:
                file.write(b"\0" * 4096)
        return filler.unlink
    making, aside = assets / "making", assets / "aside"
    making.rename(aside)
    making.write_bytes(b"")

    def undo() -> None:
        making.unlink()
        aside.rename(making)

    return undo
