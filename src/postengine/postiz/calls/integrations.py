"""Calls about integrations: the connected channels of an account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue, TypeAdapter

from postengine.postiz.call import NETWORK_TIMEOUT_S, WRITE_TIMEOUT_S, Call, path_id
from postengine.postiz.models import (
    ConnectionLink,
    Customer,
    DeletedIntegration,
    Integration,
    IntegrationSettings,
)
from postengine.postiz.models.integration import IntegrationSettingsAnswer, ToolAnswer
from postengine.postiz.models.post import SlotAnswer
from postengine.postiz.models.wire import LAZILY

_LIST = TypeAdapter(tuple[Integration, ...], config=LAZILY)
_GROUPS = TypeAdapter(tuple[Customer, ...], config=LAZILY)


def list_integrations(customer_id: str | None = None) -> Call[tuple[Integration, ...]]:
    """Ask for all integrations, or for those of one customer group."""
    params = {} if customer_id is None else {"group": customer_id}
    return Call("GET", "/integrations", _LIST.validate_json, params=params, is_repeatable=True)


def list_groups() -> Call[tuple[Customer, ...]]:
    """Ask for the customer groups."""
    return Call("GET", "/groups", _GROUPS.validate_json, is_repeatable=True)


def connection_url(provider: str, refresh: str | None = None) -> Call[ConnectionLink]:
    """Ask where a person connects a channel of `provider`, or connects the one named by `refresh` anew."""
    return Call(
        "GET",
        f"/social/{path_id(provider)}",
        ConnectionLink.model_validate_json,
        params={} if refresh is None else {"refresh": refresh},
        is_repeatable=True,
    )


def delete_integration(integration_id: str) -> Call[DeletedIntegration]:
    """Delete a channel and its posts. The answer holds the network's tokens; they are dropped."""
    return Call(
        "DELETE",
        f"/integrations/{path_id(integration_id)}",
        DeletedIntegration.model_validate_json,
        timeout_s=WRITE_TIMEOUT_S,
        is_write=True,
        is_secret=True,
    )


def integration_settings(integration_id: str) -> Call[IntegrationSettings]:
    """Ask for the rules, the longest text and the settings' schema of an integration."""
    return Call(
        "GET",
        f"/integration-settings/{path_id(integration_id)}",
        lambda body: IntegrationSettingsAnswer.model_validate_json(body).output,
        is_repeatable=True,
    )


def trigger_tool(integration_id: str, method: str, data: Mapping[str, str]) -> Call[JsonValue]:
    """Ask a channel's network something, such as Pinterest for its boards.

    Nobody promises that a tool changes nothing, so it counts as a write.
    """
    return Call(
        "POST",
        f"/integration-trigger/{path_id(integration_id)}",
        lambda body: ToolAnswer.model_validate_json(body).output,
        json={"methodName": method, "data": dict(data)},
        timeout_s=NETWORK_TIMEOUT_S,
        is_write=True,
    )


def find_slot(integration_id: str) -> Call[datetime]:
    """Ask for the next free posting time, UTC.

    The server searches for ever for an unknown or disabled id. So it is not repeatable, and
    `postengine.postiz.slots` looks first.
    """
    return Call(
        "GET", f"/find-slot/{path_id(integration_id)}", lambda body: SlotAnswer.model_validate_json(body).date
    )
