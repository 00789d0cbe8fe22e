"""What became of a message that was sent: four answers, of which each asks for another deed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from .errors import PushBusy, PushRejected, SubscriptionGone


@dataclass(frozen=True)
class Accepted:
    """The push service took the message; that the phone got it, only the phone can tell.

    Attributes:
        location: The push service's address of the message, if it gave one.
    """

    location: str | None = None


@dataclass(frozen=True)
class RetryAt:
    """Not now: send the same message again later, unless it has expired by then.

    Attributes:
        after_s: Seconds to wait, at least.
        reason: One sentence for the log.
        may_have_happened: The message may reach the phone although it was not confirmed; use a tag and a
            topic, so that a second one replaces the first.
    """

    after_s: float
    reason: str
    may_have_happened: bool = False


@dataclass(frozen=True)
class DropDevice:
    """The subscription is dead, or was made for other keys: let the phone subscribe anew.

    Attributes:
        reason: One sentence for the log.
        is_foreign: It was made for other keys than ours, and lives on for whoever has them; were all of them
            so, the key file would be the wrong one.
    """

    reason: str
    is_foreign: bool = False


@dataclass(frozen=True)
class ConfigError:
    """Every message would fail like this one: a person has to look at the keys, the subject or the code.

    Attributes:
        reason: One sentence for the operator.
    """

    reason: str


Outcome: TypeAlias = Accepted | RetryAt | DropDevice | ConfigError


def require_accepted(outcome: Outcome) -> Accepted:
    """Return `outcome` if the push service took the message, for callers who prefer errors to answers.

    Raises:
        SubscriptionGone: It was `DropDevice`.
        PushRejected: It was `ConfigError`.
        PushBusy: It was `RetryAt`.
    """
    if isinstance(outcome, DropDevice):
        raise SubscriptionGone(outcome.reason)
    if isinstance(outcome, ConfigError):
        raise PushRejected(outcome.reason)
    if isinstance(outcome, RetryAt):
        raise PushBusy(
            outcome.reason, retry_after=outcome.after_s, may_have_happened=outcome.may_have_happened
        )
    return outcome
