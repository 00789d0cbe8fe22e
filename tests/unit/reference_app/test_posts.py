"""Posts and deliveries over HTTP."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Post
from postengine.engine.posts.states import DeliveryState
from tests.unit.engine.world import World

from .conftest import Api, problem

HOUR = timedelta(hours=1)


def body(world: World, **changes: object) -> dict[str, object]:
    at = (world.clock.now() + 2 * HOUR).isoformat()
    return {
        "external_id": "post-1",
        "listing": "flat-1",
        "title": "Open house",
        "caption": "{title} for {price}",
        "media": [{"kind": "card", "alt": "The flat"}],
        "channels": ["ig", {"channel": "wa-ana", "caption": "Look at {title}"}],
        "scheduled_at": at,
        **changes,
    }


def test_a_post_is_planned_with_a_delivery_for_each_channel(agency: Api, world: World) -> None:
    answer = agency.post("/posts", body(world))

    post = answer.get_json()
    assert (answer.status_code, post["status"], post["rev"]) == (201, "pending", 1)
    assert [(one["channel"], one["state"]) for one in post["deliveries"]] == [
        ("ig", "planned"),
        ("wa-ana", "planned"),
    ]
    assert post["deliveries"][1]["overrides"]["caption"] == "Look at {title}"
    assert post["history"][0]["by"] == "api:harbour"


def test_the_same_external_id_changes_the_post(agency: Api, world: World) -> None:
    first = agency.post("/posts", body(world))
    second = agency.post("/posts", body(world, title="Open house on Sunday"))

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.get_json()["id"] == first.get_json()["id"]
    assert agency.get("/posts/post-1").get_json()["title"] == "Open house on Sunday"


def test_the_same_post_again_changes_nothing(agency: Api, world: World) -> None:
    first = agency.post("/posts", body(world))
    again = agency.post("/posts", body(world))

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.get_json()["rev"] == 1
    assert len(again.get_json()["history"]) == len(first.get_json()["history"])


def test_posts_without_an_external_id_are_all_new(agency: Api, world: World) -> None:
    nameless = body(world, external_id=None)

    answers = [agency.post("/posts", nameless) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].get_json()["id"] != answers[1].get_json()["id"]


def test_a_post_without_a_time_is_due_now_and_dispatched_at_once(agency: Api, world: World) -> None:
    at_once = body(world, channels=["ig"])
    del at_once["scheduled_at"]

    agency.post("/posts", at_once)

    assert len(world.ports.dispatcher) == 1  # type: ignore[arg-type] # an InlineDispatcher


def test_all_that_is_wrong_is_named_by_its_field(agency: Api, world: World) -> None:
    answer = agency.post("/posts", body(world, channels=[], title="", media=[{"kind": "poster"}], colour=1))

    status, code, errors = problem(answer)
    assert (status, code) == (422, "invalid")
    assert {field for field, _ in errors} == {"channels", "title", "media[0].kind", "colour"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"listing": "nowhere"}, "listing"),
        ({"agent": "nobody"}, "agent"),
        ({"channels": ["ig", "nowhere"]}, "channels[1].channel"),
    ],
)
def test_what_is_named_and_unknown_is_named_as_the_problem(
    agency: Api, world: World, change: dict[str, object], field: str
) -> None:
    answer = agency.post("/posts", body(world, **change))

    assert problem(answer) == (422, "invalid", [(field, "unknown")])


def test_a_time_long_past_is_refused_by_the_engine(agency: Api, world: World) -> None:
    answer = agency.post("/posts", body(world, channels=["ig"], scheduled_at="2020-01-01T10:00"))

    assert problem(answer) == (422, "invalid", [("scheduled_at", "in_the_past")])


def test_a_post_is_edited_and_rescheduled(agency: Api, world: World) -> None:
    agency.post("/posts", body(world))
    later = (world.clock.now() + 5 * HOUR).isoformat()

    edited = agency.patch(
        "/posts/post-1", {"caption": "New", "channels": [{"channel": "ig", "caption": "IG"}]}
    )
    moved = agency.post("/posts/post-1/reschedule", {"scheduled_at": later})

    assert edited.get_json()["content"]["caption"] == "New"
    assert edited.get_json()["deliveries"][0]["overrides"]["caption"] == "IG"
    assert moved.get_json()["scheduled_at"].startswith("2026-12-01T14:00:00")


def test_a_post_waits_for_approval_and_goes_on_after_it(agency: Api, world: World) -> None:
    waiting = agency.post("/posts", body(world, approved=False)).get_json()
    approved = agency.post("/posts/post-1/approve").get_json()

    assert (waiting["status"], [hold["reason"] for hold in waiting["holds"]]) == ("draft", ["unapproved"])
    assert (approved["status"], approved["holds"]) == ("pending", [])


def test_cancelling_what_is_nowhere_yet_is_done_at_once(agency: Api, world: World) -> None:
    agency.post("/posts", body(world))

    answer = agency.post("/posts/post-1/cancel", {"why": "sold"})

    assert (answer.status_code, answer.get_json()["status"]) == (200, "cancelled")


def test_cancelling_what_is_at_postiz_is_accepted_and_on_its_way(agency: Api, world: World) -> None:
    agency.post("/posts", body(world, channels=["ig"]))
    world.run(timedelta(minutes=3), timedelta(seconds=5))  # the lease of the API's own tick first

    answer = agency.post("/posts/post-1/cancel", {})

    assert answer.status_code == 202
    assert answer.get_json()["deliveries"][0]["is_recalling"] is True


def test_posts_are_listed_by_what_is_asked(agency: Api, world: World) -> None:
    agency.post("/posts", body(world, campaign="spring", agent="ana"))
    soon = (world.clock.now() + HOUR).isoformat()
    agency.post("/posts", body(world, external_id="post-2", approved=False, scheduled_at=soon))

    def found(**query: str) -> list[str]:
        return [one["external_id"] for one in agency.get("/posts", **query).get_json()["items"]]

    assert found() == ["post-1", "post-2"]
    assert found(status="draft") == ["post-2"]
    assert found(campaign="spring") == found(agent="ana") == found(external_id="post-1") == ["post-1"]
    assert found(listing="flat-1", needs_decision="false") == ["post-1", "post-2"]
    assert found(needs_decision="true") == []
    assert found(scheduled_to=(world.clock.now() + 1.5 * HOUR).isoformat()) == ["post-2"]
    assert found(scheduled_from=(world.clock.now() + 1.5 * HOUR).isoformat()) == ["post-1"]


def test_a_filtered_list_in_parts_leaves_nothing_out(agency: Api, world: World) -> None:
    for number in range(7):
        agency.post("/posts", body(world, external_id=f"post-{number}", approved=number % 3 != 1))

    names: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        query = {"status": "pending", "limit": "2"} | ({"cursor": cursor} if cursor else {})
        part = agency.get("/posts", **query).get_json()
        names += [one["external_id"] for one in part["items"]]
        cursor = part["next_cursor"]

    assert names == ["post-0", "post-2", "post-3", "post-5", "post-6"]


def test_a_delivery_shows_all_that_was_done_and_seen(agency: Api, world: World) -> None:
    agency.post("/posts", body(world, channels=["ig"]))
    world.run(timedelta(minutes=3), timedelta(seconds=5))  # the lease of the API's own tick first
    (delivery,) = world.rows(Delivery)

    shown = agency.get(f"/deliveries/{delivery.id}").get_json()

    assert shown["state"] == "staged"
    assert [(one["verb"], one["outcome"]) for one in shown["attempts"]] == [("create", "done")]
    assert [one["id"] for one in shown["remote_posts"]] == [delivery.remote_id]
    assert shown["history"][-1]["to_state"] == "staged"


def test_deliveries_are_listed_by_state(agency: Api, world: World) -> None:
    agency.post("/posts", body(world))

    planned = agency.get("/deliveries", state="planned").get_json()["items"]
    published = agency.get("/deliveries", state="published").get_json()["items"]

    assert ([one["channel"] for one in planned], published) == (["ig", "wa-ana"], [])


def test_one_delivery_is_cancelled_alone_and_only_once(agency: Api, world: World) -> None:
    agency.post("/posts", body(world))
    (delivery,) = world.rows(Delivery, channel_id=world.whatsapp.id)

    first = agency.post(f"/deliveries/{delivery.id}/cancel", {"why": "not on WhatsApp"})
    second = agency.post(f"/deliveries/{delivery.id}/cancel")

    assert (first.status_code, first.get_json()["state"]) == (200, "cancelled")
    assert problem(second)[:2] == (409, "not_open")


def test_a_person_decides_what_became_of_a_delivery(agency: Api, world: World) -> None:
    agency.post("/posts", body(world, channels=["ig"]))
    (delivery,) = world.rows(Delivery)
    world.change(Delivery, delivery, state=DeliveryState.UNCONFIRMED)
    decision = {"decision": "published", "release_url": "https://instagram.test/p/1"}

    waiting = agency.get("/posts", needs_decision="true").get_json()["items"]
    answer = agency.post(f"/deliveries/{delivery.id}/decide", decision).get_json()

    assert [one["external_id"] for one in waiting] == ["post-1"]
    assert answer["delivery"]["state"] == "published"
    assert (answer["delivery"]["release_url"], answer["warning"]) == ("https://instagram.test/p/1", None)


def test_what_cannot_be_said_of_a_delivery_is_refused(agency: Api, world: World) -> None:
    agency.post("/posts", body(world, channels=["ig"]))
    (delivery,) = world.rows(Delivery)

    impossible = agency.post(f"/deliveries/{delivery.id}/decide", {"decision": "failed"})
    unknown = agency.post(f"/deliveries/{delivery.id}/decide", {"decision": "perhaps"})

    assert problem(impossible)[:2] == (409, "not_decidable")
    assert problem(unknown)[2] == [("decision", "enum")]


def test_a_published_post_cannot_be_edited(agency: Api, world: World) -> None:
    agency.post("/posts", body(world, channels=["ig"]))
    (delivery,) = world.rows(Delivery)
    world.change(Delivery, delivery, state=DeliveryState.PUBLISHED)

    answer = agency.patch("/posts/post-1", {"title": "Too late"})

    assert problem(answer)[:2] == (409, "already_published")
    assert world.rows(Post)[0].title == "Open house"
