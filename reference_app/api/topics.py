"""All topics of the API: a blueprint each, and the one table that OpenAPI is made from."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint

from postengine.engine.ports import Ports
from reference_app.settings import Settings

from . import (
    access_tokens,
    agents,
    alerts,
    assets,
    channels,
    deliveries,
    devices,
    handovers,
    holds,
    listings,
    posts,
    tenants,
)
from .route import Route
from .serving import serve

TOPICS: Mapping[str, tuple[Route, ...]] = {
    "tenants": tenants.ROUTES,
    "agents": agents.ROUTES,
    "devices": devices.ROUTES,
    "channels": channels.ROUTES,
    "listings": listings.ROUTES,
    "posts": posts.ROUTES,
    "deliveries": deliveries.ROUTES,
    "handovers": handovers.ROUTES,
    "holds": holds.ROUTES,
    "alerts": alerts.ROUTES,
    "assets": assets.ROUTES,
    "tokens": access_tokens.ROUTES,
}


def blueprints(ports: Ports, settings: Settings) -> list[Blueprint]:
    """Return a blueprint for each topic, to be mounted at `/api/v1`."""
    return [serve(topic, routes, ports, settings) for topic, routes in TOPICS.items()]
