"""Assets: upload photos, videos and sounds, and download them and what was drawn from them."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath

from flask import Response, request, send_file
from pydantic import Field
from werkzeug.exceptions import RequestEntityTooLarge

from postengine.engine.commands.upload import keep_file
from postengine.engine.ledger.media import file_of
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.errors import Conflict, Invalid
from postengine.engine.posts.states import AssetState

from .paging import page
from .problems import reading
from .references import choose_tenant, need_owned, tenant_filter
from .route import Call, Route
from .shape import Answer, Body, Listed, Reference, View


class UploadBody(Body):
    """Whose file it is; the file itself is the part `file`."""

    tenant: Reference | None = None


class AssetsWanted(Listed):
    """Which assets are wanted."""

    state: AssetState | None = None


class AssetView(View):
    """An uploaded file, or a picture or video that is or will be made."""

    id: str
    tenant_id: str
    state: AssetState
    spec: dict[str, object]
    photo_ids: list[str]
    sha256: str | None
    mime: str | None
    size_bytes: int | None
    width_px: int | None
    height_px: int | None
    duration_s: float | None
    filename: str
    reason: str | None
    created_at: datetime
    updated_at: datetime


class AssetList(View):
    """A part of the assets."""

    items: list[AssetView]
    next_cursor: str | None


class DownloadBody(Body):
    """How it is to come."""

    as_attachment: bool = Field(default=False)


def upload_asset(call: Call) -> Answer:
    """Keep a file; the same file twice is the same asset."""
    with reading():
        body = UploadBody.model_validate(request.form.to_dict())
    with call.ports.store.transaction() as tx:
        tenant = choose_tenant(tx, call.access, body.tenant)
    file = request.files.get("file")
    if file is None:
        raise Invalid.one("file", "missing", "send the file as the part `file` of multipart/form-data")
    with call.ports.assets.workspace() as folder:
        path = folder / "upload"
        file.save(path)
        size_bytes, most = path.stat().st_size, call.settings.max_upload_bytes
        if size_bytes > most:
            raise RequestEntityTooLarge(f"the file has {size_bytes} bytes; at most {most} are taken")
        name = _plain_name(file.filename or "")
        asset, is_new = keep_file(call.ports, tenant.id, path, filename=name)
    return Answer(AssetView.model_validate(asset), 201 if is_new else 200)


def list_assets(call: Call, query: AssetsWanted) -> Answer:
    """List assets."""
    with call.ports.store.transaction() as tx:
        where = tenant_filter(tx, call.access, query.tenant)
        if query.state is not None:
            where["state"] = query.state
        rows, cursor = page(tx, Asset, where, query)
    return Answer(AssetList(items=[AssetView.model_validate(row) for row in rows], next_cursor=cursor))


def get_asset(call: Call, asset: str) -> Answer:
    """Show an asset."""
    with call.ports.store.transaction() as tx:
        return Answer(AssetView.model_validate(need_owned(tx, call.access, Asset, asset)))


def download_asset(call: Call, asset: str, query: DownloadBody) -> Response:
    """Send an asset's file."""
    with call.ports.store.transaction() as tx:
        row = need_owned(tx, call.access, Asset, asset)
    if row.sha256 is None:
        raise Conflict("not_ready", f"asset {row.id} is {row.state}; ask again when it is ready")
    response = send_file(
        file_of(call.ports, row),
        mimetype=row.mime,
        as_attachment=query.as_attachment,
        download_name=row.filename or row.id,
        etag=row.sha256,
        max_age=31_536_000,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _plain_name(filename: str) -> str:
    """Return the last part of a name, without what does not print."""
    name = PurePosixPath(filename.replace("\\", "/")).name
    return "".join(character for character in name if character.isprintable())[:200]


ROUTES = (
    Route(
        method="POST",
        path="/assets",
        summary="Upload a photo, a video or a sound; the same file twice is the same asset",
        do=upload_asset,
        body=UploadBody,
        answers={201: AssetView, 200: AssetView},
        problems=(413,),
        is_upload=True,
    ),
    Route(
        method="GET",
        path="/assets",
        summary="List assets",
        do=list_assets,
        query=AssetsWanted,
        answers={200: AssetList},
    ),
    Route(
        method="GET",
        path="/assets/{asset}",
        summary="Show an asset",
        do=get_asset,
        answers={200: AssetView},
        problems=(404,),
    ),
    Route(
        method="GET",
        path="/assets/{asset}/file",
        summary="Download an asset's file",
        do=download_asset,
        query=DownloadBody,
        answers={200: None},
        problems=(404, 409),
    ),
)
