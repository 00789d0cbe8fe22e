"""The way of a post over the API, through real processes, to the network and back."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from postengine.testing.phone import Answer, Person
from tests.acceptance.conftest import Install
from tests.acceptance.installation import Installation, instant


def test_a_post_is_published_at_its_time_with_evidence_of_each_step(shared: Installation) -> None:
    agency = shared.agency("evidence")

    post = agency.plan("Open house", due_in_s=13, listing="a-101", media=[{"kind": "card"}])
    planned = post["status"]
    published = shared.wait_for_state(post, "published")

    detail = shared.delivery(post)
    moves = [(one["from_state"], one["to_state"]) for one in detail["history"]]
    (entry,) = [entry for entry in shared.network() if entry["ref"] == detail["ref"]]
    assert (planned, published["status"]) == ("pending", "published")
    assert [move for move in moves if move[0] != move[1]][-3:] == [
        ("planned", "staged"),
        ("staged", "promoted"),
        ("promoted", "published"),
    ]
    assert {("create", "done"), ("promote", "done")} <= {
        (one["verb"], one["outcome"]) for one in detail["attempts"]
    }
    assert detail["release_url"] == f"https://facebook.example/{detail['remote_id']}"
    assert entry["by"] == "promote"
    assert instant(entry["at"]) >= instant(detail["due_at"])
    assert instant(detail["confirmed_at"]) > instant(entry["at"])


def test_one_post_goes_to_several_channels_once_each(shared: Installation) -> None:
    agency = shared.agency("several")
    media = [
        {"kind": "photo", "photo_ids": [agency.photo_id]},
        {"kind": "card", "alt": "The price and the rooms"},
        {"kind": "card", "badge": "New"},
    ]

    post = agency.plan(
        "Carousel", listing="a-101", channels=("facebook", "linkedin", "instagram"), media=media
    )
    published = shared.wait_for_state(post, "published", within_s=90)

    refs = {one["ref"] for one in published["deliveries"]}
    received = [entry for entry in shared.network() if entry["ref"] in refs]
    assert sorted(entry["network"] for entry in received) == ["facebook", "instagram", "linkedin"]
    assert [len(one["asset_ids"]) for one in published["deliveries"]] == [3, 3, 3]


def test_a_reel_is_rendered_and_sent_as_a_video(shared: Installation) -> None:
    agency = shared.agency("film")

    post = agency.plan("Tour", listing="a-101", media=[{"kind": "reel", "seconds": 7}])
    published = shared.wait_for_state(post, "published", within_s=120)

    (asset_id,) = published["deliveries"][0]["asset_ids"]
    asset = shared.get(f"assets/{asset_id}")
    file = shared.api.get(f"/api/v1/assets/{asset_id}/file")
    assert (asset["state"], asset["mime"]) == ("ready", "video/mp4")
    assert asset["duration_s"] == pytest.approx(7, abs=0.2)
    assert file.headers["Content-Type"] == "video/mp4"
    assert len(file.content) == asset["size_bytes"]


def test_a_person_posts_by_hand_and_says_so(shared: Installation) -> None:
    agency = shared.agency("hand")
    phone = agency.phone(fid="fid-hand", person=Person(answer=Answer.YES, proof_url="https://wa.example/1"))

    post = agency.plan("By hand", channels=("status",), media=[{"kind": "card"}], listing="a-101")
    shared.wait_for(lambda: shared.fcm.pushes("fid-hand"), 60, "the phone is rung")
    rung = shared.delivery(post)["state"]
    with httpx.Client(base_url=shared.fcm.url) as fcm:
        phone.listen(fcm)
    published = shared.wait_for_state(post, "published")

    (delivery,) = published["deliveries"]
    (posted,) = phone.posted
    assert rung in {"planned", "notified"}  # the push may be there before it is written down
    assert posted.caption == "By hand, come and see it"
    assert len(posted.sha256s) == 1
    assert delivery["release_url"] == "https://wa.example/1"
    assert [entry for entry in shared.network() if entry["ref"] == delivery["ref"]] == []


def test_a_post_for_now_waits_for_no_cron(shared: Installation) -> None:
    agency = shared.agency("now")
    thaw = shared.freeze("cron")

    post = agency.plan("Now")
    begun = shared.wait_for(lambda: shared.delivery(post)["attempts"], 30, "it is begun")
    thaw()
    shared.wait_for_state(post, "published")

    waited = instant(begun[0]["opened_at"]) - instant(post["created_at"])
    assert waited.total_seconds() < 5  # about 0.1 s on an idle machine


def test_the_way_is_the_same_on_postgresql(install: Install, postgres_url: str) -> None:
    installation = install(database_url=postgres_url).start()
    agency = installation.agency()
    phone = agency.phone(fid=None)

    post = agency.plan("On PostgreSQL", due_in_s=10, listing="a-101", media=[{"kind": "card"}])
    task = agency.plan("By hand", channels=("status",))
    installation.wait_for(phone.poll, 60, "the phone finds its task")
    installation.wait_for_state(post, "published")
    installation.wait_for_state(task, "published")

    installation.wait_until_quiet()
    installation.assert_each_sent_once(post, task)
    assert len(phone.posted) == 1


def test_a_running_service_is_ready_and_described(shared: Installation) -> None:
    ready = shared.wait_for(lambda: _if_ok(shared, "/readyz"), 30, "the service is ready")
    described = _if_ok(shared, "/openapi.json")
    metrics = shared.api.get("/metrics")

    assert ready == {"status": "ok", "checks": {"store": "ok", "queue": "ok", "cron": "ok"}}
    assert {"/posts", "/tenants", "/deliveries/{delivery}"} <= {
        path.removeprefix("/api/v1") for path in (described or {})["paths"]
    }
    assert 'postengine_deliveries{state="published"}' in metrics.text
    assert "postengine_lateness_max_seconds" in metrics.text


def _if_ok(installation: Installation, path: str) -> dict[str, Any] | None:
    answer = installation.api.get(path)
    found: dict[str, Any] | None = answer.json() if answer.is_success else None
    return found
