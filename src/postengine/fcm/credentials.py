"""Where access tokens come from."""

from __future__ import annotations

from typing import Protocol

import httpx

from postengine.clock import Clock

from .errors import CredentialsInvalid


class Credentials(Protocol):
    """A source of OAuth access tokens with the scope `firebase.messaging`; threads share it."""

    @property
    def project_id(self) -> str | None:
        """The Firebase project that the credentials belong to, where they know it."""
        ...

    def token_at_hand(self, clock: Clock, *, refused: str | None = None) -> str | None:
        """Return a token that is good for some minutes more, or None; never waits for anybody.

        Args:
            clock: Judges whether the token is still good.
            refused: A token that FCM did not accept; it is not returned again.
        """
        ...

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

    project_id: str | None = None

    def __init__(self, token: str) -> None:
        self._token = token

    def __repr__(self) -> str:
        return "StaticToken()"

    def token_at_hand(self, clock: Clock, *, refused: str | None = None) -> str | None:
        """Return the token, unless it was refused."""
        del clock
        return None if refused == self._token else self._token

    def access_token(self, http: httpx.Client, clock: Clock, *, refused: str | None = None) -> str:
        """Return the token.

        Raises:
            CredentialsInvalid: It was refused; there is no other.
        """
        del http
        token = self.token_at_hand(clock, refused=refused)
        if token is None:
            raise CredentialsInvalid("FCM refused the static access token; renew it or use a service account")
        return token
