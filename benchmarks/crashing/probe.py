"""A port that tells before and after each call, and a process that dies at one of these points."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from .ports import EXEMPT, opens

NOTHING = "nothing"
"""What stands for a point at which a call had nothing to do; dying there is dying at the one before."""


class Crash(BaseException):
    """The process dies here; no handler of the engine may catch it."""


class Points:
    """Keeps the points that are reached, and dies at one of them.

    Args:
        fatal: Its number, from 0; None to reach them all.

    Attributes:
        reached: What each point is, such as `Publisher.draft before`.
        is_armed: Whether anything counts yet.
        is_dead: The process has died and was not begun anew.
        has_died: It has, before or now.
        fatal_point: Where it died.
    """

    def __init__(self, fatal: int | None = None) -> None:
        self.reached: list[str] = []
        self.is_armed = False
        self.is_dead = False
        self.has_died = False
        self.fatal_point: str | None = None
        self._fatal = fatal

    def reach(self, point: str) -> None:
        """Go on, or die.

        Raises:
            Crash: Here; or this is a tidying up that a dead process would not have done.
        """
        if not self.is_armed:
            return
        if self.is_dead:
            raise Crash(f"{point}, after its death")
        self.reached.append(point)
        if len(self.reached) - 1 == self._fatal:
            self.is_dead = self.has_died = True
            self.fatal_point = point
            raise Crash(point)

    def forget(self) -> None:
        """Leave the newest point out of the account: the call has found nothing to do."""
        if self.is_armed:
            self.reached[-1] = NOTHING

    def begin_anew(self) -> None:
        """Start the process again."""
        self.is_dead = False


class Probe:
    """Passes everything on to a port, with a point before and after; stands for any port.

    A call that answers with an empty list has done nothing, and has none. What a method opens has its points
    at its end, where a transaction commits; one in which nothing was reached has written nothing: none.

    Args:
        inner: The port itself.
        port: Its protocol.
        points: Told of each point.
    """

    def __init__(self, inner: object, port: type[object], points: Points) -> None:
        self._inner = inner
        self._port = port
        self._points = points

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - it stands for any port
        found = getattr(self._inner, name)
        call = f"{self._port.__name__}.{name}"
        if call in EXEMPT:
            return found
        opened = opens(self._port, name)
        return self._calling(call, found) if opened is None else self._opening(call, found, opened)

    def _calling(self, call: str, method: Callable[..., object]) -> Callable[..., object]:
        def called(*args: object, **options: object) -> object:
            self._points.reach(f"{call} before")
            answer = method(*args, **options)
            if answer == []:
                self._points.forget()
            else:
                self._points.reach(f"{call} after")
            return answer

        return called

    def _opening(
        self, call: str, method: Callable[..., AbstractContextManager[object]], opened: type[object]
    ) -> Callable[..., AbstractContextManager[object]]:
        @contextmanager
        def entered(*args: object, **options: object) -> Generator[object]:
            begun_at = len(self._points.reached)
            with method(*args, **options) as inner:
                is_port = getattr(opened, "_is_protocol", False)
                yield Probe(inner, opened, self._points) if is_port else inner
                has_points = len(self._points.reached) > begun_at
                if has_points:
                    self._points.reach(f"{call} before")
            if has_points:
                self._points.reach(f"{call} after")

        return entered
