"""Mounts the agent API and the phone's page: Flask's request in, their values out, a tick after a write."""

from __future__ import annotations

from flask import Blueprint, Response, request

from postengine.agent import MAX_BODY_BYTES, AgentApi, AgentRequest, AgentResponse, AgentSite, FilePart
from postengine.engine.ports import Ports
from reference_app.ticking import wake

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


def mount_agent(api: AgentApi, ports: Ports, site: AgentSite | None = None) -> Blueprint:
    """Return a blueprint that answers `/agent/v1/` by `api`, and all else below `/agent/` by `site`.

    Args:
        api: The phones' API.
        ports: Looked at for work after each write.
        site: None serves the web app that came with the package.
    """
    blueprint = Blueprint("agent", __name__)
    page = site or AgentSite()

    def answer(rest: str) -> Response:  # noqa: ARG001 - the API reads the whole path
        reply = api.handle(_asked())
        if reply.has_written:
            wake(ports)
        return _response(reply)

    def show(rest: str = "") -> Response:  # noqa: ARG001 - the site reads the whole path
        return _response(page.handle(_asked()))

    blueprint.add_url_rule("/agent/v1/<path:rest>", "v1", answer, methods=_METHODS)
    for rule in ("/agent", "/agent/", "/agent/<path:rest>"):
        blueprint.add_url_rule(rule, "site", show, methods=_METHODS)
    return blueprint


def _response(reply: AgentResponse) -> Response:
    body = reply.body.blocks() if isinstance(reply.body, FilePart) else reply.body
    response = Response(body, status=reply.status)
    response.headers.clear()
    response.headers.extend(dict(reply.headers))
    return response


def _asked() -> AgentRequest:
    return AgentRequest(
        method=request.method,
        path=request.path,
        query=request.args.to_dict(),
        headers=dict(request.headers),
        body=request.stream.read(MAX_BODY_BYTES + 1),
        remote_addr=request.remote_addr or "",
    )
