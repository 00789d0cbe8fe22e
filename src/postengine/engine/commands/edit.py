"""Edit and reschedule: change what is to be published, or when; what is promoted is recalled first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from postengine.engine.ledger.attempts import may_run
from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.compose import scene_of
from postengine.engine.ledger.moving import disturb
from postengine.engine.ledger.placing import release
from postengine.engine.ports import Ports
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Conflict, Invalid
from postengine.engine.posts.hold import Hold
from postengine.engine.posts.local_time import resolve
from postengine.engine.posts.moves import PERSON
from postengine.engine.posts.post import Content, Post
from postengine.engine.posts.states import ENDED, DeliveryState, HoldReason

from .refresh import refresh_media, the_problems
from .times import check_times, miss_at

_S = DeliveryState


@dataclass(frozen=True, slots=True, kw_only=True)
class PostChanges:
    """What is to change; None leaves it as it is.

    Attributes:
        content: Its own None fields leave the post's as they are.
        overrides: By channel id.
    """

    title: str | None = None
    content: Content | None = None
    overrides: Mapping[str, Content] = field(default_factory=dict[str, Content])
    scheduled_at: str | None = None
    zone: str | None = None
    not_after: str | None = None
    listing_id: str | None = None
    agent_id: str | None = None
    campaign: str | None = None


def edit_post(
    ports: Ports, post_id: str, changes: PostChanges, *, who: str = "person", connection: object | None = None
) -> Post:
    """Change a post and its unsent deliveries; return it.

    A staged draft is rewritten, a promoted one recalled and planned again; where that is too late, the old
    version goes out, and its delivery says so.

    Raises:
        NotFound: There is no such post.
        Invalid: With all problems of the new times, texts and media.
        Conflict: One of its deliveries has been published, or waits for a decision.
    """
    with changing(ports, connection) as change:
        post = change.need(Post, post_id, lock=True)
        return edit_in(change, post, changes, who=who)


def edit_in(change: Change, post: Post, changes: PostChanges, *, who: str) -> Post:
    """Do what `edit_post` does inside an open change, on a locked post; what is so already is left alone."""
    deliveries = change.tx.find(Delivery, {"post_id": post.id}, lock=True)
    zone = changes.zone or post.zone
    edited = replace(
        post,
        title=post.title if changes.title is None else changes.title,
        content=post.content if changes.content is None else changes.content.over(post.content),
        zone=zone,
        listing_id=changes.listing_id or post.listing_id,
        agent_id=changes.agent_id or post.agent_id,
        campaign=post.campaign if changes.campaign is None else changes.campaign,
    )
    local_time = changes.scheduled_at or (post.local_time if zone != post.zone else None)
    if local_time is not None:
        at = resolve(local_time, zone)
        at = at.replace(microsecond=at.microsecond // 1000 * 1000)
        edited = replace(edited, scheduled_at=at, local_time=local_time)
    if changes.not_after is not None:
        edited = replace(edited, not_after=resolve(changes.not_after, zone, "not_after"))
    channels = {row.channel_id: change.need(Channel, row.channel_id) for row in deliveries}
    has_new_times = (edited.scheduled_at, edited.not_after) != (post.scheduled_at, post.not_after)
    wants = [
        _wanted(change, delivery, post, edited, channels[delivery.channel_id], changes)
        for delivery in deliveries
    ]
    if edited == post and wants == deliveries:
        return post
    _refuse_if_out(deliveries)
    edited = replace(edited, updated_at=change.now, rev=post.rev + 1)
    problems = check_times(change, edited, list(channels.values())) if has_new_times else []
    change.tx.save(edited)
    for delivery, wanted in zip(deliveries, wants, strict=True):
        problems += the_problems(change, scene_of(change, wanted))
        if not problems:
            rewrite(change, delivery, wanted, who=who, why="edited")
    if problems:
        raise Invalid(problems)
    if has_new_times:
        _let_go_of_hand(change, deliveries, who)
    change.note(edited, by=who, why="edited", tenant_id=post.tenant_id, subject_id=post.id)
    return edited


def _let_go_of_hand(change: Change, deliveries: list[Delivery], who: str) -> None:
    """Release what a person's hand in Postiz had stopped: the new time is the answer to it."""
    for delivery in deliveries:
        where = {"scope_id": delivery.id, "reason": HoldReason.HAND, "released_at": None}
        for hold in change.tx.find(Hold, where, lock=True):
            release(change, hold, who=who)


def _wanted(
    change: Change, delivery: Delivery, post: Post, edited: Post, channel: Channel, changes: PostChanges
) -> Delivery:
    """Return the delivery as it is to be.

    Its own time stands unless a time is given: it may have been moved in Postiz, or be sent again.
    """
    overrides = changes.overrides.get(delivery.channel_id, Content()).over(delivery.overrides)
    is_moved = changes.scheduled_at is not None or edited.scheduled_at != post.scheduled_at
    due_at = edited.scheduled_at if is_moved else delivery.due_at
    too_late_at = delivery.miss_at
    if is_moved or changes.not_after is not None:
        too_late_at = miss_at(change, replace(edited, scheduled_at=due_at), channel)
    return replace(
        delivery,
        overrides=overrides,
        due_at=due_at,
        miss_at=too_late_at,
        listing_id=edited.listing_id,
    )


def rewrite(change: Change, before: Delivery, wanted: Delivery, *, who: str, why: str) -> Delivery:
    """Bring an unsent delivery to what is `wanted`, by the way that its state asks for."""
    if before.state in ENDED and before.recall is not _S.PLANNED:
        return before
    wanted = refresh_media(change, scene_of(change, wanted))
    wanted = replace(wanted, rev=before.rev + 1)
    is_free = before.recall is None and not may_run(change, before)
    match before.state:
        case _S.PLANNED if is_free:
            return disturb(change, before, wanted, by=PERSON, why=why, who=who)
        case _S.STAGED if is_free:
            wanted = replace(wanted, state=_S.PLANNED)
            return disturb(change, before, wanted, by=PERSON, why=why, who=who)
        case _S.PLANNED | _S.STAGED | _S.PROMOTED:
            wanted = replace(wanted, recall=before.recall or _S.PLANNED)
            return disturb(change, before, wanted, by=PERSON, why=f"{why}: recalling", who=who)
        case _S.NOTIFIED | _S.OPENED:
            # The phone has the old one: it rings again, with the new rev, once all pictures are there.
            wanted = replace(wanted, snoozed_until=change.now, received_at=None)
            return disturb(change, before, wanted, by=PERSON, why=why, who=who)
        case _:
            return disturb(change, before, wanted, by=PERSON, why=why, who=who)


def _refuse_if_out(deliveries: list[Delivery]) -> None:
    for delivery in deliveries:
        if delivery.state is _S.PUBLISHED:
            raise Conflict("already_published", f"delivery {delivery.id} has been published; make a new post")
        if delivery.state is _S.UNCONFIRMED:
            message = f"delivery {delivery.id} waits for a decision; decide what became of it first"
            raise Conflict("needs_decision", message)
