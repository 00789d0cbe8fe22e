"""What Postiz tells of integrations."""

from __future__ import annotations

from pydantic import Field, JsonValue

from .wire import Received


class Customer(Received):
    """A customer group."""

    id: str
    name: str | None = None


class Integration(Received):
    """A connected channel. One that needs to be connected anew looks healthy here.

    Attributes:
        identifier: The provider, such as `instagram`.
        customer: Its customer group, if any.
    """

    id: str
    name: str
    identifier: str
    picture: str | None = None
    disabled: bool = False
    profile: str | None = None
    customer: Customer | None = None


class IntegrationSettings(Received):
    """The rules of a channel, as a hint: not everything the server checks is in them.

    Attributes:
        rules: For people to read.
        max_length: The longest text.
        schema_: A JSON schema, or a sentence that there are no settings.
    """

    rules: str = ""
    max_length: int = Field(default=0, validation_alias="maxLength")
    schema_: JsonValue = Field(default=None, validation_alias="settings")
    tools: tuple[JsonValue, ...] = ()


class IntegrationSettingsAnswer(Received):
    """The body of `GET /integration-settings/{id}`."""

    output: IntegrationSettings
