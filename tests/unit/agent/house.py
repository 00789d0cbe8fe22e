"""A small agency with one agent, its engine in memory, and the agent API over it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import httpx

from postengine.agent import AgentApi, AgentRequest, AgentResponse, FilePart, create_pairing_code
from postengine.engine.commands.plan import ChannelUse, NewPost, plan_post
from postengine.engine.commands.register import register_agent, register_channel, register_tenant
from postengine.engine.commands.upload import keep_file
from postengine.engine.ports import Ports
from postengine.engine.posts.agent import Agent, Device
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Content, MediaItem, MediaKind
from postengine.engine.run import run_once
from postengine.ids import CountingIds
from postengine.testing.clock import FakeClock
from postengine.testing.engine import FakeNotifier, memory_ports
from postengine.testing.phone import Person, PhoneSimulator, Quirks

SECRET = b"0123456789abcdef"
BASE = "http://service.test"


@dataclass
class House:
    """Everything together, with short ways to plan, pair and ask."""

    folder: Path
    clock: FakeClock = field(default_factory=FakeClock)
    notifier: FakeNotifier = field(default_factory=FakeNotifier)

    def __post_init__(self) -> None:
        self.ports: Ports = memory_ports(self.folder / "assets", self.clock, notifier=self.notifier)
        self.api = AgentApi(
            self.ports, link_secret=SECRET, base_url=BASE, vapid_public_key="vapid", page_size=2
        )
        tenant = register_tenant(self.ports, "harbour", name="Harbour Homes", zone="Europe/Lisbon")
        self.tenant_id = tenant.id
        self.agent = self.new_agent("ana", "Ana")
        self.phones: list[httpx.Client] = []
        self.is_down = False

    def new_agent(self, external_id: str, name: str) -> Agent:
        return register_agent(self.ports, self.tenant_id, external_id, name=name)

    def plan(
        self,
        *,
        kind: str = "whatsapp_status",
        agent: Agent | None = None,
        at: timedelta = timedelta(0),
        title: str = "Villa Aurora",
        media: tuple[MediaItem, ...] | None = None,
        is_approved: bool = True,
        is_shared: bool = False,
    ) -> str:
        """Plan a post on a manual channel; return the delivery's id."""
        owner = agent or self.agent
        channel = register_channel(
            self.ports,
            self.tenant_id,
            f"{kind}-{owner.external_id}",
            kind=kind,
            name="Homes in Lisbon" if kind == "facebook_group" else f"{owner.name}'s {kind}",
            agent_id=owner.id,
            url="https://www.facebook.com/groups/1" if kind == "facebook_group" else None,
            is_shared=is_shared,
        )
        content = Content(
            caption="{title}: just listed", first_comment="Call {agent.name}", media=media or (self.photo(),)
        )
        new = NewPost(
            tenant_id=self.tenant_id,
            title=title,
            content=content,
            channels=(ChannelUse(channel_id=channel.id),),
            scheduled_at=(self.clock.now() + at).isoformat(),
            is_approved=is_approved,
        )
        post = plan_post(self.ports, new)
        with self.ports.store.transaction() as tx:
            return tx.find(Delivery, {"post_id": post.id})[0].id

    def photo(self, content: bytes = b"\xff\xd8 a photo \xff\xd9", alt: str = "A white villa") -> MediaItem:
        """Return an uploaded file as a media item."""
        file = self.folder / "upload.jpg"
        file.write_bytes(content)
        asset = keep_file(self.ports, self.tenant_id, file, filename='villa "ä".jpg')[0]
        return MediaItem(kind=MediaKind.FILE, photo_ids=(asset.id,), alt=alt)

    def run(self) -> None:
        """Do everything that is due."""
        run_once(self.ports)

    def delivery(self, delivery_id: str) -> Delivery:
        with self.ports.store.transaction() as tx:
            row = tx.get(Delivery, delivery_id)
        assert row is not None
        return row

    def device(self, device_id: str) -> Device:
        with self.ports.store.transaction() as tx:
            row = tx.get(Device, device_id)
        assert row is not None
        return row

    def phone(
        self,
        person: Person | None = None,
        *,
        agent: Agent | None = None,
        fid: str | None = "fid-1",
        quirks: Quirks | None = None,
        clock: FakeClock | None = None,
    ) -> PhoneSimulator:
        """Return a phone of the agent, paired; `clock` is the phone's own, where it differs."""
        http = httpx.Client(base_url=BASE, transport=httpx.MockTransport(self.serve))
        self.phones.append(http)
        phone = PhoneSimulator(
            http, clock=clock or self.clock, person=person, fid=fid, quirks=quirks, ids=CountingIds()
        )
        phone.pair(create_pairing_code(self.ports, (agent or self.agent).id).code)
        return phone

    def ring(self, phone: PhoneSimulator) -> None:
        """Do what is due, and let the phone take in what was pushed."""
        self.run()
        pushes, self.notifier.pushes = self.notifier.pushes, []
        for device, ring in pushes:
            if device.id == phone.device_id:
                phone.receive_push({"type": ring.kind, "task_id": ring.task_id, "rev": str(ring.rev)})

    def serve(self, request: httpx.Request) -> httpx.Response:
        """Mount the agent API under httpx, as a web framework does."""
        if self.is_down:
            raise httpx.ConnectError("no network")
        answer = self.api.handle(
            AgentRequest(
                request.method,
                request.url.path,
                dict(request.url.params),
                request.headers,
                request.read(),
                "192.0.2.1",
            )
        )
        return httpx.Response(answer.status, headers=dict(answer.headers), content=bytes_of(answer))

    def token(self, agent: Agent | None = None, push: dict[str, Any] | None = None) -> str:
        """Pair without a simulator; return the token."""
        code = create_pairing_code(self.ports, (agent or self.agent).id).code
        answer = self.ask("POST", "pair", pair_body(code, push))
        assert answer.status == 201, bytes_of(answer)
        return cast("str", json_of(answer)["token"])

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        token: str | None = None,
        query: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        remote_addr: str = "192.0.2.1",
    ) -> AgentResponse:
        """Ask the API; `body` is sent as JSON, bytes as they are."""
        sent = dict(headers or {})
        if token is not None:
            sent["AUTHORIZATION"] = f"Bearer {token}"
        content = b""
        if body is not None:
            sent.setdefault("Content-Type", "application/json; charset=utf-8")
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
        request = AgentRequest(method, f"/agent/v1/{path}", query or {}, sent, content, remote_addr)
        return self.api.handle(request)

    def tell(
        self, token: str, task_id: str, kind: str, *, key: str = "key-1", **more: object
    ) -> AgentResponse:
        """Send one event."""
        body = {"type": kind, "occurred_at": self.clock.now().isoformat()} | more
        headers = {"Idempotency-Key": key}
        return self.ask("POST", f"tasks/{task_id}/events", body, token=token, headers=headers)


def pair_body(code: str, push: dict[str, Any] | None = None) -> dict[str, Any]:
    device = {"platform": "android", "model": "Pixel", "app_version": "1.0"}
    return {"code": code, "device": device, "push": push or {"kind": "none"}}


def bytes_of(answer: AgentResponse) -> bytes:
    return b"".join(answer.body.blocks()) if isinstance(answer.body, FilePart) else answer.body


def json_of(answer: AgentResponse) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(bytes_of(answer)))


def code_of(answer: AgentResponse) -> tuple[int, str]:
    """Return status and the problem's code."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = json_of(answer)
    assert problem["status"] == answer.status
    assert problem.keys() >= {"type", "title", "detail"}
    return answer.status, cast("str", problem["code"])
