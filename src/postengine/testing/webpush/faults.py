"""Faults on demand: what goes wrong with the next pushes."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

FaultKind: TypeAlias = Literal[
    "400", "401", "403", "404", "410", "413", "429", "500", "503", "slow", "drop", "drop-after"
]


class Fault(BaseModel):
    """One kind of fault, for a number of pushes.

    Attributes:
        kind: Status of the answer; or `slow` (answers after `seconds`), `drop` (the connection ends, nothing
            is delivered), `drop-after` (delivered, then the connection ends).
        times: How many pushes it meets; None is for ever.
        subscription: Id of the only subscription that it meets; None is any.
        retry_after: Header of the answer, seconds or an HTTP date.
        seconds: How long `slow` takes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: FaultKind
    times: int | None = Field(default=1, ge=1)
    subscription: str | None = None
    retry_after: str | None = None
    seconds: float = Field(default=1.0, ge=0)


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

    def take(self, subscription: str) -> Fault | None:
        """Return the fault that a push to `subscription` meets, and count it off."""
        for index, fault in enumerate(self._waiting):
            if fault.subscription in (None, subscription):
                self._count_off(index, fault)
                return fault
        return None

    def _count_off(self, index: int, fault: Fault) -> None:
        if fault.times == 1:
            del self._waiting[index]
        elif fault.times is not None:
            self._waiting[index] = fault.model_copy(update={"times": fault.times - 1})
