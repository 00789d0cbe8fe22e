"""OAuth2: acting for other users of Postiz with a token of theirs in place of an API key."""

from __future__ import annotations

from urllib.parse import urlencode

import httpx
from pydantic import JsonValue, SecretStr

from postengine.clock import Clock, SystemClock

from .call import Call
from .calls import oauth
from .carrying.address import api_url
from .carrying.answer import Answer
from .carrying.async_carrier import AsyncCarrier, AsyncSleep, system_sleep
from .carrying.carrier import Carrier
from .models.oauth import OAuthToken


def authorize_url(frontend_url: str, client_id: str, state: str) -> str:
    """Return the page on which a user lets us act for them.

    Args:
        frontend_url: Where people open Postiz, such as `https://postiz.example`.
        client_id: Of our application, as Postiz named it.
        state: A secret of this one visit; compare it when the user comes back.

    >>> authorize_url("https://postiz.example/", "pca_1", "s")
    'https://postiz.example/oauth/authorize?client_id=pca_1&response_type=code&state=s'
    """
    query = urlencode({"client_id": client_id, "response_type": "code", "state": state})
    return f"{frontend_url.rstrip('/')}/oauth/authorize?{query}"


class OAuthClient:
    """Turns the codes that users come back with into tokens.

    Args:
        http: Carries the requests; the client's own, if None.
        base_url: As of `PostizClient`.
        client_id: Of our application.
        client_secret: Of our application; found in no repr, message or log.
        clock: Measures answers and sleeps between tries.
    """

    def __init__(
        self,
        http: httpx.Client | None = None,
        *,
        base_url: str,
        client_id: str,
        client_secret: str | SecretStr,
        clock: Clock | None = None,
    ) -> None:
        self._application = _Application(base_url, client_id, client_secret)
        root = self._application.base
        self._carrier = Carrier(http, root=root, authorization=None, clock=clock or SystemClock(), tries=3)

    def __enter__(self) -> OAuthClient:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, unless they came from outside."""
        self._carrier.close()

    def exchange_code(
        self, code: str, *, code_verifier: str | None = None, redirect_uri: str | None = None
    ) -> Answer[OAuthToken]:
        """Turn `code` into a token, within 10 minutes and once.

        Args:
            code: From the query of the page that the user came back to.
            code_verifier: For clients that were registered dynamically.
            redirect_uri: For clients that were registered dynamically.

        Raises:
            PostizRejected: `invalid_client`, `invalid_grant` … in its messages.
            PostizError: As `PostizClient.send` does.
        """
        return self._carrier.send(self._application.exchange(code, code_verifier, redirect_uri))


class AsyncOAuthClient:
    """What `OAuthClient` is, for tasks.

    Args:
        http: Carries the requests; the client's own, if None.
        base_url: As of `PostizClient`.
        client_id: Of our application.
        client_secret: Of our application; found in no repr, message or log.
        clock: Measures answers.
        sleep: Waits for so many seconds between tries; `asyncio.sleep`, if None.
    """

    def __init__(
        self,
        http: httpx.AsyncClient | None = None,
        *,
        base_url: str,
        client_id: str,
        client_secret: str | SecretStr,
        clock: Clock | None = None,
        sleep: AsyncSleep | None = None,
    ) -> None:
        self._application = _Application(base_url, client_id, client_secret)
        self._carrier = AsyncCarrier(
            http,
            root=self._application.base,
            authorization=None,
            clock=clock or SystemClock(),
            sleep=sleep or system_sleep,
            tries=3,
        )

    async def __aenter__(self) -> AsyncOAuthClient:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections, unless they came from outside."""
        await self._carrier.close()

    async def exchange_code(
        self, code: str, *, code_verifier: str | None = None, redirect_uri: str | None = None
    ) -> Answer[OAuthToken]:
        """Turn `code` into a token; see `OAuthClient.exchange_code`."""
        return await self._carrier.send(self._application.exchange(code, code_verifier, redirect_uri))


class _Application:
    """Our application as Postiz knows it."""

    def __init__(self, base_url: str, client_id: str, client_secret: str | SecretStr) -> None:
        self.base = api_url(base_url).removesuffix("/public/v1")
        self._client_id = client_id
        if isinstance(client_secret, str):
            client_secret = SecretStr(client_secret)
        self._client_secret = client_secret

    def exchange(self, code: str, code_verifier: str | None, redirect_uri: str | None) -> Call[OAuthToken]:
        form: dict[str, JsonValue] = {
            "code": code,
            "client_id": self._client_id,
            "client_secret": self._client_secret.get_secret_value(),
        }
        if code_verifier is not None:
            form["code_verifier"] = code_verifier
        if redirect_uri is not None:
            form["redirect_uri"] = redirect_uri
        return oauth.exchange_code(self.base, form)
