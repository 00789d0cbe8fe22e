"""The webhook, the health pages and the metrics."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from postengine.adapters.queues.errors import QueueUnavailable
from postengine.adapters.stores.errors import StoreUnavailable
from postengine.engine.delivery.perform import perform
from postengine.engine.jobs import Message
from postengine.engine.ledger.change import changing
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Post
from postengine.engine.posts.states import DeliveryState, Step
from reference_app.marks import CRON, set_mark
from tests.unit.engine.world import World

from .conftest import WEBHOOK_SECRET, Api, Breakable, problem

ADDRESS = f"/webhooks/postiz/{WEBHOOK_SECRET}"


@pytest.fixture
def promoted(world: World) -> Delivery:
    """A delivery whose time has come, and which is looked for an hour from now."""
    post = world.plan(after=timedelta(minutes=1))
    world.clock.advance(timedelta(minutes=2))
    return world.change(
        Delivery,
        world.delivery(post),
        state=DeliveryState.PROMOTED,
        next_step=Step.CONFIRM,
        act_at=world.clock.now() + timedelta(hours=1),
    )


def test_a_hit_lets_promoted_posts_be_looked_for_at_once(
    client: FlaskClient, world: World, promoted: Delivery
) -> None:
    answer = client.post(ADDRESS, data=b"[]")

    assert answer.status_code == 204
    (row,) = world.rows(Delivery, id=promoted.id)
    assert (row.act_at, row.fence) == (world.clock.now(), promoted.fence + 1)


def test_a_second_hit_within_a_minute_does_nothing(
    client: FlaskClient, world: World, promoted: Delivery
) -> None:
    client.post(ADDRESS)
    world.change(Delivery, promoted, act_at=promoted.act_at, lease_until=None)

    client.post(ADDRESS)
    within = world.rows(Delivery)[0].act_at
    world.clock.advance(timedelta(minutes=1))
    client.post(ADDRESS)

    assert within == promoted.act_at
    assert world.rows(Delivery)[0].act_at == world.clock.now()


def test_a_wrong_secret_is_not_found_and_wakes_nothing(
    client: FlaskClient, world: World, promoted: Delivery
) -> None:
    answer = client.post("/webhooks/postiz/guessed")

    assert answer.status_code == 404
    assert world.rows(Delivery)[0].act_at == promoted.act_at


def test_a_hit_is_answered_even_while_the_store_is_away(client: FlaskClient, store: Breakable) -> None:
    store.error = StoreUnavailable("OperationalError")

    assert client.post(ADDRESS).status_code == 204


def test_the_process_is_healthy_and_ready_once_a_cron_was_seen(client: FlaskClient, world: World) -> None:
    before = client.get("/readyz")
    with changing(world.ports) as change:
        set_mark(change.tx, CRON, "here:1")
    seen = client.get("/readyz")
    world.clock.advance(timedelta(minutes=5))
    silent = client.get("/readyz")

    assert client.get("/healthz").get_json() == {"status": "ok"}
    assert (before.status_code, before.get_json()["checks"]["cron"]) == (503, "never seen")
    assert (seen.status_code, seen.get_json()["status"]) == (200, "ok")
    assert (silent.status_code, silent.get_json()["checks"]["cron"]) == (503, "last seen 300 s ago")


def test_it_is_not_ready_without_its_queue(client: FlaskClient, queue: Breakable) -> None:
    queue.error = QueueUnavailable("ConnectionError", 0)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.get_json()["checks"]["queue"]) == (503, "QueueUnavailable")


def test_metrics_are_counted_from_the_store(api: Api, world: World) -> None:
    post = world.plan(world.instagram, world.whatsapp)
    late = world.deliveries(post)[0]
    sent_at = late.due_at + timedelta(seconds=4)
    world.clock.advance(timedelta(hours=2, seconds=10))
    world.change(Delivery, late, state=DeliveryState.PUBLISHED, sent_at=sent_at, act_at=None, next_step=None)
    with changing(world.ports) as change:
        change.alert("missed", "delivery", "d", "look", None)

    text = api.client.get("/metrics", headers={"Authorization": f"Bearer {api.token}"}).get_data(as_text=True)

    assert 'postengine_deliveries{state="published"} 1.0' in text
    assert 'postengine_alerts{code="missed"} 1.0' in text
    assert "postengine_lateness_max_seconds 4.0" in text
    assert "postengine_lateness_mean_seconds 4.0" in text
    assert 'postengine_due{kind="asset"} 2.0' in text
    assert "postengine_oldest_overdue_seconds 7210.0" in text


def test_metrics_are_for_operators(agency: Api, client: FlaskClient) -> None:
    token = {"Authorization": f"Bearer {agency.token}"}

    assert problem(client.get("/metrics"))[:2] == (401, "unauthorized")
    assert problem(client.get("/metrics", headers=token))[:2] == (401, "unauthorized")


def _work_off(world: World, post: Post) -> None:
    """Do what the hit has claimed, as a worker does."""
    row = world.delivery(post)
    if row.lease_until is not None:
        perform(world.ports, Message("delivery", row.id, Step.CONFIRM, row.fence))


def test_a_hit_finds_what_is_published_before_its_own_look_is_due(client: FlaskClient, world: World) -> None:
    post = world.plan()
    world.run_until(post.scheduled_at + timedelta(seconds=5), timedelta(seconds=1))
    waiting = world.delivery(post)

    client.post(ADDRESS, data=b'{"any": "body"}')
    _work_off(world, post)

    assert (waiting.state, waiting.act_at) == (
        DeliveryState.PROMOTED,
        post.scheduled_at + timedelta(seconds=20),
    )
    assert world.delivery(post).state is DeliveryState.PUBLISHED


def test_a_hundred_forged_hits_cost_one_listing(client: FlaskClient, world: World) -> None:
    post = world.plan()
    world.run_until(post.scheduled_at + timedelta(seconds=1), timedelta(seconds=1))
    before = world.wire.count("GET", "/posts")

    for _ in range(100):
        client.post(ADDRESS, data=b"\x00garbage")
        _work_off(world, post)

    assert world.wire.count("GET", "/posts") - before == 1
