"""What a test reads afterwards: the posts on the social networks, and the phone's diary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Posted:
    """What the human posted, as the social network would see it."""

    task_id: str
    channel: str
    target_name: str | None
    caption: str
    sha256s: tuple[str, ...]
    at: datetime


@dataclass(frozen=True)
class LogEntry:
    """One line of the phone's diary.

    Attributes:
        what: `push`, `sent`, `replayed`, `refused`, `unreachable`, `downloaded`, `corrupt`, `posted`, `wiped`
            and the like.
        about: The task's id, or empty.
        detail: The event's type, the file's name or the error.
    """

    at: datetime
    what: str
    about: str = ""
    detail: str = ""
