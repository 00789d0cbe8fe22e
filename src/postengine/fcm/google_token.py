"""Access tokens of google-auth's credentials, renewed in time."""

from __future__ import annotations

import copy
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import httpx
from google.auth import exceptions

from postengine.clock import Clock

from .errors import CredentialsInvalid, TokenServerBusy
from .google_transport import HttpxRequest

SCOPE = "https://www.googleapis.com/auth/firebase.messaging"
_RENEW_BEFORE_S = 225.0
_FAILURE_HOLDS_S = 5.0


class GoogleAuthCredentials(Protocol):
    """What is used of google-auth's credentials objects."""

    @property
    def token(self) -> str | None:
        """The access token at hand."""
        ...

    @property
    def expiry(self) -> datetime | None:
        """When the token ends, in UTC without a zone; None for never."""
        ...

    def refresh(self, request: object, /) -> None:
        """Fetch a new token by calling `request`."""
        ...


@dataclass(frozen=True)
class _Held:
    """A token, and until when it is good on the clock's monotonic scale."""

    token: str
    until_s: float


@dataclass(frozen=True)
class _Failed:
    """Why there was no token, and until when nobody asks again."""

    error: CredentialsInvalid | TokenServerBusy
    until_s: float


class GoogleToken:
    """Access tokens of any google-auth credentials; safe to share between threads.

    However many threads need a new token, one of them fetches it. A failure holds for all that come within
    five seconds, so that a token server that is down holds up nobody twice.

    Args:
        source: The credentials object.
        project_id: The Firebase project that they belong to, where it is known.
    """

    def __init__(self, source: GoogleAuthCredentials, *, project_id: str | None = None) -> None:
        self.project_id = project_id
        self._source = source
        self._lock = threading.Lock()
        self._held: _Held | None = None
        self._failed: _Failed | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    def token_at_hand(self, clock: Clock, *, refused: str | None = None) -> str | None:
        """Return a token that is good for some minutes more and is not `refused`, or None."""
        held = self._held
        if held is None or held.token == refused or clock.monotonic() >= held.until_s:
            return None
        return held.token

    def access_token(self, http: httpx.Client, clock: Clock, *, refused: str | None = None) -> str:
        """Return a token that is good for some minutes more, and is not `refused`.

        Raises:
            CredentialsInvalid: The token server refuses the credentials.
            TokenServerBusy: It cannot be reached, or is down.
        """
        with self._lock:
            self._held = self._held or self._read(clock)
            token = self.token_at_hand(clock, refused=refused)
            return token or self._renew(http, clock)

    def _read(self, clock: Clock) -> _Held | None:
        """Take over what the credentials object has."""
        if not self._source.token:
            return None
        if self._source.expiry is None:
            return _Held(self._source.token, float("inf"))
        # google-auth reckons with the machine's clock; from here on, spans on ours.
        left_s = (self._source.expiry - datetime.now(UTC).replace(tzinfo=None)).total_seconds()
        return _Held(self._source.token, clock.monotonic() + left_s - _RENEW_BEFORE_S)

    def _renew(self, http: httpx.Client, clock: Clock) -> str:
        if self._failed is not None and clock.monotonic() < self._failed.until_s:
            raise copy.copy(self._failed.error)
        try:
            self._held = self._fetch(http, clock)
        except (CredentialsInvalid, TokenServerBusy) as error:
            self._failed = _Failed(error, clock.monotonic() + _FAILURE_HOLDS_S)
            raise
        return self._held.token

    def _fetch(self, http: httpx.Client, clock: Clock) -> _Held:
        try:
            self._source.refresh(HttpxRequest(http, clock))
        except exceptions.GoogleAuthError as error:
            raise CredentialsInvalid("the token server refuses the credentials; make a new key") from error
        held = self._read(clock)
        if held is None:
            raise CredentialsInvalid("the credentials give no access token")
        return held
