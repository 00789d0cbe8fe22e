"""Check: look whether the channels of an account can publish, ahead of the posts that need them.

Postiz hides that a channel has to be connected anew. What there is to go by: that it is disabled or gone,
what notifications say, and how its last posts ended. That it was connected anew shows in its fingerprint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from postengine.engine.ledger.change import changing
from postengine.engine.ledger.checkups import AHEAD, rest_until_next
from postengine.engine.ledger.moving import ours
from postengine.engine.ports import Above, AccountHealth, AtMost, ChannelHealth, Ports
from postengine.engine.posts.channel import Channel
from postengine.engine.posts.checkup import Checkup
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Sick
from postengine.engine.posts.states import DeliveryState, HoldScope, Mode
from postengine.engine.posts.tenant import Account, Tenant
from postengine.errors import PostEngineError

from .sick import heal, hold_sick, is_held_sick

_DAY = timedelta(days=1)
_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class _Finding:
    """What a look says of one channel: why it cannot publish, or that it can."""

    channel: Channel
    trouble: str | None
    provider: str


def check(ports: Ports, checkup: Checkup) -> None:
    """Hold the work of channels that cannot publish, let that of mended ones go on, and tell the operator."""
    with changing(ports) as change:
        account = change.need(Account, checkup.id)
        tenants = change.tx.find(Tenant, {"account_id": account.id})
        where = {"tenant_id": tuple(tenant.id for tenant in tenants), "mode": Mode.AUTOMATIC}
        channels = change.tx.find(Channel, where)
        looked_at = change.now
    try:
        health = ports.publisher.health(account, checkup.read_until)
    except PostEngineError as error:
        if isinstance(error, Sick):
            hold_sick(ports, HoldScope.ACCOUNT, account.id, str(error), tenant_id=None)
        _finish(ports, checkup, checkup, channels)
        return
    heal(ports, HoldScope.ACCOUNT, account.id, looked_at=looked_at)
    seen = _seen(checkup, health, channels)
    for finding in _findings(channels, health, seen, checkup):
        _act_on(ports, account, finding, looked_at)
    _tell_unclear(ports, account, (*health.unclear, *_overtaken(checkup, health)))
    _tell_failing(ports, channels)
    _finish(ports, checkup, seen, channels)


def _seen(checkup: Checkup, health: AccountHealth, channels: Sequence[Channel]) -> Checkup:
    """Return the checkup with what this look shows."""
    shown = {seen.integration_id for seen in health.channels}
    wanted = {channel.integration_id or "" for channel in channels}
    return replace(
        checkup,
        fingerprints={seen.integration_id: seen.fingerprint for seen in health.channels},
        broken=_broken(checkup, health),
        absent=tuple(sorted(wanted - shown)),
        read_until=health.read_until,
    )


def _overtaken(checkup: Checkup, health: AccountHealth) -> list[str]:
    """Return troubles of channels that were connected anew since the last look: before them, or after?"""
    return [
        seen.trouble
        for seen in health.channels
        if seen.trouble is not None and not _is_broken(checkup, seen) and not seen.has_published
    ]


def _broken(checkup: Checkup, health: AccountHealth) -> tuple[str, ...]:
    """Return the channels that have to be connected anew, with what this look shows."""
    return tuple(seen.integration_id for seen in health.channels if _is_broken(checkup, seen))


def _is_broken(checkup: Checkup, seen: ChannelHealth) -> bool:
    before = checkup.fingerprints.get(seen.integration_id, seen.fingerprint)
    if seen.has_published or before != seen.fingerprint:
        return False
    return seen.trouble is not None or seen.integration_id in checkup.broken


def _findings(
    channels: Sequence[Channel], health: AccountHealth, seen: Checkup, before: Checkup
) -> list[_Finding]:
    """Return what is to be done about each channel; one that is newly missing is left as it is."""
    by_id = {shown.integration_id: shown for shown in health.channels}
    return [
        _finding(channel, by_id.get(channel.integration_id or ""), seen.broken)
        for channel in channels
        if (channel.integration_id or "") not in seen.absent or channel.integration_id in before.absent
    ]


def _finding(channel: Channel, seen: ChannelHealth | None, broken: tuple[str, ...]) -> _Finding:
    if seen is None:
        return _Finding(channel, "Postiz no longer has this channel; connect it anew", channel.kind)
    if seen.is_disabled:
        return _Finding(channel, "it is switched off in Postiz; switch it on there", seen.provider)
    if seen.integration_id in broken:
        told = seen.trouble or "it has to be connected anew"
        return _Finding(channel, told, seen.provider)
    return _Finding(channel, None, seen.provider)


def _act_on(ports: Ports, account: Account, finding: _Finding, looked_at: datetime) -> None:
    channel = finding.channel
    if finding.trouble is None:
        heal(ports, HoldScope.CHANNEL, channel.id, looked_at=looked_at)
        return
    message = f"{channel.name} ({finding.provider}) cannot publish: {finding.trouble}"
    with changing(ports) as change:
        where = {"channel_id": channel.id, "state": AHEAD}
        ahead = change.tx.find(Delivery, where, order_by="due_at", limit=1)
    if ahead:
        message += f"; the next post is due {ahead[0].due_at:%Y-%m-%d %H:%M} UTC"
    link = _link(ports, account, finding.provider)
    message += f"; connect it here within the hour: {link}" if link else "; connect it in Postiz"
    hold_sick(ports, HoldScope.CHANNEL, channel.id, message, tenant_id=channel.tenant_id)


def _link(ports: Ports, account: Account, provider: str) -> str | None:
    """Return where to connect anew. Without it the alert is still worth sending."""
    try:
        return ports.publisher.reconnect_link(account, provider)
    except PostEngineError:
        return None


def _tell_unclear(ports: Ports, account: Account, troubles: Sequence[str]) -> None:
    if troubles:
        with changing(ports) as change:
            message = f"look at the channels of {account.base_url}: {'; '.join(troubles)}"
            change.alert("channels_unclear", "account", account.id, message)


def _tell_failing(ports: Ports, channels: Sequence[Channel]) -> None:
    """Tell of channels whose last posts have all failed; a hold would be a guess."""
    with changing(ports) as change:
        for channel in channels:
            ended = (DeliveryState.PUBLISHED, DeliveryState.FAILED)
            where = {"channel_id": channel.id, "state": ended, "updated_at": Above(change.now - _DAY)}
            last = change.tx.find(Delivery, where, order_by="updated_at")[-_IN_A_ROW:]
            if len(last) == _IN_A_ROW and all(row.state is DeliveryState.FAILED for row in last):
                why = f"the last {_IN_A_ROW} posts on {channel.name} failed: {last[-1].reason}"
                change.alert("channel_failing", "channel", channel.id, why, channel.tenant_id)
            else:
                change.clear_alert("channel_failing", channel.id)


def _finish(ports: Ports, before: Checkup, seen: Checkup, channels: Sequence[Channel]) -> None:
    with changing(ports) as change:
        stored = ours(change, before)
        soon = AtMost(change.now + ports.timings.stage_lead + _DAY)
        where = {"account_id": seen.id, "state": AHEAD, "due_at": soon}
        is_held = is_held_sick(change, (seen.id, *(channel.id for channel in channels)))
        reported = tuple(id_ for id_ in stored.broken if id_ not in before.broken)  # while we looked
        after = replace(
            stored,
            fingerprints=seen.fingerprints,
            broken=(*seen.broken, *reported),
            absent=seen.absent,
            read_until=seen.read_until,
        )
        again_after = ports.timings.settle if set(seen.absent) - set(before.absent) else None
        has_work = is_held or change.tx.count(Delivery, where) > 0
        rest_until_next(change, after, has_work=has_work, span=again_after)
        change.clear_alert("quarantined", seen.id)
