"""What the page of one handover shows: how it stands, what may be done, and its timeline."""

from __future__ import annotations

from dataclasses import dataclass

from postengine.engine.ledger.change import Change
from postengine.engine.ledger.timeline import TimelineEntry, timeline_of
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.channel import Channel, may_pass
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.post import Post
from postengine.engine.posts.states import OPEN_HANDOVER, DeliveryState

_S = DeliveryState
_MOST_COLLEAGUES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPage:
    """A handover as a page.

    Attributes:
        colleagues: Who else may have it, id and name; none where the channel is not shared.
    """

    id: str
    title: str
    channel: str
    kind: str
    agent: str
    state: str
    due_at: str
    ends_at: str
    reason: str
    url: str
    may_resend: bool
    may_post: bool
    may_cancel: bool
    colleagues: list[tuple[str, str]]
    entries: list[TimelineEntry]


def read_task(change: Change, row: Delivery) -> TaskPage:
    """Return the page of a delivery on a manual channel."""
    channel = change.need(Channel, row.channel_id)
    agent = change.tx.get(Agent, row.agent_id or "")
    is_open = row.state in {_S.PLANNED, *OPEN_HANDOVER}
    url = row.release_url or ""
    return TaskPage(
        id=row.id,
        title=change.need(Post, row.post_id).title,
        channel=channel.name,
        kind=channel.kind.replace("_", " "),
        agent="" if agent is None else agent.name,
        state=row.state.value,
        due_at=row.due_at.isoformat(),
        ends_at=row.miss_at.isoformat(),
        reason=row.reason or "",
        url=url if url.startswith(("https://", "http://")) else "",
        may_resend=is_open and row.due_at <= change.now,
        may_post=row.state is not _S.PUBLISHED,
        may_cancel=is_open,
        colleagues=_colleagues(change, row, channel),
        entries=timeline_of(change, row),
    )


def _colleagues(change: Change, row: Delivery, channel: Channel) -> list[tuple[str, str]]:
    if not may_pass(channel) or row.state is _S.PUBLISHED:
        return []
    where = {"tenant_id": row.tenant_id}
    found = change.tx.find(Agent, where, order_by="name", limit=_MOST_COLLEAGUES)
    return [(agent.id, agent.name) for agent in found if agent.id != row.agent_id]
