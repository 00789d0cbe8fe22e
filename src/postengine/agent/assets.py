"""The files of tasks, for the agent's phone or the holder of a signed address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from postengine.engine.ledger.change import Change, changing
from postengine.engine.ledger.media import file_of
from postengine.engine.ports import Above
from postengine.engine.posts.agent import Device
from postengine.engine.posts.asset import Asset
from postengine.engine.posts.delivery import Delivery
from postengine.engine.posts.errors import Conflict
from postengine.engine.posts.states import DeliveryState, Mode

from .auth import authenticate
from .byte_range import Unsatisfiable, parse_range
from .call import Call
from .etag import is_known
from .filename import filename_of
from .requests import AgentRequest
from .responses import AgentResponse, FilePart, Refusal
from .task import may_see

_KEPT_FOR = timedelta(days=7)
_WITHDRAWN = (DeliveryState.CANCELLED, DeliveryState.DECLINED)
_VISIBLE = tuple(state for state in DeliveryState if state not in _WITHDRAWN)
_UNSAFE = re.compile(r'[^A-Za-z0-9._ -]|"')


def get_asset(call: Call) -> AgentResponse:
    """`GET /agent/v1/assets/{id}`, whole, in part, or not at all if the phone has it."""
    asset = _find(call, call.args["id"], _reader(call))
    path = _path(call, asset)
    etag = f'"{asset.sha256}"'
    headers = {
        "ETag": etag,
        "Cache-Control": "private, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
        "Accept-Ranges": "bytes",
    }
    if is_known(call.request.header("if-none-match"), etag):
        return AgentResponse(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    headers["Content-Type"] = asset.mime or "application/octet-stream"
    headers["Content-Disposition"] = _disposition(asset)
    return _part(call.request, path, asset.size_bytes or 0, etag, headers)


def _reader(call: Call) -> Device | None:
    """Return the device that reads, or None for the holder of a signed address."""
    query = call.request.query
    if "sig" not in query:
        return authenticate(call)
    if call.setup.links.is_valid(call.args["id"], query, call.ports.store.now()):
        return None
    if call.request.header("authorization") is None:
        detail = "this address is over or was altered; fetch the task again, it has a new one"
        raise Refusal(HTTPStatus.FORBIDDEN, "link_invalid", detail)
    return authenticate(call)


def _find(call: Call, asset_id: str, device: Device | None) -> Asset:
    with changing(call.ports) as change:
        asset = change.tx.get(Asset, asset_id)
        if asset is None or asset.sha256 is None or (device and not _is_for(change, asset, device)):
            detail = f"there is no file {asset_id} for this phone"
            raise Refusal(HTTPStatus.NOT_FOUND, "asset_unknown", detail)
        return asset


def _is_for(change: Change, asset: Asset, device: Device) -> bool:
    """Whether a task of the device's agent has this file; not once it is withdrawn, or a week over."""
    where = {
        "agent_id": device.agent_id,
        "mode": Mode.MANUAL,
        "state": _VISIBLE,
        "miss_at": Above(change.now - _KEPT_FOR),
    }
    found = (row for row in change.tx.find(Delivery, where) if asset.id in row.asset_ids)
    return any(may_see(change, row, device) for row in found)


def _path(call: Call, asset: Asset) -> Path:
    try:
        return file_of(call.ports, asset)
    except Conflict as error:
        detail = "the file is not in the store; the office has been told"
        raise Refusal(HTTPStatus.NOT_FOUND, error.code, detail) from error


def _part(
    request: AgentRequest, path: Path, size: int, etag: str, headers: Mapping[str, str]
) -> AgentResponse:
    wanted = request.header("range")
    if_range = request.header("if-range")
    if wanted is None or (if_range is not None and if_range != etag):
        part = None
    else:
        try:
            part = parse_range(wanted, size)
        except Unsatisfiable as error:
            detail = f"the range is outside of the file, which has {size} bytes"
            where = {"Content-Range": f"bytes */{size}"}
            code = "range_unsatisfiable"
            status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
            raise Refusal(status, code, detail, headers=where) from error
    if part is None:
        whole = {**headers, "Content-Length": str(size)}
        return AgentResponse(status=HTTPStatus.OK, headers=whole, body=FilePart(path, 0, size))
    start, length = part
    content_range = f"bytes {start}-{start + length - 1}/{size}"
    partial = {**headers, "Content-Length": str(length), "Content-Range": content_range}
    return AgentResponse(
        status=HTTPStatus.PARTIAL_CONTENT, headers=partial, body=FilePart(path, start, length)
    )


def _disposition(asset: Asset) -> str:
    """Name the file, and let no browser open it as a page of ours (RFC 6266)."""
    name = filename_of(asset)
    return f"attachment; filename=\"{_UNSAFE.sub('_', name)}\"; filename*=UTF-8''{quote(name, safe='')}"
