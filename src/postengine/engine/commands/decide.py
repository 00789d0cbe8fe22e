"""Decide: a person says what became of a delivery, or what is to become of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from postengine.engine.ledger.attempts import remotes_of
from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.compose import scene_of
from postengine.engine.ledger.moving import disturb
from postengine.engine.ports import Ports
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.delivery import Delivery, make_ref
from postengine.engine.posts.errors import Conflict, Invalid
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.moves import PERSON
from postengine.engine.posts.post import Post
from postengine.engine.posts.states import OFF_MARKET, OPEN_HANDOVER, DeliveryState, Mode
from postengine.engine.posts.tenant import Tenant

from .cancel import may_be_at_postiz
from .refresh import refresh_media, the_problems
from .times import miss_at

_S = DeliveryState


class Decision(StrEnum):
    """What a person may say."""

    PUBLISHED = "published"
    FAILED = "failed"
    DROP = "drop"
    SEND_AGAIN = "send_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The delivery after a decision.

    Attributes:
        warning: What the person should know: a queued post may still come out.
    """

    delivery: Delivery
    warning: str | None = None


def decide(
    ports: Ports,
    delivery_id: str,
    decision: Decision,
    *,
    release_url: str | None = None,
    send_at: datetime | None = None,
    who: str = "person",
    connection: object | None = None,
) -> Decided:
    """Close a delivery by a person's word, or send it again.

    Everything but `published` first deletes all that was ever made for it at Postiz, until it is seen absent.

    Args:
        ports: What the engine works with.
        delivery_id: The delivery.
        decision: The person's word.
        release_url: With `published`: where it can be seen.
        send_at: With `send_again`: when; None means now.
        who: Written into the history.
        connection: The caller's own open transaction.

    Raises:
        NotFound: There is no such delivery.
        Conflict: It is in no state about which this can be said, or its listing is off the market.
        Invalid: It is to be sent again, and lacks what it is made from today.
    """
    with changing(ports, connection) as change:
        delivery = change.need(Delivery, delivery_id, lock=True)
        _check(delivery, decision)
        if decision is Decision.PUBLISHED:
            return Decided(delivery=_published(change, delivery, release_url, who))
        warning = _warning(change, delivery)
        if decision is Decision.SEND_AGAIN:
            return Decided(delivery=hand_over_again(change, delivery, send_at, who), warning=warning)
        aim = _S.FAILED if decision is Decision.FAILED else _S.CANCELLED
        after = replace(delivery, recall=aim, recall_is_decided=True)
        return Decided(
            delivery=disturb(change, delivery, after, by=PERSON, why=f"decided: {decision}", who=who),
            warning=warning,
        )


_ALLOWED = {
    Decision.PUBLISHED: {_S.UNCONFIRMED, _S.MISSED, _S.DECLINED, _S.CANCELLED, _S.PLANNED, *OPEN_HANDOVER},
    Decision.FAILED: {_S.UNCONFIRMED},
    Decision.DROP: {_S.UNCONFIRMED},
    Decision.SEND_AGAIN: {_S.UNCONFIRMED, _S.FAILED, _S.MISSED, _S.CANCELLED, _S.DECLINED},
}


def _check(delivery: Delivery, decision: Decision) -> None:
    is_by_word = decision is Decision.PUBLISHED and delivery.state is not _S.UNCONFIRMED
    is_allowed = delivery.state in _ALLOWED[decision] and not (is_by_word and delivery.mode is Mode.AUTOMATIC)
    if not is_allowed or delivery.recall is not None:
        state = "recalling" if delivery.recall is not None else delivery.state
        raise Conflict("not_decidable", f"delivery {delivery.id} is {state}; {decision} cannot be said of it")


def _check_market(change: Change, delivery: Delivery) -> None:
    listing = change.need(Listing, delivery.listing_id) if delivery.listing_id else None
    if listing is not None and listing.status in OFF_MARKET:
        message = f"listing {listing.external_id} is {listing.status}; put it back on the market first"
        raise Conflict("off_market", message)


def _published(change: Change, delivery: Delivery, release_url: str | None, who: str) -> Delivery:
    after = replace(
        delivery,
        state=_S.PUBLISHED,
        release_url=release_url or delivery.release_url,
        confirmed_at=change.now,
        sent_at=delivery.sent_at or change.now,
        reason=None,
    )
    for code in ("needs_decision", "missed", "no_answer", "no_device", "no_colleague", "posted_after_end"):
        change.clear_alert(code, delivery.id)
    return disturb(change, delivery, after, by=PERSON, why="decided: published", who=who)


def hand_over_again(change: Change, delivery: Delivery, send_at: datetime | None, who: str) -> Delivery:
    """Plan a locked delivery once more, from now or at `send_at`, inside an open change; return it.

    Raises:
        Conflict: Its listing is off the market.
        Invalid: It lacks what it is made from today.
    """
    _check_market(change, delivery)
    post = change.need(Post, delivery.post_id)
    channel = change.need(Channel, delivery.channel_id)
    tenant = change.need(Tenant, delivery.tenant_id)
    due_at = send_at or change.now
    due_at = due_at.replace(microsecond=due_at.microsecond // 1000 * 1000)
    occurrence = delivery.occurrence + 1
    wanted = replace(
        delivery,
        occurrence=occurrence,
        ref=make_ref(tenant.external_id, post.external_id or post.id, channel.external_id, occurrence),
        rev=delivery.rev + 1,
        due_at=due_at,
        miss_at=miss_at(change, replace(post, scheduled_at=due_at, not_after=None), channel),
        release_url=None,
        promoted_at=None,
        sent_at=None,
        confirmed_at=None,
        rang_at=None,
        received_at=None,
        reminders=0,
        snoozes=0,
        snoozed_until=None,
        passed_at=None,
        message_at=None,
        messaged_at=None,
        reason=None,
    )
    scene = scene_of(change, wanted)
    problems = the_problems(change, scene)  # it was left behind when what it is made from last changed
    if problems:
        raise Invalid(problems)
    wanted = refresh_media(change, scene)
    for code in ("needs_decision", "missed", "failed", "refused"):
        change.clear_alert(code, delivery.id)
    if delivery.mode is Mode.AUTOMATIC and may_be_at_postiz(change, delivery):
        wanted = replace(wanted, recall=_S.PLANNED, recall_is_decided=True)
        return disturb(change, delivery, wanted, by=PERSON, why="decided: send again", who=who)
    if delivery.state is _S.UNCONFIRMED:
        wanted = replace(wanted, recall=_S.PLANNED, recall_is_decided=True)
    else:
        wanted = replace(wanted, state=_S.PLANNED)
    return disturb(change, delivery, wanted, by=PERSON, why="decided: send again", who=who)


def _warning(change: Change, delivery: Delivery) -> str | None:
    margin = change.ports.timings.fence_margin
    remotes = remotes_of(change, delivery)
    if any(
        row.was_queued_late or (row.asked_at and change.now >= row.publish_at - margin) for row in remotes
    ):
        return "Postiz has shown it queued past its time: it may still come out, look at the channel first"
    return None
