"""The operator: edits, reschedules, cancels, pauses, withdraws and decides, at the worst moments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from postengine.engine.commands.approve import approve_post
from postengine.engine.commands.cancel import cancel_delivery, cancel_post
from postengine.engine.commands.decide import Decision, decide
from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.commands.withdraw import change_listing
from postengine.engine.ports import Ports
from postengine.engine.posts.errors import PostError
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.post import Content
from postengine.engine.posts.states import DeliveryState, HoldReason, HoldScope, ListingStatus

from .hosts import Host
from .plan import CALM_AFTER
from .scheduler import NEVER
from .world import Snapshot, World

_ACTIVE_S = CALM_AFTER.total_seconds() - 30
_DEEDS = (
    "edit", "edit", "reschedule", "reschedule", "cancel", "pause", "pause", "price", "withdraw", "approve",
    "decide",
)  # fmt: skip


class Operator:
    """A person at the service's own pages."""

    def __init__(self, world: World, host: Host) -> None:
        self._world = world
        self._host = host
        self._ports: Ports = world.ports(host)
        self._chance = host.chance
        odds, plan = world.plan.odds, world.plan
        self._instants = sorted(
            self._chance.uniform(1, _ACTIVE_S) for _ in range(self._chance.randrange(odds.deeds + 1))
        )[: plan.deeds]

    def live(self) -> None:
        """Do all deeds, and then look after what is left."""
        self._host.live(self._turn)

    def _turn(self) -> None:
        world, chance = self._world, self._chance
        while self._instants:
            wait_s = self._instants[0] - world.scheduler.monotonic()
            if wait_s > 0 and chance.random() < world.plan.odds.trapped:
                world.trap = chance.choice(("PUT", "PUT", "POST", "DELETE"))
            world.scheduler.sleep(timedelta(seconds=max(wait_s, 0.0)))
            world.trap = None
            self._instants.pop(0)
            self._do(chance.choice(_DEEDS))
        world.scheduler.sleep_until(NEVER)

    def _do(self, deed: str) -> None:
        world, chance = self._world, self._chance
        favoured = world.plan.odds.deed
        if favoured and chance.random() < 0.6:
            deed = favoured
        post = chance.choice(world.posts)
        world.scheduler.note(f"{deed} {post.external_id}")
        way: Callable[[str], None] = getattr(self, f"_{deed}")
        try:
            way(post.id)
        except PostError as error:
            world.scheduler.note(f"refused: {error}")  # it came too late, and was told so
        world.wake_crons()

    def _edit(self, post_id: str) -> None:
        caption = f"edited {self._chance.randrange(10_000)}"
        edit_post(self._ports, post_id, PostChanges(content=Content(caption=caption)))

    def _reschedule(self, post_id: str) -> None:
        at = self._world.now() + timedelta(seconds=self._chance.choice((10, 40, 100, 200)))
        edit_post(self._ports, post_id, PostChanges(scheduled_at=at.isoformat()))

    def _cancel(self, post_id: str) -> None:
        cancel_post(self._ports, post_id)

    def _pause(self, _post_id: str) -> None:
        scope, scope_id = self._chance.choice(
            (
                (HoldScope.TENANT, self._world.tenant_id),
                (HoldScope.CHANNEL, self._world.instagram_id),
                (HoldScope.LISTING, self._world.listing_id),
                (HoldScope.POST, _post_id),
            )
        )
        span = timedelta(seconds=self._chance.choice((5, 30, 100)))
        if self._chance.random() < 0.3:
            place_hold(self._ports, scope, scope_id, until_at=self._world.now() + span)
            return
        hold = place_hold(self._ports, scope, scope_id)
        self._world.scheduler.sleep(span)
        if self._chance.random() < 0.8:
            release_hold(self._ports, hold.id)

    def _price(self, _post_id: str) -> None:
        facts = replace(self._world.facts, price=f"€ {self._chance.randrange(100, 999)},000")
        change_listing(self._ports, self._world.listing_id, facts=facts)

    def _withdraw(self, _post_id: str) -> None:
        if self._chance.random() < 0.7:  # a withdrawn listing ends all posts: not in each run
            self._approve(_post_id)
            return
        change_listing(self._ports, self._world.listing_id, status=ListingStatus.WITHDRAWN)
        if self._chance.random() < 0.5:
            self._world.scheduler.sleep(timedelta(seconds=20))
            change_listing(self._ports, self._world.listing_id, status=ListingStatus.ACTIVE)

    def _approve(self, post_id: str) -> None:
        approve_post(self._ports, post_id)

    def _decide(self, _post_id: str) -> None:
        rows = [row for row in self._world.deliveries() if row.needs_decision]
        if not rows:
            return
        row = self._chance.choice(rows)
        decision = self._chance.choice((Decision.SEND_AGAIN, Decision.DROP, Decision.FAILED))
        decide(self._ports, row.id, decision)
        self._world.decided.add(row.id)


def restorer(world: World) -> Callable[[], None]:
    """Take a backup, put it back some time later, and let the operator adopt it after a look."""
    plan, chance = world.plan, world.plan.chance("restore")
    is_hit = chance.random() < plan.odds.restore
    backup_at, until, adopt_after = chance.uniform(5, 250), chance.uniform(20, 150), chance.uniform(20, 60)

    def body() -> None:
        if is_hit and plan.has("restore"):
            world.scheduler.sleep(timedelta(seconds=backup_at))
            backup = world.snapshot()
            world.is_backed_up = True
            world.scheduler.note("a backup is taken")
            world.scheduler.sleep(timedelta(seconds=until))
            gone = [row.id for row in world.deliveries() if row.state is DeliveryState.CANCELLED]
            world.scheduler.between.append(lambda: _restore(world, backup, gone))
            world.scheduler.sleep(timedelta(seconds=adopt_after))
            _adopt(world, gone)
        world.scheduler.sleep_until(NEVER)

    return body


def _restore(world: World, backup: Snapshot, gone: list[str]) -> None:
    """Put the backup back. The operator keeps in mind what had been cancelled by then."""
    world.restore(backup)
    world.gone.update(gone)


def _adopt(world: World, gone: list[str]) -> None:
    """Cancel again what had been cancelled, and only then let the work go on."""
    for delivery_id in gone:
        try:
            cancel_delivery(world.plain, delivery_id)
        except PostError as error:
            world.scheduler.note(f"cannot cancel again: {error}")
    with world.store.transaction() as tx:
        holds = tx.find(Hold, {"reason": HoldReason.RESTORED, "released_at": None})
    for hold in holds:
        release_hold(world.plain, hold.id, who="operator")
    world.scheduler.note("adopted")
    world.wake_crons()
