"""From media items to assets: what is drawn, in which shape, from which photos; equal ones once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from postengine.engine.ports import Ports
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.errors import Conflict, Invalid, Problem
from postengine.engine.posts.post import MediaKind
from postengine.engine.posts.presets import SECONDS
from postengine.engine.posts.shapes import SHAPES
from postengine.engine.posts.states import AssetState, Step
from postengine.engine.posts.templates import (
    REEL_TEMPLATES,
    TEMPLATES,
    is_template,
    needs_photo,
    reel_template,
)
from postengine.errors import PostEngineError

from .change import Change, changing
from .compose import Scene
from .pages import MOST_PHOTOS, Page
from .sound import require_room, unplayable
from .spec import pictures_in, sounds_in, spec_of

MOST_MEDIA = 10


def assets_for(change: Change, scene: Scene) -> list[Asset]:
    """Return one asset for each file of a delivery, in order; what is not there yet is planned.

    Raises:
        Invalid: A photo, logo or sound is unknown, another tenant's, not uploaded or of another kind; there
            are too many files; a voice is too long; or a picture lacks what it cannot do without.
    """
    pages = scene.pages
    if len(pages) > MOST_MEDIA:
        message = f"{len(pages)} pictures; a post takes at most {MOST_MEDIA}"
        raise Invalid.one("media", "too_many", message)
    needed_at = scene.delivery.due_at
    return [_asset_for(change, scene, page, needed_at) for page in pages]


def are_ready(assets: list[Asset]) -> bool:
    """Whether all of `assets` are files already."""
    return all(asset.state is AssetState.READY for asset in assets)


def make_again(asset: Asset, now: datetime) -> Asset:
    """Return the asset with its making begun anew."""
    return replace(
        asset, state=AssetState.PLANNED, next_step=Step.RENDER, act_at=now, reason=None, tries=0, crashes=0
    )


def file_of(ports: Ports, asset: Asset) -> Path:
    """Return an asset's file; one that is gone or damaged is told of, and made again if it was drawn.

    Raises:
        Conflict: `file_missing`.
        PostEngineError: It cannot be reached just now.
    """
    try:
        return ports.assets.path(asset.sha256 or "")
    except PostEngineError as error:
        if error.retryable:
            raise
        with changing(ports) as change:
            message = _lost(change, asset)
        raise Conflict("file_missing", message) from error


def _lost(change: Change, asset: Asset) -> str:
    stored = change.need(Asset, asset.id, lock=True)
    if stored.spec and stored.state is AssetState.READY:
        change.tx.save(make_again(stored, change.now))
    what_next = "it is made again" if stored.spec else "upload the same file again"
    message = f"the file of {asset.id} is gone or damaged; {what_next}"
    change.alert("file_missing", "asset", asset.id, message, asset.tenant_id)
    return message


def _asset_for(change: Change, scene: Scene, page: Page, needed_at: datetime) -> Asset:
    _check(page)
    photos = _files(change, scene, _photo_ids(scene, page), f"{page.field}.photo_ids")
    if page.item.kind is MediaKind.FILE:
        return photos[0]
    spec = spec_of(scene, page, [photo.id for photo in photos])
    _require_length(page, spec)
    inputs = [*photos, *_pictures(change, scene, spec), *_sounds(change, scene, page, spec)]
    hashes = {asset.id: asset.sha256 or "" for asset in inputs}
    inputs_hash = _inputs_hash(change, spec, hashes, page.field)
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


def _inputs_hash(change: Change, spec: Mapping[str, object], hashes: Mapping[str, str], field: str) -> str:
    """Return the renderer's hash; what it says is wrong with the spec is said of the media item."""
    try:
        return change.ports.renderer.inputs_hash(spec, hashes)
    except Invalid as error:
        raise Invalid([replace(one, field=f"{field}.{one.field}") for one in error.problems]) from error


def _wanted_by(change: Change, asset: Asset, needed_at: datetime) -> Asset:
    """Return a known asset, brought forward if it is needed sooner, or to be tried again if it had failed."""
    wanted = replace(asset, needed_at=min(asset.needed_at, needed_at))
    if asset.state is AssetState.FAILED:
        wanted = make_again(wanted, change.now)
    if wanted != asset:
        change.tx.save(wanted)
    return wanted


