"""From media items to assets: what is drawn, in which shape, from which photos; equal ones once."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

from postengine.engine.posts.asset import Asset
from postengine.engine.posts.errors import Invalid, Problem
from postengine.engine.posts.post import MediaItem, MediaKind
from postengine.engine.posts.shapes import shape_for
from postengine.engine.posts.states import AssetState, Step

from .change import Change
from .compose import Scene

MOST_MEDIA = 10


def assets_for(change: Change, scene: Scene) -> list[Asset]:
    """Return one asset for each media item of a delivery, in order; what is not there yet is planned.

    Raises:
        Invalid: A photo is unknown, another tenant's or not uploaded; or there are too many items.
    """
    items = scene.media
    if len(items) > MOST_MEDIA:
        message = f"{len(items)} pictures; a post takes at most {MOST_MEDIA}"
        raise Invalid.one("media", "too_many", message)
    needed_at = scene.delivery.due_at
    return [_asset_for(change, scene, item, f"media[{index}]", needed_at) for index, item in enumerate(items)]


def are_ready(assets: list[Asset]) -> bool:
    """Whether all of `assets` are files already."""
    return all(asset.state is AssetState.READY for asset in assets)


def make_again(asset: Asset, now: datetime) -> Asset:
    """Return the asset with its making begun anew."""
    return replace(
        asset, state=AssetState.PLANNED, next_step=Step.RENDER, act_at=now, reason=None, tries=0, crashes=0
    )


def _asset_for(change: Change, scene: Scene, item: MediaItem, field: str, needed_at: datetime) -> Asset:
    photos = _photos(change, scene, item, field)
    if item.kind is MediaKind.FILE:
        return photos[0]
    spec = _spec(scene, item, photos)
    hashes = {photo.id: photo.sha256 or "" for photo in photos}
    logo = _logo(change, scene)
    if logo is not None:
        hashes[logo.id] = logo.sha256 or ""
    inputs_hash = change.ports.renderer.inputs_hash(spec, hashes)
    known = change.tx.find(
        Asset, {"tenant_id": scene.tenant.id, "inputs_hash": inputs_hash}, limit=1, lock=True
    )
    if known:
        return _wanted_by(change, known[0], needed_at)
    asset = Asset(
        id=change.ports.ids.new("asset"),
        tenant_id=scene.tenant.id,
        next_step=Step.RENDER,
        act_at=change.now,
        inputs_hash=inputs_hash,
        spec=spec,
        photo_ids=tuple(hashes),
        needed_at=needed_at,
        created_at=change.now,
        updated_at=change.now,
    )
    change.tx.add(asset)
    return asset


def _wanted_by(change: Change, asset: Asset, needed_at: datetime) -> Asset:
    """Return a known asset, brought forward if it is needed sooner, or to be tried again if it had failed."""
    wanted = replace(asset, needed_at=min(asset.needed_at, needed_at))
    if asset.state is AssetState.FAILED:
        wanted = make_again(wanted, change.now)
    if wanted != asset:
        change.tx.save(wanted)
    return wanted


def _photos(change: Change, scene: Scene, item: MediaItem, field: str) -> list[Asset]:
    ids = item.photo_ids or (scene.listing.photo_ids if scene.listing else ())
    if item.kind in {MediaKind.CARD, MediaKind.PHOTO, MediaKind.FILE}:
        ids = ids[:1]
    if not ids:
        message = "no photo is named and the listing has none; upload one and give its id"
        raise Invalid.one(f"{field}.photo_ids", "no_photo", message)
    found = [change.tx.get(Asset, photo_id) for photo_id in ids]
    photos = [photo for photo in found if photo is not None and photo.tenant_id == scene.tenant.id]
    usable = [photo for photo in photos if photo.state is AssetState.READY]
    if len(usable) < len(ids):
        unusable = sorted(set(ids) - {photo.id for photo in usable})
        message = f"{', '.join(unusable)} is not an uploaded file of this tenant; upload it first"
        raise Invalid([Problem(f"{field}.photo_ids", "unknown_photo", message)])
    return usable


def _logo(change: Change, scene: Scene) -> Asset | None:
    logo_id = scene.tenant.brand.logo_asset_id
    return None if logo_id is None else change.tx.get(Asset, logo_id)


def _spec(scene: Scene, item: MediaItem, photos: list[Asset]) -> dict[str, object]:
    """Return all that the picture depends on, beside the photos' bytes, as plain JSON."""
    spec: dict[str, object] = {
        "kind": item.kind.value,
        "shape": shape_for(item.kind, scene.channel.kind),
        "photos": [photo.id for photo in photos],
    }
    if item.kind is MediaKind.PHOTO:
        return spec
    facts = asdict(scene.listing.facts) if scene.listing else {}
    facts["title"] = facts.get("title") or scene.post.title
    spec |= {
        "facts": facts,
        "badge": item.badge,
        "brand": {
            "name": scene.tenant.name,
            "primary": scene.tenant.brand.primary,
            "accent": scene.tenant.brand.accent,
            "logo": scene.tenant.brand.logo_asset_id,
        },
        "agent": {"name": scene.agent.name, "phone": scene.agent.phone} if scene.agent else None,
    }
    if item.kind is MediaKind.REEL:
        spec["seconds"] = item.seconds
    return spec
