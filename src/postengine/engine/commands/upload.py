"""Keep an uploaded file: a photo, a logo, a finished video."""

from __future__ import annotations

from pathlib import Path

from postengine.engine.ledger.change import changing
from postengine.engine.ports import Ports
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.states import AssetState
from postengine.engine.posts.tenant import Tenant


def keep_file(ports: Ports, tenant_id: str, file: Path, *, filename: str = "") -> Asset:
    """Inspect `file`, keep it by its hash and return its asset; the same file again is the same asset.

    Args:
        ports: What the engine works with.
        tenant_id: Whose it is.
        file: A file of ours; it is moved away.
        filename: As the uploader calls it.

    Raises:
        NotFound: There is no such tenant.
        PostEngineError: It is no picture or video that can be used, or the disk is full.
    """
    with changing(ports) as change:
        change.need(Tenant, tenant_id)
    inspected = ports.renderer.inspect(file)
    sha256, size_bytes = ports.assets.put(file)
    inputs_hash = f"file:{sha256}"
    with changing(ports) as change:
        where = {"tenant_id": tenant_id, "inputs_hash": inputs_hash}
        known = change.tx.find(Asset, where, limit=1)
        if known:
            return known[0]
        asset = Asset(
            id=ports.ids.new("asset"),
            tenant_id=tenant_id,
            state=AssetState.READY,
            inputs_hash=inputs_hash,
            needed_at=change.now,
            sha256=sha256,
            size_bytes=size_bytes,
            mime=inspected.mime,
            width_px=inspected.width_px,
            height_px=inspected.height_px,
            duration_s=inspected.duration_s,
            filename=filename,
            created_at=change.now,
            updated_at=change.now,
        )
        change.tx.add(asset)
        return asset
