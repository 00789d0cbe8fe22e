"""When everything of a reel is seen: shots fill their passages, texts begin with a shot where they can."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postengine.render.errors import VideoSpecInvalid

from .playing import Part, Played
from .script import Shot
from .stage import Piece
from .tempo import BETWEEN_S, END_CARD_S, HOLD_S, LEAST_END_CARD_S, LEAST_PHOTO_S, LONGEST_PHOTO_S, ROUNDING_S

_MOST_SHOTS = 150
"""Of a passage; a video of many hours shows each of them for longer."""

_BRIEFLY_S = 0.8
"""How long a text that has been read stays, where nothing ends with it."""


@dataclass(frozen=True)
class Timed:
    """A passage in its place; seconds from the beginning of the reel.

    Attributes:
        standing: What stands all the while.
        starts_s: In the middle of the transition before it.
        ends_s: In the middle of the one after.
        texts_start_s: When the first text comes.
        texts_end_s: When all texts have gone; after that begins the next transition.
        shots: With where each ends.
        acts: With where each begins and ends.
    """

    standing: tuple[Piece, ...]
    starts_s: float
    ends_s: float
    texts_start_s: float
    texts_end_s: float
    shots: tuple[tuple[Shot, float], ...]
    acts: tuple[tuple[Played, float, float], ...]


def scheduled(
    parts: Sequence[Part], seconds: float | None, overlap_s: float, template: str
) -> tuple[Timed, ...]:
    """Return the passages in their places.

    Args:
        parts: With their acts set.
        seconds: Of the whole reel, end card included; None takes what suits it.
        overlap_s: Of a transition.
        template: For the message.

    Raises:
        VideoSpecInvalid: The time is too short for what is needed.
    """
    shares = [(part, part.wants_s()) for part in parts]
    if seconds is not None:
        length = _before_the_end_card(parts, seconds)
        shares = list(_shared(_kept(parts, length, template), length))
    placed: list[Timed] = []
    for part, length in shares:
        starts = placed[-1].ends_s if placed else 0.0
        placed.append(_placed(part, starts, starts + length, overlap_s))
    return tuple(placed)


def _before_the_end_card(parts: Sequence[Part], seconds: float) -> float:
    """Return what the end card leaves of the time; it is shorter where the texts need more."""
    needs = sum(part.needs_s() for part in parts if part.passage.needed)
    return max(seconds - END_CARD_S, min(needs, seconds - LEAST_END_CARD_S))


def _kept(parts: Sequence[Part], seconds: float, template: str) -> list[Part]:
    """Return the passages that there is time for: those that are not needed are left out from the last on."""
    kept = list(parts)
    for part in reversed(parts):
        if sum(one.needs_s() for one in kept) <= seconds:
            break
        if not part.passage.needed and len(kept) > 1:
            kept.remove(part)
    needs = sum(one.needs_s() for one in kept)
    if needs > seconds + ROUNDING_S:
        least = math.ceil((needs + LEAST_END_CARD_S) * 10) / 10
        told = f"Expected at least {least:g} s for all that a reel {template!r} says of this listing"
        raise VideoSpecInvalid((("seconds", f"{told}, got {seconds + LEAST_END_CARD_S:g}; allow more."),))
    return kept


def _shared(parts: Sequence[Part], seconds: float) -> Iterator[tuple[Part, float]]:
    """Share the time: everyone has what it needs, and of the rest in proportion to what it wants."""
    needs = sum(part.needs_s() for part in parts)
    wants = sum(part.wants_s() for part in parts)
    for part in parts:
        if seconds >= wants:
            yield part, part.wants_s() * seconds / wants
        else:
            share = max(seconds - needs, 0.0) / max(wants - needs, 1e-9)
            yield part, part.needs_s() + (part.wants_s() - part.needs_s()) * share


def _placed(part: Part, starts_s: float, ends_s: float, overlap_s: float) -> Timed:
    shots = tuple(_cut(part.passage.shots, starts_s, ends_s, overlap_s))
    acts = part.chosen(ends_s - starts_s)
    starts = list(_starts(part, acts, starts_s, ends_s, [at for _, at in shots[:-1]]))
    latest = [at - BETWEEN_S for at in starts[1:]] + [ends_s - part.tail_s] * bool(acts)
    cuts = [at - overlap_s / 2 for _, at in shots]
    timed = tuple(
        (one, at, _end(at + one.length_s, limit, cuts))
        for one, at, limit in zip(acts, starts, latest, strict=True)
    )
    return Timed(
        standing=part.standing,
        starts_s=starts_s,
        ends_s=ends_s,
        texts_start_s=starts_s + part.lead_s,
        texts_end_s=ends_s - part.tail_s,
        shots=shots,
        acts=timed,
    )


def _cut(
    shots: Sequence[Shot], starts_s: float, ends_s: float, overlap_s: float
) -> Iterator[tuple[Shot, float]]:
    """Yield shots with where each ends: as many as the time has room for, again if it has more."""
    length = ends_s - starts_s
    if shots[0].card is not None:
        yield shots[0], ends_s
        return
    played = list(_as_many(shots, length, overlap_s))
    left, at = length, starts_s
    for number, shot in enumerate(played):
        later = sum(_most(one, overlap_s) for one in played[number + 1 :])
        even = left / (len(played) - number)
        own = min(max(even, left - later), _most(shot, overlap_s))
        left, at = left - own, at + own
        yield shot, ends_s if number == len(played) - 1 else at


def _as_many(shots: Sequence[Shot], length: float, overlap_s: float) -> list[Shot]:
    """Return the shots to show: as many as can be seen in the time; again, if they do not fill it."""
    fits = max(int((length + ROUNDING_S) / LEAST_PHOTO_S), 1)
    chosen: list[Shot] = []
    most = 0.0
    while (most < length or len(chosen) < min(len(shots), fits)) and len(chosen) < _MOST_SHOTS:
        chosen.append(shots[len(chosen) % len(shots)])
        most += min(_most(chosen[-1], overlap_s), LONGEST_PHOTO_S)
    return chosen


def _most(shot: Shot, overlap_s: float) -> float:
    return shot.most_s - overlap_s


def _starts(
    part: Part, acts: Sequence[Played], starts_s: float, ends_s: float, cuts: Sequence[float]
) -> Iterator[float]:
    """Yield where each act begins: with a shot if one begins where it may, the spare time spread evenly."""
    spare = max(ends_s - starts_s - part.takes_s(acts), 0.0)
    at = starts_s + part.lead_s
    for number, one in enumerate(acts):
        if number:
            share = spare / (len(acts) + 1 - number)
            waits = min(share, HOLD_S) if one.act.goes_on else _wait(at, share, spare, cuts)
            spare, at = spare - waits, at + waits
        yield at
        at += one.length_s + BETWEEN_S


def _wait(at: float, share: float, spare: float, cuts: Sequence[float]) -> float:
    """Return how long to wait: until a cut or not at all, what is nearest to a share of the spare time."""
    waits = (0.0, *(cut - at for cut in cuts if 0.0 <= cut - at <= spare))
    return min(waits, key=lambda wait: abs(wait - share))


def _end(read_s: float, limit_s: float, cuts: Sequence[float]) -> float:
    """Return where an act ends: read, then with its shot if that ends soon, or as the next text comes."""
    if limit_s - read_s <= HOLD_S:
        return limit_s
    return max((cut for cut in cuts if read_s <= cut <= read_s + HOLD_S), default=read_s + _BRIEFLY_S)
