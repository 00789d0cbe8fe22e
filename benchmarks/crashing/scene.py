"""A world whose every port may kill the process, and the time that brings home what has died."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from postengine.adapters.queues.inline import InlineDispatcher
from postengine.adapters.stores.memory import MemoryStore
from postengine.clock import Clock
from postengine.engine.commands.handover import PhoneSays
from postengine.engine.delivery.perform import perform
from postengine.engine.jobs import Message
from postengine.engine.ports import (
    AssetStore,
    Dispatcher,
    MediaRenderer,
    Messenger,
    Notifier,
    Ports,
    Publisher,
    Store,
)
from postengine.engine.posts.agent import Device
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Post
from postengine.engine.posts.states import ENDED, DeliveryState
from postengine.engine.posts.timings import Timings
from postengine.engine.schedule.due import next_turn
from postengine.engine.schedule.tick import dispatch_due
from postengine.errors import PostEngineError
from postengine.testing.clock import FakeClock
from postengine.testing.engine import FakeMessenger
from tests.unit.engine.handovers import tell
from tests.unit.engine.world import World

from .probe import Crash, Points, Probe

Stores = Callable[[Path, Clock], AbstractContextManager[Store]]
"""Makes an empty store in a folder, whose clock is the given one."""

Deed = Callable[[], object]
"""What a person does, in a process of its own that may die, too; then they do it again."""

_MOST_TURNS = 2000


@contextmanager
def in_memory(_: Path, clock: Clock) -> Iterator[Store]:
    """Give a store in memory."""
    yield MemoryStore(clock)


@dataclass
class Scene:
    """A world, its points, and what happens in it.

    Attributes:
        world: Its ports are probes.
        points: Where it may die.
        mail: The messenger that is set up.
        agenda: What people do, and how long after the beginning.
        lasts: How long to look on after the beginning.
        enders: Devices that have told of an end themselves, and need not be told.
    """

    world: World
    points: Points
    mail: FakeMessenger
    queue: InlineDispatcher
    agenda: list[tuple[timedelta, Deed]] = field(default_factory=list[tuple[timedelta, Deed]])
    lasts: timedelta = timedelta(minutes=50)
    enders: set[str] = field(default_factory=set[str])

    def then(self, after: timedelta, deed: Deed) -> None:
        """Let a person do something, `after` the beginning."""
        self.agenda.append((after, deed))

    def hear(self, post: Post, device: Device, *says: PhoneSays) -> None:
        """Let a phone tell this of a post's only task, one after the other."""
        for said in says:
            tell(self.world, post, said, device)
        self.enders.add(device.id)


def open_scene(folder: Path, store: Store, clock: FakeClock, points: Points, timings: Timings) -> Scene:
    """Return a scene in which nothing happens yet, and nothing dies until its points are armed."""
    world = World(folder, timings, clock=clock, store=store)
    mail = FakeMessenger()
    queue = InlineDispatcher(lambda _, message: _perform(world, message))
    return Scene(world=world, points=points, mail=mail, queue=queue)


def _perform(world: World, message: Message) -> None:
    perform(world.ports, message)


def probed(ports: Ports, points: Points) -> Ports:
    """Return ports that are all probes."""
    return replace(
        ports,
        store=Probe(ports.store, Store, points),
        dispatcher=Probe(ports.dispatcher, Dispatcher, points),
        publisher=Probe(ports.publisher, Publisher, points),
        notifier=Probe(ports.notifier, Notifier, points),
        renderer=Probe(ports.renderer, MediaRenderer, points),
        assets=Probe(ports.assets, AssetStore, points),
        messengers=tuple(Probe(messenger, Messenger, points) for messenger in ports.messengers),
    )


def live(scene: Scene) -> None:
    """Let time pass from one known instant to the next; whatever dies is begun anew."""
    ports, world = scene.world.ports, scene.world
    begun_at = world.clock.now()
    agenda = sorted(((begun_at + after, deed) for after, deed in scene.agenda), key=lambda entry: entry[0])
    world.ports = probed(replace(ports, dispatcher=scene.queue, messengers=(scene.mail,)), scene.points)
    scene.points.is_armed = True
    for _ in range(_MOST_TURNS):
        _work(scene)
        upcoming = _next(world, agenda[0][0] if agenda else None)
        if upcoming is None or upcoming > begun_at + scene.lasts:
            break
        world.clock.advance(max(upcoming - world.clock.now(), timedelta(0)))
        world.fake.run_due()
        while agenda and agenda[0][0] <= world.clock.now():
            _insist(scene, agenda.pop(0)[1])
    else:
        raise RuntimeError(f"time stands still at {world.clock.now()}: {world.rows(Delivery)}")
    scene.points.is_armed = False


def _next(world: World, planned: datetime | None) -> datetime | None:
    """Return the next instant at which anything is due, by the engine or a person."""
    known = [world.store.next_act_at(), next_turn(replace(world.ports, store=world.store)), planned]
    return min((at for at in known if at is not None), default=None)


def _work(scene: Scene) -> None:
    """Schedule and work until there is nothing left to do now."""
    is_busy = True
    while is_busy:
        try:
            is_busy = bool(dispatch_due(scene.world.ports)) or bool(len(scene.queue))
            scene.queue.drain()
        except Crash:
            scene.points.begin_anew()
            is_busy = True


def _insist(scene: Scene, deed: Deed) -> None:
    """Do it; whoever does not know whether it was done does it again, and takes no for an answer then."""
    has_died = scene.points.has_died
    try:
        deed()
    except Crash:
        scene.points.begin_anew()
        _insist(scene, deed)
    except PostEngineError:
        if not has_died:  # in a life without deaths nothing is refused
            raise


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a scene ended.

    Attributes:
        states: The state of each delivery, by the order in which they were planned.
        asked: Of each, whether a person is asked to decide.
        arrivals: How often each arrived at its network, by our mark.
        confused: Phones that show what is over, or were told what is not theirs, as sentences.
    """

    states: Sequence[DeliveryState]
    asked: Sequence[bool]
    arrivals: Sequence[int]
    confused: Sequence[str]


def outcome_of(scene: Scene) -> Outcome:
    """Return how it ended."""
    rows = scene.world.rows(Delivery)
    arrived = Counter(entry.ref for entry in scene.world.fake.network)
    return Outcome(
        states=[row.state for row in rows],
        asked=[row.needs_decision for row in rows],
        arrivals=[arrived[row.ref] for row in rows],
        confused=[*_confused(scene, rows), *_told_twice(scene)],
    )


def _confused(scene: Scene, rows: Sequence[Delivery]) -> Iterator[str]:
    """Yield the phones whose newest push of a task that is over, or another's now, is its doorbell."""
    last = {(id_, ring.task_id): ring.kind for id_, ring in scene.world.notifier.rung}
    for row in rows:
        for device in scene.world.rows(Device):
            is_shown = last.get((device.id, row.id)) == "manual_task"
            is_theirs = device.agent_id == row.agent_id
            if is_shown and not (is_theirs and (row.state not in ENDED or device.id in scene.enders)):
                yield f"{device.id} still shows {row.id}, which is {row.state}"


def _told_twice(scene: Scene) -> Iterator[str]:
    """Yield the agents who got letters of one task under several keys."""
    keys: dict[tuple[str, str], set[str]] = {}
    for agent, letter in scene.mail.letters:
        keys.setdefault((agent.id, letter.task_id), set()).add(letter.key)
    for (agent_id, task_id), found in keys.items():
        if len(found) > 1:
            yield f"{agent_id} was told of {task_id} under {len(found)} keys"