def _check(page: Page) -> None:
    """Refuse a template or a shape that nobody knows, more photos than a picture is given, and its sound."""
    item, problems = page.item, [*unplayable(page.item, page.field)]
    if item.kind is MediaKind.CARD and not is_template(item.template):
        message = f"there is no template {item.template!r}; use one of {', '.join(TEMPLATES)}, or user:NAME"
        problems.append(Problem(f"{page.field}.template", "unknown", message))
    if item.kind is MediaKind.REEL and reel_template(item.template) not in REEL_TEMPLATES:
        message = f"there is no reel {item.template!r}; use one of {', '.join(REEL_TEMPLATES)}"
        problems.append(Problem(f"{page.field}.template", "unknown", message))
    if item.kind is MediaKind.REEL and item.shape == _NO_VIDEO:
        message = (
            f"a reel is no link's preview; use one of {', '.join(one for one in SHAPES if one != _NO_VIDEO)}"
        )
        problems.append(Problem(f"{page.field}.shape", "unknown", message))
    if item.shape is not None and item.shape not in SHAPES:
        message = f"there is no shape {item.shape!r}; use one of {', '.join(SHAPES)}"
        problems.append(Problem(f"{page.field}.shape", "unknown", message))
    if item.kind in _OF_MANY and len(item.photo_ids) > MOST_PHOTOS:
        message = f"{len(item.photo_ids)} photos; a {item.kind} is given at most {MOST_PHOTOS}"
        problems.append(Problem(f"{page.field}.photo_ids", "too_many", message))
    if problems:
        raise Invalid(problems)


def _require_length(page: Page, spec: Mapping[str, object]) -> None:
    """Refuse a reel of a length that its network does not take."""
    preset, seconds = str(spec.get("preset")), page.item.seconds
    if page.item.kind is not MediaKind.REEL or seconds is None or preset not in SECONDS:
        return
    least, most = SECONDS[preset]
    if not least <= seconds <= most:
        message = f"{seconds:g} s; {preset} takes videos of {least:g} to {most:g} s"
        raise Invalid.one(f"{page.field}.seconds", "out_of_range", message)


_OF_MANY = (MediaKind.CARD, MediaKind.REEL)
_NO_VIDEO = "link"


def _photo_ids(scene: Scene, page: Page) -> tuple[str, ...]:
    """Return the item's photos, or the listing's: the first one, or as many as the picture may show."""
    item = page.item
    ids = item.photo_ids or (scene.listing.photo_ids[:MOST_PHOTOS] if scene.listing else ())
    template = reel_template(item.template) if item.kind is MediaKind.REEL else item.template
    if not ids and (item.kind not in _OF_MANY or needs_photo(template)):
        message = "no photo is named and the listing has none; upload one and give its id"
        raise Invalid.one(f"{page.field}.photo_ids", "no_photo", message)
    return ids if item.kind in _OF_MANY else ids[:1]


def _pictures(change: Change, scene: Scene, spec: Mapping[str, object]) -> list[Asset]:
    """Return the logos and the portrait."""
    return [_files(change, scene, (one,), field)[0] for field, one in pictures_in(spec).items()]


def _sounds(change: Change, scene: Scene, page: Page, spec: Mapping[str, object]) -> list[Asset]:
    """Return the tune and the voice.

    Raises:
        Invalid: One is no such file, or the voice is too long.
    """
    found = sounds_in(spec, page).items()
    sounds = {field: _files(change, scene, (one,), field, are_heard=True)[0] for field, one in found}
    require_room(page, spec, sounds)
    return [*sounds.values()]


def _files(
    change: Change, scene: Scene, ids: tuple[str, ...], field: str, *, are_heard: bool = False
) -> list[Asset]:
    """Return the uploaded files with these ids: pictures and videos, or sounds.

    Raises:
        Invalid: One is unknown, another tenant's, not uploaded, or of the other kind.
    """
    found = [change.tx.get(Asset, asset_id) for asset_id in ids]
    owned = [asset for asset in found if asset is not None and asset.tenant_id == scene.tenant.id]
    usable = [asset for asset in owned if asset.state is AssetState.READY]
    if len(usable) < len(ids):
        unusable = sorted(set(ids) - {asset.id for asset in usable})
        message = f"{', '.join(unusable)} is not an uploaded file of this tenant; upload it first"
        raise Invalid([Problem(field, "unknown_sound" if are_heard else "unknown_photo", message)])
    unfit = [f"{asset.id} ({asset.mime})" for asset in usable if asset.is_sound is not are_heard]
    if unfit:
        wanted = "a sound" if are_heard else "a picture or video"
        raise Invalid.one(field, "wrong_kind", f"{', '.join(unfit)} is not {wanted}; upload one and name it")
    return usable
