"""Calls about integrations: the connected channels of an account."""

from __future__ import annotations

from pydantic import TypeAdapter

from postengine.postiz.call import Call, path_id
from postengine.postiz.models import Integration, IntegrationSettings
from postengine.postiz.models.integration import IntegrationSettingsAnswer

_LIST = TypeAdapter(tuple[Integration, ...])
_SETTINGS = TypeAdapter(IntegrationSettingsAnswer)


def list_integrations(customer_id: str | None = None) -> Call[tuple[Integration, ...]]:
    """Ask for all integrations, or for those of one customer group."""
    params = {} if customer_id is None else {"group": customer_id}
    return Call("GET", "/integrations", _LIST.validate_json, params=params)


def integration_settings(integration_id: str) -> Call[IntegrationSettings]:
    """Ask for the rules, the longest text and the settings' schema of an integration."""
    return Call(
        "GET",
        f"/integration-settings/{path_id(integration_id)}",
        lambda body: _SETTINGS.validate_json(body).output,
    )
