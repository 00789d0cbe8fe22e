"""When and where everything is seen: numbers, a function of the spec and the clips' lengths alone."""

from __future__ import annotations

from .timing import Span as Span
from .timing import TimedScene as TimedScene
from .timing import Timing as Timing
from .timing import timing_of as timing_of
