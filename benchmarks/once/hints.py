"""The queue of this benchmark: messages by sockets, from the one process that is not killed.

It promises nothing, as the engine wants it: what a worker was handed dies with it.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from types import TracebackType

from postengine.engine.jobs import Job, Message, WorkKind
from postengine.engine.posts.states import Step

_POLL_S = 0.2
_KINDS: dict[str, WorkKind] = {"asset": "asset", "delivery": "delivery", "checkup": "checkup"}


class HintQueue:
    """Hands each message to the next worker thread that asks. Implements `Dispatcher`.

    Args:
        address: A socket file that the workers connect to.
    """

    def __init__(self, address: Path) -> None:
        self._listener = Listener(str(address), family="AF_UNIX", backlog=64)
        self._waiting: queue.Queue[Message] = queue.Queue()
        self._is_over = threading.Event()
        self._accepting = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> HintQueue:
        self._accepting.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._listener.close()

    def send(self, messages: Sequence[tuple[Job, Message]]) -> None:
        """Put all messages at the end."""
        for _, message in messages:
            self._waiting.put(message)

    def _accept(self) -> None:
        while not self._is_over.is_set():
            try:
                connection = self._listener.accept()
            except OSError:  # closed, or a worker died while it connected
                continue
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: Connection) -> None:
        """Answer each request of one worker thread by a message, until either side ends."""
        with connection, suppress(EOFError, OSError):
            while not self._is_over.is_set():
                connection.recv_bytes()
                message = self._next(connection)
                if message is None:
                    return
                fields = "\t".join((message.kind, message.id, message.step, str(message.fence)))
                connection.send_bytes(fields.encode())

    def _next(self, connection: Connection) -> Message | None:
        """Return the next message, or None if the worker died, or all is over, before there was one."""
        while not self._is_over.is_set():
            with suppress(queue.Empty):
                return self._waiting.get(timeout=_POLL_S)
            if connection.poll():  # it asks for one at a time: this is its end
                return None
        return None


class Hints:
    """A worker thread's end of the queue.

    Args:
        address: The queue's socket file.
    """

    def __init__(self, address: Path) -> None:
        self._connection = Client(str(address), family="AF_UNIX")

    def next(self) -> Message:
        """Return the next message.

        Raises:
            EOFError: The queue is gone.
        """
        self._connection.send_bytes(b"?")
        kind, id_, step, fence = self._connection.recv_bytes().decode().split("\t")
        return Message(_KINDS[kind], id_, Step(step), int(fence))
