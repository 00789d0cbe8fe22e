"""Devices: the agents' phones; which are silent, and whether one rings."""

from __future__ import annotations

from datetime import datetime, timedelta

from postengine.engine.commands.ping import ping
from postengine.engine.posts.agent import Device, PushKind
from postengine.engine.posts.errors import NotFound

from .paging import page
from .references import tenant_filter
from .route import Call, Route
from .shape import Answer, Listed, Nothing, View


class DevicesWanted(Listed):
    """Which phones are wanted."""

    agent_id: str | None = None
    is_revoked: bool = False


class DeviceLine(View):
    """An agent's phone, and whether it has fallen silent."""

    id: str
    tenant_id: str
    agent_id: str
    platform: str
    model: str
    app_version: str
    push_kind: PushKind
    push_updated_at: datetime | None
    push_lost_at: datetime | None
    last_seen_at: datetime | None
    is_silent: bool
    revoked_at: datetime | None
    created_at: datetime


class DeviceList(View):
    """A part of the phones."""

    items: list[DeviceLine]
    next_cursor: str | None


class TestedView(View):
    """What the push service said of a test notification."""

    is_accepted: bool
    is_gone: bool
    problem: str | None
    retry_after_s: float | None


def list_devices(call: Call, query: DevicesWanted) -> Answer:
    """List phones."""
    with call.ports.store.transaction() as tx:
        where = tenant_filter(tx, call.access, query.tenant)
        if query.agent_id is not None:
            where["agent_id"] = query.agent_id
        if not query.is_revoked:
            where["revoked_at"] = None
        rows, cursor = page(tx, Device, where, query)
        silent_before = tx.now - call.ports.timings.silent_after
    return Answer(DeviceList(items=[_line(row, silent_before) for row in rows], next_cursor=cursor))


def test_phone(call: Call, device: str, body: Nothing) -> Answer:  # noqa: ARG001 - nothing is in it
    """Ring a phone with a test notification, and say what came of it."""
    with call.ports.store.transaction() as tx:
        row = tx.get(Device, device)
    if row is None or not call.access.covers(row.tenant_id):
        raise NotFound("Device", device)
    answer = ping(call.ports, row.id, who=call.who)
    wait: timedelta | None = answer.retry_after
    return Answer(
        TestedView(
            is_accepted=answer.is_accepted,
            is_gone=answer.is_gone,
            problem=answer.problem,
            retry_after_s=None if wait is None else wait.total_seconds(),
        )
    )


def _line(row: Device, silent_before: datetime) -> DeviceLine:
    seen_at = row.last_seen_at or row.created_at
    known = {name: getattr(row, name) for name in DeviceLine.model_fields if name != "is_silent"}
    return DeviceLine(**known, is_silent=row.revoked_at is None and seen_at <= silent_before)


ROUTES = (
    Route(
        method="GET",
        path="/devices",
        summary="List the agents' phones; revoked ones only if asked for",
        do=list_devices,
        query=DevicesWanted,
        answers={200: DeviceList},
    ),
    Route(
        method="POST",
        path="/devices/{device}/test",
        summary="Ring a phone with a test notification, and say what the push service answers",
        do=test_phone,
        body=Nothing,
        answers={200: TestedView},
        problems=(404, 409),
    ),
)
