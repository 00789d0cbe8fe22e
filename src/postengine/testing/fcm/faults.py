"""Faults on demand: what goes wrong with the next messages."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

FaultKind: TypeAlias = Literal[
    "UNREGISTERED",
    "SENDER_ID_MISMATCH",
    "INVALID_ARGUMENT",
    "QUOTA_EXCEEDED",
    "INTERNAL",
    "UNAVAILABLE",
    "THIRD_PARTY_AUTH_ERROR",
    "UNSPECIFIED_ERROR",
    "UNAUTHENTICATED",
    "NOT_FOUND",
    "slow",
    "drop",
    "drop-after",
    "token-server-down",
    "token-refused",
]
_OF_TOKEN_SERVER = {"token-server-down", "token-refused"}


class Fault(BaseModel):
    """One kind of fault, for a number of requests.

    Attributes:
        kind: FCM's errorCode; or `slow` (answers after `seconds`), `drop` (the connection ends, nothing is
            delivered), `drop-after` (delivered, then the connection ends), `token-server-down` (503),
            `token-refused` (400 invalid_grant).
        times: How many requests it meets; None is for ever.
        fid: Only messages to this registration.
        retry_after: Header of the answer, seconds or an HTTP date.
        seconds: How long `slow` takes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: FaultKind
    times: int | None = Field(default=1, ge=1)
    fid: str | None = None
    retry_after: str | None = None
    seconds: float = Field(default=1.0, ge=0)

    def meets(self, fid: str | None, *, at_token_server: bool) -> bool:
        """Say whether a request to `fid` runs into this fault."""
        is_of_token_server = self.kind in _OF_TOKEN_SERVER
        return is_of_token_server == at_token_server and self.fid in (None, fid)


class Faults:
    """The faults that are still to come, first placed, first met."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def place(self, fault: Fault) -> None:
        """Put `fault` at the end of the line."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """Take all faults away."""
        self._waiting.clear()

    def take(self, fid: str | None, *, at_token_server: bool = False) -> Fault | None:
        """Return the fault that a request meets, and count it off."""
        for index, fault in enumerate(self._waiting):
            if fault.meets(fid, at_token_server=at_token_server):
                self._count_off(index, fault)
                return fault
        return None

    def _count_off(self, index: int, fault: Fault) -> None:
        if fault.times == 1:
            del self._waiting[index]
        elif fault.times is not None:
            self._waiting[index] = fault.model_copy(update={"times": fault.times - 1})
