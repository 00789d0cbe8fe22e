"""What the phone tells the service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from pydantic import JsonValue

EventType: TypeAlias = Literal["received", "opened", "shared", "confirmed", "declined", "snoozed", "failed"]


@dataclass(frozen=True)
class PhoneEvent:
    """One event; its key stays the same however often it is sent.

    Attributes:
        occurred_at: When it happened on the phone, not when it was sent.
    """

    task_id: str
    key: str
    type: EventType
    occurred_at: datetime
    reason: str | None = None
    snooze_until: datetime | None = None
    proof_url: str | None = None

    def to_json(self) -> dict[str, JsonValue]:
        """Return the body of `POST /agent/v1/tasks/{id}/events`."""
        body: dict[str, JsonValue] = {"type": self.type, "occurred_at": self.occurred_at.isoformat()}
        if self.reason is not None:
            body["reason"] = self.reason
        if self.snooze_until is not None:
            body["snooze_until"] = self.snooze_until.isoformat()
        if self.proof_url is not None:
            body["proof_url"] = self.proof_url
        return body

    def to_batch_item(self) -> dict[str, JsonValue]:
        """Return the item of `POST /agent/v1/events:batch`."""
        return {"task_id": self.task_id, "idempotency_key": self.key, **self.to_json()}
