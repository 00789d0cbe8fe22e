"""A whole installation in memory, on a clock that moves when told, with FakePostiz behind it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import httpx

from postengine.adapters.postiz import PostizPublisher
from postengine.adapters.queues.inline import InlineDispatcher
from postengine.adapters.stores.kinds import KINDS
from postengine.adapters.stores.memory import MemoryStore
from postengine.clock import Clock
from postengine.engine.commands.plan import ChannelUse, NewPost, plan_post
from postengine.engine.commands.register import (
    register_account,
    register_agent,
    register_channel,
    register_listing,
    register_tenant,
)
from postengine.engine.commands.upload import keep_file
from postengine.engine.delivery.perform import perform
from postengine.engine.jobs import Message
from postengine.engine.ledger.change import changing
from postengine.engine.ports import Ports, R, Rendered, Ring, Row, Rung, Store
from postengine.engine.posts.agent import Device, PushKind
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.listing import Facts
from postengine.engine.posts.post import Content, MediaItem, MediaKind, Post
from postengine.engine.posts.record import Alert, HistoryEntry
from postengine.engine.posts.states import DeliveryState
from postengine.engine.posts.tenant import Account
from postengine.engine.posts.timings import Timings
from postengine.engine.run import run_once
from postengine.engine.schedule.claim import claim_due
from postengine.errors import PostEngineError
from postengine.ids import CountingIds, Ids
from postengine.postiz import PostizClient
from postengine.testing.clock import FakeClock
from postengine.testing.postiz import FakePostiz, PostRow

KEY = "key-of-harbour"
_JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")

_SOUND = b"RIFF"
SOUND_S = 24.0
"""How long each uploaded sound is."""


class StubRenderer:
    """Writes the hash of what it is asked to draw, as a tiny file that Postiz takes for a JPEG."""

    def __init__(self) -> None:
        self.rendered: list[Mapping[str, object]] = []
        self.error: Exception | None = None
        self.content: bytes | None = None

    def inputs_hash(self, spec: Mapping[str, object], photo_hashes: Mapping[str, str]) -> str:
        text = json.dumps([spec, sorted(photo_hashes.items())], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def render(
        self,
        spec: Mapping[str, object],
        photos: Mapping[str, Path],
        folder: Path,
        heartbeat: Callable[[], None],
    ) -> Rendered:
        heartbeat()
        if self.error is not None:
            raise self.error
        self.rendered.append(spec)
        path = folder / "drawn.jpg"
        drawn = _JPEG + self.inputs_hash(spec, dict.fromkeys(photos, "")).encode()
        path.write_bytes(drawn if self.content is None else self.content)
        return Rendered(path=path, mime="image/jpeg", width_px=1080, height_px=1350, duration_s=None)

    def inspect(self, file: Path) -> Rendered:
        if file.read_bytes().startswith(_SOUND):
            return Rendered(path=file, mime="audio/wav", width_px=None, height_px=None, duration_s=SOUND_S)
        return Rendered(path=file, mime="image/jpeg", width_px=4032, height_px=3024, duration_s=None)


class FileGone(PostEngineError):
    """There is no file with this hash."""


class StubAssets:
    """Files by their hash in a folder; unlike the real store it does not wait for the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, file: Path) -> tuple[str, int]:
        content = file.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        file.replace(self._folder / f"{sha256}.jpg")
        return sha256, len(content)

    def path(self, sha256: str) -> Path:
        path = self._folder / f"{sha256}.jpg"
        if not path.exists():
            raise FileGone(f"no file {sha256}")
        return path

    def open(self, sha256: str) -> BinaryIO:
        return self.path(sha256).open("rb")

    @contextmanager
    def workspace(self) -> Generator[Path]:
        folder = self._folder / "making"
        folder.mkdir(exist_ok=True)
        yield folder


@dataclass
class StubNotifier:
    """Keeps each doorbell; answers what it is told to, each device or all of them."""

    rung: list[tuple[str, Ring]] = field(default_factory=list)
    answer: Rung = field(default_factory=Rung)
    answers: dict[str, Rung] = field(default_factory=dict[str, Rung])
    error: PostEngineError | None = None
    meanwhile: Callable[[], object] | None = None

    def push(self, device: Device, ring: Ring) -> Rung:
        self.rung.append((device.id, ring))
        if self.meanwhile is not None:
            action, self.meanwhile = self.meanwhile, None
            action()
        if self.error is not None:
            raise self.error
        return self.answers.get(device.id, self.answer)


