"""Reassign: nobody has opened the task of a shared channel for long, so a colleague gets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.doorbell import can_ring
from postengine.engine.ledger.moving import ours, write
from postengine.engine.ledger.passing import pass_on
from postengine.engine.ledger.watches import zone_of
from postengine.engine.ports import Ports
from postengine.engine.posts.agent import Agent, Device
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.states import Step


def reassign_late(ports: Ports, delivery: Delivery) -> None:
    """Pass the task to the colleague whose phone was heard of last; without one, tell the operator."""
    with changing(ports) as change:
        row = ours(change, delivery)
        colleague = _colleague(change, row)
        if colleague is not None:
            why = f"nobody has opened it; passed to {colleague.name}"
            pass_on(change, row, colleague, by=Step.REASSIGN, why=why, who="engine")
            return
        why = "nobody has opened this task, and no colleague is awake who has a phone and has not had it yet"
        write(change, row, replace(row, passed_at=change.now, crashes=0), by=Step.REASSIGN, why=why)
        change.alert("no_colleague", "delivery", row.id, why, row.tenant_id)


def _colleague(change: Change, row: Delivery) -> Agent | None:
    """Return who is to have it next: awake, with a phone that rings, and never asked for this task."""
    had_it = {row.agent_id, *(row.former_agent_ids or ())}
    found = change.tx.find(Device, {"tenant_id": row.tenant_id, "revoked_at": None})
    phones = [device for device in found if can_ring(device) and device.agent_id not in had_it]
    for device in sorted(phones, key=_heard_of, reverse=True):
        agent = change.need(Agent, device.agent_id)
        if _is_awake(change, agent):
            return agent
    return None


def _heard_of(device: Device) -> datetime:
    return device.last_seen_at or device.created_at


def _is_awake(change: Change, agent: Agent) -> bool:
    hours = agent.waking_hours
    return hours is None or hours.next_open(change.now, zone_of(change, agent).key) == change.now
