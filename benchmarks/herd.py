"""A herd: 900 posts of 10 accounts, all due in one minute, against the hourly limit of Postiz.

    python -m benchmarks.herd [--posts N] [--accounts N] [--seed N]

Simulated time: FakePostiz and the engine share a clock that jumps to what is next. `staged` is the engine,
which has the posts four hours before; `at_due` asks Postiz to publish each post when it is due, and waits as
long as a refusal says. Both meet the limit that Postiz has by itself (90 an hour) and a stricter one (30).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import httpx

from postengine.adapters.postiz import PostizPublisher
from postengine.clock import Clock
from postengine.engine.commands.plan import ChannelUse, NewPost, plan_post
from postengine.engine.commands.register import register_account, register_channel, register_tenant
from postengine.engine.ports import Ports
from postengine.engine.posts.delivery import make_ref
from postengine.engine.posts.post import Content
from postengine.engine.posts.tenant import Account
from postengine.engine.run import run_once
from postengine.postiz import (
    CreatePost,
    IntegrationRef,
    PostEntry,
    PostizBusy,
    PostizClient,
    PostPart,
)
from postengine.testing.clock import FakeClock
from postengine.testing.engine import memory_ports
from postengine.testing.postiz import FakePostiz

_LIMITS = (90, 30)
_PLANNED_AHEAD = timedelta(hours=4)
_MINUTE = timedelta(minutes=1)
_SHORTEST = timedelta(milliseconds=100)
_SETTLED_AFTER = timedelta(minutes=5)
_IN_TIME_S = 10.0
_URL = "https://postiz.test"


@dataclass(frozen=True, slots=True)
class Item:
    """A post that is to go out."""

    key: str
    number: int
    due_at: datetime

    @property
    def ref(self) -> str:
        """Its mark, the same whoever sends it."""
        return make_ref(self.key, f"post-{self.number}", "threads", 1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a way.

    Attributes:
        sent: Posts that reached their network.
        lateness_p99_s: From the due time to the network's receipt, all but the worst hundredth of them.
        refused_429: Requests that Postiz refused.
    """

    sent: int
    lateness_p99_s: float
    refused_429: int


class Wire(httpx.BaseTransport):
    """The way to the fake; counts the creations, and what was refused, of each account."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner
        self.creations: Counter[str] = Counter()
        self.refused = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass it on and count it."""
        response = self._inner.handle_request(request)
        if request.method == "POST" and request.url.path.endswith("/posts"):
            self.creations[request.headers["Authorization"]] += 1
        self.refused += response.status_code == HTTPStatus.TOO_MANY_REQUESTS
        return response


@dataclass(frozen=True, slots=True)
class World:
    """A fake of many accounts on a clock of its own, and the posts that are to go through it."""

    clock: FakeClock
    fake: FakePostiz
    wire: Wire
    items: Sequence[Item]

    def client(self, key: str, *, tries: int = 3) -> PostizClient:
        """Return a client of an account."""
        http = httpx.Client(transport=self.wire)
        return PostizClient(http, base_url=_URL, api_key=key, clock=self.clock, tries=tries)


