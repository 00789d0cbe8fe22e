"""What Postiz tells at the end of OAuth2."""

from __future__ import annotations

from pydantic import ConfigDict, Field, SecretStr

from .wire import Received


class OAuthToken(Received):
    """The right to act for one organisation. It has no expiry; its user can revoke it.

    Attributes:
        organisation_id: Whose it is.
        access_token: Hand it to a client as its `api_key`. It is sent raw, although `token_type` says bearer.
        scope: As granted; Postiz does not check it.
    """

    model_config = ConfigDict(extra="ignore")

    organisation_id: str = Field(validation_alias="id")
    access_token: SecretStr
    scope: str | None = None
