"""Where access tokens come from."""

from __future__ import annotations

from typing import Protocol

import httpx

from postengine.clock import Clock

from .errors import CredentialsInvalid


class Credentials(Protocol):
    """A source of OAuth access tokens with the scope `firebase.messaging`."""

    def access_token(self, http: httpx.Client, clock: Clock, *, refused: str | None = None) -> str:
        """Return a token, fetched over `http` where none is at hand.

        Args:
            http: For the token server.
            clock: Judges whether the token at hand is still good.
            refused: A token that FCM did not accept; it is not returned again.

        Raises:
            CredentialsInvalid: No token is to be had.
            TokenServerBusy: None now.
        """
        ...


class StaticToken:
    """A token that somebody else renews, or that a fake accepts.

    Args:
        token: Sent as it is.
    """

    def __init__(self, token: str) -> None:
        self._token = token

    def __repr__(self) -> str:
        return "StaticToken()"

    def access_token(self, http: httpx.Client, clock: Clock, *, refused: str | None = None) -> str:
        """Return the token.

        Raises:
            CredentialsInvalid: It was refused; there is no other.
        """
        del http, clock
        if refused == self._token:
            raise CredentialsInvalid("FCM refused the static access token; renew it or use a service account")
        return self._token
