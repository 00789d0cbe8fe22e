"""The hourly budget of an account: a tenth is kept free, a refusal silences it, both are rows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from postengine.engine.commands.register import register_channel, register_tenant
from postengine.engine.ledger.budget import free_at, learn
from postengine.engine.ledger.change import changing
from postengine.engine.ports import Made
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Content, MediaItem, MediaKind
from postengine.engine.posts.record import Attempt, Outcome
from postengine.engine.posts.states import DeliveryState, Step
from postengine.engine.posts.tenant import Account
from postengine.testing.clock import FakeClock
from postengine.testing.postiz import FakePostiz, Fault, FaultKind

from .world import KEY, World

NOW = FakeClock().now()
HOUR = timedelta(hours=1)


def _row(**fields: object) -> Account:
    return Account(id="a", base_url="u", api_key="k", created_at=NOW, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("account", "is_urgent", "expected"),
    [
        (_row(), False, None),
        (_row(budget_since=NOW - HOUR, budget_used=99), False, None),
        (_row(budget_since=NOW - HOUR / 2, budget_used=26), False, None),
        (_row(budget_since=NOW - HOUR / 2, budget_used=27), False, NOW + HOUR / 2),
        (_row(budget_since=NOW - HOUR / 2, budget_used=27), True, None),
        (_row(budget_since=NOW - HOUR / 2, budget_used=30), True, NOW + HOUR / 2),
        (_row(blocked_until=NOW + HOUR), True, NOW + HOUR),
        (_row(blocked_until=NOW), True, None),
    ],
)
def test_free_at(account: Account, is_urgent: bool, expected: object) -> None:
    assert free_at(account, NOW, is_urgent=is_urgent) == expected


def _strict(tmp_path: Path) -> World:
    """Return a world whose Postiz takes 30 posts an hour."""
    world = World(tmp_path)
    world.fake = FakePostiz(world.clock, api_limit=30)
    world.wire.reroute(world.fake.transport())
    world.fake.add_account(KEY, [{"id": "int-ig", "identifier": "instagram", "name": "Harbour"}])
    return world


def _account(world: World) -> Account:
    return world.rows(Account)[0]


def test_a_tenth_is_kept_free_for_what_is_due_now(world: World) -> None:
    world.change(Account, world.account, budget_since=world.clock.now(), budget_used=80, budget_limit=90)
    far = [world.plan(external_id=f"far{number}") for number in range(3)]
    world.run()
    now = world.plan(external_id="now", scheduled_at=None)

    world.run(timedelta(minutes=1))

    assert world.delivery(now).state is DeliveryState.PUBLISHED
    assert sorted(world.delivery(post).state for post in far) == ["planned", "planned", "staged"]
    waiting = [world.delivery(post) for post in far if world.delivery(post).state == "planned"]
    assert all("hourly budget" in (row.reason or "") for row in waiting)


def test_what_waited_for_the_budget_is_staged_in_the_next_hour(world: World) -> None:
    world.change(Account, world.account, budget_since=world.clock.now(), budget_used=27)
    post = world.plan()

    world.run(timedelta(minutes=59), timedelta(minutes=1))
    waiting = world.delivery(post).state
    world.run(timedelta(minutes=2), timedelta(minutes=1))

    assert waiting is DeliveryState.PLANNED
    assert world.delivery(post).state is DeliveryState.STAGED
    assert _account(world).budget_used == 1


def test_the_servers_own_numbers_are_learned(world: World) -> None:
    world.plan()

    world.run()

    assert (_account(world).budget_limit, _account(world).budget_used) == (90, 1)


def test_a_refusal_silences_the_account_for_as_long_as_it_says(world: World) -> None:
    world.fake.faults.add(Fault(kind="429", method="POST", path="/posts$", delay_s=1800))
    first, second = world.plan(external_id="a"), world.plan(external_id="b")

    world.run(timedelta(minutes=29), timedelta(minutes=1))
    asked = world.wire.count("POST", "/posts")
    world.run(timedelta(minutes=2), timedelta(minutes=1))

    assert asked == 1
    assert world.rows(Attempt)[0].outcome is Outcome.UNSENT
    assert {world.delivery(post).state for post in (first, second)} == {DeliveryState.STAGED}


def test_what_is_to_wait_for_longer_than_its_grace_is_missed_at_the_end_of_it(world: World) -> None:
    world.fake.faults.add(Fault(kind="429", method="POST", path="/posts$", delay_s=3 * 3600))
    post = world.plan(after=timedelta(minutes=30))

    world.run()
    waits = world.delivery(post)
    world.run_until(waits.miss_at + timedelta(seconds=1))

    assert (waits.next_step, waits.act_at) == (Step.MISS, waits.miss_at)
    assert world.delivery(post).state is DeliveryState.MISSED


def test_the_real_throttle_is_never_run_into(tmp_path: Path) -> None:
    world = _strict(tmp_path)
    posts = [world.plan(external_id=f"p{number}", after=timedelta(hours=5)) for number in range(40)]

    world.run(timedelta(hours=2), timedelta(minutes=1))

    assert {world.delivery(post).state for post in posts} == {DeliveryState.STAGED}
    assert {attempt.outcome for attempt in world.rows(Attempt)} == {Outcome.DONE}
    assert len(world.live()) == 40


@pytest.mark.parametrize("kind", ["500_before", "proxy_502"])
def test_a_server_that_fails_each_promote_does_not_burn_the_hours_budget(
    world: World, kind: FaultKind
) -> None:
    post = world.plan()
    world.run()
    world.fake.faults.add(Fault(kind=kind, method="PUT", times=None))

    world.run_until(post.scheduled_at + timedelta(minutes=5), timedelta(seconds=5))

    assert world.wire.count("POST", "/posts") <= 10
    # Its own error and a draft say that nothing was started; after a proxy's error nobody knows.
    assert world.delivery(post).needs_decision is (kind == "proxy_502")
    world.run_until(post.scheduled_at + timedelta(hours=3), timedelta(minutes=1))
    assert world.wire.count("POST", "/posts") <= 40
    ended = DeliveryState.UNCONFIRMED if kind == "proxy_502" else DeliveryState.MISSED
    assert (world.delivery(post).state, world.fake.network) == (ended, [])


def test_what_is_due_now_waits_too_when_everything_is_spent(world: World) -> None:
    world.change(Account, world.account, budget_since=world.clock.now(), budget_used=30)
    post = world.plan(scheduled_at=None)

    world.run(timedelta(minutes=59), timedelta(minutes=1))
    waiting = world.delivery(post).state
    world.run(timedelta(minutes=3), timedelta(minutes=1))

    assert waiting is DeliveryState.PLANNED
    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert world.wire.count("POST", "/posts") == 1


def test_a_budget_that_others_spend_during_the_upload_is_kept(world: World) -> None:
    post = world.plan()

    def spend() -> None:
        world.change(Account, world.account, budget_since=world.clock.now(), budget_used=30)

    world.wire.meanwhile("POST", spend)  # the upload
    world.run(timedelta(minutes=1))

    assert world.wire.count("POST", "/posts") == 0
    assert world.delivery(post).state is DeliveryState.PLANNED
    assert "budget" in (world.delivery(post).reason or "")


def _someone_else_posts(world: World, times: int) -> None:
    """Spend the account's budget as another program with the same key does."""
    for _ in range(times):
        request = httpx.Request("POST", "https://postiz.test/api/public/v1/posts", json={}, headers=_KEY)
        world.fake.transport().handle_request(request)


