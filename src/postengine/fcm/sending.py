"""The way of one message, written once for threads and for tasks.

A sending is a generator: it yields what it needs (an access token, an answer to a request) and is sent it, or
has the error thrown in. It does no I/O; a client carries it out.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias, TypeVar, cast

import httpx

from postengine.clock import Clock

from .answer import FcmAnswer, read_answer, wants_new_token
from .errors import CredentialsInvalid, FcmError, TokenServerBusy
from .message import Message
from .outcome import ConfigError, Expired, Outcome
from .patience import Patience
from .request import FcmRequest, build_request

_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_NEVER_SENDABLE = (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL)


@dataclass(frozen=True)
class NeedsToken:
    """Get an access token, another one than `refused`."""

    refused: str | None = None


T = TypeVar("T")
Step: TypeAlias = NeedsToken | FcmRequest
Reply: TypeAlias = str | FcmAnswer
Trouble: TypeAlias = FcmError | httpx.RequestError | httpx.InvalidURL
TROUBLES = (FcmError, httpx.RequestError, httpx.InvalidURL)
Sending: TypeAlias = Generator[Step, Reply | None, Outcome]


def advance(sending: Sending, reply: Reply | Trouble | None) -> Step | Outcome:
    """Hand over what came of the last step (None at the start); get the next one, or the outcome."""
    try:
        return sending.throw(reply) if isinstance(reply, TROUBLES) else sending.send(reply)
    except StopIteration as end:
        return cast("Outcome", end.value)


def tried(do: Callable[[], T]) -> T | Trouble:
    """Return what came of it; trouble is returned too, to be handed to the sending."""
    try:
        return do()
    except TROUBLES as trouble:
        return trouble


@dataclass(frozen=True)
class Sender:
    """What all messages of a client have in common.

    Attributes:
        project_id: The Firebase project.
        base_url: FCM's address, without a path.
        clock: Tells the time.
        chance: Draws a number from 0 to 1 for each wait.
    """

    project_id: str
    base_url: str
    clock: Clock
    chance: Callable[[], float]

    def send(
        self, message: Message, *, validate_only: bool, attempt: int, valid_for: timedelta | None
    ) -> Sending:
        """Send `message` once; see `FcmClient.send`."""
        begun = Patience(self.clock.now(), attempt)
        until = None if valid_for is None else begun.now + valid_for
        if until is not None and begun.now >= until:
            return Expired("its time was over before it was sent")
        try:
            answer = yield from self._answer(message, validate_only=validate_only)
        except CredentialsInvalid as error:
            return ConfigError(str(error))
        except _NEVER_SENDABLE as error:
            return ConfigError(f"cannot send to {self.base_url} ({type(error).__name__})")
        except (TokenServerBusy, httpx.RequestError) as error:
            return _after_trouble(error, self._patience(attempt, until))
        return read_answer(answer, self._patience(attempt, until), secret=message.registration)

    def _answer(self, message: Message, *, validate_only: bool) -> Generator[Step, Reply | None, FcmAnswer]:
        """Get FCM's answer; a refused access token is renewed once."""
        token = cast("str", (yield NeedsToken()))
        answer = cast("FcmAnswer", (yield self._request(message, token, validate_only=validate_only)))
        if not wants_new_token(answer):
            return answer
        token = cast("str", (yield NeedsToken(refused=token)))
        return cast("FcmAnswer", (yield self._request(message, token, validate_only=validate_only)))

    def _request(self, message: Message, access_token: str, *, validate_only: bool) -> FcmRequest:
        return build_request(
            message,
            project_id=self.project_id,
            base_url=self.base_url,
            access_token=access_token,
            validate_only=validate_only,
        )

    def _patience(self, attempt: int, until: datetime | None) -> Patience:
        return Patience(self.clock.now(), attempt, self.chance(), until)


def _after_trouble(error: TokenServerBusy | httpx.RequestError, patience: Patience) -> Outcome:
    """Say when to try again, and whether the message may have gone out before the error."""
    if isinstance(error, TokenServerBusy):
        return patience.after_outage(str(error), asked_s=error.retry_after, may_have_happened=False)
    name = type(error).__name__
    if isinstance(error, _NEVER_SENT):
        return patience.after_outage(f"FCM cannot be reached ({name})", may_have_happened=False)
    return patience.after_outage(f"FCM did not answer ({name})", may_have_happened=True)
