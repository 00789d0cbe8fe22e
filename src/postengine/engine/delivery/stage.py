"""Stage: make a draft in Postiz, well ahead. A draft never publishes, so its id is disposable."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from postengine.engine.ledger.attempts import close_attempt, open_attempt, outcome_of
from postengine.engine.ledger.budget import block, free_at, is_urgent, learn, refund
from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.checkups import look_after
from postengine.engine.ledger.compose import words_of
from postengine.engine.ledger.holds import fell_due_unseen
from postengine.engine.ledger.media import make_again
from postengine.engine.ledger.moving import finish, ours, put_off, still_ours, wait
from postengine.engine.ports import Draft, Made, Ports, Seen
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import ClaimLost, Conflict
from postengine.engine.posts.record import Attempt, Outcome, RemotePost, Upload, Verb
from postengine.engine.posts.states import DeliveryState, Step
from postengine.errors import PostEngineError

from .desk import Desk, delete_drafts, later, look, pause, remember, sit_down
from .hand import found_copies, found_out, found_rivals
from .judge import Verdict, judge
from .miss import give_up
from .sick import is_sickness, report_sick

_S = DeliveryState
_ASK_AFTER = timedelta(hours=1)
LOOK_AT_THE_NETWORK = (
    "it was due before the restored database was adopted, and Postiz shows nothing of it; "
    "look at the network, then send it again"
)
"""Why such a delivery is missed: not that it was not sent, but that nobody can tell from here."""


def stage(ports: Ports, delivery: Delivery) -> None:
    """Bring a planned delivery to a draft in Postiz: found, rewritten or made."""
    desk = sit_down(ports, delivery)
    urgent = is_urgent(delivery, ports.timings, ports.store.now())
    wait_until = free_at(desk.account, ports.store.now(), is_urgent=urgent)
    if wait_until is not None:
        if not urgent:
            wait_until = min(wait_until, delivery.due_at - 2 * ports.timings.promote_lead)
        why = f"the hourly budget of Postiz is spent until {wait_until:%H:%M:%S} UTC"
        pause(desk, why, max(wait_until - ports.store.now(), ports.timings.backoff))
        return
    if _has_lost_files(desk):
        return
    try:
        verdict = judge(desk.evidence, look(desk), ports.timings) if _must_look(desk) else None
        uploads = _upload_all(desk)
    except PostEngineError as error:
        _cannot_begin(desk, error)
        return
    if verdict is None:
        _make(desk, uploads)
    else:
        _go_on(desk, verdict, uploads)


def _has_lost_files(desk: Desk) -> bool:
    """Have a picture made again whose file is gone or damaged, or ask for it if it was uploaded."""
    with changing(desk.ports) as change:
        assets = [change.need(Asset, asset_id) for asset_id in desk.delivery.asset_ids]
    lost = [asset for asset in assets if _is_lost(desk.ports, asset)]
    if not lost:
        return False
    with changing(desk.ports) as change:
        row = ours(change, desk.delivery)
        why = f"the file of {', '.join(asset.id for asset in lost)} is gone or damaged"
        for asset in lost:
            if asset.spec:
                stored = change.need(Asset, asset.id, lock=True)
                change.tx.save(make_again(stored, change.now))
        if all(asset.spec for asset in lost):
            finish(change, row, replace(row, is_media_ready=False), by=Step.STAGE, why=f"{why}: made again")
        else:
            _refused(change, row, f"{why}; upload it again, then send the post again")
    return True


def _is_lost(ports: Ports, asset: Asset) -> bool:
    try:
        ports.assets.path(asset.sha256 or "")
    except PostEngineError as error:
        return not error.retryable
    return False


def _must_look(desk: Desk) -> bool:
    """Whether Postiz may have something of it already: by our word, or as it is older than our first look."""
    listed_at = desk.account.listed_at
    is_unseen = listed_at is None or desk.delivery.created_at < listed_at
    return is_unseen or desk.evidence.may_be_at_postiz


def _go_on(desk: Desk, verdict: Verdict, uploads: list[tuple[Upload, str]]) -> None:
    if verdict.copies:
        found_copies(desk, verdict.copies)
    elif verdict.out:
        found_out(desk, verdict.out, by=Step.STAGE)
    elif verdict.rivals:
        found_rivals(desk, verdict.rivals)
    elif verdict.adoptable is not None:
        delete_drafts(desk, verdict.strays)
        _adopt(desk, verdict.adoptable)
    elif verdict.current is not None:
        delete_drafts(desk, verdict.strays)
        _rewrite(desk, verdict.current, uploads)
    elif verdict.strays:
        delete_drafts(desk, verdict.strays)
        later(desk, "an older draft was in the way; it is deleted")
    elif _may_still_turn_up(desk):
        _settle(desk)
    elif not (desk.evidence.is_restored and _leave_to_a_person(desk)):
        _make(desk, uploads)


def _may_still_turn_up(desk: Desk) -> bool:
    """Whether a creation was lost, and two looks a settle time apart have not both shown nothing yet."""
    lost = _lost(desk)
    if not lost:
        return False
    absent_at = desk.delivery.absent_at
    if absent_at is None or absent_at < max(attempt.opened_at for attempt in lost):
        return True
    return desk.ports.store.now() < absent_at + desk.ports.timings.settle


def _lost(desk: Desk) -> list[Attempt]:
    """Return the creations that may still run; after an error of Postiz itself one look is final."""
    return [attempt for attempt in desk.evidence.lost if attempt.outcome is not Outcome.FAILED]


def _settle(desk: Desk) -> None:
    with changing(desk.ports) as change:
        row = ours(change, desk.delivery)
        if row.absent_at is None or not _is_after_lost(desk):
            row = replace(row, absent_at=change.now)
        settled_at = (row.absent_at or change.now) + desk.ports.timings.settle
        why = "the making of a draft was not answered; looking again"
        wait(change, row, max(settled_at - change.now, timedelta(0)), why=why)


def _is_after_lost(desk: Desk) -> bool:
    absent_at = desk.delivery.absent_at
    lost = [attempt.opened_at for attempt in _lost(desk)]
    return absent_at is not None and absent_at >= max(lost, default=absent_at)


def _adopt(desk: Desk, seen: Seen) -> None:
    remember(desk, seen, is_dead=False)
    with changing(desk.ports) as change:
        row = ours(change, desk.delivery)
        after = replace(row, state=_S.STAGED, remote_id=seen.id, absent_at=None, reason=None)
        finish(change, row, after, by=Step.STAGE, why=f"found its draft {seen.id}")
        look_after(change, desk.account.id)


def _leave_to_a_person(desk: Desk) -> bool:
    """Give up what a lost database may have sent, if its time has passed: not finding it proves nothing.

    Who deletes a published post in Postiz takes the last trace of it away; at the network it stays.
    """
    with changing(desk.ports) as change:
        if not fell_due_unseen(change.tx, desk.delivery):
            return False
        give_up(change, ours(change, desk.delivery), LOOK_AT_THE_NETWORK)
    return True


def _make(desk: Desk, uploads: list[tuple[Upload, str]]) -> None:
    attempt = open_attempt(desk.ports, desk.delivery, Step.STAGE, Verb.CREATE)
    try:
        made = desk.ports.publisher.draft(desk.account, _draft(desk, uploads, attempt))
    except PostEngineError as error:
        _not_made(desk, attempt, error)
    else:
        _made(desk, attempt, made)


def _rewrite(desk: Desk, seen: Seen, uploads: list[tuple[Upload, str]]) -> None:
    """Write our new rev into a draft that still is one; anything else is fenced off and begun anew."""
    remote = desk.evidence.remote(seen.id)
    if seen.state != "DRAFT" or remote is None or remote.is_dead or remote.asked_at is not None:
        found_rivals(desk, (seen,))
        return
    attempt = open_attempt(desk.ports, desk.delivery, Step.STAGE, Verb.REWRITE, remote_id=seen.id)
    try:
        made = desk.ports.publisher.rewrite(desk.account, seen, _draft(desk, uploads, attempt))
    except PostEngineError as error:
        _not_made(desk, attempt, error)
    else:
        _made(desk, attempt, made)


def _made(desk: Desk, attempt: Attempt, made: Made) -> None:
    with changing(desk.ports) as change:
        row = still_ours(change, desk.delivery)  # first: a delivery is locked before its account, everywhere
        close_attempt(change, attempt, Outcome.DONE, remote_id=made.remote_id)
        learn(change, desk.delivery, made)
        known = change.tx.get(RemotePost, made.remote_id, lock=True)
        remote = known or RemotePost(
            id=made.remote_id,
            account_id=desk.account.id,
            delivery_id=desk.delivery.id,
            occurrence=attempt.occurrence,
            rev=attempt.rev,
            publish_at=desk.delivery.due_at,
            made_at=change.now,
        )
        is_dead = remote.is_dead and row is None
        remote = replace(remote, rev=attempt.rev, publish_at=desk.delivery.due_at, is_dead=is_dead)
        (change.tx.add if known is None else change.tx.save)(remote)
        if row is not None:
            after = replace(row, state=_S.STAGED, remote_id=remote.id, absent_at=None, reason=None)
            finish(change, row, after, by=Step.STAGE, why=f"draft {remote.id}")
            look_after(change, desk.account.id)


def _not_made(desk: Desk, attempt: Attempt, error: PostEngineError) -> None:
    outcome = outcome_of(error)
    with changing(desk.ports) as change:
        row = still_ours(change, desk.delivery)
        close_attempt(change, attempt, outcome, detail=str(error))
        if outcome is Outcome.UNSENT and error.retry_after is not None:
            block(change, desk.delivery, error.retry_after)
        if outcome is Outcome.UNSENT or is_sickness(error):
            refund(change, desk.delivery)
        if attempt.remote_id is not None and row is not None and outcome in {Outcome.UNSENT, Outcome.REFUSED}:
            remote = change.need(RemotePost, attempt.remote_id, lock=True)
            change.tx.save(replace(remote, is_dead=False))
        if row is None:
            return
        if outcome is Outcome.REFUSED and is_sickness(error):
            put_off(change, row, why=str(error))
        elif outcome is Outcome.REFUSED:
            _refused(change, row, f"Postiz refused it: {error}")
        elif attempt.remote_id is not None and outcome is not Outcome.UNSENT:
            after = replace(row, recall=_S.PLANNED)
            finish(change, row, after, by=Step.STAGE, why="an edit was not answered: its draft is given up")
        else:
            put_off(change, row, why=str(error), wait_s=error.retry_after)
    if is_sickness(error):
        report_sick(desk.ports, desk.delivery, error)


def _refused(change: Change, row: Delivery, why: str) -> None:
    """It cannot be staged as it is, and nothing of it is at Postiz: a person has to change something."""
    after = replace(row, state=_S.FAILED, reason=why)
    finish(change, row, after, by=Step.STAGE, why=why)
    change.alert("refused", "delivery", row.id, why, row.tenant_id)


def _cannot_begin(desk: Desk, error: PostEngineError) -> None:
    if isinstance(error, ClaimLost):
        raise error
    with changing(desk.ports) as change:
        row = ours(change, desk.delivery)
        if outcome_of(error) is Outcome.REFUSED and not is_sickness(error):
            _refused(change, row, f"Postiz refused it: {error}")
        else:
            put_off(change, row, why=str(error), wait_s=error.retry_after)
    if is_sickness(error):
        report_sick(desk.ports, desk.delivery, error)


def _draft(desk: Desk, uploads: list[tuple[Upload, str]], attempt: Attempt) -> Draft:
    words = words_of(desk.scene)
    channel = desk.scene.channel
    return Draft(
        integration_id=channel.integration_id or "",
        provider=channel.kind,
        text=words.text,
        comments=(words.first_comment,) if words.first_comment else (),
        media=tuple(uploads),
        settings=desk.scene.settings,
        publish_at=desk.delivery.due_at,
        ref=desk.delivery.ref,
        rev=desk.delivery.rev,
        attempt=attempt.id,
    )


def _upload_all(desk: Desk) -> list[tuple[Upload, str]]:
    """Return each file of the delivery as Postiz has it, with its alt text; each account gets a file once."""
    uploads: list[tuple[Upload, str]] = []
    for asset_id, item in zip(desk.delivery.asset_ids, desk.scene.media, strict=False):
        with changing(desk.ports) as change:
            asset = change.need(Asset, asset_id)
            known = change.tx.get(Upload, f"{desk.account.id}:{asset.sha256}")
        is_there = known is not None and _is_there(desk, known)
        uploads.append((known if known is not None and is_there else _upload(desk, asset), item.alt))
    return uploads


def _is_there(desk: Desk, upload: Upload) -> bool:
    """Whether Postiz still has the file; asked once in a while, for a lost one spoils the post."""
    now = desk.ports.store.now()
    if now < upload.at + _ASK_AFTER:
        return True
    if not desk.ports.publisher.has_media(desk.account, upload.url):
        return False
    with changing(desk.ports) as change:
        stored = change.need(Upload, upload.id, lock=True)
        change.tx.save(replace(stored, at=now))
    return True


def _upload(desk: Desk, asset: Asset) -> Upload:
    sha256 = asset.sha256 or ""
    file = desk.ports.assets.path(sha256)
    media_id, url = desk.ports.publisher.upload(desk.account, file)
    with changing(desk.ports) as change:
        upload = Upload(
            id=f"{desk.account.id}:{sha256}",
            account_id=desk.account.id,
            sha256=sha256,
            media_id=media_id,
            url=url,
            at=change.now,
        )
        row = ours(change, desk.delivery)
        change.tx.save(replace(row, lease_until=change.now + desk.ports.timings.lease))
        if change.tx.get(Upload, upload.id, lock=True) is not None:  # it was lost there, or sent by another
            change.tx.save(upload)
            return upload
        with suppress(Conflict):  # another delivery has uploaded the same file meanwhile
            change.tx.add(upload)
    return upload
