"""What publishing once costs: CPU a post of the whole way, beside a naive create-and-hope, in one run.

    python -m benchmarks.whole_path [--posts N]

All ways go through the same in-process FakePostiz. `naive` sends one `POST /posts` of type `schedule` and
never looks again; `memory` and `sqlite` take each post through stage, promote and confirm by the engine's own
code. Waiting for the posts' time costs no CPU.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from postengine.adapters.postiz import PostizPublisher
from postengine.adapters.stores.sql import SqlStore, make_engine, migrate
from postengine.clock import Clock, SystemClock
from postengine.engine.commands.plan import ChannelUse, NewPost, plan_post
from postengine.engine.commands.register import register_account, register_channel, register_tenant
from postengine.engine.ports import Ports
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Content
from postengine.engine.posts.states import DeliveryState
from postengine.engine.posts.tenant import Account
from postengine.engine.posts.timings import Timings
from postengine.engine.run import run_once
from postengine.postiz import CreatePost, IntegrationRef, PostEntry, PostizClient, PostPart
from postengine.testing.engine import memory_ports
from postengine.testing.postiz import FakePostiz

_KEY = "benchmark-key"
_CHANNEL = "int-threads"
_DUE_AFTER = timedelta(seconds=12)
_PUBLISH_TAKES = timedelta(seconds=0.5)
_PAUSE = timedelta(seconds=0.2)
_TIMINGS = Timings(fence_margin=timedelta(seconds=2), polls=(timedelta(seconds=1),))


def main() -> None:
    """Measure all ways and print their ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=int, default=100)
    posts: int = parser.parse_args().posts
    with tempfile.TemporaryDirectory() as folder:
        naive_ms = _measured(posts, _naive)
        memory_ms = _measured(
            posts, lambda count, fake, clock: _engine(count, fake, clock, Path(folder), None)
        )
        engine = make_engine(f"sqlite:///{folder}/benchmark.db")
        migrate(engine)
        sqlite_ms = _measured(
            posts, lambda count, fake, clock: _engine(count, fake, clock, Path(folder), SqlStore(engine))
        )
        engine.dispose()
    print(f"naive   {naive_ms:6.2f} ms of CPU a post")
    print(f"memory  {memory_ms:6.2f} ms, {memory_ms / naive_ms:.1f} times")
    print(f"sqlite  {sqlite_ms:6.2f} ms, {sqlite_ms / naive_ms:.1f} times")
    figures = {"posts": posts, "memory_ratio": memory_ms / naive_ms, "sqlite_ratio": sqlite_ms / naive_ms}
    print(json.dumps({name: round(value, 2) for name, value in figures.items()}))


def _measured(posts: int, way: Callable[[int, FakePostiz, SystemClock], None]) -> float:
    """Return milliseconds of CPU a post."""
    clock = SystemClock()
    fake = FakePostiz(clock, api_limit=10 * posts, publish_takes=_PUBLISH_TAKES)
    fake.add_account(_KEY, [{"id": _CHANNEL, "identifier": "threads", "name": "Benchmark"}])
    started = time.process_time()
    way(posts, fake, clock)
    spent_s = time.process_time() - started
    fake.run_due()
    if len(fake.network) != posts:
        raise SystemExit(f"{len(fake.network)} of {posts} posts went out; the figures mean nothing")
    return spent_s * 1000 / posts


def _naive(posts: int, fake: FakePostiz, clock: SystemClock) -> None:
    client = _client(fake, clock)
    for number in range(posts):
        entry = PostEntry(
            integration=IntegrationRef(id=_CHANNEL), value=(PostPart(content=f"Post {number}"),)
        )
        client.create_post(CreatePost(type="schedule", date=_due(clock), posts=(entry,)))
    clock.sleep(_DUE_AFTER + _PUBLISH_TAKES + _PAUSE)


def _engine(posts: int, fake: FakePostiz, clock: SystemClock, folder: Path, store: SqlStore | None) -> None:
    ports = memory_ports(folder, clock, publisher=PostizPublisher(clock, _connector(fake)), timings=_TIMINGS)
    if store is not None:
        ports = replace(ports, store=store)
    _plan(ports, posts, clock)
    while not _are_published(ports, posts):
        if not run_once(ports):
            clock.sleep(_PAUSE)


def _plan(ports: Ports, posts: int, clock: SystemClock) -> None:
    account = register_account(ports, "https://postiz.test", _KEY)
    tenant = register_tenant(ports, "bench", name="Bench", zone="UTC", account_id=account.id)
    channel = register_channel(
        ports, tenant.id, "threads", kind="threads", name="Threads", integration_id=_CHANNEL
    )
    for number in range(posts):
        plan_post(
            ports,
            NewPost(
                tenant_id=tenant.id,
                title=f"Post {number}",
                content=Content(caption=f"Post {number}"),
                channels=(ChannelUse(channel_id=channel.id),),
                scheduled_at=_due(clock).isoformat(),
            ),
        )


def _are_published(ports: Ports, posts: int) -> bool:
    with ports.store.transaction() as tx:
        return tx.count(Delivery, {"state": DeliveryState.PUBLISHED}) == posts


def _due(clock: SystemClock) -> datetime:
    return clock.now() + _DUE_AFTER


def _connector(fake: FakePostiz) -> Callable[[Account, Clock], PostizClient]:
    return lambda _account, clock: _client(fake, clock)


def _client(fake: FakePostiz, clock: Clock) -> PostizClient:
    return PostizClient(
        httpx.Client(transport=fake.transport()), base_url="https://postiz.test", api_key=_KEY, clock=clock
    )


if __name__ == "__main__":
    main()
