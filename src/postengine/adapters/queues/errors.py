"""Errors of a queue.

QueueError
└─ QueueUnavailable   Redis does not answer; the leases bring the work back
"""

from __future__ import annotations

from typing import ClassVar

from postengine.errors import PostEngineError


class QueueError(PostEngineError):
    """The queue did not take what it was given."""


class QueueUnavailable(QueueError):
    """The queue cannot be reached, or broke off while it was given messages: some may have arrived.

    Sending again does no harm: a message that comes twice is dropped by its fence.

    Attributes:
        cause: Name of the vendor's error.
        count: How many messages were to be sent.
    """

    retryable: ClassVar[bool] = True

    def __init__(self, cause: str, count: int) -> None:
        super().__init__(
            f"the queue did not take {count} messages ({cause}); their leases will bring them back"
        )
        self.cause = cause
        self.count = count
        self.may_have_happened = True
