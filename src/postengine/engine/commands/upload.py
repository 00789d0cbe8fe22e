"""Keep an uploaded file: a photo, a logo, a finished video, a sound."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from postengine.engine.ledger.change import changing
from postengine.engine.ledger.media import make_again
from postengine.engine.ports import Ports, Rendered
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.errors import Conflict, Invalid
from postengine.engine.posts.states import AssetState
from postengine.engine.posts.tenant import Tenant
from postengine.errors import PostEngineError


def keep_file(ports: Ports, tenant_id: str, file: Path, *, filename: str = "") -> tuple[Asset, bool]:
    """Inspect `file` and keep it by its hash; the same file again is the same asset.

    If the one that was kept is gone or damaged, the new one takes its place, and pictures that could not be
    made without it are made.

    Args:
        ports: What the engine works with.
        tenant_id: Whose it is.
        file: A file of ours; it is moved away.
        filename: As the uploader calls it.

    Returns:
        The asset, and whether it is new.

    Raises:
        NotFound: There is no such tenant.
        Invalid: It is no picture, video or sound that can be used.
        PostEngineError: The disk is full.
    """
    with changing(ports) as change:
        change.need(Tenant, tenant_id)
    try:
        inspected = ports.renderer.inspect(file)
    except PostEngineError as error:
        if error.retryable:
            raise
        raise Invalid.one("file", "unusable", str(error)) from error
    sha256, size_bytes = ports.assets.put(file)
    where = {"tenant_id": tenant_id, "inputs_hash": f"file:{sha256}"}
    try:
        with changing(ports) as change:
            known = change.tx.find(Asset, where, limit=1)
            if not known:
                asset = _asset(ports, change.now, tenant_id, inspected, sha256, size_bytes, filename)
                change.tx.add(asset)
                return asset, True
            change.clear_alert("file_missing", known[0].id)
    except Conflict:  # the same file at the same time: the other upload was first
        with ports.store.transaction() as tx:
            known = tx.find(Asset, where, limit=1)
    _make_failed_again(ports, known[0])
    return known[0], False


def _make_failed_again(ports: Ports, photo: Asset) -> None:
    """Have pictures made anew that failed for want of the file, which is whole now.

    One at a time: whoever holds several assets locks them in an order of their own.
    """
    with ports.store.transaction() as tx:
        failed = tx.find(Asset, {"tenant_id": photo.tenant_id, "state": AssetState.FAILED})
    for asset in failed:
        with changing(ports) as change:
            stored = change.need(Asset, asset.id, lock=True)
            if photo.id in stored.photo_ids and stored.state is AssetState.FAILED:
                change.tx.save(make_again(stored, change.now))


def _asset(
    ports: Ports, now: datetime, tenant_id: str, file: Rendered, sha256: str, size_bytes: int, filename: str
) -> Asset:
    return Asset(
        id=ports.ids.new("asset"),
        tenant_id=tenant_id,
        state=AssetState.READY,
        inputs_hash=f"file:{sha256}",
        needed_at=now,
        sha256=sha256,
        size_bytes=size_bytes,
        mime=file.mime,
        width_px=file.width_px,
        height_px=file.height_px,
        duration_s=file.duration_s,
        filename=filename,
        created_at=now,
        updated_at=now,
    )
