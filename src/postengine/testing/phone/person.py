"""The human who holds the phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TypeAlias

from .task import Task


class Answer(Enum):
    """What the human does about a task."""

    YES = "yes"
    """Posts, and says so."""
    CANT = "cant"
    """Declines, with a reason."""
    LATER = "later"
    """Snoozes once, then posts."""
    NEVER = "never"
    """Does not even look."""


Decide: TypeAlias = Callable[[Task], Answer]


@dataclass(frozen=True)
class Person:
    """How the human behaves.

    Attributes:
        answer: The same for all tasks, or a function of the task.
        reason: Given with `CANT`.
        snooze_for: Asked for with `LATER`; shortened to what the task allows.
        proof_url: Link to the post, given with `YES`.
        waits_for_tap: True: nothing happens until the test calls `phone.tap(task_id)`.
    """

    answer: Answer | Decide = Answer.YES
    reason: str = "No time today"
    snooze_for: timedelta = timedelta(minutes=30)
    proof_url: str | None = None
    waits_for_tap: bool = False

    def decide(self, task: Task) -> Answer:
        """Return the answer to `task`."""
        return self.answer if isinstance(self.answer, Answer) else self.answer(task)


@dataclass(frozen=True)
class Quirks:
    """What bad networks and old phones do to events.

    Attributes:
        doubled: Each event is sent twice with the same key.
        reordered: The events of one sitting are sent last first.
        late: Events wait until `phone.sync()`.
    """

    doubled: bool = False
    reordered: bool = False
    late: bool = False
