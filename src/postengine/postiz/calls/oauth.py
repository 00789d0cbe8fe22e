"""The one call of OAuth2 that a server makes; it lies beside the public API and needs no key."""

from __future__ import annotations

from pydantic import JsonValue

from postengine.postiz.call import Call
from postengine.postiz.models.oauth import OAuthToken


def exchange_code(base: str, form: dict[str, JsonValue]) -> Call[OAuthToken]:
    """Ask for the token that `form` stands for; `base` is the base URL without `/public/v1`."""
    return Call(
        "POST",
        "/oauth/token",
        OAuthToken.model_validate_json,
        json={"grant_type": "authorization_code", **form},
        url=f"{base}/oauth/token",
        is_write=True,
        is_secret=True,
    )
