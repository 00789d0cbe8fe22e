"""What the page shows: what needs a person, then posts with their deliveries, nearest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from postengine.engine.ports import Above, Transaction
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.hold import SERVICE, Hold
from postengine.engine.posts.post import Post
from postengine.engine.posts.states import HoldReason, Mode, Step
from postengine.engine.posts.status import post_status
from postengine.engine.posts.tenant import Tenant
from postengine.engine.posts.timings import Timings
from postengine.engine.trouble.reading import trouble_in
from postengine.engine.trouble.value import Trouble
from reference_app.marks import CRON, marked_at
from reference_app.tokens import Access

_SHOWN_BACK = timedelta(days=2)
_MOST_POSTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLine:
    """A delivery as a line."""

    id: str
    channel: str
    kind: str
    state: str
    step: str
    at: str
    reason: str
    url: str
    page: str
    needs_decision: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    """A post as a line, with its deliveries."""

    id: str
    title: str
    tenant: str
    scheduled_at: str
    status: str
    needs_decision: bool
    deliveries: list[DeliveryLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """A trouble as a line; `page` is that of the task which it is about."""

    code: str
    page: str
    message: str
    evidence: list[str]
    remedy: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All that the page shows; instants as ISO 8601."""

    now: str
    cron_seen_at: str
    is_drafts_only: bool
    needs_decision: int
    alerts: list[AlertLine]
    posts: list[PostLine]


def read_board(tx: Transaction, access: Access, timings: Timings) -> Board:
    """Return what one who has `access` is shown."""
    whose: dict[str, object] = {} if access.is_operator else {"tenant_id": access.tenant_id}
    troubles = [
        one for one in trouble_in(tx, timings) if access.is_operator or access.tenant_id == one.tenant_id
    ]
    recent = {**whose, "scheduled_at": Above(tx.now - _SHOWN_BACK)}
    posts = tx.find(Post, recent, order_by="scheduled_at", limit=_MOST_POSTS)
    lines = _lines(tx, posts)
    pages = {one.id: one.page for line in lines for one in line.deliveries}
    holds = {"scope_id": SERVICE, "reason": HoldReason.DRAFTS_ONLY, "released_at": None}
    return Board(
        now=tx.now.isoformat(),
        cron_seen_at=_iso(marked_at(tx, CRON)),
        is_drafts_only=tx.count(Hold, holds) > 0,
        needs_decision=sum(delivery.needs_decision for line in lines for delivery in line.deliveries),
        alerts=[_alert_line(one, pages.get(one.subject_id, "")) for one in troubles],
        posts=lines,
    )


def _alert_line(one: Trouble, page: str) -> AlertLine:
    return AlertLine(
        code=one.code,
        page=page,
        message=one.what,
        evidence=list(one.evidence),
        remedy=one.remedy,
        at=one.since.isoformat(),
    )


def _lines(tx: Transaction, posts: list[Post]) -> list[PostLine]:
    ids = tuple(post.id for post in posts)
    deliveries = tx.find(Delivery, {"post_id": ids})
    channel_ids = tuple({delivery.channel_id for delivery in deliveries})
    channels = {row.id: row for row in tx.find(Channel, {"id": channel_ids})}
    tenants = {row.id: row for row in tx.find(Tenant, {"id": tuple({post.tenant_id for post in posts})})}
    held = {"scope_id": ids, "reason": HoldReason.UNAPPROVED, "released_at": None}
    unapproved = {hold.scope_id for hold in tx.find(Hold, held)}
    lines: list[PostLine] = []
    for post in posts:
        own = [delivery for delivery in deliveries if delivery.post_id == post.id]
        status = post_status([delivery.state for delivery in own], is_approved=post.id not in unapproved)
        lines.append(
            PostLine(
                id=post.id,
                title=post.title,
                tenant=tenants[post.tenant_id].name,
                scheduled_at=post.scheduled_at.isoformat(),
                status=status.value,
                needs_decision=any(delivery.needs_decision for delivery in own),
                deliveries=[_line(delivery, channels[delivery.channel_id]) for delivery in own],
            )
        )
    return lines


def _line(delivery: Delivery, channel: Channel) -> DeliveryLine:
    return DeliveryLine(
        id=delivery.id,
        channel=channel.name,
        kind=channel.kind,
        state="recalling" if delivery.recall is not None else delivery.state.value,
        step=_step(delivery),
        at=_iso(delivery.act_at),
        reason=delivery.reason or "",
        url=_web_address(delivery.release_url),
        page=f"/tasks/{delivery.id}" if delivery.mode is Mode.MANUAL else "",
        needs_decision=delivery.needs_decision,
    )


def _step(delivery: Delivery) -> str:
    """Return what is next, in words that a person does not misread."""
    match delivery.next_step:
        case None:
            return ""
        case Step.MISS:
            return "missed unless it can be sent by"
        case Step.EXPIRE:
            return "missed without an answer by"
        case step:
            return step.value


def _web_address(url: str | None) -> str:
    """Return an address that a browser may open; a phone or a server may have sent anything."""
    return url if url is not None and url.startswith(("https://", "http://")) else ""


def _iso(at: datetime | None) -> str:
    return "" if at is None else at.isoformat()
