"""A worker is killed in the middle of each step, its request with the other side: none lost, none doubled."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.acceptance.agency import Agency
from tests.acceptance.installation import TIMINGS, Installation

_HELD_S = 30
_DUE_IN_S = 16


@pytest.fixture(scope="module")
def killing(tmp_path_factory: pytest.TempPathFactory) -> Generator[Installation]:
    """One installation for all steps: it has to survive each of these kills."""
    timings = replace(TIMINGS, stage_lead=timedelta(seconds=22), promote_lead=timedelta(seconds=15))
    installation = Installation(tmp_path_factory.mktemp("killing"), timings=timings)
    try:
        yield installation.start()
    finally:
        installation.stop()


def test_killed_while_rendering(killing: Installation) -> None:
    agency = killing.agency("render")

    post = agency.plan("Film", listing="a-101", media=[{"kind": "reel", "seconds": 8}])
    kill(killing.wait_rendering())

    ends_published_once(killing, agency, post)


def test_killed_while_staging(killing: Installation) -> None:
    agency = killing.agency("stage")
    killing.postiz.add_fault(kind="slow", method="POST", path="/public/v1/posts$", delay_s=_HELD_S)

    post = agency.plan("Draft", due_in_s=_DUE_IN_S)
    kill(killing.wait_in_hand(post, "stage"))

    ends_published_once(killing, agency, post)
    assert len([one for one in drafts(killing, agency) if not one["is_deleted"]]) == 1


def test_killed_while_promoting(killing: Installation) -> None:
    agency = killing.agency("promote")
    killing.postiz.add_fault(kind="slow", method="PUT", path="/status$", delay_s=_HELD_S)

    post = agency.plan("Schedule", due_in_s=_DUE_IN_S)
    kill(killing.wait_in_hand(post, "promote"))

    ends_published_once(killing, agency, post)


def test_killed_while_confirming(killing: Installation) -> None:
    agency = killing.agency("confirm")
    post = agency.plan("Look", due_in_s=8)
    killing.wait_for_state(post, "promoted")
    killing.postiz.add_fault(kind="slow", method="GET", path="/public/v1/posts$", delay_s=_HELD_S)

    kill(killing.wait_in_hand(post, "confirm"))

    ends_published_once(killing, agency, post)


def test_killed_while_recalling(killing: Installation) -> None:
    agency = killing.agency("recall")
    post = agency.plan("Second thoughts", due_in_s=_DUE_IN_S)
    killing.wait_for_state(post, "promoted")
    killing.postiz.add_fault(kind="slow", method="DELETE", path="/public/v1/posts/", delay_s=_HELD_S)

    killing.send("POST", f"posts/{post['id']}/cancel", {"why": "the owner has second thoughts"})
    kill(killing.wait_in_hand(post, "recall"))
    killing.wait_for_state(post, "cancelled")

    killing.wait_until_quiet()
    assert received(killing, agency) == []
    assert [one for one in drafts(killing, agency) if not one["is_deleted"]] == []


def test_killed_while_notifying(killing: Installation) -> None:
    agency = killing.agency("notify")
    phone = agency.phone(fid="fid-notify")
    killing.fcm.add_fault(kind="slow", fid="fid-notify", seconds=_HELD_S)

    post = agency.plan("By hand", channels=("status",))
    kill(killing.wait_in_hand(post, "notify"))
    with httpx.Client(base_url=killing.fcm.url) as fcm:
        killing.wait_for(lambda: phone.listen(fcm), 60, "the phone is rung")
    killing.wait_for_state(post, "published")

    assert len(phone.posted) == 1


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def ends_published_once(killing: Installation, agency: Agency, post: dict[str, Any]) -> None:
    """Assert that the only post of the agency is published, and that the network received it once."""
    published = killing.wait_for_state(post, "published", within_s=90)
    killing.wait_until_quiet()
    (delivery,) = published["deliveries"]
    assert [entry["ref"] for entry in received(killing, agency)] == [delivery["ref"]]
    assert not delivery["needs_decision"]


def received(killing: Installation, agency: Agency) -> list[dict[str, Any]]:
    """Return what the networks received on the agency's channels."""
    name = f"{agency.external_id}-"
    return [entry for entry in killing.network() if entry["integration"].startswith(name)]


def drafts(killing: Installation, agency: Agency) -> list[dict[str, Any]]:
    """Return the agency's posts in Postiz, deleted ones included."""
    name = f"{agency.external_id}-"
    return [post for post in killing.postiz.posts() if post["integration"].startswith(name)]
