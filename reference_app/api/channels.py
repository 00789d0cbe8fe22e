"""Channels: where posts go."""

from __future__ import annotations

from datetime import datetime

from pydantic import AnyHttpUrl, Field

from postengine.engine.commands.register import register_channel
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.states import Mode

from .paging import page
from .references import choose_named, choose_tenant, need_named, tenant_filter
from .route import Call, Route
from .shape import Answer, Body, ExternalId, Listed, Reference, View


class ChannelBody(Body):
    """A Postiz integration of a tenant, or a place where an agent posts by hand."""

    tenant: Reference | None = None
    external_id: ExternalId
    kind: str = Field(min_length=1, max_length=60, pattern=r"^[a-z0-9_-]+$")
    name: str = Field(min_length=1, max_length=200)
    agent: Reference | None = None
    integration_id: str | None = Field(default=None, min_length=1, max_length=200)
    url: AnyHttpUrl | None = None
    settings: dict[str, object] = Field(default_factory=dict[str, object])
    grace_s: float | None = Field(default=None, gt=0, le=30 * 86_400)
    is_shared: bool = False


class ChannelView(View):
    """A channel."""

    id: str
    tenant_id: str
    external_id: str
    kind: str
    name: str
    mode: Mode
    agent_id: str | None
    integration_id: str | None
    url: str | None
    settings: dict[str, object]
    grace_s: float | None
    is_shared: bool
    created_at: datetime


class ChannelList(View):
    """A part of the channels."""

    items: list[ChannelView]
    next_cursor: str | None


def put_channel(call: Call, body: ChannelBody) -> Answer:
    """Create a channel, or change the one with this external id."""
    with call.ports.store.transaction() as tx:
        tenant = choose_tenant(tx, call.access, body.tenant)
        agent_id = None
        if body.agent is not None:
            agent_id = choose_named(tx, call.access, Agent, body.agent, tenant.id, "agent").id
        is_known = tx.count(Channel, {"tenant_id": tenant.id, "external_id": body.external_id}) > 0
    row = register_channel(
        call.ports,
        tenant.id,
        body.external_id,
        kind=body.kind,
        name=body.name,
        agent_id=agent_id,
        integration_id=body.integration_id,
        url=None if body.url is None else str(body.url),
        settings=body.settings,
        grace_s=body.grace_s,
        is_shared=body.is_shared,
        who=call.who,
    )
    return Answer(ChannelView.model_validate(row), 200 if is_known else 201)


def list_channels(call: Call, query: Listed) -> Answer:
    """List channels."""
    with call.ports.store.transaction() as tx:
        where = tenant_filter(tx, call.access, query.tenant)
        rows, cursor = page(tx, Channel, where, query)
    return Answer(ChannelList(items=[ChannelView.model_validate(row) for row in rows], next_cursor=cursor))


def get_channel(call: Call, channel: str) -> Answer:
    """Show a channel."""
    with call.ports.store.transaction() as tx:
        return Answer(ChannelView.model_validate(need_named(tx, call.access, Channel, channel)))


ROUTES = (
    Route(
        method="POST",
        path="/channels",
        summary="Create a channel, or change the one with this external id",
        do=put_channel,
        body=ChannelBody,
        answers={201: ChannelView, 200: ChannelView},
    ),
    Route(
        method="GET",
        path="/channels",
        summary="List channels",
        do=list_channels,
        query=Listed,
        answers={200: ChannelList},
    ),
    Route(
        method="GET",
        path="/channels/{channel}",
        summary="Show a channel",
        do=get_channel,
        answers={200: ChannelView},
        problems=(404, 409),
    ),
)
