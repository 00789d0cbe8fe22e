"""The typed wrapper of google-auth and firebase_admin: credentials in, access tokens out, over httpx."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol, cast

import httpx
from google.auth import exceptions
from google.oauth2 import service_account

from postengine.clock import Clock

from .errors import CredentialsInvalid, TokenServerBusy
from .retry_after import read_retry_after

SCOPE = "https://www.googleapis.com/auth/firebase.messaging"
_RENEW_BEFORE_S = 225.0


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


class FirebaseCredential(Protocol):
    """What is used of a `firebase_admin.credentials.Base`."""

    def get_credential(self) -> GoogleAuthCredentials:
        """Return google-auth's object behind it."""
        ...


class FirebaseApp(Protocol):
    """What is used of a `firebase_admin.App`."""

    @property
    def project_id(self) -> str | None:
        """The Firebase project's id."""
        ...

    @property
    def credential(self) -> FirebaseCredential:
        """With what it was started."""
        ...


class GoogleToken:
    """Access tokens of any google-auth credentials, renewed in time; safe to share between threads.

    Args:
        source: The credentials object.
    """

    def __init__(self, source: GoogleAuthCredentials) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._good_until_s: float | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    def access_token(self, http: httpx.Client, clock: Clock, *, refused: str | None = None) -> str:
        """Return a token that is good for some minutes more, and is not `refused`.

        Raises:
            CredentialsInvalid: The token server refuses the credentials.
            TokenServerBusy: It cannot be reached, or is down.
        """
        with self._lock:
            token = self._source.token
            if token and token != refused and self._is_good(clock):
                return token
            return self._renew(http, clock)

    def _is_good(self, clock: Clock) -> bool:
        if self._good_until_s is None:
            self._good_until_s = self._end_of_token(clock)
        return clock.monotonic() < self._good_until_s

    def _end_of_token(self, clock: Clock) -> float:
        if self._source.expiry is None:
            return float("inf")
        # google-auth reckons with the machine's clock; from here on, spans on ours.
        left_s = (self._source.expiry - datetime.now(UTC).replace(tzinfo=None)).total_seconds()
        return clock.monotonic() + left_s - _RENEW_BEFORE_S

    def _renew(self, http: httpx.Client, clock: Clock) -> str:
        try:
            self._source.refresh(_HttpxRequest(http, clock))
        except exceptions.GoogleAuthError as error:
            raise CredentialsInvalid("the token server refuses the credentials; make a new key") from error
        if not self._source.token:
            raise CredentialsInvalid("the credentials give no access token")
        self._good_until_s = self._end_of_token(clock)
        return self._source.token


class ServiceAccount(GoogleToken):
    """A service account's key; tokens come from the `token_uri` that stands in it.

    Args:
        info: The key file's JSON.

    Raises:
        CredentialsInvalid: A field is missing, or the private key cannot be read.
    """

    def __init__(self, info: Mapping[str, str]) -> None:
        # google-auth carries no types here.
        google: Any = service_account
        try:
            source = google.Credentials.from_service_account_info(dict(info), scopes=[SCOPE])
        except (ValueError, exceptions.GoogleAuthError):
            # The cause may quote the key.
            raise CredentialsInvalid(
                "expected the JSON key of a service account, got something else"
            ) from None
        super().__init__(source)
        self.project_id: str | None = info.get("project_id")

    @classmethod
    def from_file(cls, path: Path) -> ServiceAccount:
        """Read the key file at `path`.

        Raises:
            CredentialsInvalid: It is not there, or is not a service account's key.
        """
        try:
            info = json.loads(path.read_bytes())
        except (OSError, ValueError):
            raise CredentialsInvalid(
                f"expected a service account's key file at {path}, cannot read one"
            ) from None
        if not isinstance(info, dict):
            raise CredentialsInvalid(f"expected a JSON object in {path}")
        return cls(cast("dict[str, str]", info))


def token_of_app(app: FirebaseApp) -> GoogleToken:
    """Return the tokens of the credentials with which a firebase_admin app was started."""
    return GoogleToken(app.credential.get_credential())


@dataclass(frozen=True)
class _Response:
    """google-auth's idea of a response."""

    status: int
    headers: Mapping[str, str]
    data: bytes


class _HttpxRequest:
    """google-auth's idea of a transport, over httpx."""

    def __init__(self, http: httpx.Client, clock: Clock) -> None:
        self._http = http
        self._clock = clock

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **_options: object,
    ) -> _Response:
        """Send one request; its time-outs are those of the client."""
        try:
            answer = self._http.request(method, url, content=body, headers=headers)
        except httpx.RequestError as error:
            raise TokenServerBusy(f"the token server did not answer ({type(error).__name__})") from error
        if answer.is_server_error or answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            # Said here, because google-auth would sleep and try again in this thread.
            wait_s = read_retry_after(
                answer.headers.get("retry-after"), date=answer.headers.get("date"), now=self._clock.now()
            )
            raise TokenServerBusy(f"the token server answered {answer.status_code}", retry_after=wait_s)
        return _Response(answer.status_code, answer.headers, answer.content)
