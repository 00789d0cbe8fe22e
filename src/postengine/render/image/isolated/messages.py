"""What a process and its child say to each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from postengine.render.errors import RenderError


@dataclass(frozen=True)
class Start:
    """The first word to a child.

    Attributes:
        make: Makes the target: the object whose methods are called from then on.
        memory_mib: How much the child may take.
    """

    make: Callable[[], object]
    memory_mib: int


@dataclass(frozen=True)
class Call:
    """Call a method of the target."""

    method: str
    args: Sequence[object]
    kwargs: Mapping[str, object]


@dataclass(frozen=True)
class Done:
    """The method's answer."""

    value: object


@dataclass(frozen=True)
class Refused:
    """The method's error.

    Attributes:
        error: As it was raised, or DrawingFailed in place of one that is not ours.
        trace: Where it was raised, as Python writes it.
        is_spent: The child may be in disorder and must not be asked again.
    """

    error: RenderError
    trace: str
    is_spent: bool


@dataclass(frozen=True)
class OutOfMemory:
    """The child has not got the memory that it needed."""


Outcome = Done | Refused | OutOfMemory
