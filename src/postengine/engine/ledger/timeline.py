"""The timeline of a handover: who did what and when, which phones were rung, and what they told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from postengine.engine.posts.agent import Device
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.record import Attempt, HistoryEntry, Outcome

from .change import Change
from .doorbell import name_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One thing that happened.

    Attributes:
        at: By the store's clock.
        by: Who or what did it: a step, a phone, a person.
        what: In words.
        from_state, to_state: Where the task moved; empty where it did not.
        event: What a phone told, such as `confirmed`; None where none did.
        phone_at: When it happened by the phone's own clock, which may be wrong or long ago.
        device_id, device: The phone, and what a person calls it.
        outcome: Of a push or an e-mail; None where it is none, or never was answered.
    """

    at: datetime
    by: str
    what: str
    from_state: str = ""
    to_state: str = ""
    event: str | None = None
    phone_at: datetime | None = None
    device_id: str | None = None
    device: str = ""
    outcome: Outcome | None = None


def timeline_of(change: Change, delivery: Delivery) -> list[TimelineEntry]:
    """Return all that happened to a delivery, oldest first."""
    told = change.tx.find(HistoryEntry, {"subject_id": delivery.id}, order_by="at")
    tried = change.tx.find(Attempt, {"delivery_id": delivery.id}, order_by="opened_at")
    names = _names(change, told)
    # Of what bears the same instant, the try comes before what came of it.
    entries = [_tried(attempt) for attempt in tried] + [_told(entry, names) for entry in told]
    return sorted(entries, key=lambda entry: entry.at)


def _names(change: Change, told: list[HistoryEntry]) -> dict[str, str]:
    ids = {id_ for entry in told if (id_ := _device_id(entry)) is not None}
    return {device.id: name_of(device) for device in change.tx.find(Device, {"id": tuple(ids)})}


def _told(entry: HistoryEntry, names: dict[str, str]) -> TimelineEntry:
    has_moved = entry.from_state != entry.to_state
    detail = entry.detail
    event, phone_at = (detail.get(key) for key in ("event", "occurred_at"))
    device = _device_id(entry)
    return TimelineEntry(
        at=entry.at,
        by=entry.by,
        what=entry.why,
        from_state=entry.from_state if has_moved else "",
        to_state=entry.to_state if has_moved else "",
        event=event if isinstance(event, str) else None,
        phone_at=datetime.fromisoformat(phone_at) if isinstance(phone_at, str) else None,
        device_id=device,
        device=names.get(device or "", ""),
    )


def _device_id(entry: HistoryEntry) -> str | None:
    """Return the phone that told an event, or asked for its tasks."""
    told = entry.detail.get("device_id")
    return told if isinstance(told, str) else entry.by.partition("phone:")[2] or None


def _tried(attempt: Attempt) -> TimelineEntry:
    return TimelineEntry(
        at=attempt.opened_at,
        by=attempt.step.value,
        what=f"{attempt.verb.value}: {attempt.detail or 'no answer was written down'}",
        outcome=attempt.outcome,
    )
