"""How loud a sound is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

TOLERANCE_LU = 0.5
"""How far from what was asked for still counts as reached; nobody hears half a loudness unit."""


class Level(NamedTuple):
    """What a meter said.

    Attributes:
        integrated_lufs: By EBU R 128; None if nothing was loud or long enough for it.
        peak_db: The highest peak; None in silence.
    """

    integrated_lufs: float | None
    peak_db: float | None

    @property
    def is_silence(self) -> bool:
        """There is nothing to hear."""
        return self.integrated_lufs is None and self.peak_db is None


NOTHING = Level(None, None)


@dataclass(frozen=True)
class Loudness:
    """How loud a finished sound track is, measured on its decoded AAC.

    Attributes:
        integrated_lufs: By EBU R 128; None if it is silent, or too short for that.
        true_peak_db: In dBTP; None if it is silent.
        is_reached: It is as loud as was asked for, and no peak is higher; or there is nothing to hear.
    """

    integrated_lufs: float | None
    true_peak_db: float | None
    is_reached: bool


SILENCE = Loudness(None, None, is_reached=True)


@dataclass(frozen=True)
class Aim:
    """What a sound is to be.

    Attributes:
        loudness_lufs: Integrated.
        true_peak_db: Never above, in dBTP.
    """

    loudness_lufs: float
    true_peak_db: float

    def missing_db(self, level: Level) -> float:
        """Return how much louder it must become; 0 where it cannot be told."""
        return 0.0 if level.integrated_lufs is None else self.loudness_lufs - level.integrated_lufs

    def excess_db(self, level: Level) -> float:
        """Return by how much a peak is too high; 0 if none is."""
        return 0.0 if level.peak_db is None else max(level.peak_db - self.true_peak_db, 0.0)

    def distance(self, level: Level) -> tuple[float, float]:
        """Return how far away it is, for comparing: a peak that is too high weighs most."""
        return self.excess_db(level), abs(self.missing_db(level))

    def judged(self, level: Level) -> Loudness:
        """Return whether it is met."""
        is_loud = level.integrated_lufs is not None and abs(self.missing_db(level)) <= TOLERANCE_LU
        return Loudness(level.integrated_lufs, level.peak_db, is_loud and self.excess_db(level) == 0)
