"""A channel that blocks automation: the agent's phone rings, a person posts and says so."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

import postengine
from postengine.agent import AgentApi, AgentRequest, FilePart, create_pairing_code
from postengine.testing.clock import FakeClock
from postengine.testing.engine import FakeNotifier, memory_ports
from postengine.testing.phone import PhoneSimulator


def main() -> None:
    """Plan a post for Ana's WhatsApp status, ring her phone, and hear her "Yes"."""
    clock, notifier = FakeClock(), FakeNotifier()
    with TemporaryDirectory() as folder:
        ports = memory_ports(Path(folder), clock, notifier=notifier)
        api = AgentApi(ports, link_secret=b"at least 16 bytes", base_url="http://service.test")
        tenant = postengine.register_tenant(ports, "harbour", name="Harbour", zone="Europe/Lisbon")
        ana = postengine.register_agent(ports, tenant.id, "ana", name="Ana")
        kind, name = "whatsapp_status", "Ana's status"
        status = postengine.register_channel(ports, tenant.id, "wa", kind=kind, name=name, agent_id=ana.id)
        with httpx.Client(base_url="http://service.test", transport=_mounted(api)) as http:
            phone = PhoneSimulator(http, clock=clock, fid="fid-of-ana")
            phone.pair(create_pairing_code(ports, ana.id).code)
            new = postengine.NewPost(
                tenant_id=tenant.id,
                title="3 Bedroom Apartment",
                content=postengine.Content(caption="New on Rua do Sol: {title}"),
                channels=(postengine.ChannelUse(channel_id=status.id),),
            )
            postengine.plan_post(ports, new)
            postengine.run_once(ports)
            for _, ring in notifier.pushes:
                print(f"push: Time to post: {ring.title}")
                phone.receive_push({"type": ring.kind, "task_id": ring.task_id})
                print(f"phone said: {phone.sent(ring.task_id)}, clipboard: {phone.clipboard}")
        with ports.store.transaction() as tx:
            print("delivery:", tx.find(postengine.Delivery, {})[0].state)


def _mounted(api: AgentApi) -> httpx.MockTransport:
    """Carry a phone's requests to the API, as any web framework does."""

    def serve(request: httpx.Request) -> httpx.Response:
        query = dict(request.url.params)
        asked = AgentRequest(request.method, request.url.path, query, request.headers, request.read())
        answer = api.handle(asked)
        body = b"".join(answer.body.blocks()) if isinstance(answer.body, FilePart) else answer.body
        return httpx.Response(answer.status, headers=dict(answer.headers), content=body)

    return httpx.MockTransport(serve)


if __name__ == "__main__":
    main()
