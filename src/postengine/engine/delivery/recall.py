"""Recall: take back every post that we made for a delivery. DELETE is the fence, if proven in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from postengine.engine.ledger.change import changing
from postengine.engine.ledger.moving import finish, ours
from postengine.engine.ports import Ports, Seen, Sighting
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import ClaimLost
from postengine.engine.posts.record import RemotePost
from postengine.engine.posts.states import DeliveryState, Step
from postengine.errors import PostEngineError

from .desk import (
    Desk,
    delete,
    delete_drafts,
    free_never_started,
    later,
    look,
    remember,
    sit_down,
    tell_if_stuck,
)
from .judge import judge

_S = DeliveryState
_LOOK_AGAIN_S = 5.0


def recall(ports: Ports, delivery: Delivery) -> None:
    """Bring a delivery to where its recall aims, with nothing left at Postiz, or say that it is too late."""
    desk = sit_down(ports, delivery)
    if not desk.evidence.may_be_at_postiz:
        _arrive(desk, [])
        return
    try:
        before = look(desk, ever=True)
        desk = _with_found(free_never_started(desk, before), before)
        if _may_be_going_out(desk, before):
            later(
                desk, "recalling: Postiz may be publishing it just now; looking again", wait_s=_LOOK_AGAIN_S
            )
            return
        if _is_too_late(desk, before):
            delete_drafts(
                desk, _drafts(desk, before)
            )  # proves nothing, but a promote still in flight is harmless
            _too_late(desk, before)
            return
        unanswered = [row.id for row in desk.evidence.remotes if not delete(desk, row.id)]
        after = look(desk, ever=True)
    except ClaimLost:
        raise
    except PostEngineError as error:
        tell_if_stuck(desk, error)
        later(desk, f"recalling: {error}", wait_s=error.retry_after)
        return
    present = [row.id for row in desk.evidence.remotes if after.by_id(row.id) is not None]
    if _is_too_late_at(desk, before, after.server_time):
        _too_late(desk, after)
    elif unanswered or present:
        later(desk, f"recalling: Postiz has not let go of {', '.join(present or unanswered)}")
    else:
        _arrive(desk, list(desk.evidence.remotes))


def _may_be_going_out(desk: Desk, sighting: Sighting) -> bool:
    """Whether a DELETE by a person's decision would meet a publication: that can be seen in a moment."""
    timings = desk.ports.timings
    if not desk.delivery.recall_is_decided:
        return False
    queued = [
        seen
        for row in desk.evidence.remotes
        if (seen := sighting.by_id(row.id)) is not None and seen.state == "QUEUE"
    ]
    return any(
        seen.publish_at - timings.fence_margin <= sighting.server_time < seen.publish_at + timings.stuck_after
        for seen in queued
    )


def _drafts(desk: Desk, sighting: Sighting) -> tuple[Seen, ...]:
    seen = [sighting.by_id(row.id) for row in desk.evidence.remotes]
    return tuple(post for post in seen if post is not None and post.state == "DRAFT")


def _with_found(desk: Desk, sighting: Sighting) -> Desk:
    """Write down posts of ours that only the listing knows, and read the evidence again."""
    verdict = judge(desk.evidence, sighting, desk.ports.timings)
    found = [
        *verdict.strays,
        *verdict.rivals,
        *verdict.out,
        *([verdict.adoptable] if verdict.adoptable else []),
    ]
    unknown = [seen for seen in found if desk.evidence.remote(seen.id) is None]
    if not unknown:
        return desk
    for seen in unknown:
        remember(desk, seen, is_dead=True)
    return sit_down(desk.ports, desk.delivery)


def _is_too_late(desk: Desk, sighting: Sighting) -> bool:
    seen = [sighting.by_id(row.id) for row in desk.evidence.remotes]
    if any(post is not None and _is_out(post) for post in seen):
        return True
    return _is_too_late_at(desk, sighting, sighting.server_time)


def _is_out(seen: Seen) -> bool:
    """Whether it is live. An ERROR without an address is not, although Postiz may still try again."""
    return seen.state == "PUBLISHED" or (seen.state == "ERROR" and seen.release_url is not None)


def _is_too_late_at(desk: Desk, before: Sighting, server_time: datetime) -> bool:
    """Whether a DELETE no longer proves anything for one of the posts, by the server's own clock."""
    if desk.delivery.recall_is_decided:
        return False
    return any(
        server_time >= _date_of(row, before) - desk.ports.timings.fence_margin
        for row in desk.evidence.remotes
        if _may_run(row, before)
    )


def _may_run(row: RemotePost, before: Sighting) -> bool:
    """Whether a run may be on its way: we have asked for one, or somebody else has."""
    seen = before.by_id(row.id)
    return row.asked_at is not None or (seen is not None and seen.state != "DRAFT")


def _date_of(row: RemotePost, before: Sighting) -> datetime:
    """Return when it may begin to run: a person may have moved it while it was going out."""
    seen = before.by_id(row.id)
    if seen is None:
        return row.publish_at
    return seen.publish_at if row.asked_at is None else min(seen.publish_at, row.publish_at)


def _arrive(desk: Desk, gone: list[RemotePost]) -> None:
    with changing(desk.ports) as change:
        row = ours(change, desk.delivery)
        for remote in gone:
            change.tx.save(replace(remote, gone_at=change.now))
        aim = row.recall or _S.PLANNED
        after = replace(row, state=aim, remote_id=None, recall=None, recall_is_decided=False, absent_at=None)
        why = "nothing of it is left in Postiz"
        if aim is not _S.PLANNED:
            change.clear_alert("needs_decision", row.id)
        finish(change, row, after, by=Step.RECALL, why=why)


def _too_late(desk: Desk, sighting: Sighting) -> None:
    """It is out, or may be. Nothing is deleted now: what became of it is for confirm, or a person, to say."""
    live = next(
        (post for row in desk.evidence.remotes if (post := sighting.by_id(row.id)) and _is_out(post)), None
    )
    with changing(desk.ports) as change:
        row = ours(change, desk.delivery)
        after = replace(row, recall=None, recall_is_decided=False)
        why = "too_late: Postiz may have begun to publish it; the recall proves nothing any more"
        if live is not None and row.state is not _S.PROMOTED:
            after = replace(
                after,
                state=_S.PUBLISHED,
                release_url=live.release_url,
                confirmed_at=change.now,
                sent_at=row.sent_at or live.publish_at,
                reason="too late to recall: it is published",
            )
        elif row.state in {_S.PLANNED, _S.STAGED}:
            remote_id = row.remote_id or (desk.evidence.remotes[-1].id if desk.evidence.remotes else None)
            after = replace(
                after, state=_S.UNCONFIRMED, remote_id=remote_id, promoted_at=change.now, reason=why
            )
        else:
            remote = desk.evidence.remote(row.remote_id)
            due_at = row.due_at if remote is None else min(row.due_at, remote.publish_at)
            after = replace(after, due_at=due_at, reason=why)
        finish(change, row, after, by=Step.RECALL, why=why)
        change.alert("too_late", "delivery", row.id, why, row.tenant_id)
