"""Render: make the file of an asset, ahead of time, and let the deliveries that wait for it go on."""

from __future__ import annotations

from dataclasses import replace

from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.media import file_of
from postengine.engine.ledger.moving import disturb, ours, plan_asset, renew
from postengine.engine.ports import Ports, Rendered
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import ClaimLost
from postengine.engine.posts.moves import has_ended
from postengine.engine.posts.states import AssetState, DeliveryState, Step
from postengine.errors import PostEngineError


def render(ports: Ports, asset: Asset) -> None:
    """Make the file of `asset` and keep it by its hash."""
    try:
        rendered, sha256, size_bytes = _make(ports, asset)
    except ClaimLost:
        raise
    except PostEngineError as error:
        _not_made(ports, asset, error)
        return
    with changing(ports) as change:
        _waiting(change, asset)  # deliveries are locked before their assets, everywhere
        row = ours(change, asset)
        ready = replace(
            row,
            state=AssetState.READY,
            next_step=None,
            act_at=None,
            tries=0,
            crashes=0,
            reason=None,
            sha256=sha256,
            size_bytes=size_bytes,
            mime=rendered.mime,
            width_px=rendered.width_px,
            height_px=rendered.height_px,
            duration_s=rendered.duration_s,
            filename=f"{asset.id}{rendered.path.suffix}",
        )
        plan_asset(change, ready)
        for code in ("render_failed", "file_missing"):
            change.clear_alert(code, row.id)
        for delivery in _waiting(change, ready):
            _let_go_on(change, delivery)


def _make(ports: Ports, asset: Asset) -> tuple[Rendered, str, int]:
    with changing(ports) as change:
        inputs = [change.need(Asset, photo_id) for photo_id in asset.photo_ids]
    photos = {photo.id: file_of(ports, photo) for photo in inputs}
    with ports.assets.workspace() as folder:
        rendered = ports.renderer.render(asset.spec, photos, folder, lambda: renew(ports, asset))
        sha256, size_bytes = ports.assets.put(rendered.path)
    return rendered, sha256, size_bytes


def _not_made(ports: Ports, asset: Asset, error: PostEngineError) -> None:
    with changing(ports) as change:
        _waiting(change, asset)
        row = ours(change, asset)
        tries = row.tries + 1
        if error.retryable:
            again_at = change.now + ports.timings.backoff_after(tries)
            plan_asset(change, replace(row, act_at=again_at, tries=tries, crashes=0, reason=str(error)))
        else:
            failed = replace(row, state=AssetState.FAILED, next_step=None, act_at=None, reason=str(error))
            plan_asset(change, failed)
        change.alert("render_failed", "asset", row.id, str(error), row.tenant_id)
        for delivery in _waiting(change, row):
            if has_ended(delivery.state):
                continue
            after = replace(delivery, reason=f"its picture could not be made: {error}")
            disturb(change, delivery, after, by=Step.RENDER, why=after.reason or "")


def _waiting(change: Change, asset: Asset) -> list[Delivery]:
    where = {"tenant_id": asset.tenant_id, "is_media_ready": False, "state": _WAITING_STATES}
    found = change.tx.find(Delivery, where, lock=True)
    return [delivery for delivery in found if asset.id in delivery.asset_ids]


_WAITING_STATES = tuple(state for state in DeliveryState if state is not DeliveryState.PUBLISHED)


def _let_go_on(change: Change, delivery: Delivery) -> None:
    assets = [change.need(Asset, asset_id) for asset_id in delivery.asset_ids]
    if all(asset.state is AssetState.READY for asset in assets):
        reason = delivery.reason if has_ended(delivery.state) else None
        after = replace(delivery, is_media_ready=True, reason=reason)
        disturb(change, delivery, after, by=Step.RENDER, why="its pictures are ready")