def main() -> int:
    """Send the herd both ways under both limits; return 1 if the engine was late or refused."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=int, default=900)
    parser.add_argument("--accounts", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found: dict[int, dict[str, Outcome]] = {}
    for limit in _LIMITS:
        print(
            f"{options.posts} posts of {options.accounts} accounts in one minute, {limit} creations an hour"
        )
        found[limit] = {
            name: _measured(name, way, new_world(options.posts, options.accounts, limit, options.seed))
            for name, way in (("staged", send_staged), ("at_due", send_at_due))
        }
    is_kept = all(
        ways["staged"].sent == options.posts
        and ways["staged"].lateness_p99_s <= _IN_TIME_S
        and not ways["staged"].refused_429
        for ways in found.values()
    )
    print(json.dumps({**_plain(found[_LIMITS[0]]), "at_30": _plain(found[_LIMITS[1]])}))
    return 0 if is_kept else 1


def new_world(posts: int, accounts: int, limit: int, seed: int) -> World:
    """Return a fake with that many accounts, and posts that are due within a minute four hours from now."""
    clock = FakeClock()
    fake = FakePostiz(clock, api_limit=limit, seed=seed)
    keys = [f"agency-{number:02}" for number in range(accounts)]
    for key in keys:
        fake.add_account(key, [{"id": _channel_of(key), "identifier": "threads", "name": key}])
    chance = random.Random(seed)
    first_at = clock.now() + _PLANNED_AHEAD
    items = [
        Item(keys[number % accounts], number, first_at + timedelta(seconds=chance.randrange(60)))
        for number in range(posts)
    ]
    return World(clock, fake, Wire(fake.transport()), sorted(items, key=lambda item: item.due_at))


def send_staged(world: World) -> None:
    """Let the engine do it: drafts are made in the hours before, and promoted in the minutes before."""
    with tempfile.TemporaryDirectory() as folder:
        ports = memory_ports(
            Path(folder), world.clock, publisher=PostizPublisher(world.clock, _connector(world))
        )
        _plan(ports, world)
        end = world.items[-1].due_at + _SETTLED_AFTER
        while world.clock.now() < end:
            run_once(ports)
            _advance(world, ports.store.next_act_at(), end)


def send_at_due(world: World) -> None:
    """Ask Postiz to publish each post when it is due; wait when it refuses, and go on with the others."""
    waiting: dict[Item, datetime] = {item: item.due_at for item in world.items}
    while waiting:
        item = min(waiting, key=lambda found: (waiting[found], found.due_at))
        _advance(world, waiting[item], max(waiting[item], world.clock.now()))
        entry = PostEntry(
            integration=IntegrationRef(id=_channel_of(item.key)),
            value=(PostPart(content=f"Post {item.number}"),),
            settings={"postengine": {"ref": item.ref}},
        )
        try:
            world.client(item.key, tries=1).create_post(
                CreatePost(type="now", date=world.clock.now(), posts=(entry,))
            )
        except PostizBusy as error:
            waiting[item] = world.clock.now() + timedelta(seconds=error.retry_after or 1)
        else:
            del waiting[item]
    world.clock.advance(_SETTLED_AFTER)
    world.fake.run_due()


def outcome(world: World) -> Outcome:
    """Count what reached the networks, and how late."""
    due = {item.ref: item.due_at for item in world.items}
    first: dict[str, datetime] = {}
    for entry in world.fake.network:
        if entry.ref is not None:
            first.setdefault(entry.ref, entry.at)
    late_s = sorted((at - due[ref]).total_seconds() for ref, at in first.items())
    worst = late_s[max(-(-99 * len(late_s) // 100) - 1, 0)] if late_s else 0.0
    return Outcome(len(late_s), round(worst, 2), world.wire.refused)


def _measured(name: str, way: Callable[[World], None], world: World) -> Outcome:
    way(world)
    found = outcome(world)
    print(
        f"  {name}  {found.sent} sent, {found.lateness_p99_s:.1f} s late (p99), "
        f"{found.refused_429} refused by 429"
    )
    each = ", ".join(str(world.wire.creations[key]) for key in sorted(world.fake.accounts))
    print(f"          POST /posts of each account: {each}", flush=True)
    return found


def _plan(ports: Ports, world: World) -> None:
    uses: dict[str, tuple[str, ChannelUse]] = {}
    for key in world.fake.accounts:
        account = register_account(ports, _URL, key)
        tenant = register_tenant(ports, key, name=key, zone="UTC", account_id=account.id)
        channel = register_channel(
            ports, tenant.id, "threads", kind="threads", name=key, integration_id=_channel_of(key)
        )
        uses[key] = (tenant.id, ChannelUse(channel_id=channel.id))
    for item in world.items:
        tenant_id, use = uses[item.key]
        new = NewPost(
            tenant_id=tenant_id,
            external_id=f"post-{item.number}",
            title=f"Post {item.number}",
            content=Content(caption=f"Post {item.number}"),
            channels=(use,),
            scheduled_at=item.due_at.isoformat(),
        )
        plan_post(ports, new)


def _advance(world: World, to: datetime | None, end: datetime) -> None:
    """Jump to `to`, or to `end` if that is sooner; what the fake has to do meanwhile, it does in time."""
    now = world.clock.now()
    target = min(end, max(to, now + _SHORTEST) if to is not None else end)
    while (now := world.clock.now()) < target:
        world.clock.advance(min(target - now, timedelta(seconds=1) if _is_near(world, now) else _MINUTE))
        world.fake.run_due()


def _is_near(world: World, now: datetime) -> bool:
    return world.items[0].due_at - _MINUTE <= now <= world.items[-1].due_at + _MINUTE


def _connector(world: World) -> Callable[[Account, Clock], PostizClient]:
    return lambda account, _clock: world.client(account.api_key)


def _channel_of(key: str) -> str:
    return f"{key}-threads"


def _plain(ways: Mapping[str, Outcome]) -> dict[str, object]:
    return {name: asdict(found) for name, found in ways.items()}


if __name__ == "__main__":
    sys.exit(main())
