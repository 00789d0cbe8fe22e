"""Sending messages to FCM over HTTP."""

from __future__ import annotations

from types import TracebackType
from typing import Self

import httpx

from postengine.clock import Clock, SystemClock

from .answer import OUTAGE_WAIT_S, FcmAnswer, read_answer, wants_new_token
from .credentials import Credentials
from .errors import CredentialsInvalid, TokenServerBusy
from .google_credentials import FirebaseApp, token_of_app
from .message import Message
from .outcome import ConfigError, Outcome, RetryAt
from .request import build_request

FCM_URL = "https://fcm.googleapis.com"
_TIMEOUT = httpx.Timeout(connect=5.0, read=15.0, write=10.0, pool=5.0)
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_NEVER_SENDABLE = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)


class FcmClient:
    """Sends messages of one Firebase project; one client serves many threads and keeps its connections.

    Args:
        credentials: `ServiceAccount`, `StaticToken` or another source of access tokens.
        project_id: The Firebase project.
        base_url: FCM's address, or a fake's.
        http: Used as it is, time-outs included, and left open; None makes one, closed by `close`.
        clock: Time for token ages and for a Retry-After that is a date.
    """

    def __init__(
        self,
        credentials: Credentials,
        *,
        project_id: str,
        base_url: str = FCM_URL,
        http: httpx.Client | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._credentials = credentials
        self._project_id = project_id
        self._base_url = base_url
        self._own_http = http is None
        self._http = http or httpx.Client(timeout=_TIMEOUT)
        self._clock = clock or SystemClock()

    @classmethod
    def from_app(
        cls,
        app: FirebaseApp,
        *,
        base_url: str = FCM_URL,
        http: httpx.Client | None = None,
        clock: Clock | None = None,
    ) -> Self:
        """Return a client with the credentials and the project of a `firebase_admin` app.

        Raises:
            CredentialsInvalid: The app does not know its project.
        """
        if not app.project_id:
            raise CredentialsInvalid(
                "the firebase_admin app has no project id; give options={'projectId': …}"
            )
        return cls(token_of_app(app), project_id=app.project_id, base_url=base_url, http=http, clock=clock)

    def __repr__(self) -> str:
        return f"FcmClient(project_id={self._project_id!r}, base_url={self._base_url!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections, if they are this client's own."""
        if self._own_http:
            self._http.close()

    def send(self, message: Message, *, validate_only: bool = False) -> Outcome:
        """Send `message` once and say what became of it.

        A refused access token is renewed and the message sent again; nothing else is tried twice.

        Args:
            message: What to send.
            validate_only: Let FCM check it without sending it.
        """
        try:
            return self._send(message, validate_only=validate_only)
        except CredentialsInvalid as error:
            return ConfigError(str(error))
        except TokenServerBusy as error:
            return RetryAt(error.retry_after or OUTAGE_WAIT_S, str(error))
        except _NEVER_SENDABLE as error:
            return ConfigError(f"cannot send to {self._base_url} ({type(error).__name__})")
        except _NEVER_SENT as error:
            return RetryAt(OUTAGE_WAIT_S, f"FCM cannot be reached ({type(error).__name__})")
        except httpx.RequestError as error:
            reason = f"FCM did not answer ({type(error).__name__})"
            return RetryAt(OUTAGE_WAIT_S, reason, may_have_happened=True)

    def _send(self, message: Message, *, validate_only: bool) -> Outcome:
        access_token = self._credentials.access_token(self._http, self._clock)
        answer = self._post(message, access_token, validate_only=validate_only)
        if wants_new_token(answer):
            access_token = self._credentials.access_token(self._http, self._clock, refused=access_token)
            answer = self._post(message, access_token, validate_only=validate_only)
        is_registration = message.fid is not None or message.token is not None
        secret = message.target if is_registration else ""
        return read_answer(answer, now=self._clock.now(), secret=secret)

    def _post(self, message: Message, access_token: str, *, validate_only: bool) -> FcmAnswer:
        request = build_request(
            message,
            project_id=self._project_id,
            base_url=self._base_url,
            access_token=access_token,
            validate_only=validate_only,
        )
        answer = self._http.request(
            request.method, request.url, headers=request.headers, content=request.body
        )
        return FcmAnswer(answer.status_code, answer.headers, answer.content)
