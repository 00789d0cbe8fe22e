"""A task: a delivery on a manual channel as the phone sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus

from postengine.engine.commands.handover import MOST_SNOOZES
from postengine.engine.ledger.change import Change
from postengine.engine.ledger.compose import Scene, scene_of, words_of
from postengine.engine.posts.agent import Device
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.channel import PERSONAL_KINDS, Channel
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.states import OPEN_HANDOVER, AssetState, DeliveryState, Mode

from .filename import filename_of
from .links import AssetLinks
from .responses import JsonObject, Refusal, to_iso


@dataclass(frozen=True, slots=True)
class _Share:
    """How the phone hands a file over, and to which apps, the best first."""

    mode: str
    packages: tuple[str, ...] = ()


_SHARE_BY_KIND: Mapping[str, _Share] = {
    "whatsapp_status": _Share("share_to_status", ("com.whatsapp", "com.whatsapp.w4b")),
    "tiktok_personal": _Share("package", ("com.zhiliaoapp.musically", "com.ss.android.ugc.trill")),
    "facebook_group": _Share("open_url"),
}
_CHOOSER = _Share("chooser")


def own_delivery(change: Change, device: Device, task_id: str, *, lock: bool = False) -> Delivery:
    """Return the delivery behind a task of the device's agent.

    Raises:
        Refusal: 404, also for another agent's: whether it exists is none of the caller's business.
    """
    row = change.tx.get(Delivery, task_id, lock=lock)
    if row is None or row.mode is not Mode.MANUAL or not may_see(change, row, device):
        raise Refusal(HTTPStatus.NOT_FOUND, "task_unknown", f"there is no task {task_id} for this phone")
    return row


def may_see(change: Change, row: Delivery, device: Device) -> bool:
    """Whether the task is the device's agent's, or was; a person's own account is its owner's alone."""
    channel = change.need(Channel, row.channel_id)
    if channel.kind in PERSONAL_KINDS and channel.agent_id != device.agent_id:
        return False
    return device.agent_id in {row.agent_id, *(row.former_agent_ids or ())}


def task_json(change: Change, links: AssetLinks, delivery: Delivery, device: Device) -> JsonObject:
    """Return the contract's Task, as the device's agent sees it: over, once it has passed to a colleague."""
    if delivery.agent_id != device.agent_id:
        over = replace(delivery, state=DeliveryState.CANCELLED, asset_ids=())
        return _task(change, links, over)
    return _task(change, links, delivery)


def _task(change: Change, links: AssetLinks, delivery: Delivery) -> JsonObject:
    scene = scene_of(change, delivery)
    words = words_of(scene)
    snoozes = _snooze(change, delivery)
    return {
        "id": delivery.id,
        "rev": delivery.rev,
        "state": delivery.state.value,
        "channel": _channel(scene.channel),
        "title": scene.post.title,
        "caption": words.text,
        "first_comment": words.first_comment,
        "assets": _assets(change, links, scene),
        "scheduled_at": to_iso(delivery.due_at),
        "expires_at": to_iso(delivery.miss_at),
        "snooze": snoozes,
        "actions": _actions(change, delivery, may_snooze=snoozes["remaining"] != 0),
    }


def _channel(channel: Channel) -> JsonObject:
    share = _SHARE_BY_KIND.get(channel.kind, _CHOOSER)
    return {
        "kind": channel.kind,
        "target_name": channel.name,
        "packages": list(share.packages),
        "share_mode": share.mode,
        "url": channel.url,
    }


def _assets(change: Change, links: AssetLinks, scene: Scene) -> list[JsonObject]:
    """Return the files that are ready, in order; an upcoming task may have some still in the making."""
    alts = {index: item.alt for index, item in enumerate(scene.media)}
    assets = [change.need(Asset, asset_id) for asset_id in scene.delivery.asset_ids]
    return [
        _asset(links, asset, alts.get(index, ""), change.now)
        for index, asset in enumerate(assets)
        if asset.state is AssetState.READY
    ]


def _asset(links: AssetLinks, asset: Asset, alt: str, now: datetime) -> JsonObject:
    return {
        "id": asset.id,
        "url": links.url(asset.id, now),
        "mime": asset.mime,
        "bytes": asset.size_bytes,
        "sha256": asset.sha256,
        "filename": filename_of(asset),
        "width": asset.width_px,
        "height": asset.height_px,
        "duration_s": asset.duration_s,
        "alt": alt,
    }


def _snooze(change: Change, delivery: Delivery) -> JsonObject:
    latest = delivery.miss_at - change.ports.timings.remind_before_end
    if delivery.state not in OPEN_HANDOVER or latest <= change.now:
        return {"remaining": 0, "latest": None}
    return {"remaining": max(MOST_SNOOZES - delivery.snoozes, 0), "latest": to_iso(latest)}


def _actions(change: Change, delivery: Delivery, *, may_snooze: bool) -> list[str]:
    """Return what the phone offers the human; a late "Yes" is still offered within the grace."""
    if delivery.state in OPEN_HANDOVER:
        share = ["share"] if delivery.is_media_ready else []  # its pictures are being made anew
        return ["open", *share, "confirm", "decline", *(["snooze"] if may_snooze else [])]
    is_late = delivery.state is DeliveryState.MISSED
    if is_late and change.now <= delivery.miss_at + change.ports.timings.late_yes:
        return ["confirm"]
    return []
