"""How long a passage takes: its acts until they are read, its shots until they are seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from .script import Act, Passage
from .stage import Piece
from .tempo import APART_S, BETWEEN_S, ENTER_S, LEAST_PHOTO_S, LEAVE_S, PHOTO_S, ROUNDING_S, WORD_S, rest_s

_ALWAYS = 2
"""So many acts are shown however few photos there are, if nothing else is said about the time."""

_TEXT_SHARE = 0.85
"""Of a passage with photos, what its texts take, if nothing else says so."""

_FRAMES_S = 0.05
"""What whole frames may take away from a text's rest."""


@dataclass(frozen=True)
class Played:
    """An act, set and timed from its own beginning.

    Attributes:
        act: From the script.
        pieces: Its beats.
        comes_s: When each begins to come.
        length_s: Until all have gone, as long as it takes to read them.
        at_once: How many of them are there from the first frame, and do not come.
    """

    act: Act
    pieces: tuple[Piece, ...]
    comes_s: tuple[float, ...]
    length_s: float
    at_once: int = 0


@dataclass(frozen=True)
class Part:
    """A passage with its acts set, to be given its time.

    Attributes:
        passage: From the script.
        acts: All of its acts.
        lead_s: Before its first text comes.
        tail_s: After its last text has gone.
        standing: What stands all the while.
    """

    passage: Passage
    acts: tuple[Played, ...]
    lead_s: float
    tail_s: float
    standing: tuple[Piece, ...] = ()

    def needs_s(self) -> float:
        """Return the least time that it takes."""
        return max(self.takes_s([one for one in self.acts if one.act.needed]), LEAST_PHOTO_S)

    def wants_s(self) -> float:
        """Return the time that suits it."""
        texts = self.takes_s(self.wanted())
        if self._is_card:
            return max(texts, self.needs_s())
        least, most = PHOTO_S
        shots = self.passage.shots
        each = min(max(texts / _TEXT_SHARE / len(shots), least), most)
        return max(sum(min(shot.most_s, each) for shot in shots), texts, self.needs_s())

    def wanted(self) -> list[Played]:
        """Return the acts that suit its shots: as many as leave them some time to themselves, or two."""
        if self._is_card:
            return list(self.acts)
        calm = sum(min(shot.most_s, PHOTO_S[1]) for shot in self.passage.shots)
        return self.acts_within(max(calm * _TEXT_SHARE, self.takes_s(self.acts[:_ALWAYS])))

    def chosen(self, seconds: float) -> list[Played]:
        """Return the acts for a time that it is given."""
        if seconds < self.wants_s() - ROUNDING_S:
            return self.acts_within(seconds)
        share = 1.0 if self._is_card else _TEXT_SHARE
        return self.acts_within(max(seconds * share, self.takes_s(self.wanted())))

    def acts_within(self, seconds: float) -> list[Played]:
        """Return the acts that such a time has room for, in their order; those needed anyway."""
        chosen = [one for one in self.acts if one.act.needed]
        for one in self.acts:
            if not one.act.needed and self.takes_s([*chosen, one]) <= seconds + ROUNDING_S:
                chosen.append(one)
        return [one for one in self.acts if any(one is other for other in chosen)]

    def takes_s(self, acts: Sequence[Played]) -> float:
        """Return how long acts take one after another."""
        if not acts:
            return 0.0
        between = BETWEEN_S * (len(acts) - 1)
        return self.lead_s + sum(one.length_s for one in acts) + between + self.tail_s

    @property
    def _is_card(self) -> bool:
        return self.passage.shots[0].card is not None


def played(act: Act, pieces: tuple[Piece, ...], *, opens: bool = False) -> Played:
    """Return an act with its times: each beat rests until it, and all before it, can have been read.

    Args:
        act: From the script.
        pieces: Its beats.
        opens: The reel begins with it, and its first frame is the cover on most networks: the largest beat
            is there at once, and those before it.
    """
    at_once = 1 + max(range(len(pieces)), key=lambda at: pieces[at].region.height) if opens and pieces else 0
    after = [act.entrances[one.name].after_s if one.name in act.entrances else None for one in pieces]
    gaps = [APART_S if gap is None else gap for gap in after[1:]]
    gaps = [0.0 if at < at_once else gap for at, gap in enumerate(gaps, 1)]
    comes = tuple(accumulate(gaps, initial=0.0)) if pieces else ()
    read = accumulate((one.words for one in pieces), initial=0.0)
    next(read)
    ends = [
        at + ENTER_S + max(rest_s(one.words), WORD_S * so_far - at)
        for one, at, so_far in zip(pieces, comes, read, strict=True)
    ]
    return Played(act, pieces, comes, max(ends, default=0.0) + LEAVE_S + _FRAMES_S, at_once)
