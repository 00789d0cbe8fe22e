"""The calls about channels and the account."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from .message import Reply, json_reply, refused
from .provider_checks import LONGEST, SETTINGS
from .rows import Account, IntegrationRow

_PAGE_SIZE = 100


def integrations(account: Account, query: Mapping[str, str]) -> Reply:
    """List the channels, or those of one customer group."""
    group = query.get("group")
    rows = [
        row
        for row in account.integrations.values()
        if group is None or (row.customer is not None and row.customer["id"] == group)
    ]
    return json_reply(200, [_listed(row) for row in rows])


def integration_settings(account: Account, integration_id: str) -> Reply:
    """Tell a channel's longest text and the names of its checked settings."""
    row = account.integrations.get(integration_id)
    if row is None:
        return json_reply(404, {"msg": "Integration not found"})
    names: list[JsonValue] = [setting.name for setting in SETTINGS.get(row.identifier, ())]
    schema: JsonValue = (
        {"type": "object", "properties": {str(name): {} for name in names}}
        if names
        else "No additional settings required"
    )
    return json_reply(
        200,
        {
            "output": {
                "rules": "",
                "maxLength": LONGEST.get(row.identifier, 0),
                "settings": schema,
                "tools": [],
            }
        },
    )


def notifications(account: Account, query: Mapping[str, str]) -> Reply:
    """List one page of notifications, newest first."""
    asked = query.get("page", "0")
    if not asked.removeprefix("-").isdecimal():
        return refused(
            400,
            ["page must not be less than 0", "page must be a number conforming to the specified constraints"],
        )
    page = int(asked)
    if page < 0:
        return refused(400, ["page must not be less than 0"])
    newest_first = account.notifications[::-1]
    end = (page + 1) * _PAGE_SIZE
    return json_reply(
        200,
        {
            "notifications": list(newest_first[page * _PAGE_SIZE : end]),
            "total": len(newest_first),
            "page": page,
            "limit": _PAGE_SIZE,
            "hasMore": len(newest_first) > end,
        },
    )


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
