"""When an agent's phones are to be looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from postengine.engine.posts.agent import Agent, Device, PhoneEvent
from postengine.engine.posts.states import Step
from postengine.engine.posts.tenant import Tenant
from postengine.engine.posts.watch import Watch

from .change import Change


def watch_over(change: Change, agent: Agent) -> None:
    """See to it that the phones of an agent are looked at from now on: one was paired."""
    known = change.tx.get(Watch, agent.id, lock=True)
    if known is None:
        row = Watch(id=agent.id, tenant_id=agent.tenant_id, created_at=change.now, updated_at=change.now)
        change.tx.add(replace(row, next_step=Step.WATCH, act_at=next_look(change, agent)))
    elif known.next_step is None:
        rest(change, known)


def rest(change: Change, watch: Watch) -> None:
    """Save a watch at the end of its step: until the next look, or for good where nothing is left to see."""
    agent = change.need(Agent, watch.id)
    has_work = _has_work(change, agent.id)
    change.tx.save(
        replace(
            watch,
            next_step=Step.WATCH if has_work else None,
            act_at=next_look(change, agent) if has_work else None,
            lease_until=None,
            lease_owner=None,
            taken=False,
            crashes=0,
            updated_at=change.now,
        )
    )


def next_look(change: Change, agent: Agent) -> datetime:
    """Return when to look next: after the usual while, or at the agent's morning before that."""
    at = change.now + change.ports.timings.watch_every
    morning = morning_of(change, agent, change.now)
    if morning is not None and morning <= change.now:
        morning = morning_of(change, agent, change.now + timedelta(days=1))
    return at if morning is None else min(at, morning)


def morning_of(change: Change, agent: Agent, instant: datetime) -> datetime | None:
    """Return when the agent is told of the day in which `instant` lies, in waking hours; None if never."""
    if change.ports.morning_at is None:
        return None
    zone = zone_of(change, agent)
    at = _at(instant, change.ports.morning_at, zone)
    return at if agent.waking_hours is None else agent.waking_hours.next_open(at, zone.key)


def zone_of(change: Change, agent: Agent) -> ZoneInfo:
    """Return the agent's zone, or the tenant's."""
    return ZoneInfo(agent.zone or change.need(Tenant, agent.tenant_id).zone)


def phones_to_watch(change: Change, agent_id: str) -> list[Device]:
    """Return the agent's phones that were not revoked."""
    return change.tx.find(Device, {"agent_id": agent_id, "revoked_at": None})


def _has_work(change: Change, agent_id: str) -> bool:
    ids = tuple(device.id for device in change.tx.find(Device, {"agent_id": agent_id}))
    return bool(phones_to_watch(change, agent_id)) or change.tx.count(PhoneEvent, {"device_id": ids}) > 0


def _at(instant: datetime, local: time, zone: ZoneInfo) -> datetime:
    day = instant.astimezone(zone).date()
    return datetime.combine(day, local, zone).astimezone(instant.tzinfo)
