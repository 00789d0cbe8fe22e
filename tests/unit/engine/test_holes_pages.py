"""Answers that Postiz itself never gave, refusals, and listings that do not reach far enough."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from postengine.engine.ledger.attempts import close_attempt, open_attempt
from postengine.engine.ledger.budget import free_at, learn
from postengine.engine.ledger.change import changing
from postengine.engine.ports import Answered, Made
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Sick
from postengine.engine.posts.record import Outcome, Verb
from postengine.engine.posts.states import DeliveryState, HoldScope, Step
from postengine.engine.posts.tenant import Account
from postengine.testing.publisher import PassOn

from .world import World

PAGES = {
    "a waiting page": httpx.Response(200, html="<html>please wait</html>"),
    "a gateway's JSON": httpx.Response(504, json={"statusCode": 504, "message": "Gateway Timeout"}),
}


class Proxy(httpx.BaseTransport):
    """Answers the first promote itself; Postiz gets it only just before the next DELETE."""

    def __init__(self, inner: httpx.BaseTransport, page: httpx.Response) -> None:
        self._inner = inner
        self._page: httpx.Response | None = page
        self._parked: httpx.Request | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "PUT" and self._page is not None:
            request.read()
            self._parked, page, self._page = request, self._page, None
            return page
        if request.method == "DELETE" and self._parked is not None:
            parked, self._parked = self._parked, None
            self._inner.handle_request(parked)
        return self._inner.handle_request(request)


@pytest.mark.parametrize("page", list(PAGES))
def test_a_page_of_a_proxy_on_a_late_promote_doubles_nothing(world: World, page: str) -> None:
    world.wire.reroute(Proxy(world.fake.transport(), PAGES[page]))
    post = world.plan(after=timedelta(0))

    world.run(timedelta(minutes=10), timedelta(seconds=1))

    assert len(world.fake.network) <= 1
    assert world.delivery(post).needs_decision is (len(world.fake.network) == 0)


class Refuses(PassOn):
    """Its key is refused."""

    def promote(self, account: Account, remote_id: str) -> Answered:  # noqa: ARG002 - the port's
        raise Sick(HoldScope.ACCOUNT, "the key is refused")


def test_a_late_promote_that_was_refused_goes_out_when_it_is_mended(world: World) -> None:
    true = world.ports.publisher
    world.ports = replace(world.ports, publisher=Refuses(true))
    post = world.plan(after=timedelta(0))
    world.run(timedelta(seconds=20))
    world.ports = replace(world.ports, publisher=true)

    world.run(timedelta(minutes=40), timedelta(seconds=10))

    assert world.delivery(post).state is DeliveryState.PUBLISHED
    assert len(world.fake.network) == 1


def test_a_promoted_post_moved_far_ahead_is_followed_whoever_looks(world: World) -> None:
    first = world.plan(after=timedelta(hours=2, seconds=30))
    far = world.plan(after=timedelta(hours=2), external_id="p2")
    world.run_until(first.scheduled_at - timedelta(minutes=2))
    world.fake.hand.move(world.draft(far).id, far.scheduled_at + timedelta(days=70))

    world.run_until(first.scheduled_at + timedelta(minutes=30), timedelta(seconds=5))

    assert world.delivery(far).state is DeliveryState.PROMOTED


def test_a_window_that_turns_keeps_what_is_on_its_way(world: World) -> None:
    post = world.plan()
    world.draw()
    world.claim("delivery")
    since = world.clock.now() - timedelta(minutes=50)
    world.change(Account, world.account, budget_limit=30, budget_used=0, budget_since=since)
    taken = world.change(Delivery, world.delivery(post), taken=True)
    attempts = [open_attempt(world.ports, taken, Step.STAGE, Verb.CREATE) for _ in range(5)]
    made = Made(
        elapsed=timedelta(seconds=1),
        server_time=None,
        remote_id="r",
        remaining=2,
        limit=30,
        reset=timedelta(minutes=55),
    )

    with changing(world.ports) as change:
        close_attempt(change, attempts[0], Outcome.DONE)
        learn(change, taken, made)

    (account,) = world.rows(Account)
    assert account.budget_used == 28 + 4
    assert free_at(account, world.clock.now(), is_urgent=True) is not None
