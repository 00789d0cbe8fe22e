"""What became of a message that was sent: each answer asks for another deed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from .errors import FcmBusy, FcmExpired, FcmRejected, FcmTokenGone


@dataclass(frozen=True)
class DeliveredToFcm:
    """FCM took the message; that the phone got it, only the phone can tell.

    Attributes:
        name: FCM's name of the message, `projects/<project>/messages/<id>`.
    """

    name: str


@dataclass(frozen=True)
class RetryAt:
    """Not now: send the same message again at `at`.

    Attributes:
        at: Not before this instant, by the client's clock; aware, UTC.
        after_s: The same as seconds from now, for those who trust another clock.
        reason: One sentence for the log.
        may_have_happened: The message may reach the phone although it was not confirmed; use a tag or a
            collapse key, so that a second one replaces the first.
    """

    at: datetime
    after_s: float
    reason: str
    may_have_happened: bool = False


@dataclass(frozen=True)
class Expired:
    """Too late: by the time FCM would take it, the message has lost its sense. Forget it.

    Comes only where `valid_for` was given.

    Attributes:
        reason: One sentence for the log.
        may_have_happened: As in `RetryAt`.
    """

    reason: str
    may_have_happened: bool = False


@dataclass(frozen=True)
class DropDevice:
    """The registration takes no messages of ours: stop using it, and ask the phone for a new one.

    Attributes:
        reason: One sentence for the log.
        is_foreign: It is alive, but belongs to another Firebase project (SENDER_ID_MISMATCH): switch it off
            instead of deleting it, and let a person look at the app's configuration and ours.
    """

    reason: str
    is_foreign: bool = False


@dataclass(frozen=True)
class ConfigError:
    """Every message would fail like this one: a person has to look at the credentials or the code.

    Attributes:
        reason: One sentence for the operator.
    """

    reason: str


Outcome: TypeAlias = DeliveredToFcm | RetryAt | Expired | DropDevice | ConfigError


def require_delivered(outcome: Outcome) -> DeliveredToFcm:
    """Return `outcome` if FCM took the message, for callers who prefer errors to answers.

    Raises:
        FcmTokenGone: It was `DropDevice`.
        FcmRejected: It was `ConfigError`.
        FcmBusy: It was `RetryAt`.
        FcmExpired: It was `Expired`.
    """
    if isinstance(outcome, DropDevice):
        raise FcmTokenGone(outcome.reason)
    if isinstance(outcome, ConfigError):
        raise FcmRejected(outcome.reason)
    if isinstance(outcome, Expired):
        raise FcmExpired(outcome.reason, may_have_happened=outcome.may_have_happened)
    if isinstance(outcome, RetryAt):
        raise FcmBusy(
            outcome.reason, retry_after=outcome.after_s, may_have_happened=outcome.may_have_happened
        )
    return outcome
