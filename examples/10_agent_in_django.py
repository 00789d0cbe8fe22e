"""The agent API in Django: phones ask, and one view answers all of them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import django
import httpx
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import re_path
from django.views.decorators.csrf import csrf_exempt

import postengine
from postengine.agent import AgentApi, AgentRequest, FilePart, create_pairing_code
from postengine.testing.engine import memory_ports


def mount(api: AgentApi, ports: postengine.Ports) -> object:
    """Answer everything below `/agent/v1/` by `api`, and look for work after each write."""

    def answer(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        client = request.META.get("REMOTE_ADDR", "")
        asked = AgentRequest(
            request.method, request.path, request.GET.dict(), dict(request.headers), request.body, client
        )
        reply = api.handle(asked)
        if reply.has_written:
            postengine.tick(ports)
        if isinstance(reply.body, FilePart):
            return StreamingHttpResponse(reply.body.blocks(), status=reply.status, headers=reply.headers)
        return HttpResponse(reply.body, status=reply.status, headers=reply.headers)

    return re_path(r"^agent/v1/", csrf_exempt(answer))  # phones show a bearer token, no cookie


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        ports = memory_ports(Path(folder))
        api = AgentApi(ports, link_secret=b"at least 16 bytes", base_url="http://service.test")
        settings.configure(ROOT_URLCONF=(mount(api, ports),), ALLOWED_HOSTS=["service.test"])
        django.setup()
        tenant = postengine.register_tenant(ports, "harbour", name="Harbour", zone="Europe/Lisbon")
        ana = postengine.register_agent(ports, tenant.id, "ana", name="Ana")
        code = create_pairing_code(ports, ana.id).code
        transport = httpx.WSGITransport(WSGIHandler())
        with httpx.Client(transport=transport, base_url="http://service.test") as phone:
            body = {"code": code, "device": {"platform": "android"}, "push": {"kind": "none"}}
            paired = phone.post("/agent/v1/pair", json=body)
            me = phone.get("/agent/v1/me", headers={"Authorization": f"Bearer {paired.json()['token']}"})
            print("paired:", paired.status_code, me.json()["agent"]["name"])
            print("without a token:", phone.get("/agent/v1/me").json()["code"])
