"""The world's agency, agent and listing, changed in some respect."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from postengine.engine.commands.register import register_agent, register_tenant
from postengine.engine.commands.withdraw import change_listing
from postengine.engine.ledger.change import changing
from postengine.engine.ledger.compose import scene_of, words_of
from postengine.engine.posts.agent import Agent
from postengine.engine.posts.listing import Listing
from postengine.engine.posts.post import Post
from postengine.engine.posts.tenant import Tenant

from .world import World


def change_tenant(world: World, **changes: Any) -> Tenant:  # noqa: ANN401 - a test's own spelling
    """Register the tenant once more, with `changes`."""
    usual: dict[str, Any] = {"name": "Harbour & Hill", "zone": "Europe/Lisbon"}
    return register_tenant(world.ports, "harbour", **({**usual, "account_id": world.account.id} | changes))


def change_agent(world: World, **changes: Any) -> Agent:  # noqa: ANN401 - a test's own spelling
    """Register the agent once more, with `changes`."""
    usual: dict[str, Any] = {"name": "Ana", "phone": "+351 1"}
    return register_agent(world.ports, world.tenant.id, "ana", **(usual | changes))


def change_facts(world: World, **changes: Any) -> Listing:  # noqa: ANN401 - a test's own spelling
    """Change some facts of the listing."""
    (listing,) = world.rows(Listing, id=world.listing.id)
    return change_listing(world.ports, listing.id, facts=replace(listing.facts, **changes))


def text_of(world: World, post: Post) -> str:
    """Return what the post's only delivery says, word for word."""
    delivery = world.delivery(post)
    with changing(world.ports) as change:
        return words_of(scene_of(change, delivery)).text
