"""A mix brought to its loudness: set, encoded, measured as it is heard, and corrected where that misses."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from .encoding import Push, encode_track
from .loudness import Aim, Level, Loudness
from .meter import level_of_track
from .samples import Samples
from .settings import TrackSettings

_MOST_ROUNDS = 3
_MOST_GAIN_DB = 30.0
"""More would make music of the hiss."""
_MOST_EXTRA_DB = 6.0
"""What is added after the first round goes into the limiter, and more than this can be heard."""
_HEADROOM_DB = 0.5
"""AAC overshoots what it is given."""
_OVERDONE = 1.5
_BELOW_DB = 0.1
"""A ceiling that was missed is lowered by more than the excess: what is encoded anew overshoots elsewhere."""
_LOWEST_DB = -24.0
"""ffmpeg's limiter knows no lower ceiling."""


class Tried(NamedTuple):
    """A round.

    Attributes:
        push: What was done.
        heard: What came of it.
    """

    push: Push
    heard: Level


def encode_at_level(
    mix: Callable[[], Iterable[Samples]], level: Level, aim: Aim, out: Path, settings: TrackSettings
) -> Loudness:
    """Encode a mix as loud as `aim` asks for.

    Args:
        mix: Plays what is encoded, from its beginning; called in each round.
        level: Of the mix.
        aim: What is asked for.
        out: The sound track, overwritten.
        settings: How it is written.

    Returns:
        What was measured on the best of all rounds, which is the one that is kept.
    """
    tracks: dict[Push, Path] = {}
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:

        def run(push: Push) -> Level:
            track = tracks[push] = Path(folder, f"{out.stem}.{len(tracks)}{out.suffix}")
            encode_track(mix(), track, push, settings)
            return level_of_track(track, settings)

        best = settled(run, level, aim)
        tracks[best.push].replace(out)
    return aim.judged(best.heard)


def settled(run: Callable[[Push], Level], level: Level, aim: Aim) -> Tried:
    """Correct a push until what is heard of it is as it was asked for, or as near as it comes.

    Args:
        run: Encodes with a push and measures what is heard; called one to four times.
        level: Of the mix.
        aim: What is asked for.

    Returns:
        The best round; if peaks are too high even then, it is one whose peaks are the lowest.
    """
    push = first_push(level, aim)
    most_gain_db = min(push.gain_db + _MOST_EXTRA_DB, _MOST_GAIN_DB)
    tried = [Tried(push, run(push))]
    while len(tried) < _MOST_ROUNDS and not aim.judged(tried[-1].heard).is_reached:
        push = next_push(*tried[-1], aim, most_gain_db)
        if push == tried[-1].push:
            break
        tried.append(Tried(push, run(push)))
    best = min(tried, key=lambda one: aim.distance(one.heard))
    if not aim.excess_db(best.heard):
        return best
    push = quieter_push(*best, aim)
    return min(best, Tried(push, run(push)), key=lambda one: aim.distance(one.heard))


def first_push(level: Level, aim: Aim) -> Push:
    """Return what makes a mix as loud as asked for, if the limiter has little to do."""
    return Push(min(aim.missing_db(level), _MOST_GAIN_DB), aim.true_peak_db - _HEADROOM_DB)


def next_push(push: Push, heard: Level, aim: Aim, most_gain_db: float) -> Push:
    """Return what corrects a push by what was heard of it; the same where nothing more can be done."""
    excess_db = aim.excess_db(heard)
    ceiling_db = push.ceiling_db - (_OVERDONE * excess_db + _BELOW_DB if excess_db else 0.0)
    return Push(min(push.gain_db + aim.missing_db(heard), most_gain_db), max(ceiling_db, _LOWEST_DB))


def quieter_push(push: Push, heard: Level, aim: Aim) -> Push:
    """Return what makes exactly the same sound, so much quieter that its peaks are low enough."""
    down_db = _OVERDONE * aim.excess_db(heard) + _BELOW_DB
    return Push(push.gain_db - down_db, max(push.ceiling_db - down_db, _LOWEST_DB))
