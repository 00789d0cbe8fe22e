"""SIGTERM: what is in hand is brought to its end, and what is not goes on after the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import replace
from datetime import timedelta

import httpx

from tests.acceptance.conftest import Install
from tests.acceptance.installation import TIMINGS, Installation

_ANSWER_TAKES_S = 5
_PATIENT = replace(  # so slow an answer is still a proof, and its worker still the owner
    TIMINGS,
    stage_lead=timedelta(seconds=22),
    promote_lead=timedelta(seconds=13),
    promote_proof=timedelta(seconds=10),
    lease=timedelta(seconds=20),
)


def test_a_worker_ends_only_after_what_it_has_in_hand(install: Install) -> None:
    installation = install(timings=_PATIENT).start()
    agency = installation.agency()
    hold_promotions(installation)
    post = agency.plan("In hand", due_in_s=15)
    installation.wait_in_hand(post, "promote")

    os.kill(installation.supervisor.pids["worker-distribution"], signal.SIGTERM)
    installation.wait_for(lambda: installation.supervisor.restarts["worker-distribution"], 35, "it has ended")
    attempts = installation.delivery(post)["attempts"]
    installation.wait_for_state(post, "published")

    installation.wait_until_quiet()
    installation.assert_each_sent_once(post)
    assert [(one["verb"], one["outcome"]) for one in attempts] == [("create", "done"), ("promote", "done")]


def test_the_whole_service_drains_and_goes_on_after_a_restart(install: Install) -> None:
    installation = install(timings=_PATIENT)
    service = run_service(installation)
    agency = installation.agency()
    hold_promotions(installation)
    in_hand = agency.plan("In hand", due_in_s=15)
    later = agency.plan("Later", due_in_s=28, listing="a-101", media=[{"kind": "card"}])
    installation.wait_in_hand(in_hand, "promote")

    told_at = time.monotonic()
    service.terminate()
    status = service.wait(timeout=60)
    took_s = time.monotonic() - told_at
    run_service(installation)
    attempts = installation.delivery(in_hand)["attempts"]
    for post in (in_hand, later):
        installation.wait_for_state(post, "published", within_s=90)

    installation.wait_until_quiet()
    installation.assert_each_sent_once(in_hand, later)
    assert status == 0
    assert took_s < 40  # it allows itself 35 s
    assert [(one["verb"], one["outcome"]) for one in attempts] == [("create", "done"), ("promote", "done")]


def hold_promotions(installation: Installation) -> None:
    """Let Postiz take its time over the next promotion."""
    installation.postiz.add_fault(kind="slow", method="PUT", path="/status$", delay_s=_ANSWER_TAKES_S)


def run_service(installation: Installation) -> subprocess.Popen[bytes]:
    """Start the whole service as its operator does, and wait until it answers."""
    service = installation.run("-m", "reference_app")
    installation.at_end(lambda: service.wait(60))
    installation.at_end(service.terminate)

    def look() -> bool:
        assert service.poll() is None, "the service has ended"
        try:
            return installation.api.get("/healthz").is_success
        except httpx.TransportError:
            return False

    installation.wait_for(look, 60, "the service answers")
    return service
