"""From timed passages to the layers of a video."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from postengine.render.templates.pages import Page
from postengine.render.video.spec import Animation, Layer

from .playing import Played
from .schedule import Timed
from .script import Entrance
from .stage import Piece
from .tempo import BESIDE_CUT_S, ENTER_S, LEAVE_S

_RISE = 1.25
"""By how many units of the page a layer rises."""

_AT_ONCE = Animation(kind="none")
_SOFTLY = Animation(kind="fade", seconds=LEAVE_S)


def layers_of(timed: Sequence[Timed], page: Page) -> tuple[Layer, ...]:
    """Return all layers: what stands all the while, and over it the acts."""
    return (*_standing(timed), *_acts(timed, page))


def poster_s(timed: Sequence[Timed]) -> float | None:
    """Return the instant at which all of the cover has come, None if there is no text at all."""
    acts = [(one, starts) for passage in timed for one, starts, _ in passage.acts]
    cover = next((act for act in acts if act[0].act.is_cover), acts[0] if acts else None)
    return None if cover is None else round(cover[1] + _come(cover[0]), 2)


def _standing(timed: Sequence[Timed]) -> Iterator[Layer]:
    """Yield what stands all the while; it stays where the next passage has the very same."""
    for number, passage in enumerate(timed):
        before = timed[number - 1].standing if number else ()
        for piece in passage.standing:
            if any(piece.tree == one.tree for one in before):
                continue
            starts = passage.texts_start_s if number else 0.0
            yield _layer(piece, starts, _until(piece, timed[number:]), _SOFTLY if number else _AT_ONCE)


def _until(piece: Piece, timed: Sequence[Timed]) -> float:
    """Return where a piece that stands in the first of these passages goes."""
    last = timed[0]
    for passage in timed[1:]:
        if not any(piece.tree == one.tree for one in passage.standing):
            break
        last = passage
    return last.texts_end_s


def _acts(timed: Sequence[Timed], page: Page) -> Iterator[Layer]:
    """Yield the acts' beats; a drawing that an act goes on with, at its place, stays."""
    for passage in timed:
        for number, (one, starts, _) in enumerate(passage.acts):
            for at, (piece, after) in enumerate(zip(one.pieces, one.comes_s, strict=True)):
                if number and one.act.goes_on and _has(passage.acts[number - 1][0], piece):
                    continue
                entrance = one.act.entrances.get(piece.name, Entrance())
                comes = Animation(
                    kind=entrance.kind, seconds=ENTER_S, side=entrance.side, distance_px=page.space(_RISE)
                )
                ends = _leaves(piece, passage.acts[number:])
                yield _layer(piece, starts + after, ends, _AT_ONCE if at < one.at_once else comes)


def _leaves(piece: Piece, acts: Sequence[tuple[Played, float, float]]) -> float:
    """Return when a beat of the first of these acts goes."""
    going = takewhile(lambda act: _goes_on_with(act[0], piece), acts[1:])
    return [acts[0], *going][-1][2]


def _goes_on_with(one: Played, piece: Piece) -> bool:
    return one.act.goes_on and _has(one, piece)


def _has(one: Played, piece: Piece) -> bool:
    return not piece.words and any(piece.tree == own.tree for own in one.pieces)


def _layer(piece: Piece, starts_s: float, ends_s: float, comes: Animation) -> Layer:
    return Layer(
        tree=piece.tree,
        starts_s=round(starts_s, 3),
        ends_s=round(ends_s, 3),
        enters=comes,
        leaves=_SOFTLY,
        key=piece.name,
    )


def _come(one: Played) -> float:
    return max(one.comes_s) + ENTER_S + BESIDE_CUT_S
