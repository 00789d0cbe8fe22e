"""Messages on lanes: several are written before the first answer is read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

from .lane import Lane
from .many import Line, Outcomes
from .message import Message
from .outcome import Outcome
from .request import FcmRequest
from .sending import NeedsToken, Reply, Sending, Trouble, advance, tried

LANES = 4


class Ride:
    """One message on a lane: written when it is made, read when its outcome is asked for.

    Args:
        sending: Not yet begun.
        lane: Nobody else's until the outcome is there.
        token: Gets access tokens.
    """

    def __init__(self, sending: Sending, lane: Lane, token: Callable[[NeedsToken], str]) -> None:
        self._sending = sending
        self._lane = lane
        self._token = token
        self._step = self._advance(None)
        self._trouble = self._write()

    def outcome(self) -> Outcome:
        """Wait for the answer and say what became of the message."""
        while isinstance(self._step, FcmRequest):
            self._step = self._advance(self._trouble or tried(self._lane.read))
            self._trouble = self._write()
        return self._step

    def _advance(self, reply: Reply | Trouble | None) -> FcmRequest | Outcome:
        step = advance(self._sending, reply)
        while isinstance(step, NeedsToken):
            step = advance(self._sending, tried(partial(self._token, step)))
        return step

    def _write(self) -> Trouble | None:
        step = self._step
        return tried(partial(self._lane.write, step)) if isinstance(step, FcmRequest) else None


def ride_all(
    line: Line,
    outcomes: Outcomes,
    *,
    start: Callable[[Message], Sending],
    token: Callable[[NeedsToken], str],
    open_lane: Callable[[], Lane],
) -> None:
    """Send messages of the line until it is empty, `LANES` of them at a time.

    Args:
        line: Shared with other threads.
        outcomes: Filled, by the places of the messages.
        start: Begins a message's way.
        token: Gets access tokens.
        open_lane: Makes a connection.
    """
    with ExitStack() as stack:
        lanes = [stack.enter_context(open_lane()) for _ in range(LANES)]
        while True:
            taken = [
                (place, Ride(start(message), lane, token))
                for lane, (place, message) in zip(lanes, line, strict=False)
            ]
            if not taken:
                return
            for place, ride in taken:
                outcomes[place] = ride.outcome()
