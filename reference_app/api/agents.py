"""Agents: the people of an agency, and the codes by which their phones are paired."""

from __future__ import annotations

import base64
from datetime import datetime

from pydantic import Field

from postengine.agent import create_pairing_code, revoke_device
from postengine.agent.qr import qr_png, qr_svg
from postengine.engine.commands.register import register_agent
from postengine.engine.posts.agent import Agent, Device, PushKind
from postengine.engine.posts.errors import NotFound

from .paging import page
from .references import check_files, choose_tenant, need_named, tenant_filter
from .route import Call, Route
from .shape import Answer, Body, ExternalId, Listed, Nothing, Reference, View
from .tenants import WindowBody, WindowView, hours_of, windows_of


class AgentBody(Body):
    """A person of an agency."""

    tenant: Reference | None = None
    external_id: ExternalId
    name: str = Field(min_length=1, max_length=200)
    phone: str = Field(default="", max_length=50)
    email: str = Field(default="", max_length=200)
    zone: str | None = Field(default=None, min_length=1, max_length=100)
    waking_hours: list[WindowBody] | None = Field(default=None, max_length=50)
    role: str | None = Field(default=None, min_length=1, max_length=80)
    licence: str | None = Field(
        default=None, min_length=1, max_length=80, description="with its own words, such as Lic. 0123"
    )
    photo_asset_id: str | None = Field(default=None, description="an uploaded portrait")
    greeting: str | None = Field(default=None, min_length=1, max_length=600)


class AgentView(View):
    """A person of an agency."""

    id: str
    tenant_id: str
    external_id: str
    name: str
    phone: str
    email: str
    zone: str | None
    waking_hours: list[WindowView] | None
    role: str | None
    licence: str | None
    photo_asset_id: str | None
    greeting: str | None
    created_at: datetime


class AgentList(View):
    """A part of the agents."""

    items: list[AgentView]
    next_cursor: str | None


class DeviceView(View):
    """An agent's phone."""

    id: str
    agent_id: str
    platform: str
    model: str
    app_version: str
    push_kind: PushKind
    push_lost_at: datetime | None
    last_seen_at: datetime | None
    revoked_at: datetime | None
    created_at: datetime


class PairingView(View):
    """A code that a phone trades for a token of its own, once: to be typed, or scanned as `pair_url`."""

    code: str
    pair_url: str
    expires_at: datetime
    qr_svg: str
    qr_png: str = Field(description="a PNG file, base64")


class AgentDetail(AgentView):
    """A person of an agency, with their phones."""

    devices: list[DeviceView]


def put_agent(call: Call, body: AgentBody) -> Answer:
    """Create an agent, or change the one with this external id."""
    with call.ports.store.transaction() as tx:
        tenant = choose_tenant(tx, call.access, body.tenant)
        is_known = tx.count(Agent, {"tenant_id": tenant.id, "external_id": body.external_id}) > 0
        check_files(tx, tenant.id, {"photo_asset_id": body.photo_asset_id})
    row = register_agent(
        call.ports,
        tenant.id,
        body.external_id,
        name=body.name,
        phone=body.phone,
        email=body.email,
        zone=body.zone,
        waking_hours=hours_of(body.waking_hours),
        role=body.role,
        licence=body.licence,
        photo_asset_id=body.photo_asset_id,
        greeting=body.greeting,
        who=call.who,
    )
    return Answer(_view(row), 200 if is_known else 201)


def list_agents(call: Call, query: Listed) -> Answer:
    """List agents."""
    with call.ports.store.transaction() as tx:
        where = tenant_filter(tx, call.access, query.tenant)
        rows, cursor = page(tx, Agent, where, query)
    return Answer(AgentList(items=[_view(row) for row in rows], next_cursor=cursor))


def get_agent(call: Call, agent: str) -> Answer:
    """Show an agent and their phones."""
    with call.ports.store.transaction() as tx:
        row = need_named(tx, call.access, Agent, agent)
        devices = tx.find(Device, {"agent_id": row.id})
    view = _view(row).model_dump()
    return Answer(AgentDetail(**view, devices=[DeviceView.model_validate(device) for device in devices]))


def offer_pairing(call: Call, agent: str, body: Nothing) -> Answer:  # noqa: ARG001 - nothing is in it
    """Make a code by which a phone of the agent is paired."""
    with call.ports.store.transaction() as tx:
        row = need_named(tx, call.access, Agent, agent)
    offer = create_pairing_code(call.ports, row.id, who=call.who)
    view = PairingView(
        code=offer.code,
        pair_url=offer.pair_url,
        expires_at=offer.expires_at,
        qr_svg=qr_svg(offer.pair_url),
        qr_png=base64.b64encode(qr_png(offer.pair_url)).decode(),
    )
    return Answer(view, 201, {"Cache-Control": "no-store"})


def revoke_phone(call: Call, agent: str, device: str, body: Nothing) -> Answer:  # noqa: ARG001 - nothing
    """Revoke a phone of the agent: it wipes itself at its next call."""
    with call.ports.store.transaction() as tx:
        row = need_named(tx, call.access, Agent, agent)
        if not tx.count(Device, {"id": device, "agent_id": row.id}):
            raise NotFound("Device", device)
    return Answer(DeviceView.model_validate(revoke_device(call.ports, device, who=call.who)))


def _view(row: Agent) -> AgentView:
    return AgentView(
        id=row.id,
        tenant_id=row.tenant_id,
        external_id=row.external_id,
        name=row.name,
        phone=row.phone,
        email=row.email,
        zone=row.zone,
        waking_hours=windows_of(row.waking_hours),
        role=row.role,
        licence=row.licence,
        photo_asset_id=row.photo_asset_id,
        greeting=row.greeting,
        created_at=row.created_at,
    )


ROUTES = (
    Route(
        method="POST",
        path="/agents",
        summary="Create an agent, or change the one with this external id",
        do=put_agent,
        body=AgentBody,
        answers={201: AgentView, 200: AgentView},
    ),
    Route(
        method="GET",
        path="/agents",
        summary="List agents",
        do=list_agents,
        query=Listed,
        answers={200: AgentList},
    ),
    Route(
        method="GET",
        path="/agents/{agent}",
        summary="Show an agent and their phones",
        do=get_agent,
        answers={200: AgentDetail},
        problems=(404, 409),
    ),
    Route(
        method="POST",
        path="/agents/{agent}/pairing-codes",
        summary="Make a code by which a phone of the agent is paired, once, within ten minutes",
        do=offer_pairing,
        body=Nothing,
        answers={201: PairingView},
        problems=(404, 409),
    ),
    Route(
        method="POST",
        path="/agents/{agent}/devices/{device}/revoke",
        summary="Revoke a phone of the agent",
        do=revoke_phone,
        body=Nothing,
        answers={200: DeviceView},
        problems=(404, 409),
    ),
)
