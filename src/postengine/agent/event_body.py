"""An event as the phone sends it."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field, JsonValue, field_validator

from postengine.engine.commands.handover import PhoneSays, PhoneTells

from .push import Text

_LONGEST_REASON = 1000


class EventBody(BaseModel):
    """The body of `POST /agent/v1/tasks/{id}/events`; fields that we do not know are ignored."""

    type: PhoneSays
    occurred_at: AwareDatetime
    reason: Text | None = None
    snooze_until: AwareDatetime | None = None
    proof_url: Annotated[Text, Field(max_length=2000, pattern=r"^https?://\S+$")] | None = None

    @field_validator("reason", mode="after")
    @classmethod
    def _shorten(cls, reason: str | None) -> str | None:
        """Cut an overlong reason: the answer counts more than the end of its text."""
        return None if reason is None else reason[:_LONGEST_REASON]

    def tells(self) -> PhoneTells:
        """Return the event as the engine takes it."""
        return PhoneTells(
            says=self.type,
            occurred_at=self.occurred_at,
            reason=self.reason or "",
            snooze_until=self.snooze_until,
            proof_url=self.proof_url,
        )

    def hash_for(self, task_id: str) -> str:
        """Return the hash that tells a replay from another event, whatever the order of the fields."""
        fields = EventBody.model_dump(
            self, mode="json", exclude_none=True, include=set(EventBody.model_fields)
        )
        return hashlib.sha256(json.dumps([task_id, fields], sort_keys=True).encode()).hexdigest()


class BatchItem(EventBody):
    """One of the events of `POST /agent/v1/events:batch`."""

    task_id: str
    idempotency_key: str


class BatchBody(BaseModel):
    """The body of `POST /agent/v1/events:batch`; each item is judged for itself."""

    events: list[JsonValue]