class Wire(httpx.BaseTransport):
    """The way to FakePostiz: keeps each request, and lets something happen while one is on its way."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner
        self.requests: list[tuple[str, str]] = []
        self._meanwhile: list[tuple[str, bool, Callable[[], object]]] = []

    def reroute(self, inner: httpx.BaseTransport) -> None:
        """Lead to another server from now on."""
        self._inner = inner

    def meanwhile(self, method: str, action: Callable[[], object], *, is_done: bool = False) -> None:
        """Do `action` once, when the next `method` request is sent, or done at Postiz if `is_done`."""
        self._meanwhile.append((method, is_done, action))

    def count(self, method: str, path: str = "") -> int:
        """Return how many `method` requests had `path` in their path."""
        return sum(sent == method and path in place for sent, place in self.requests)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Keep the request and pass it on."""
        self.requests.append((request.method, request.url.path))
        self._act(request.method, is_done=False)
        response = self._inner.handle_request(request)
        self._act(request.method, is_done=True)
        return response

    def _act(self, method: str, *, is_done: bool) -> None:
        for entry in [entry for entry in self._meanwhile if entry[:2] == (method, is_done)]:
            self._meanwhile.remove(entry)
            entry[2]()


class World:
    """An agency with an Instagram channel and an agent's WhatsApp Status, ready to post."""

    def __init__(
        self,
        folder: Path,
        timings: Timings | None = None,
        *,
        clock: FakeClock | None = None,
        store: Store | None = None,
        publish_takes: timedelta = timedelta(seconds=2),
        ids: Ids | None = None,
    ) -> None:
        self.clock = clock or FakeClock()
        self.fake = FakePostiz(self.clock, publish_takes=publish_takes)
        self.fake.add_account(KEY, [{"id": "int-ig", "identifier": "instagram", "name": "Harbour"}])
        self.wire = Wire(self.fake.transport())
        self.store: Store = store or MemoryStore(self.clock)
        self.renderer = StubRenderer()
        self.notifier = StubNotifier()
        self.dispatcher = InlineDispatcher(lambda *_: None)
        self.ports = Ports(
            store=self.store,
            dispatcher=self.dispatcher,
            publisher=PostizPublisher(self.clock, self._connect),
            notifier=self.notifier,
            renderer=self.renderer,
            assets=StubAssets(folder),
            timings=timings or Timings(),
            clock=self.clock,
            ids=ids or CountingIds(),
        )
        self._folder = folder
        self.account = register_account(self.ports, "https://postiz.test/api", KEY)
        self.tenant = register_tenant(
            self.ports, "harbour", name="Harbour & Hill", zone="Europe/Lisbon", account_id=self.account.id
        )
        self.photo = self.upload(b"photo")
        self.agent = register_agent(self.ports, self.tenant.id, "ana", name="Ana", phone="+351 1")
        self.listing = register_listing(
            self.ports,
            self.tenant.id,
            "flat-1",
            facts=Facts(title="3 Bedroom Apartment", price="€ 485,000", address="Rua do Sol"),
            agent_id=self.agent.id,
            photo_ids=(self.photo.id,),
        )
        self.instagram = register_channel(
            self.ports,
            self.tenant.id,
            "ig",
            kind="instagram",
            name="Instagram",
            integration_id="int-ig",
            settings={"post_type": "post"},
        )
        self.whatsapp = register_channel(
            self.ports,
            self.tenant.id,
            "wa-ana",
            kind="whatsapp_status",
            name="Ana's status",
            agent_id=self.agent.id,
        )

    def use(self, store: Store) -> None:
        """Go on with another store."""
        self.store = store
        self.ports = replace(self.ports, store=store)

    def backup(self) -> list[Row]:
        """Return all rows of the store."""
        with self.store.transaction() as tx:
            return [row for kind in KINDS for row in tx.find(kind, {})]

    def put_back(self, rows: list[Row]) -> None:
        """Put the store back to how it was; Postiz goes on from where it is."""
        store = MemoryStore(self.clock)
        with store.transaction() as tx:
            for row in rows:
                tx.add(row)
        self.use(store)

    def upload(self, content: bytes) -> Asset:
        """Put a file into the store as an operator's upload does."""
        file = self._folder / "upload.tmp"
        self._folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_JPEG + content)
        return keep_file(self.ports, self.tenant.id, file)[0]

    def upload_sound(self, content: bytes = b"tune", tenant_id: str | None = None) -> Asset:
        """Put a sound into the store."""
        file = self._folder / "upload.tmp"
        file.write_bytes(_SOUND + content)
        return keep_file(self.ports, tenant_id or self.tenant.id, file)[0]

    def upload_for(self, tenant_id: str) -> Asset:
        """Put a file of another tenant into the store."""
        file = self._folder / "upload.tmp"
        file.write_bytes(_JPEG + b"other")
        return keep_file(self.ports, tenant_id, file)[0]

    def plan(self, *channels: Channel, after: timedelta = timedelta(hours=2), **changes: object) -> Post:
        """Plan a post on `channels` (Instagram, if none are named) that is due `after` now."""
        return plan_post(self.ports, self.new_post(*channels, after=after, **changes))

    def new_post(
        self, *channels: Channel, after: timedelta = timedelta(hours=2), **changes: object
    ) -> NewPost:
        """Return what `plan` plans."""
        new = NewPost(
            tenant_id=self.tenant.id,
            external_id="p1",
            listing_id=self.listing.id,
            title="3 Bedroom Apartment",
            content=Content(caption="{title} for {price}", media=(MediaItem(kind=MediaKind.CARD),)),
            channels=tuple(ChannelUse(channel_id=channel.id) for channel in channels or (self.instagram,)),
            scheduled_at=(self.clock.now() + after).isoformat(),
        )
        return replace(new, **changes)  # type: ignore[arg-type] # a test's own spelling

    def badge(self, badge: str) -> Content:
        """Return a content whose picture no other badge shares."""
        return Content(caption="x", media=(MediaItem(kind=MediaKind.CARD, badge=badge),))

    def with_renderer(self, renderer: StubRenderer) -> Ports:
        """Return the ports with another renderer."""
        return replace(self.ports, renderer=renderer)

    def words(self, caption: str) -> Content:
        """Return a content of a caption and the uploaded photo."""
        item = MediaItem(kind=MediaKind.PHOTO, photo_ids=(self.photo.id,))
        return Content(caption=caption, media=(item,))

    def pair(self) -> Device:
        """Give the agent a phone."""
        with changing(self.ports) as change:
            device = Device(
                id=self.ports.ids.new("dev"),
                tenant_id=self.tenant.id,
                agent_id=self.agent.id,
                platform="android",
                push_kind=PushKind.FCM,
                push_address="fid",
                token_hash=self.ports.ids.new("hash"),
                created_at=change.now,
            )
            change.tx.add(device)
        return device

    def run(self, span: timedelta = timedelta(0), step: timedelta = timedelta(seconds=1)) -> None:
        """Do what is due, now and as time passes for `span`."""
        end = self.clock.now() + span
        run_once(self.ports)
        while self.clock.now() < end:
            self.clock.advance(min(step, end - self.clock.now()))
            self.fake.run_due()
            run_once(self.ports)

    def run_until(self, instant: datetime, step: timedelta = timedelta(seconds=20)) -> None:
        """Let time pass until `instant`."""
        self.run(max(instant - self.clock.now(), timedelta(0)), step)

    def delivery(self, post: Post) -> Delivery:
        """Return the post's only delivery as it stands."""
        with self.store.transaction() as tx:
            (found,) = tx.find(Delivery, {"post_id": post.id})
        return found

    def deliveries(self, post: Post) -> list[Delivery]:
        """Return the post's deliveries as they stand."""
        return self.rows(Delivery, post_id=post.id)

    def rows(self, kind: type[R], **where: object) -> list[R]:
        """Return all rows of a kind for which `where` holds."""
        with self.store.transaction() as tx:
            return tx.find(kind, where)

    def change(self, kind: type[R], row: R, **fields: object) -> R:
        """Write fields of a row, as nothing but a test would."""
        with self.store.transaction() as tx:
            found = tx.get(kind, row.id, lock=True)
            assert found is not None
            changed = replace(found, **fields)  # type: ignore[type-var] # every row is a dataclass
            tx.save(changed)
        return changed

    def alerts(self) -> set[str]:
        """Return the codes of all alerts that nobody has dealt with."""
        return {alert.code for alert in self.rows(Alert, cleared_at=None)}

    def why(self, post: Post) -> str:
        """Return all lines of history of the post's delivery, as one text."""
        found = self.rows(HistoryEntry, subject_id=self.delivery(post).id)
        return "\n".join(entry.why for entry in found)

    def draft(self, post: Post) -> PostRow:
        """Return the row at Postiz that the post's delivery would promote, or has promoted."""
        return self.fake.posts[self.delivery(post).remote_id or ""]

    def texts_out(self) -> list[str]:
        """Return what each post that reached the network says."""
        return [self.fake.posts[entry.post_id].content for entry in self.fake.network]

    def claim(self, kind: str) -> list[Message]:
        """Claim what is due, as a tick does; return the messages for deliveries or assets."""
        return [message for _, message in claim_due(self.ports) if message.kind == kind]

    def perform(self, messages: Iterable[Message]) -> None:
        """Do what was claimed."""
        for message in messages:
            perform(self.ports, message)

    def draw(self) -> None:
        """Make all pictures that are due, and give back the deliveries that were claimed with them."""
        self.perform(self.claim("asset"))
        for delivery in self.rows(Delivery):
            self.change(Delivery, delivery, lease_until=None, lease_owner=None)

    def live(self) -> list[PostRow]:
        """Return the posts at Postiz that are not deleted, comments left out."""
        return [row for row in self.fake.posts.values() if not row.is_deleted and row.parent_id is None]

    def history(self, post: Post) -> list[str]:
        """Return the states that the post's delivery went through."""
        delivery = self.delivery(post)
        with self.store.transaction() as tx:
            found = tx.find(HistoryEntry, {"subject_id": delivery.id})
        return [entry.to_state for entry in found if entry.from_state != entry.to_state]

    def _connect(self, account: Account, clock: Clock) -> PostizClient:
        http = httpx.Client(transport=self.wire)
        return PostizClient(http, base_url=account.base_url, api_key=account.api_key, clock=clock)


PUBLISHED_WAY = [DeliveryState.STAGED, DeliveryState.PROMOTED, DeliveryState.PUBLISHED]
