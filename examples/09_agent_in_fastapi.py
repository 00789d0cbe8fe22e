"""The agent API in FastAPI: phones ask, and one route answers all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

import postengine
from postengine.agent import MAX_BODY_BYTES, AgentApi, AgentRequest, FilePart, create_pairing_code
from postengine.testing.engine import memory_ports


def mount(app: FastAPI, api: AgentApi, ports: postengine.Ports) -> None:
    """Answer everything below `/agent/v1/` by `api`, in threads, and look for work after each write."""

    async def answer(request: Request) -> Response:
        client = "" if request.client is None else request.client.host
        query, headers = dict(request.query_params), dict(request.headers)
        body = b""
        async for part in request.stream():  # whatever is longer than the API takes fills no memory
            body += part if len(body) <= MAX_BODY_BYTES else b""
        asked = AgentRequest(request.method, request.url.path, query, headers, body, client)
        reply = await run_in_threadpool(api.handle, asked)
        if reply.has_written:
            await run_in_threadpool(postengine.tick, ports)
        if isinstance(reply.body, FilePart):
            return StreamingResponse(reply.body.blocks(), reply.status, dict(reply.headers))
        return Response(reply.body, reply.status, dict(reply.headers))

    methods = ["GET", "HEAD", "POST", "PUT", "DELETE"]
    app.add_api_route("/agent/v1/{rest:path}", answer, methods=methods, response_model=None)


async def talk(app: Callable[..., Awaitable[None]], code: str) -> None:
    """Pair a phone over HTTP, and let it ask who it is."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://service.test") as phone:
        body = {"code": code, "device": {"platform": "android"}, "push": {"kind": "none"}}
        paired = await phone.post("/agent/v1/pair", json=body)
        me = await phone.get("/agent/v1/me", headers={"Authorization": f"Bearer {paired.json()['token']}"})
        refused = await phone.get("/agent/v1/me")
    print("paired:", paired.status_code, me.json()["agent"]["name"])
    print("without a token:", refused.status_code, refused.json()["code"])


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        ports = memory_ports(Path(folder))
        app = FastAPI()
        mount(app, AgentApi(ports, link_secret=b"at least 16 bytes", base_url="http://service.test"), ports)
        tenant = postengine.register_tenant(ports, "harbour", name="Harbour", zone="Europe/Lisbon")
        ana = postengine.register_agent(ports, tenant.id, "ana", name="Ana")
        asyncio.run(talk(app, create_pairing_code(ports, ana.id).code))
