"""Watch: look at an agent's phones. Who is silent, what does the day hold, which keys are old?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.doorbell import heed, name_of, phones_of, push
from postengine.engine.ledger.holds import holds_on
from postengine.engine.ledger.moving import ours, still_ours
from postengine.engine.ledger.watches import morning_of, phones_to_watch, rest, zone_of
from postengine.engine.ports import AtMost, Ports, Ring
from postengine.engine.posts.agent import Agent, Device, PairingCode, PhoneEvent
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.hold import SERVICE, Hold, is_allowed
from postengine.engine.posts.record import Alert
from postengine.engine.posts.states import OPEN_HANDOVER, DeliveryState, HoldReason, Mode, Step
from postengine.engine.posts.watch import Watch

_MORNING_LASTS = timedelta(hours=3)
_MOST_KEYS = 1000


def watch(ports: Ports, row: Watch) -> None:
    """Tell of silent phones, send the morning summary where it is wanted, and forget old keys."""
    with changing(ports) as change:
        stored = ours(change, row)
        agent = change.need(Agent, row.id)
        for device in phones_to_watch(change, agent.id):
            _tell_if_silent(change, device)
        _forget_keys(change, agent)
        today = _day(change, agent)
        is_wanted = _is_morning(change, agent, stored, today) and not _is_of_a_copy(change)
        summary = _summary(change, agent) if is_wanted else None
        phones = phones_of(change, agent.id)
        if summary is not None:
            change.tx.save(replace(stored, told_on=today))
    answers = [] if summary is None else [(device, push(ports, device, summary)) for device in phones[:1]]
    with changing(ports) as change:
        for device, answer in answers:
            heed(change, device, answer)
        after = still_ours(change, row)
        if after is not None:
            rest(change, after)
            change.clear_alert("quarantined", row.id)


def _tell_if_silent(change: Change, device: Device) -> None:
    """Tell of a phone that has not been heard of for long, once in each silence."""
    since = device.last_seen_at or device.created_at
    if since + change.ports.timings.silent_after > change.now:
        return
    known = change.tx.get(Alert, f"phone_silent:{device.id}")
    if known is None or known.at < since:
        message = (
            f"{name_of(device)} has not been heard of since {since:%Y-%m-%d %H:%M} UTC; "
            "call the agent, or revoke the phone"
        )
        change.alert("phone_silent", "device", device.id, message, device.tenant_id)


def _forget_keys(change: Change, agent: Agent) -> None:
    """Remove keys of events, and codes that nobody will use, once they are older than any replay."""
    old = AtMost(change.now - change.ports.timings.keys_kept)
    ids = tuple(device.id for device in change.tx.find(Device, {"agent_id": agent.id}))
    for event in change.tx.find(PhoneEvent, {"device_id": ids, "at": old}, limit=_MOST_KEYS):
        change.tx.remove(event)
    for code in change.tx.find(PairingCode, {"agent_id": agent.id, "expires_at": old}, limit=_MOST_KEYS):
        change.tx.remove(code)


def _is_morning(change: Change, agent: Agent, row: Watch, today: str) -> bool:
    """Whether the agent is to be told of the day now; a morning that was slept through is over."""
    at = morning_of(change, agent, change.now)
    return row.told_on != today and at is not None and at <= change.now <= at + _MORNING_LASTS


def _is_of_a_copy(change: Change) -> bool:
    """Whether the phones may be another installation's, which tells them itself."""
    where = {"scope_id": SERVICE, "reason": HoldReason.RESTORED, "released_at": None}
    return change.tx.count(Hold, where) > 0


def _summary(change: Change, agent: Agent) -> Ring | None:
    """Return the morning summary; None on a day without tasks."""
    zone = zone_of(change, agent)
    ends_at = datetime.combine(change.now.astimezone(zone).date() + timedelta(days=1), time(0), zone)
    due = [row.due_at for row in _tasks(change, agent, ends_at)]
    if not due:
        return None
    first = max(min(due), change.now).astimezone(zone)
    number = "1 post" if len(due) == 1 else f"{len(due)} posts"
    return Ring(
        kind="summary",
        task_id="",
        rev=0,
        channel="",
        title=f"{number} to share, the first at {first:%H:%M}",
        expires_at=ends_at,
        time_to_live=ends_at - change.now,
        link=change.ports.agent_link.partition("?")[0],
    )


def _tasks(change: Change, agent: Agent, ends_at: datetime) -> list[Delivery]:
    """Return what waits for an answer, and what will be due today and is not held."""
    whose = {"agent_id": agent.id, "mode": Mode.MANUAL}
    planned = {**whose, "state": DeliveryState.PLANNED, "due_at": AtMost(ends_at)}
    coming = change.tx.find(Delivery, planned)
    free = [
        row for row in coming if is_allowed(Step.NOTIFY, [hold.reason for hold in holds_on(change.tx, row)])
    ]
    return change.tx.find(Delivery, {**whose, "state": OPEN_HANDOVER}) + free


def _day(change: Change, agent: Agent) -> str:
    return change.now.astimezone(zone_of(change, agent)).date().isoformat()
