"""Errors about posts.

PostEngineError
└─ PostError
   ├─ NotFound           no row with this id, or it is another tenant's
   ├─ Invalid            one or more problems, each with field, code and remedy
   ├─ Conflict           the row exists or is too far on for what was asked
   │  └─ IllegalMove     from_state, to_state
   ├─ ClaimLost          somebody else has this work now, or it is done
   └─ Sick               an account or channel cannot publish until a person mends it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from postengine.errors import PostEngineError

from .states import HoldScope


class PostError(PostEngineError):
    """Something about a post, or what belongs to it, does not allow what was asked."""


class NotFound(PostError):
    """There is no such row.

    Attributes:
        kind: What was looked for, such as `Post`.
        id: The id that was given.
    """

    def __init__(self, kind: str, id: str) -> None:  # noqa: A002 - the field's name on every row
        super().__init__(f"there is no {kind} {id!r}; list what exists, or check which tenant it belongs to")
        self.kind = kind
        self.id = id


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with what was asked.

    Attributes:
        field: Path of the field, such as `media[0].photo`.
        code: A word that programs can compare, such as `too_long`.
        message: What is wrong and what to do, in one sentence.
    """

    field: str
    code: str
    message: str


class Invalid(PostError):
    """What was asked has problems; all of them are listed.

    Attributes:
        problems: At least one; each once, however many channels have it.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("; ".join(f"{problem.field}: {problem.message}" for problem in self.problems))

    @classmethod
    def one(cls, field: str, code: str, message: str) -> Invalid:
        """Return an error with a single problem."""
        return cls([Problem(field, code, message)])


class Conflict(PostError):
    """The row's present state does not allow what was asked.

    Attributes:
        code: A word that programs can compare, such as `already_published`.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class IllegalMove(Conflict):
    """The moves table has no such move.

    Attributes:
        from_state: The state the delivery is in.
        to_state: The state that was asked for.
    """

    def __init__(self, delivery_id: str, by: str, from_state: str, to_state: str) -> None:
        super().__init__(
            "illegal_move",
            f"delivery {delivery_id} is {from_state} and cannot be made {to_state} by {by}",
        )
        self.from_state = from_state
        self.to_state = to_state


class ClaimLost(PostError):
    """The work is no longer ours: its fence has grown, or its lease was given up. Drop the message."""

    def __init__(self, id: str, fence: int) -> None:  # noqa: A002 - the field's name on every row
        super().__init__(f"work {id} is no longer held under fence {fence}")
        self.fence = fence


class Sick(PostError):
    """An account or a channel cannot publish until a person mends it: a wrong key, an expired connection.

    Attributes:
        scope: What is sick: `account` or `channel`.
        is_seen_by_looks: A later look at the account's channels shows whether it is mended.
    """

    def __init__(self, scope: HoldScope, message: str, *, is_seen_by_looks: bool = True) -> None:
        super().__init__(message)
        self.scope = scope
        self.is_seen_by_looks = is_seen_by_looks