_KEY = {"Authorization": KEY}


def test_a_window_that_another_program_began_is_waited_for_and_no_longer(tmp_path: Path) -> None:
    world = _strict(tmp_path)
    _someone_else_posts(world, 20)
    world.clock.advance(timedelta(minutes=40))
    posts = [world.plan(external_id=f"p{number}", after=timedelta(hours=5)) for number in range(12)]

    world.run(timedelta(minutes=19), timedelta(minutes=1))
    early = [world.delivery(post).state for post in posts].count(DeliveryState.STAGED)
    world.run(timedelta(minutes=3), timedelta(minutes=1))

    assert early == 7  # 27 of 30, a tenth kept free
    assert {world.delivery(post).state for post in posts} == {DeliveryState.STAGED}
    assert {attempt.outcome for attempt in world.rows(Attempt)} == {Outcome.DONE}
    assert _account(world).budget_used == 5


def test_tenants_that_share_an_account_take_turns(tmp_path: Path) -> None:
    world = _strict(tmp_path)
    world.change(Account, world.account, budget_since=world.clock.now(), budget_used=21)
    other = register_tenant(
        world.ports, "second", name="Second", zone="Europe/Lisbon", account_id=world.account.id
    )
    channel = register_channel(
        world.ports,
        other.id,
        "ig",
        kind="instagram",
        name="Instagram",
        integration_id="int-ig",
        settings={"post_type": "post"},
    )
    greedy = [world.plan(external_id=f"a{number}") for number in range(20)]
    photo = world.upload_for(other.id)
    content = Content(caption="x", media=(MediaItem(kind=MediaKind.PHOTO, photo_ids=(photo.id,)),))
    modest = [
        world.plan(channel, tenant_id=other.id, listing_id=None, external_id=f"b{number}", content=content)
        for number in range(3)
    ]

    world.run()

    assert [world.delivery(post).state for post in modest] == [DeliveryState.STAGED] * 3
    assert [world.delivery(post).state for post in greedy].count(DeliveryState.STAGED) == 3


def test_a_new_window_of_the_server_counts_what_it_says(world: World) -> None:
    world.plan()
    world.run()
    delivery = world.rows(Delivery)[0]
    world.change(Account, world.account, budget_since=world.clock.now() - HOUR * 0.9, budget_used=25)
    made = Made(
        elapsed=timedelta(0),
        server_time=None,
        remote_id="r",
        remaining=28,
        limit=30,
        reset=timedelta(hours=1),
    )

    with changing(world.ports) as change:
        learn(change, delivery, made)

    assert (_account(world).budget_used, _account(world).budget_since) == (2, world.clock.now())
