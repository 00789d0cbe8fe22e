"""Claim what is due: leased and fenced, no more than the workers can begin within a lease."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from postengine.engine.jobs import CONCURRENCY, Job, Message, Queue, WorkKind, job_for
from postengine.engine.ledger.change import changing
from postengine.engine.ledger.checkups import rest_until_next
from postengine.engine.ledger.moving import plan_asset, write
from postengine.engine.ledger.placing import place
from postengine.engine.ledger.watches import rest
from postengine.engine.ports import Above, Ports, W
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.checkup import Checkup
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.states import AssetState, HoldReason, HoldScope, Mode, Step
from postengine.engine.posts.watch import Watch

_AHEAD = {Queue.MEDIA_PROCESSING: 2, Queue.DISTRIBUTION: 20}
"""Claims per worker thread that may wait on a queue: one render, or some seconds of small steps."""


def claim_due(ports: Ports) -> list[tuple[Job, Message]]:
    """Claim what is due and return the messages for it; what keeps crashing is quarantined."""
    assets = _claim(ports, Asset, Queue.MEDIA_PROCESSING)
    deliveries = _claim(ports, Delivery, Queue.DISTRIBUTION)
    checkups = _claim(ports, Checkup, Queue.DISTRIBUTION)
    watches = _claim(ports, Watch, Queue.DISTRIBUTION)
    limit = ports.timings.crash_limit
    for asset in assets:
        if asset.crashes >= limit:
            _give_up(ports, asset)
    for delivery in deliveries:
        if delivery.crashes >= limit:
            _quarantine(ports, delivery)
    for checkup in checkups:
        if checkup.crashes >= limit:
            _skip(ports, checkup)
    for watch in watches:
        if watch.crashes >= limit:
            _skip_watch(ports, watch)
    jobs = [
        (job_for(Step.RENDER, Mode.AUTOMATIC), Message("asset", asset.id, Step.RENDER, asset.fence))
        for asset in assets
        if asset.crashes < limit
    ]
    jobs += [
        (job_for(Step.CHECK, Mode.AUTOMATIC), Message("checkup", checkup.id, Step.CHECK, checkup.fence))
        for checkup in checkups
        if checkup.crashes < limit
    ]
    jobs += [
        (job_for(Step.WATCH, Mode.MANUAL), Message("watch", watch.id, Step.WATCH, watch.fence))
        for watch in watches
        if watch.crashes < limit
    ]
    return jobs + [
        (job_for(delivery.next_step, delivery.mode), _message(delivery, delivery.next_step))
        for delivery in deliveries
        if delivery.crashes < limit and delivery.next_step is not None
    ]


def give_back(ports: Ports, messages: Sequence[Message]) -> None:
    """End the leases of claimed work that could not be handed over; what was begun stays."""
    with changing(ports) as change:
        for message in messages:
            row = change.tx.get(_KINDS[message.kind], message.id, lock=True)
            if row is not None and row.fence == message.fence and not row.taken:
                change.tx.save(replace(row, lease_until=None, lease_owner=None))


_KINDS: Mapping[WorkKind, type[Asset] | type[Delivery] | type[Checkup] | type[Watch]] = {
    "asset": Asset,
    "delivery": Delivery,
    "checkup": Checkup,
    "watch": Watch,
}


def _message(delivery: Delivery, step: Step) -> Message:
    return Message("delivery", delivery.id, step, delivery.fence)


def _claim(ports: Ports, kind: type[W], queue: Queue) -> list[W]:
    with ports.store.transaction() as tx:
        in_hand = tx.count(kind, {"lease_until": Above(tx.now)})
    free = CONCURRENCY[queue] * _AHEAD[queue] - in_hand
    if free <= 0:
        return []
    return ports.store.claim(kind, limit=free, lease=ports.timings.lease, owner=ports.owner)


def _quarantine(ports: Ports, delivery: Delivery) -> None:
    """Its owners keep dying: hold it, so that others go on, and ask a person.

    What is still allowed under the hold (to look, to recall) is tried again, rarely.
    """
    note = (
        f"{delivery.crashes} workers died at {delivery.next_step}; look at their logs, then release the hold"
    )
    with changing(ports) as change:
        row = change.need(Delivery, delivery.id, lock=True)
        if row.fence == delivery.fence:
            place(
                change,
                HoldScope.DELIVERY,
                row.id,
                HoldReason.QUARANTINED,
                who="engine",
                note=note,
                tenant_id=row.tenant_id,
            )
            row = change.need(Delivery, delivery.id, lock=True)
            later = change.now + ports.timings.backoff_max
            after = replace(row, fence=row.fence + 1, crashes=0, not_before=later)
            write(change, row, after, by="engine", why=note)
            change.alert("quarantined", "delivery", row.id, note, row.tenant_id)


def _give_up(ports: Ports, asset: Asset) -> None:
    reason = f"{asset.crashes} workers died while rendering it"
    with changing(ports) as change:
        row = change.need(Asset, asset.id, lock=True)
        if row.fence == asset.fence:
            failed = replace(row, state=AssetState.FAILED, next_step=None, act_at=None, reason=reason)
            plan_asset(change, failed)
            change.alert("quarantined", "asset", row.id, reason, row.tenant_id)


def _skip(ports: Ports, checkup: Checkup) -> None:
    """Its owners keep dying: leave it until the next one is due."""
    note = f"{checkup.crashes} workers died while looking at the channels of this account; look at their logs"
    with changing(ports) as change:
        rest_until_next(change, change.need(Checkup, checkup.id, lock=True), has_work=True)
        change.alert("quarantined", "account", checkup.id, note)


def _skip_watch(ports: Ports, watch: Watch) -> None:
    """Its owners keep dying: leave it until the next one is due."""
    note = f"{watch.crashes} workers died while looking at the phones of this agent; look at their logs"
    with changing(ports) as change:
        rest(change, change.need(Watch, watch.id, lock=True))
        change.alert("quarantined", "agent", watch.id, note, watch.tenant_id)
