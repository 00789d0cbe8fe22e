"""What a child process does: make the target once, then answer calls until its parent is gone."""

from __future__ import annotations

import socket
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import cast

from postengine.render.errors import DrawingFailed, RenderError

from .limits import die_with_the_parent, leave_signals_to_the_parent, limit_memory
from .messages import Call, Done, Outcome, OutOfMemory, Refused, Start
from .wire import Channel, Deadline, Parts, packed

_LONGEST = 500
_FOR_EVER = Deadline()


def serve(socket_fd: int, lifeline_fd: int) -> None:
    """Serve the parent that holds the other ends; return when it closes them."""
    leave_signals_to_the_parent()
    with socket.socket(fileno=socket_fd) as end, suppress(EOFError):
        die_with_the_parent(lifeline_fd)
        channel = Channel(end)
        start = cast("Start", channel.receive(_FOR_EVER))
        limit_memory(start.memory_mib)
        target = _Target(start.make)
        channel.send(_answer(target.made), _FOR_EVER)
        while True:
            _serve_one(channel, target)


class _Target:
    """The object that is called, made at the first question."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make
        self._object: object = None

    def made(self) -> None:
        self._object = self._make()

    def call(self, call: Call) -> object:
        return getattr(self._object, call.method)(*call.args, **call.kwargs)


def _serve_one(channel: Channel, target: _Target) -> None:
    call = cast("Call", channel.receive(_FOR_EVER))
    channel.send(_answer(lambda: target.call(call)), _FOR_EVER)


def _answer(work: Callable[[], object]) -> Parts:
    """Do the work and pack what came of it; an answer that cannot be packed is an error of the work."""
    failure: Outcome
    try:
        return packed(Done(work()))
    except RenderError as error:
        failure = Refused(error, traceback.format_exc(), is_spent=False)
    except MemoryError:
        failure = OutOfMemory()
    except BaseException as error:  # noqa: BLE001 - a panic of the engine is no Exception; this is the edge
        said = f"{type(error).__name__}: {error}"[:_LONGEST]
        failure = Refused(
            DrawingFailed(f"Expected a drawing, got {said}"), traceback.format_exc(), is_spent=True
        )
    return packed(failure)
