"""What Postiz tells of integrations."""

from __future__ import annotations

from pydantic import ConfigDict, Field, JsonValue

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


class DeletedIntegration(Received):
    """A deleted channel. Postiz sends its whole row, with the network's tokens; they are not kept."""

    model_config = ConfigDict(extra="ignore")

    id: str
    name: str | None = None
    provider_identifier: str = Field(default="", validation_alias="providerIdentifier")


class ConnectionLink(Received):
    """Where a person connects a channel. It is good for an hour.

    Attributes:
        url: A web address; or, for a channel that is connected by a form (Bluesky, Telegram, WordPress …), a
            bare state, with which the connection cannot be finished outside Postiz's own pages.
    """

    url: str

    @property
    def is_web(self) -> bool:
        """Tell whether `url` can be opened in a browser."""
        return self.url.startswith(("https://", "http://"))


class Tool(Received):
    """Something that can be asked of a channel's network, see `trigger_tool`.

    Attributes:
        data_schema: Its arguments: key, type and description of each.
    """

    method_name: str = Field(validation_alias="methodName")
    description: str = ""
    data_schema: tuple[JsonValue, ...] = Field(default=(), validation_alias="dataSchema")


class ToolAnswer(Received):
    """The body of `POST /integration-trigger/{id}`."""

    output: JsonValue = None


class IntegrationSettings(Received):
    """The rules of a channel, as a hint: not everything the server checks is in them.

    Attributes:
        rules: For people to read.
        max_length: The longest text.
        schema_: A JSON schema, or a sentence that there are no settings.
        tools: What can be asked of its network.
    """

    rules: str = ""
    max_length: int = Field(default=0, validation_alias="maxLength")
    schema_: JsonValue = Field(default=None, validation_alias="settings")
    tools: tuple[Tool, ...] = ()


class IntegrationSettingsAnswer(Received):
    """The body of `GET /integration-settings/{id}`."""

    output: IntegrationSettings
