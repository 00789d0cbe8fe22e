"""A step's desk: the taken delivery with its account and evidence, and the calls that several steps make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from postengine.engine.ledger.attempts import attempts_of, close_attempt, open_attempt, outcome_of, remotes_of
from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.compose import Scene, scene_of
from postengine.engine.ledger.holds import is_restored
from postengine.engine.ledger.moving import ours, put_off, wait
from postengine.engine.ports import Ports, Seen, Sighting
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Sick
from postengine.engine.posts.record import Outcome, RemotePost, Verb
from postengine.engine.posts.states import Step
from postengine.engine.posts.tenant import Account
from postengine.errors import PostEngineError

from .judge import Evidence

_EVER = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a step of an automatic delivery works with."""

    ports: Ports
    delivery: Delivery
    scene: Scene
    account: Account
    evidence: Evidence


def sit_down(ports: Ports, delivery: Delivery) -> Desk:
    """Read all that a step needs."""
    with changing(ports) as change:
        return Desk(
            ports=ports,
            delivery=delivery,
            scene=scene_of(change, delivery),
            account=change.need(Account, delivery.account_id or ""),
            evidence=Evidence(
                delivery=delivery,
                remotes=remotes_of(change, delivery),
                creates=attempts_of(change, delivery, Verb.CREATE),
                failed_ids=_failed_ids(change, delivery),
                is_restored=is_restored(change.tx, delivery),
            ),
        )


def _failed_ids(change: Change, delivery: Delivery) -> frozenset[str]:
    asked = attempts_of(change, delivery, Verb.PROMOTE)
    return frozenset(row.remote_id or "" for row in asked if row.outcome is Outcome.FAILED)


def free_never_started(desk: Desk, sighting: Sighting) -> Desk:
    """Note which promote requests have started nothing, by a listing that was taken after they failed.

    Postiz's own error leaves nothing in flight: what is a draft afterwards was not promoted. So it can be
    given up and begun anew even when its time has come, for no run of it may be on its way.
    """
    drafts = {seen.id for seen in sighting.posts if seen.state == "DRAFT"} & desk.evidence.failed_ids
    if not drafts:
        return desk
    with changing(desk.ports) as change:
        for remote_id in sorted(drafts):
            remote = change.need(RemotePost, remote_id, lock=True)
            change.tx.save(replace(remote, asked_at=None, is_dead=True))
    return sit_down(desk.ports, desk.delivery)


def look(desk: Desk, *, ever: bool = False) -> Sighting:
    """List the account's posts around now, or of all times; note what it shows of the server's clock.

    Raises:
        PostEngineError: Postiz did not answer.
    """
    now = desk.ports.store.now()
    horizon = desk.ports.timings.horizon
    start, end = _EVER if ever else (now - horizon, max(now, desk.delivery.due_at) + horizon)
    sighting = desk.ports.publisher.list_posts(desk.account, start, end)
    with changing(desk.ports) as change:
        account = change.need(Account, desk.account.id, lock=True)
        skew_s = (sighting.server_time - change.now).total_seconds()
        limit_s = desk.ports.timings.skew_limit.total_seconds()
        is_off, was_off = abs(skew_s) > limit_s, abs(account.skew_s) > limit_s
        if account.listed_at is None or abs(skew_s - account.skew_s) > 1 or is_off is not was_off:
            change.tx.save(replace(account, skew_s=skew_s, listed_at=account.listed_at or change.now))
        if was_off and not is_off:
            change.clear_alert("clock_skew", account.id)
        if is_off:
            message = f"the clock of {account.base_url} is {skew_s:+.0f} s off the store's; set both by NTP"
            change.alert("clock_skew", "account", account.id, message)
    return sighting


def is_skewed(desk: Desk, sighting: Sighting) -> bool:
    """Whether the server's clock is too far off to trust a second promote."""
    return abs(sighting.server_time - desk.ports.store.now()) > desk.ports.timings.skew_limit


def delete_drafts(desk: Desk, drafts: tuple[Seen, ...]) -> None:
    """Delete drafts of ours that nobody needs. They never publish: an unanswered DELETE does no harm."""
    for seen in drafts:
        delete(desk, seen.id)


def delete(desk: Desk, remote_id: str) -> bool:
    """Ask Postiz to delete a post of ours; return whether that was answered."""
    attempt = open_attempt(desk.ports, desk.delivery, Step.RECALL, Verb.DELETE, remote_id=remote_id)
    try:
        desk.ports.publisher.delete(desk.account, remote_id)
    except PostEngineError as error:
        outcome, detail = outcome_of(error), str(error)
    else:
        outcome, detail = Outcome.DONE, ""
    with changing(desk.ports) as change:
        close_attempt(change, attempt, outcome, detail=detail)
    return outcome is Outcome.DONE


def remember(desk: Desk, seen: Seen, *, is_dead: bool) -> None:
    """Write down a post of ours whose making was never answered, now that a listing shows it."""
    with changing(desk.ports) as change:
        if change.tx.get(RemotePost, seen.id) is None:
            change.tx.add(
                RemotePost(
                    id=seen.id,
                    account_id=desk.account.id,
                    delivery_id=desk.delivery.id,
                    occurrence=desk.delivery.occurrence,
                    rev=seen.rev or desk.delivery.rev,
                    publish_at=seen.publish_at,
                    is_dead=is_dead,
                    made_at=change.now,
                )
            )


def later(desk: Desk, why: str, *, wait_s: float | None = None) -> None:
    """Give the delivery back, to be tried again."""
    with changing(desk.ports) as change:
        put_off(change, ours(change, desk.delivery), why=why, wait_s=wait_s)


def pause(desk: Desk, why: str, span: timedelta) -> None:
    """Give the delivery back for `span`, though nothing failed."""
    with changing(desk.ports) as change:
        wait(change, ours(change, desk.delivery), span, why=why)


def tell_if_stuck(desk: Desk, error: PostEngineError) -> None:
    """Tell the operator of a look that only a person can make possible again, or that is long overdue."""
    with changing(desk.ports) as change:
        delivery, account = desk.delivery, desk.account
        if isinstance(error, Sick):
            change.alert(f"{error.scope}_sick", error.scope, account.id, str(error))
        elif change.now > delivery.due_at + desk.ports.timings.stuck_after:
            why = f"nobody knows what became of it, for Postiz does not answer: {error}"
            change.alert("unseen", "delivery", delivery.id, why, delivery.tenant_id)
