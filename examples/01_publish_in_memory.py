"""Publish a post through the engine, all of it in this process: no server, no socket, no waiting."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

import postengine
from postengine.adapters.postiz import PostizPublisher
from postengine.clock import Clock
from postengine.engine.posts.tenant import Account
from postengine.postiz import PostizClient
from postengine.testing.clock import FakeClock
from postengine.testing.engine import memory_ports
from postengine.testing.postiz import FakePostiz


def main() -> None:
    """Plan a post for 18:00 and let the day pass."""
    clock = FakeClock()  # stands at 2026-12-01 09:00 UTC until it is moved
    postiz = FakePostiz(clock)
    postiz.add_account("key", [{"id": "int-li", "identifier": "linkedin-page"}])

    def connect(account: Account, clock: Clock) -> PostizClient:
        http = httpx.Client(transport=postiz.transport())
        return PostizClient(http, base_url=account.base_url, api_key=account.api_key, clock=clock)

    with TemporaryDirectory() as folder:
        ports = memory_ports(Path(folder), clock, publisher=PostizPublisher(clock, connect))
        account = postengine.register_account(ports, "https://postiz.test/api", "key")
        tenant = postengine.register_tenant(
            ports, "harbour", name="Harbour", zone="UTC", account_id=account.id
        )
        page = postengine.register_channel(
            ports, tenant.id, "li", kind="linkedin-page", name="Harbour", integration_id="int-li"
        )
        new = postengine.NewPost(
            tenant_id=tenant.id,
            title="Open house",
            content=postengine.Content(caption="Open house on Saturday", hashtags=("Lisbon",)),
            channels=(postengine.ChannelUse(channel_id=page.id),),
            scheduled_at="2026-12-01T18:00",
        )
        post = postengine.plan_post(ports, new)
        while (at := ports.store.next_act_at()) is not None:  # jump to whatever is due next
            clock.set(max(at, clock.now()))
            postengine.run_once(ports)
        for entry in postiz.network:
            print(f"{entry.network} received it at {entry.at:%H:%M:%S}")
        with ports.store.transaction() as tx:
            for delivery in tx.find(postengine.Delivery, {"post_id": post.id}):
                print(f"{delivery.state}: {delivery.release_url}")


if __name__ == "__main__":
    main()
