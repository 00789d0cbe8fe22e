"""CPU seconds of this process and of the ones it has started and waited for."""

from __future__ import annotations

import resource
from collections.abc import Callable


def cpu_s() -> float:
    """Return all CPU seconds up to now."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def cpu_of(work: Callable[[], object]) -> float:
    """Return the CPU seconds that `work` takes, its child processes included."""
    began = cpu_s()
    work()
    return cpu_s() - began
