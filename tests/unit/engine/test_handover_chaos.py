"""Handovers under chance: agents, operators and time do as they like, and what must never happen does not."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from postengine.engine.commands.cancel import cancel_delivery
from postengine.engine.commands.decide import Decision, decide
from postengine.engine.commands.edit import PostChanges, edit_post
from postengine.engine.commands.handover import PhoneSays, PhoneTells, hear, polled
from postengine.engine.commands.hold import place_hold, release_hold
from postengine.engine.commands.reassign import reassign, resend
from postengine.engine.ledger.change import changing
from postengine.engine.ports import Ring, Rung
from postengine.engine.posts.agent import Device
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Conflict, Invalid
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.post import Post
from postengine.engine.posts.record import HistoryEntry
from postengine.engine.posts.states import ENDED, DeliveryState, HoldScope
from postengine.engine.posts.timings import Timings

from .handovers import colleague, group, phone
from .world import World

STEPS = 80
MINUTE = timedelta(minutes=1)


@dataclass
class Watching:
    """A notifier that looks at whom it is asked to ring, and remembers what each phone was last told."""

    world: World
    told: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    wrong: list[str] = field(default_factory=list[str])

    def push(self, device: Device, ring: Ring) -> Rung:
        if ring.kind in {"manual_task", "task_closed"}:
            self.told[device.id, ring.task_id] = ring.kind
        if ring.kind == "manual_task":
            (task,) = self.world.rows(Delivery, id=ring.task_id)
            (stored,) = self.world.rows(Device, id=device.id)
            if stored.agent_id != task.agent_id:
                self.wrong.append(f"{device.id} rung for a task of {task.agent_id}")
            if stored.revoked_at is not None:
                self.wrong.append(f"{device.id} rung, and was revoked")
        return Rung()


@dataclass
class Life:
    """A world, what may be done in it, and the chance that chooses."""

    world: World
    chance: random.Random
    posts: list[Post]
    phones: list[Device]

    def act(self) -> None:
        """Do something; what is refused is no harm."""
        deeds = [self.tell] * 5 + [self.ask, self.pass_on, self.ring, self.decide, self.cancel]
        deeds += [self.edit, self.hold, self.release, self.revoke]
        try:
            self.chance.choice(deeds)()
        except (Conflict, Invalid):
            return

    def task(self) -> Delivery:
        return self.world.delivery(self.chance.choice(self.posts))

    def tell(self) -> None:
        """A phone of whoever has the task, or had it, tells something."""
        task, says = self.task(), self.chance.choice(list(PhoneSays))
        mine = [one for one in self.phones if one.agent_id in {task.agent_id, *(task.former_agent_ids or ())}]
        if not mine:
            return
        now = self.world.clock.now() + timedelta(hours=self.chance.choice([0, 0, 24, -24]))
        tells = PhoneTells(says=says, occurred_at=now, snooze_until=now + 20 * MINUTE)
        with changing(self.world.ports) as change:
            row = change.need(Delivery, task.id, lock=True)
            hear(change, row, tells, who="phone", device=self.chance.choice(mine))

    def ask(self) -> None:
        with changing(self.world.ports) as change:
            polled(change, self.chance.choice(self.phones).agent_id, who="phone")

    def pass_on(self) -> None:
        reassign(self.world.ports, self.task().id, self.chance.choice(self.phones).agent_id)

    def ring(self) -> None:
        resend(self.world.ports, self.task().id)

    def decide(self) -> None:
        decision = self.chance.choice([Decision.PUBLISHED, Decision.SEND_AGAIN])
        decide(self.world.ports, self.task().id, decision)

    def cancel(self) -> None:
        cancel_delivery(self.world.ports, self.task().id)

    def edit(self) -> None:
        post = self.chance.choice(self.posts)
        edit_post(self.world.ports, post.id, PostChanges(content=self.world.words(str(self.chance.random()))))

    def hold(self) -> None:
        place_hold(self.world.ports, HoldScope.DELIVERY, self.task().id)

    def release(self) -> None:
        for hold in self.world.rows(Hold, released_at=None):
            release_hold(self.world.ports, hold.id)

    def revoke(self) -> None:
        if self.chance.random() < 0.2:
            device = self.chance.choice(self.phones)
            self.world.change(Device, device, revoked_at=self.world.clock.now())

    def pass_time(self) -> None:
        self.world.clock.advance(self.chance.choice([MINUTE, 6 * MINUTE, timedelta(hours=2)]))
        self.world.run()


def _live(world: World, chance: random.Random) -> tuple[Life, Watching]:
    watching = Watching(world)
    world.ports = replace(world.ports, notifier=watching)
    rui, eva = colleague(world), colleague(world, "Eva")
    phones = [phone(world, agent) for agent in (world.agent, world.agent, rui, eva)]
    shared = group(world)
    channels = (world.whatsapp, shared, shared)
    posts = [
        world.plan(channel, after=number * 30 * MINUTE, external_id=f"p{number}")
        for number, channel in enumerate(channels)
    ]
    life = Life(world, chance, posts, phones)
    for _ in range(STEPS):
        life.act()
        if chance.random() < 0.7:
            life.pass_time()
    life.release()
    world.run(timedelta(hours=30), 10 * MINUTE)
    return life, watching


@pytest.mark.parametrize("seed", range(40))
def test_nothing_that_must_not_happen_happens(tmp_path: Path, seed: int) -> None:
    world = World(tmp_path, Timings(reassign_after=timedelta(hours=1)))

    life, watching = _live(world, random.Random(seed))

    assert watching.wrong == []
    personal = world.delivery(life.posts[0])
    assert (personal.agent_id, personal.former_agent_ids) == (world.agent.id, None)
    for post in life.posts:
        _check(world, watching, world.delivery(post))


def _check(world: World, watching: Watching, task: Delivery) -> None:
    assert task.state in ENDED
    assert (task.next_step, task.closing_ids, task.rung_ids) == (None, None, None)
    history = world.rows(HistoryEntry, subject_id=task.id)
    moves = [entry for entry in history if entry.from_state != entry.to_state]
    assert sum(entry.to_state == DeliveryState.PUBLISHED for entry in moves) <= 1
    enders = {entry.detail.get("device_id") for entry in moves if entry.to_state in ENDED}
    for (device_id, task_id), kind in watching.told.items():
        (device,) = world.rows(Device, id=device_id)
        knows = kind == "task_closed" or device_id in enders or device.revoked_at is not None
        assert task_id != task.id or knows, f"{device_id} still shows {task_id}"
