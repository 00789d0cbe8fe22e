"""The world of one run: Postiz, one store, the hosts around it, and who acts on them."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import httpx

from postengine.adapters.postiz import PostizPublisher
from postengine.adapters.stores.kinds import KINDS
from postengine.clock import Clock
from postengine.engine.commands.hold import place_hold
from postengine.engine.commands.plan import ChannelUse, NewPost, plan_post
from postengine.engine.commands.register import (
    register_account,
    register_agent,
    register_channel,
    register_listing,
    register_tenant,
)
from postengine.engine.commands.upload import keep_file
from postengine.engine.ledger.change import changing
from postengine.engine.ports import DeliveryChanged, Ports, Row
from postengine.engine.posts.agent import Device, PushKind
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.listing import Facts
from postengine.engine.posts.post import Content, MediaItem, MediaKind, Post
from postengine.engine.posts.states import HoldReason, HoldScope
from postengine.engine.posts.tenant import Account
from postengine.ids import CountingIds
from postengine.postiz import PostizClient
from postengine.testing.postiz import FakePostiz, Fault, PublishFailure
from tests.unit.engine.world import StubAssets, StubRenderer

from .hosts import Host, HostNotifier, HostStore, Wire
from .plan import FAULTS, TIMINGS, Plan
from .queue import Queue
from .scheduler import Actor
from .surroundings import Surroundings

_KEY = "key-of-harbour"
_JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
Snapshot = list[Row]


def hold_restored(ports: Ports) -> None:
    """Hold everything until an operator adopts the restored store."""
    place_hold(ports, HoldScope.SERVICE, reason=HoldReason.RESTORED, note="restored", who="installation")


@cache
def _folder() -> Path:
    """Return one folder for the files of all runs of this process: they are named by what is in them."""
    folder = Path(tempfile.mkdtemp(prefix="simulate-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class World(Surroundings):
    """Everything that one run works with.

    Attributes:
        gone: Deliveries that had been cancelled when the store was put back.
        decided: Deliveries of which a person took the risk on themselves.
        is_backed_up: A backup has been taken, which will be put back.
        traceless: Postiz ids that a person deleted after they were out, and after the backup: nothing at all
            tells the restored store of them.
        arrived_revs: Mark and rev of what the networks received, in order.
        escaped: Errors that a step let escape; there should be none.
    """

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self.ids = CountingIds()
        self.fake = FakePostiz(self.scheduler, seed=plan.seed, publish_takes=timedelta(seconds=2))
        self.fake.add_account(_KEY, [{"id": "int-ig", "identifier": "instagram", "name": "Harbour"}])
        self.queue = Queue(self)
        self.hosts: list[Host] = []
        self.crons: list[Actor] = []
        self.gone: set[str] = set()
        self.decided: set[str] = set()
        self.is_backed_up = False
        self.traceless: set[str] = set()
        self.escaped: list[str] = []
        self.arrived_revs: list[tuple[str | None, object]] = []
        self.plain = self._ports(Host(self, "founder"), is_plain=True)
        self._found()
        self._break()
        self.posts = [self._plan_post(number) for number in range(self._many())]

    def ports(self, host: Host) -> Ports:
        """Return what the engine works with on `host`."""
        return self._ports(host)

    def wake_crons(self, within_s: float = 0.5) -> None:
        """Let a cron look at what is due, as a tick after a write does."""
        for cron in self.crons:
            cron.wake(self.now() + timedelta(seconds=within_s))

    def time_has_moved(self) -> None:
        """Let Postiz do what is due, and look at the words of what has arrived."""
        self.fake.run_due()
        for entry in self.fake.network[len(self.arrived_revs) :]:
            mark = self.fake.posts[entry.post_id].settings.get("postengine")
            rev = mark.get("rev") if isinstance(mark, dict) else None
            self.arrived_revs.append((entry.ref, rev))
            self.scheduler.note(f"the network receives {entry.post_id[-6:]} by {entry.by}")

    def let_postiz_go_on(self, span: timedelta) -> None:
        """Let Postiz alone do what is still to come there."""
        self.scheduler.jump(span)
        self.time_has_moved()

    def deliveries(self) -> list[Delivery]:
        """Return all deliveries as they stand."""
        with self.store.transaction() as tx:
            return tx.find(Delivery, {})

    def snapshot(self) -> Snapshot:
        """Return a copy of the store, as a backup is."""
        with self.store.transaction() as tx:
            return [row for kind in KINDS for row in tx.find(kind, {})]

    def restore(self, snapshot: Snapshot) -> None:
        """Stop all processes, put the store back, and hold everything, as the `restore` command does."""
        for host in self.hosts:
            if host.actor is not None and not host.is_dead:
                host.is_dead = True
                self.scheduler.kill(host.actor)
        self.queue.wipe()
        store = self.empty_store()
        with store.transaction() as tx:
            for row in snapshot:
                tx.add(row)
        self.store = store
        self.plain = replace(self.plain, store=store)
        self.scheduler.note("the store is restored from a backup")
        hold_restored(self.plain)
        self.wake_crons()

    def calm(self) -> None:
        """Let nothing break from now on."""
        self.is_calm = True
        self.fake.faults.clear()
        for name in list(self.fake.down):
            self.fake.end_outage(name)
        self.scheduler.note("calm")

    def _ports(self, host: Host, *, is_plain: bool = False) -> Ports:
        inner = self.fake.transport()
        transport = inner if is_plain else Wire(host, inner)

        def connect(account: Account, clock: Clock) -> PostizClient:
            http = httpx.Client(transport=transport, trust_env=False)
            return PostizClient(http, base_url=account.base_url, api_key=account.api_key, clock=clock)

        return Ports(
            store=self.store if is_plain else HostStore(host),
            dispatcher=self.queue,
            publisher=PostizPublisher(host, connect),
            notifier=HostNotifier(host),
            renderer=StubRenderer(),
            assets=StubAssets(_folder()),
            timings=TIMINGS,
            clock=host,
            ids=self.ids,
            on_delivery_changed=(self._moved,),
            owner=host.name,
        )

    def _moved(self, event: DeliveryChanged) -> None:
        row = event.delivery
        self.scheduler.note(f"{row.id[-4:]} {event.from_state} -> {row.state}: {event.why}")

    def _found(self) -> None:
        """Set up an agency with one automatic channel, and an agent with a status and two phones."""
        ports = self.plain
        account = register_account(ports, "https://postiz.test/api", _KEY)
        tenant = register_tenant(
            ports, "harbour", name="Harbour & Hill", zone="Europe/Lisbon", account_id=account.id
        )
        agent = register_agent(ports, tenant.id, "ana", name="Ana", phone="+351 1")
        self.tenant_id, self.agent_id = tenant.id, agent.id
        photo = _folder() / "upload.tmp"
        photo.write_bytes(_JPEG + b"photo")
        self.photo_id = keep_file(ports, tenant.id, photo)[0].id
        self.facts = Facts(title="3 Bedroom Apartment", price="€ 485,000", address="Rua do Sol")
        self.listing_id = register_listing(
            ports, tenant.id, "flat-1", facts=self.facts, agent_id=agent.id, photo_ids=(self.photo_id,)
        ).id
        self.instagram_id = register_channel(
            ports,
            tenant.id,
            "ig",
            kind="instagram",
            name="Instagram",
            integration_id="int-ig",
            settings={"post_type": "post"},
        ).id
        self.status_id = register_channel(
            ports, tenant.id, "wa-ana", kind="whatsapp_status", name="Ana's status", agent_id=agent.id
        ).id
        with changing(ports) as change:
            for name in ("phone-1", "phone-2"):
                change.tx.add(
                    Device(
                        id=name,
                        tenant_id=tenant.id,
                        agent_id=agent.id,
                        platform="android",
                        push_kind=PushKind.FCM,
                        push_address=name,
                        token_hash=name,
                        created_at=change.now,
                    )
                )

    def _break(self) -> None:
        """Let Postiz fail as the seed says."""
        plan, chance = self.plan, self.plan.chance("faults")
        for kind in FAULTS:
            fault = Fault(
                kind=kind,
                path="/public/v1/posts",
                times=None,
                probability=plan.odds.fault / len(FAULTS),
                delay_s=chance.uniform(1, 15),
                is_executed=chance.random() < 0.5,
                hangs=chance.random() < 0.5,
            )
            if plan.has(kind):
                self.fake.faults.add(fault)
        failing, waits, is_received = chance.random(), chance.uniform(5, 60), chance.random() < 0.3
        times = chance.randrange(1, 3)
        if failing < plan.odds.failed_publish and plan.has("failed_publish"):
            retry_after_s = waits if is_received else None
            self.fake.fail_publish(
                PublishFailure(times=times, retry_after_s=retry_after_s, is_received=is_received)
            )

    def _many(self) -> int:
        return min(self.plan.chance("posts").randrange(3, 6), self.plan.posts)

    def _plan_post(self, number: int) -> Post:
        chance = self.plan.chance(f"post {number}")
        kind = chance.choice(("photo", "photo", "card"))
        item = (
            MediaItem(kind=MediaKind.CARD)
            if kind == "card"
            else MediaItem(kind=MediaKind.FILE, photo_ids=(self.photo_id,))
        )
        channels = chance.choice(((self.instagram_id,),) * 4 + ((self.instagram_id, self.status_id),) * 2)
        after = timedelta(seconds=chance.choice((0, 20, 90, 200, 300, 330)))
        new = NewPost(
            tenant_id=self.tenant_id,
            external_id=f"p{number}",
            listing_id=self.listing_id,
            title="3 Bedroom Apartment",
            content=Content(caption="{title} for {price}, " + str(number), media=(item,)),
            channels=tuple(ChannelUse(channel_id=id_) for id_ in channels),
            scheduled_at=(self.now() + after).isoformat(),
            is_approved=chance.random() < 0.9,
        )
        return plan_post(self.plain, new)
