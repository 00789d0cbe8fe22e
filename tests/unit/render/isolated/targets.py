"""What the children of these tests are made to do."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import threading
import time
import warnings
from pathlib import Path
from typing import Never

import numpy as np
from numpy.typing import NDArray

from postengine.render.errors import RenderError


class PanicException(BaseException):
    """As the engine's panics are: no Exception."""


class Target:
    """Everything a drawing can do to its process."""

    def __init__(self, name: str = "target") -> None:
        self.name = name
        self.calls = 0
        self.hoard: list[bytes] = []

    def echo(self, value: object) -> object:
        return value

    def swallow(self, value: bytes) -> int:
        return len(value)

    def pid(self) -> int:
        return os.getpid()

    def count(self) -> int:
        self.calls += 1
        return self.calls

    def array(self, size_bytes: int) -> NDArray[np.uint8]:
        return np.full(size_bytes, 7, np.uint8)

    def content(self, size_bytes: int) -> bytes:
        return b"7" * size_bytes

    def fresh_pages(self, mib: int) -> int:
        """Fill blocks as a picture does and return how many pages the system handed out for them."""
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        blocks = [b"7" * (16 << 20) for _ in range(mib // 16)]
        return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before - len(blocks)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def wait_for(self, path: Path) -> None:
        while not path.exists():
            time.sleep(0.005)

    def announce_and_sleep(self, path: Path) -> None:
        path.touch()
        time.sleep(3600)

    def spin_holding_the_lock(self) -> None:
        sys.setswitchinterval(1e6)
        ctypes.PyDLL(None).usleep(3_600_000_000)

    def abort(self) -> None:
        os.abort()

    def segfault(self) -> None:
        ctypes.string_at(0)

    def recurse(self) -> None:
        sys.setrecursionlimit(10**9)
        nested: list[object] = []
        for _ in range(10**6):
            nested = [nested]
        repr(nested)

    def exit_now(self, code: int) -> None:
        os._exit(code)

    def exit(self, code: int) -> Never:
        sys.exit(code)

    def be_killed(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def hang_up(self) -> None:
        os.closerange(3, 100)
        time.sleep(3600)

    def say_as_rust_does_and_abort(self) -> None:
        os.write(2, b"memory allocation of 4294967296 bytes failed\n")
        os.abort()

    def take(self, mib: int) -> int:
        return len(bytearray(mib << 20))

    def keep(self, mib: int) -> None:
        self.hoard.append(os.urandom(1 << 20) * mib)

    def fail(self, error: BaseException) -> Never:
        raise error

    def panic(self) -> Never:
        raise PanicException("index out of bounds")

    def chain(self) -> Never:
        try:
            self.fail(KeyError("inner"))
        except KeyError as error:
            raise RenderError("Expected a picture.") from error

    def lambda_of(self) -> object:
        return lambda: None

    def chatter(self) -> None:
        sys.stdout.write("out" * 100_000)
        os.write(2, b"err" * 100_000)
        warnings.warn("old", DeprecationWarning, stacklevel=1)

    def environment(self, name: str) -> str | None:
        return os.environ.get(name)

    def interrupted(self) -> bool:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            os.kill(os.getpid(), number)
        return True

    def threads(self) -> int:
        return threading.active_count()

    def session(self) -> int:
        return os.getsid(0)


def slowly_made() -> Target:
    time.sleep(0.8)
    return Target()


def refuses() -> Never:
    raise RenderError("Expected fonts.")


def breaks() -> Never:
    raise KeyError("font")


def dies() -> Never:
    os._exit(3)
