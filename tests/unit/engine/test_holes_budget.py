"""The hourly budget under failures and many workers: only what the server counts is counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import httpx

from postengine.engine.commands.register import register_account
from postengine.engine.delivery.perform import perform
from postengine.engine.jobs import Message
from postengine.engine.posts.post import Post
from postengine.engine.posts.states import DeliveryState
from postengine.engine.posts.tenant import Account
from postengine.testing.postiz import FakePostiz

from .world import KEY, World

_S = DeliveryState


class Line(httpx.BaseTransport):
    """Refuses connections while it is down."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner
        self.is_down = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self.is_down:
            raise httpx.ConnectError("refused", request=request)
        return self._inner.handle_request(request)


def _limit_to_thirty(world: World) -> Line:
    """Put a server with the default limit behind a line that can be cut."""
    world.fake = FakePostiz(world.clock, api_limit=30)
    world.fake.add_account(KEY, [{"id": "int-ig", "identifier": "instagram"}])
    line = Line(world.fake.transport())
    world.wire.reroute(line)
    return line


def _six(world: World, after: timedelta) -> Sequence[Post]:
    return [world.plan(after=after, external_id=f"x{number}") for number in range(6)]


def _used(world: World) -> int:
    (account,) = world.rows(Account)
    return account.budget_used


def test_refused_connections_cost_nothing(world: World) -> None:
    line = _limit_to_thirty(world)
    world.plan(after=timedelta(hours=20), external_id="seed")
    world.run()
    line.is_down = True
    _six(world, timedelta(minutes=50))
    world.run(timedelta(minutes=10), timedelta(seconds=2))
    used = _used(world)

    line.is_down = False
    world.run(timedelta(minutes=45), timedelta(seconds=10))

    assert used == 1
    assert len(world.fake.network) == 6


def test_connections_that_are_refused_at_the_last_write_cost_nothing(world: World) -> None:
    line = _limit_to_thirty(world)
    _six(world, timedelta(minutes=50))
    world.draw()
    first, *others = world.claim("delivery")
    perform(world.ports, first)
    line.is_down = True
    for message in others:
        perform(world.ports, message)
    world.run(timedelta(minutes=10), timedelta(seconds=5))

    line.is_down = False
    world.run(timedelta(minutes=42), timedelta(seconds=10))

    assert len(world.fake.network) == 6


def test_a_refused_key_costs_nothing(world: World) -> None:
    world.plan(after=timedelta(hours=20), external_id="first")
    world.run()
    before = _used(world)
    register_account(world.ports, "https://postiz.test/api", "wrong", account_id=world.account.id)
    _six(world, timedelta(minutes=100))

    world.run(timedelta(minutes=40), timedelta(seconds=5))

    assert _used(world) == before


def test_what_is_put_off_by_the_budget_uses_the_kept_tenth_once_it_is_urgent(world: World) -> None:
    world.change(Account, world.account, budget_since=world.clock.now(), budget_used=27)
    post = world.plan(after=timedelta(minutes=30))
    world.run()
    waiting = world.delivery(post).state

    world.run_until(post.scheduled_at + timedelta(minutes=1))

    assert waiting is _S.PLANNED
    assert [entry.at for entry in world.fake.network] == [post.scheduled_at]


def test_five_workers_at_once_do_not_overdraw_the_budget(world: World) -> None:
    _limit_to_thirty(world)
    for number in range(8):
        world.plan(external_id=f"x{number}")
    world.draw()
    now = world.clock.now()
    world.change(Account, world.account, budget_since=now, budget_used=24, listed_at=now)
    messages = world.claim("delivery")

    def work(waiting: Sequence[Message]) -> None:
        """Begin the first; the next worker begins while this one has a request on its way."""
        if waiting:
            world.wire.meanwhile("POST", lambda: work(waiting[1:]))
            perform(world.ports, waiting[0])

    work(messages[:5])

    assert world.wire.count("POST", "/posts") == 3  # of 30, three are kept for what is urgent
    assert _used(world) == 27
