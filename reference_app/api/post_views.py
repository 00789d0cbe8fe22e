"""What is shown of posts and deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from postengine.engine.ledger.change import Change
from postengine.engine.ledger.compose import scene_of, words_of
from postengine.engine.ledger.holds import holds_on
from postengine.engine.ports import Transaction
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.post import MediaKind, Post
from postengine.engine.posts.record import Attempt, HistoryEntry, Outcome, RemotePost, Verb
from postengine.engine.posts.states import (
    DeliveryState,
    HoldReason,
    HoldScope,
    Mode,
    PostStatus,
    Step,
)
from postengine.engine.posts.status import post_status

from .shape import View


class SubtitleView(View):
    """Words over a reel."""

    text: str
    starts_s: float
    ends_s: float


class MediaView(View):
    """A picture or video of a post."""

    kind: MediaKind
    photo_ids: list[str]
    alt: str
    badge: str
    seconds: float | None
    template: str
    pages: list[str]
    shape: str | None
    testimonial: dict[str, object] | None
    market: dict[str, object] | None
    music_id: str | None
    without_music: bool
    voice_id: str | None
    subtitles: list[SubtitleView]


class ContentView(View):
    """What is said; in a delivery None means: as the post has it."""

    caption: str | None
    media: list[MediaView] | None
    first_comment: str | None
    hashtags: list[str] | None
    settings: dict[str, object] | None


class DeliveryView(View):
    """One post on one channel."""

    id: str
    tenant_id: str
    post_id: str
    channel_id: str
    channel: str
    channel_kind: str
    channel_name: str
    agent_id: str | None
    mode: Mode
    state: DeliveryState
    is_recalling: bool
    needs_decision: bool
    next_step: Step | None
    act_at: datetime | None
    due_at: datetime
    miss_at: datetime
    overrides: ContentView
    asset_ids: list[str]
    is_media_ready: bool
    rev: int
    occurrence: int
    ref: str
    is_in_hand: bool
    lease_owner: str | None
    remote_id: str | None
    seen_state: str | None
    seen_at: datetime | None
    release_url: str | None
    reason: str | None
    promoted_at: datetime | None
    sent_at: datetime | None
    confirmed_at: datetime | None
    created_at: datetime
    updated_at: datetime


class PostView(View):
    """A post with its deliveries."""

    id: str
    tenant_id: str
    external_id: str | None
    listing_id: str | None
    agent_id: str | None
    title: str
    content: ContentView
    scheduled_at: datetime
    local_time: str
    zone: str
    not_after: datetime | None
    campaign: str
    rev: int
    status: PostStatus
    needs_decision: bool
    deliveries: list[DeliveryView]
    created_at: datetime
    updated_at: datetime


class AttemptView(View):
    """One try of a step."""

    id: str
    delivery_id: str
    step: Step
    verb: Verb
    fence: int
    rev: int
    occurrence: int
    remote_id: str | None
    outcome: Outcome | None
    detail: str
    opened_at: datetime
    closed_at: datetime | None


class RemoteView(View):
    """A Postiz post that was made for a delivery."""

    id: str
    delivery_id: str
    occurrence: int
    rev: int
    publish_at: datetime
    is_dead: bool
    asked_at: datetime | None
    gone_at: datetime | None
    was_queued_late: bool
    made_at: datetime


class HistoryView(View):
    """A line of history."""

    at: datetime
    subject: str
    subject_id: str
    by: str
    from_state: str
    to_state: str
    why: str


class HoldView(View):
    """A reason to wait."""

    id: str
    tenant_id: str | None
    scope: HoldScope
    scope_id: str
    reason: HoldReason
    note: str
    placed_by: str
    from_at: datetime
    until_at: datetime | None
    released_at: datetime | None
    created_at: datetime


class DeliveryDetail(DeliveryView):
    """A delivery with what it says, and all that was done and seen."""

    text: str
    first_comment: str
    attempts: list[AttemptView]
    remote_posts: list[RemoteView]
    history: list[HistoryView]
    holds: list[HoldView]


class PostDetail(PostView):
    """A post with all that was done and seen."""

    attempts: list[AttemptView]
    remote_posts: list[RemoteView]
    history: list[HistoryView]
    holds: list[HoldView]


def delivery_view(delivery: Delivery, channel: Channel) -> DeliveryView:
    """Return what is shown of a delivery."""
    return DeliveryView.model_validate(
        _fields(delivery, DeliveryView)
        | {
            "channel": channel.external_id,
            "channel_kind": channel.kind,
            "channel_name": channel.name,
            "is_recalling": delivery.recall is not None,
            "is_in_hand": delivery.taken,
        }
    )


def post_views(tx: Transaction, posts: Sequence[Post]) -> list[PostView]:
    """Return what is shown of `posts`, with their deliveries, in few queries."""
    ids = tuple(post.id for post in posts)
    deliveries = tx.find(Delivery, {"post_id": ids})
    channel_ids = tuple({delivery.channel_id for delivery in deliveries})
    channels = {channel.id: channel for channel in tx.find(Channel, {"id": channel_ids})}
    waiting = {"scope_id": ids, "reason": HoldReason.UNAPPROVED, "released_at": None}
    unapproved = {hold.scope_id for hold in tx.find(Hold, waiting)}
    return [
        _post_view(
            post,
            [
                delivery_view(delivery, channels[delivery.channel_id])
                for delivery in deliveries
                if delivery.post_id == post.id
            ],
            is_approved=post.id not in unapproved,
        )
        for post in posts
    ]


def post_detail(tx: Transaction, post: Post) -> PostDetail:
    """Return all that is known of a post."""
    view = post_views(tx, [post])[0]
    deliveries = tx.find(Delivery, {"post_id": post.id})
    holds = {hold.id: hold for delivery in deliveries for hold in holds_on(tx, delivery)}
    evidence = _evidence(tx, deliveries, (post.id,), list(holds.values()))
    return PostDetail.model_validate(view.model_dump() | evidence)


def delivery_detail(change: Change, delivery: Delivery) -> DeliveryDetail:
    """Return all that is known of a delivery."""
    scene = scene_of(change, delivery)
    words = words_of(scene)
    view = delivery_view(delivery, scene.channel)
    evidence = _evidence(change.tx, [delivery], (), holds_on(change.tx, delivery))
    said = {"text": words.text, "first_comment": words.first_comment}
    return DeliveryDetail.model_validate(view.model_dump() | evidence | said)


def _post_view(post: Post, deliveries: list[DeliveryView], *, is_approved: bool) -> PostView:
    return PostView.model_validate(
        _fields(post, PostView)
        | {
            "status": post_status([one.state for one in deliveries], is_approved=is_approved),
            "needs_decision": any(one.needs_decision for one in deliveries),
            "deliveries": deliveries,
        }
    )


def _fields(row: object, view: type[View]) -> dict[str, object]:
    """Return what a row has of the fields of `view`."""
    return {name: getattr(row, name) for name in view.model_fields if hasattr(row, name)}


def _evidence(
    tx: Transaction, deliveries: list[Delivery], subjects: tuple[str, ...], holds: list[Hold]
) -> dict[str, object]:
    ids = tuple(delivery.id for delivery in deliveries)
    attempts = tx.find(Attempt, {"delivery_id": ids}, order_by="opened_at")
    remotes = tx.find(RemotePost, {"delivery_id": ids}, order_by="made_at")
    history = tx.find(HistoryEntry, {"subject_id": (*ids, *subjects)}, order_by="at")
    return {
        "attempts": [AttemptView.model_validate(row) for row in attempts],
        "remote_posts": [RemoteView.model_validate(row) for row in remotes],
        "history": [HistoryView.model_validate(row) for row in history],
        "holds": [HoldView.model_validate(row) for row in holds],
    }
