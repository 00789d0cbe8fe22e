"""The hygiene of registrations: what to keep of each, and when to stop using it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal, Self, TypedDict

from .outcome import DropDevice, Outcome

STALE_AFTER = timedelta(days=30)
EXPIRES_AFTER = timedelta(days=270)


class Standing(StrEnum):
    """What is to be thought of a registration.

    Attributes:
        FRESH: Its phone has renewed it within a month.
        STALE: It has not: still used, but the phone may be lost or switched off for good.
        EXPIRED: Not renewed for 270 days: FCM no longer takes it.
        DROPPED: FCM said that it is gone.
        DEACTIVATED: It belongs to another Firebase project, so the app or this side is set up wrong.
    """

    FRESH = "fresh"
    STALE = "stale"
    EXPIRED = "expired"
    DROPPED = "dropped"
    DEACTIVATED = "deactivated"


@dataclass(frozen=True)
class Registration:
    """A phone's registration, as it is kept in a store.

    Attributes:
        address: Firebase installation id or registration token; empty once it is dropped.
        renewed_at: When the phone last sent it, at least once a month; aware.
        loss: Set by what FCM answered, until the phone sends a registration again.

    Source: firebase.google.com, Best practices for FCM registration management, read November 2026.
    """

    address: str = field(repr=False)
    renewed_at: datetime
    loss: Literal[Standing.DROPPED, Standing.DEACTIVATED] | None = None

    def standing(self, now: datetime) -> Standing:
        """Return what is to be thought of it."""
        if self.loss is not None:
            return self.loss
        age = now - self.renewed_at
        if age >= EXPIRES_AFTER:
            return Standing.EXPIRED
        return Standing.STALE if age >= STALE_AFTER else Standing.FRESH

    def can_ring(self, now: datetime) -> bool:
        """Whether a message to it makes sense."""
        return self.standing(now) in {Standing.FRESH, Standing.STALE}

    def renewed(self, address: str, now: datetime) -> Self:
        """Return it after its phone sent `address`: the same as a sign of life, or another by rotation."""
        return replace(self, address=address, renewed_at=now, loss=None)

    def after(self, outcome: Outcome) -> Self:
        """Return it after FCM's answer to a message."""
        match outcome:
            case DropDevice(is_foreign=True):
                return replace(self, loss=Standing.DEACTIVATED)
            case DropDevice():
                return replace(self, address="", loss=Standing.DROPPED)
            case _:
                return self


class Target(TypedDict, total=False):
    """The one field of `Message` that a registration goes into."""

    fid: str
    token: str


def target_of(address: str) -> Target:
    """Return the address by the name of the field of `Message` that takes it.

    An installation id is base64url and has no colon; a registration token consists of one, a colon and more.

    >>> target_of("cJq8…"), target_of("cJq8…:APA91b…")
    ({'fid': 'cJq8…'}, {'token': 'cJq8…:APA91b…'})
    """
    return {"token": address} if ":" in address else {"fid": address}
