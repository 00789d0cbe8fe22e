"""Bring a delivery's words and pictures up to date with what they are made from."""

from __future__ import annotations

from dataclasses import replace

from postengine.engine.ledger.change import Change
from postengine.engine.ledger.compose import Scene, words_of
from postengine.engine.ledger.demands import unmet_demands
from postengine.engine.ledger.media import are_ready, assets_for
from postengine.engine.ports import KnownMedia
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Problem
from postengine.engine.posts.post import MediaItem, MediaKind
from postengine.engine.posts.states import Mode

_MIME = {MediaKind.CARD: "image/jpeg", MediaKind.PHOTO: "image/jpeg", MediaKind.REEL: "video/mp4"}
_MANUAL_LIMIT = {"whatsapp_status": 700, "tiktok_personal": 2200, "facebook_group": 63206}


def refresh_media(change: Change, scene: Scene) -> Delivery:
    """Return the delivery with the assets that its media need now; new ones are planned."""
    assets = assets_for(change, scene)
    return replace(
        scene.delivery, asset_ids=tuple(asset.id for asset in assets), is_media_ready=are_ready(assets)
    )


def the_problems(change: Change, scene: Scene) -> list[Problem]:
    """Return every problem of a delivery's words, media and settings on its channel's network."""
    words = words_of(scene)
    name = f"channels[{scene.channel.external_id}]"
    problems = [replace(problem, field=f"{name}.{problem.field}") for problem in words.problems]
    problems += unmet_demands(scene, words)
    if scene.channel.mode is Mode.MANUAL:
        limit = _MANUAL_LIMIT.get(scene.channel.kind, 2200)
        if len(words.text) > limit:
            message = f"{len(words.text)} characters; {scene.channel.kind} takes {limit}: shorten it"
            problems.append(Problem(f"{name}.caption", "too_long", message))
        return problems
    media = [_known(change, item) for item in scene.media]
    comments = [words.first_comment] if words.first_comment else []
    found = change.ports.publisher.check(scene.channel, words.text, media, scene.settings, comments)
    return problems + [replace(problem, field=f"{name}.{problem.field}") for problem in found]


def _known(change: Change, item: MediaItem) -> KnownMedia:
    if item.kind is not MediaKind.FILE:
        return KnownMedia(mime=_MIME[item.kind])
    asset = change.tx.get(Asset, item.photo_ids[0]) if item.photo_ids else None
    if asset is None:
        return KnownMedia(mime="image/jpeg")
    return KnownMedia(
        mime=asset.mime or "image/jpeg",
        size_bytes=asset.size_bytes,
        width_px=asset.width_px,
        height_px=asset.height_px,
        duration_s=asset.duration_s,
    )
