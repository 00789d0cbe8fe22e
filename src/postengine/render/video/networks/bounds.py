"""A least and a most, with words for both."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """What a value may be, ends included.

    Attributes:
        least: The smallest.
        most: The largest.

    >>> Bounds(23, 60).words("frames a second"), Bounds(most=1920).words("px"), Bounds().words("s")
    ('23 to 60 frames a second', 'at most 1,920 px', 'any number of s')
    """

    least: float = 0.0
    most: float = math.inf

    def hold(self, value: float, *, slack: float = 0.0) -> bool:
        """Return whether `value` lies between the two, give or take `slack`."""
        return self.least - slack <= value <= self.most + slack

    def words(self, unit: str) -> str:
        """Return both ends as a reader says them."""
        least, most = number(self.least), number(self.most)
        if self.least == self.most:
            return f"{least} {unit}"
        if self.least and self.most < math.inf:
            return f"{least} to {most} {unit}"
        if self.most < math.inf:
            return f"at most {most} {unit}"
        return f"at least {least} {unit}" if self.least else f"any number of {unit}"


def number(value: float) -> str:
    """Return a number as it is read.

    >>> number(0.5625), number(29.97), number(16_000_000)
    ('0.5625', '29.97', '16,000,000')
    """
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.5g}"


ANY = Bounds()
MONO_OR_STEREO = Bounds(1, 2)
ONE_OR_NONE = Bounds(0, 1)
