"""The breaker: while an account answers promotes too slowly, one delivery at a time probes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from postengine.engine.commands.plan import ChannelUse, NewPost, plan_post
from postengine.engine.commands.register import register_account, register_channel, register_tenant
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Content, MediaItem, MediaKind, Post
from postengine.engine.posts.states import DeliveryState
from postengine.engine.posts.tenant import Account
from postengine.testing.postiz import Fault

from .world import World


def _account(world: World) -> Account:
    return world.rows(Account, id=world.account.id)[0]


def _staged(world: World, count: int) -> list[Post]:
    posts = [world.plan(external_id=f"p{number}") for number in range(count)]
    world.run()
    world.run_until(posts[0].scheduled_at - timedelta(seconds=301))
    return posts


def test_a_slow_promote_opens_the_breaker_and_a_proven_one_closes_it(world: World) -> None:
    posts = _staged(world, 1)
    world.fake.faults.add(Fault(kind="slow", method="PUT", delay_s=6))

    world.run(timedelta(seconds=1))
    closed = _account(world)
    world.run_until(posts[0].scheduled_at + timedelta(minutes=1))

    assert closed.breaker_open_at is None  # the second draft was proven in the same second
    assert "breaker_open" not in world.alerts()
    assert len(world.fake.network) == 1


def test_while_it_is_open_another_delivery_waits_for_the_probe(world: World) -> None:
    posts = _staged(world, 3)
    world.fake.begin_outage("temporal_down", timedelta(seconds=60))
    seen: list[int] = []

    def look() -> None:
        seen.append(sum(row.taken for row in world.rows(Delivery)))

    world.wire.meanwhile("PUT", look)
    world.run_until(posts[0].scheduled_at + timedelta(minutes=2), timedelta(seconds=5))

    assert {world.delivery(post).state for post in posts} == {DeliveryState.PUBLISHED}
    assert len(world.fake.network) == 3
    assert seen == [1]
    assert _account(world).breaker_open_at is None


def test_a_delivery_does_not_promote_beside_the_probe(world: World) -> None:
    first, second = _staged(world, 2)
    probing = world.delivery(first)
    lease_until = world.clock.now() + timedelta(minutes=1)
    world.change(Delivery, probing, taken=True, lease_until=lease_until, lease_owner="elsewhere", fence=99)
    world.change(Account, world.account, breaker_open_at=world.clock.now(), probe_id=probing.id)

    world.run(timedelta(seconds=3))

    assert world.wire.count("PUT") == 0
    assert "another delivery is probing" in (world.delivery(second).reason or "")


def test_a_probe_that_is_not_at_it_any_more_is_replaced(world: World) -> None:
    first, second = _staged(world, 2)
    world.change(Delivery, world.delivery(first), next_step=None, act_at=None)
    world.change(Account, world.account, breaker_open_at=world.clock.now(), probe_id=world.delivery(first).id)

    world.run(timedelta(seconds=3))

    assert world.delivery(second).state is DeliveryState.PROMOTED
    assert _account(world).breaker_open_at is None


@pytest.mark.parametrize("probe", [None, "self"])
def test_a_probe_may_go_on(world: World, probe: str | None) -> None:
    (post,) = _staged(world, 1)
    probe_id = world.delivery(post).id if probe else None
    world.change(Account, world.account, breaker_open_at=world.clock.now(), probe_id=probe_id)

    world.run(timedelta(seconds=3))

    assert world.delivery(post).state is DeliveryState.PROMOTED


def test_another_account_is_not_delayed(world: World) -> None:
    _staged(world, 1)
    world.fake.add_account("key-2", [{"id": "int-2", "identifier": "instagram"}])
    account = register_account(world.ports, "https://postiz.test/api", "key-2")
    tenant = register_tenant(world.ports, "hill", name="Hill", zone="Europe/Lisbon", account_id=account.id)
    channel = register_channel(
        world.ports,
        tenant.id,
        "ig",
        kind="instagram",
        name="IG",
        integration_id="int-2",
        settings={"post_type": "post"},
    )
    world.change(Account, world.account, breaker_open_at=world.clock.now(), probe_id="del_x")
    item = MediaItem(kind=MediaKind.CARD, photo_ids=(world.upload_for(tenant.id).id,))
    post = plan_post(
        world.ports,
        NewPost(
            tenant_id=tenant.id,
            title="T",
            content=Content(caption="hello", media=(item,)),
            channels=(ChannelUse(channel_id=channel.id),),
        ),
    )

    world.run(timedelta(minutes=1))

    assert world.delivery(post).state is DeliveryState.PUBLISHED
