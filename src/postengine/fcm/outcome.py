"""What became of a message that was sent: four answers, of which each asks for another deed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from .errors import FcmBusy, FcmRejected, FcmTokenGone


@dataclass(frozen=True)
class DeliveredToFcm:
    """FCM took the message; that the phone got it, only the phone can tell.

    Attributes:
        name: FCM's name of the message, `projects/<project>/messages/<id>`.
    """

    name: str


@dataclass(frozen=True)
class RetryAt:
    """Not now: send the same message again later, unless it has expired by then.

    Attributes:
        after_s: Seconds to wait, at least.
        reason: One sentence for the log.
        may_have_happened: The message may reach the phone although it was not confirmed; use a tag or a
            collapse key, so that a second one replaces the first.
    """

    after_s: float
    reason: str
    may_have_happened: bool = False


@dataclass(frozen=True)
class DropDevice:
    """The registration is dead or belongs to another sender: delete it and ask the phone for a new one.

    Attributes:
        reason: One sentence for the log.
    """

    reason: str


@dataclass(frozen=True)
class ConfigError:
    """Every message would fail like this one: a person has to look at the credentials or the code.

    Attributes:
        reason: One sentence for the operator.
    """

    reason: str


Outcome: TypeAlias = DeliveredToFcm | RetryAt | DropDevice | ConfigError


def require_delivered(outcome: Outcome) -> DeliveredToFcm:
    """Return `outcome` if FCM took the message, for callers who prefer errors to answers.

    Raises:
        FcmTokenGone: It was `DropDevice`.
        FcmRejected: It was `ConfigError`.
        FcmBusy: It was `RetryAt`.
    """
    if isinstance(outcome, DropDevice):
        raise FcmTokenGone(outcome.reason)
    if isinstance(outcome, ConfigError):
        raise FcmRejected(outcome.reason)
    if isinstance(outcome, RetryAt):
        raise FcmBusy(
            outcome.reason, retry_after=outcome.after_s, may_have_happened=outcome.may_have_happened
        )
    return outcome
