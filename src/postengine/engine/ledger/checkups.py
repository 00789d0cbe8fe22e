"""When an account's channels are to be looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from postengine.engine.posts.channel import Channel
from postengine.engine.posts.checkup import Checkup
from postengine.engine.posts.states import DeliveryState, Step

from .change import Change


def look_after(change: Change, account_id: str, *, broken: Channel | None = None) -> None:
    """See to it that the channels of an account that has work ahead are looked at, from now on.

    Args:
        change: The open change.
        account_id: The account.
        broken: A channel that was just refused: it counts as broken until it is connected anew.
    """
    checkup = change.tx.get(Checkup, account_id, lock=True)
    if checkup is None:
        return
    after = checkup
    if broken is not None and broken.integration_id not in checkup.broken:
        after = replace(after, broken=(*checkup.broken, broken.integration_id or ""))
    if checkup.next_step is None:
        after = replace(after, next_step=Step.CHECK, act_at=change.now, updated_at=change.now)
    if after is not checkup:
        change.tx.save(after)


def believe_mended(change: Change, channel: Channel, account_id: str) -> None:
    """Take a person's word that `channel` is mended; a look that is on its way is called off."""
    checkup = change.tx.get(Checkup, account_id, lock=True)
    if checkup is None or channel.integration_id not in checkup.broken:
        return
    broken = tuple(id_ for id_ in checkup.broken if id_ != channel.integration_id)
    after = replace(checkup, broken=broken, fence=checkup.fence + 1, lease_until=None, lease_owner=None)
    change.tx.save(replace(after, taken=False, updated_at=change.now))


def rest_until_next(
    change: Change, checkup: Checkup, *, has_work: bool, span: timedelta | None = None
) -> None:
    """Save a checkup at the end of its step: the next one in a while, or none without work ahead.

    Args:
        change: The open change.
        checkup: As it is to be.
        has_work: There is something that a sick channel would spoil, or that a mended one lets go on.
        span: Until the next look; None for the usual one.
    """
    act_at = change.now + (span or change.ports.timings.check_every) if has_work else None
    change.tx.save(
        replace(
            checkup,
            next_step=Step.CHECK if has_work else None,
            act_at=act_at,
            lease_until=None,
            lease_owner=None,
            taken=False,
            crashes=0,
            updated_at=change.now,
        )
    )


AHEAD = (DeliveryState.PLANNED, DeliveryState.STAGED, DeliveryState.PROMOTED)
"""The states of work that a sick channel would spoil."""
