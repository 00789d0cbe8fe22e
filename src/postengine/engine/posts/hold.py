"""A hold: a reason why work waits, and which steps are still allowed under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .states import HoldReason, HoldScope, Step

SERVICE = "*"
"""The `scope_id` of a hold on the whole service."""

_ALWAYS = frozenset(
    {Step.RENDER, Step.CONFIRM, Step.RECALL, Step.MISS, Step.EXPIRE, Step.CHECK, Step.CLOSE, Step.WATCH}
)
_NOT_FROM_A_COPY = frozenset({Step.RECALL, Step.CLOSE})
"""What changes Postiz or rings phones: in a copied database they are another installation's."""
_STAGE_UNDER = frozenset({HoldReason.PAUSED, HoldReason.SICK, HoldReason.DRAFTS_ONLY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A reason to wait, on everything in its scope, from `from_at` until it is released or `until_at` comes.

    Attributes:
        is_applied: The work in its scope has been planned anew since it began.
    """

    id: str
    tenant_id: str | None = None
    scope: HoldScope
    scope_id: str
    reason: HoldReason
    note: str = ""
    placed_by: str
    from_at: datetime
    until_at: datetime | None = None
    is_applied: bool = False
    released_at: datetime | None = None
    created_at: datetime

    def is_active(self, now: datetime) -> bool:
        """Whether it holds at `now`."""
        has_ended = self.until_at is not None and self.until_at <= now
        return self.released_at is None and self.from_at <= now and not has_ended


def is_allowed(step: Step, reasons: Iterable[HoldReason]) -> bool:
    """Whether `step` may be done while all of `reasons` hold.

    >>> is_allowed(Step.STAGE, [HoldReason.PAUSED]), is_allowed(Step.PROMOTE, [HoldReason.PAUSED])
    (True, False)
    """
    reasons = frozenset(reasons)
    if HoldReason.RESTORED in reasons and step in _NOT_FROM_A_COPY:
        return False
    if step in _ALWAYS:
        return True
    return all(step is Step.STAGE and reason in _STAGE_UNDER for reason in reasons)
