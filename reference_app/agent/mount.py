"""Mounts the agent API: Flask's request in, its values out, a tick where something was written."""

from __future__ import annotations

from flask import Blueprint, Response, request

from postengine.agent import AgentApi, AgentRequest, FilePart
from postengine.engine.ports import Ports
from reference_app.ticking import wake

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
_MOST_BYTES = 65_537
"""One more than the agent API takes, so that it is the one to refuse."""


def mount_agent(api: AgentApi, ports: Ports) -> Blueprint:
    """Return a blueprint that answers everything below `/agent/v1/` by `api`."""
    blueprint = Blueprint("agent", __name__)

    def answer(rest: str) -> Response:  # noqa: ARG001 - the API reads the whole path
        reply = api.handle(_asked())
        if reply.has_written:
            wake(ports)
        body = reply.body.blocks() if isinstance(reply.body, FilePart) else reply.body
        response = Response(body, status=reply.status)
        response.headers.clear()
        response.headers.extend(dict(reply.headers))
        return response

    blueprint.add_url_rule("/agent/v1/<path:rest>", "v1", answer, methods=_METHODS)
    return blueprint


def _asked() -> AgentRequest:
    return AgentRequest(
        method=request.method,
        path=request.path,
        query=request.args.to_dict(),
        headers=dict(request.headers),
        body=request.stream.read(_MOST_BYTES),
        remote_addr=request.remote_addr or "",
    )
