"""Work that takes several requests, written once for threads and for tasks.

A conversation is a generator: it yields what it wants done (a `Call`, a `Sleep`, some `Work`) and is sent
what came of it, or has the `PostizError` thrown in. It does no I/O itself; a client carries it out.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from postengine.postiz.call import Call
from postengine.postiz.errors import PostizError

from .answer import Answer

T = TypeVar("T")


@dataclass(frozen=True)
class Sleep:
    """Wait for `seconds`."""

    seconds: float


@dataclass(frozen=True)
class Work(Generic[T]):
    """Something that keeps a thread busy, such as reading a file from end to end."""

    run: Callable[[], T]


@dataclass(frozen=True)
class Done(Generic[T]):
    """The end of a conversation, with what it was for."""

    value: T


Step = Call[object] | Sleep | Work[object]
Conversation = Generator[Step, object, T]


def ask(call: Call[T]) -> Conversation[Answer[T]]:
    """Have `call` sent and wait for its answer.

    Raises:
        PostizError: As `PostizClient.send` does.
    """
    return cast("Answer[T]", (yield call))


def pause(seconds: float) -> Conversation[None]:
    """Wait for `seconds`."""
    yield Sleep(seconds)


def work(run: Callable[[], T]) -> Conversation[T]:
    """Have `run` called where it holds up nobody else.

    Raises:
        PostizError: Whatever `run` raises of this kind.
    """
    return cast("T", (yield cast("Work[object]", Work(run))))


def advance(conversation: Conversation[T], reply: object) -> Step | Done[T]:
    """Hand over what came of the last step (None at the start), and get the next one."""
    try:
        if isinstance(reply, PostizError):
            return conversation.throw(reply)
        return conversation.send(reply)
    except StopIteration as end:
        return Done(cast("T", end.value))
