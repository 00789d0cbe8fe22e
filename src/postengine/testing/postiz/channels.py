"""The calls about channels: lists, groups, settings, connecting and removing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from .message import Reply, broken, json_reply
from .providers import PROVIDERS, Provider
from .rows import Account, IntegrationRow, iso_ms
from .store import Store

_NO_SETTINGS = "No additional settings required"
_BARE_STATE = {
    "bluesky",
    "telegram",
    "wordpress",
    "nostr",
    "lemmy",
    "wrapcast",
    "medium",
    "devto",
    "hashnode",
}


class Channels:
    """Handles what is about channels.

    Attributes:
        unreachable: Providers whose network does not hand out a URL for connecting.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.unreachable: set[str] = set()

    def integrations(self, account: Account, query: Mapping[str, str]) -> Reply:
        """List the channels, or those of one customer group."""
        group = query.get("group")
        rows = [
            row
            for row in account.integrations.values()
            if not row.is_deleted
            and (group is None or (row.customer is not None and row.customer["id"] == group))
        ]
        return json_reply(200, [_listed(row) for row in rows])

    def groups(self, account: Account) -> Reply:
        """List the customers that channels belong to."""
        found = {
            row.customer["id"]: row.customer["name"]
            for row in account.integrations.values()
            if row.customer is not None
        }
        return json_reply(200, [{"id": identity, "name": name} for identity, name in found.items()])

    def settings(self, account: Account, integration_id: str) -> Reply:
        """Tell a channel's longest text, the names of its settings, and its tools."""
        row = account.integrations.get(integration_id)
        if row is None:
            return json_reply(404, {"msg": "Integration not found"})
        provider = PROVIDERS.get(row.identifier)
        if provider is None:
            return json_reply(200, {"output": {"rules": "", "maxLength": 0, "settings": {}, "tools": []}})
        tools: list[JsonValue] = [
            {
                "methodName": name,
                "description": name,
                "dataSchema": [{"key": key, "type": "string", "description": key} for key in keys],
            }
            for name, keys in (provider.tools or {}).items()
        ]
        told: JsonValue = {
            "rules": "",
            "maxLength": provider.longest,
            "settings": _schema(provider),
            "tools": tools,
        }
        return json_reply(200, {"output": told})

    def social(self, provider: str, origin: str) -> Reply:
        """Tell where a person connects a channel; what asks for more than a click gets a bare state."""
        if provider not in PROVIDERS:
            return json_reply(400, {"msg": "Integration not allowed"})
        if provider in self.unreachable:
            return json_reply(500, {"msg": "Failed to generate auth URL"})
        state = self._store.new_name()[:6]
        if provider in _BARE_STATE:
            return json_reply(200, {"url": state})
        back = f"{origin}/integrations/social/{provider}".replace(":", "%3A").replace("/", "%2F")
        address = f"https://{provider}.example/oauth/authorize?response_type=code&redirect_uri={back}"
        return json_reply(200, {"url": f"{address}&state={state}"})

    def trigger(self, account: Account, integration_id: str, body: JsonValue) -> Reply:
        """Call a provider's tool: it answers what was laid down, or stumbles as it does without a network."""
        row = account.integrations.get(integration_id)
        if row is None:
            return json_reply(404, {"msg": "Integration not found"})
        provider = PROVIDERS.get(row.identifier)
        if provider is None:
            return json_reply(404, {"msg": "Integration provider not found"})
        name = body.get("methodName") if isinstance(body, dict) else None
        if not isinstance(name, str) or name not in (provider.tools or {}):
            return json_reply(404, {"msg": "Tool not found"})
        if row.is_refresh_needed:
            return json_reply(401, {"msg": "Channel disconnected due to expired token"})
        if name not in row.tool_answers:
            return json_reply(500, {"msg": "Unexpected error"})
        return json_reply(201, {"output": row.tool_answers[name]})

    def delete(self, account: Account, integration_id: str, now: datetime) -> Reply:
        """Remove a channel and its posts, and answer its whole row: the network's tokens are in it."""
        row = account.integrations.get(integration_id)
        if row is None or row.is_deleted:
            return broken()
        row.is_deleted = True
        for post in account.rows:
            if post.integration is row:
                post.is_deleted = True
        return json_reply(200, _whole_row(account, row, now))


def _schema(provider: Provider) -> JsonValue:
    names = provider.settings()
    if not names:
        return _NO_SETTINGS
    schema: dict[str, JsonValue] = {"properties": {name: {} for name in names}, "type": "object"}
    if provider.required:
        schema["required"] = [*provider.required.split()]
    return schema


def _listed(row: IntegrationRow) -> JsonValue:
    told: dict[str, JsonValue] = {
        "id": row.id,
        "name": row.name,
        "identifier": row.identifier,
        "picture": row.picture,
        "disabled": row.is_disabled,
        "profile": row.profile,
    }
    if row.customer is not None:
        told["customer"] = {"id": row.customer["id"], "name": row.customer["name"]}
    return told


def _whole_row(account: Account, row: IntegrationRow, now: datetime) -> JsonValue:
    return {
        "id": row.id,
        "internalId": f"internal-{row.id}",
        "organizationId": account.id,
        "name": row.name,
        "picture": row.picture,
        "providerIdentifier": row.identifier,
        "type": "social",
        "token": f"token-of-{row.id}",
        "disabled": row.is_disabled,
        "tokenExpiration": None,
        "refreshToken": f"refresh-token-of-{row.id}",
        "profile": row.profile,
        "deletedAt": iso_ms(now),
        "createdAt": iso_ms(now),
        "updatedAt": iso_ms(now),
        "inBetweenSteps": False,
        "refreshNeeded": row.is_refresh_needed,
        "customerId": None if row.customer is None else row.customer["id"],
    }
