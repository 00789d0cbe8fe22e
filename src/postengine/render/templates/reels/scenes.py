"""From timed passages to scenes: cut on whole frames, and neighbouring photos never move alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postengine.render.image.tree import Box
from postengine.render.templates.parts import Sheet
from postengine.render.video.spec import CardScene, ClipScene, Move, PhotoScene, Scene, Transition

from .schedule import Timed
from .script import Shot

_MOVES = (
    "push_in",
    "pan_right",
    "pull_out",
    "drift",
    "pan_left",
    "push_in",
    "pan_right",
    "drift",
    "pull_out",
)
_MIRRORED = {"pan_right": "pan_left", "pan_left": "pan_right"}
_UPRIGHT = {"pan_right": "pan_up", "pan_left": "pan_down"}

_HIDDEN = 1.25
"""A photo so much longer than the video one way hides much of itself there: pans go that way, and farther."""

_A_SECOND, _PAN_A_SECOND = 0.03, 0.05
"""How far a camera moves in a second, as a share of what is seen, in long scenes as in short ones."""

_LEAST, _MOST, _PAN_MOST = 0.06, 0.16, 0.25


def scenes_of(
    sheet: Sheet, timed: Sequence[Timed], ending: Box, until_s: float, transition: Transition, fps: int
) -> Iterator[Scene]:
    """Yield the shots and the end card, each as long as it is seen with its parts of the transitions.

    Args:
        sheet: Says how cards look, and which way the page reads.
        timed: The passages.
        ending: The end card.
        until_s: When the reel ends.
        transition: Between shots; the end card fades in.
        fps: Frames a second.
    """
    overlap = round(transition.seconds * fps)
    fade = Transition(kind="crossfade", seconds=transition.seconds)
    begins, before = 0, Shot()
    for number, (shot, ends_s) in enumerate(shot for passage in timed for shot in passage.shots):
        ends = round(ends_s * fps)
        frames = ends - begins + _before(overlap) * bool(number) + _after(overlap)
        again = bool(shot.source) and shot.source == before.source
        # One photo twice: the camera goes back the way it came, and nobody sees a cut.
        yield _scene(sheet, shot, number, frames / fps, again=again, transition=fade if again else None)
        begins, before = ends, shot
    ends = round(until_s * fps)
    yield CardScene(
        tree=ending,
        seconds=round((ends - begins + _before(overlap)) / fps, 4),
        background=sheet.brand.primary,
        transition=fade,
    )


def _before(overlap: int) -> int:
    """Return how many frames of a transition lie before the cut in its middle."""
    return overlap // 2


def _after(overlap: int) -> int:
    return overlap - overlap // 2


def _scene(
    sheet: Sheet, shot: Shot, number: int, seconds: float, *, again: bool, transition: Transition | None
) -> Scene:
    length = round(seconds, 4)
    if shot.card is not None:
        ground = sheet.brand.primary
        return CardScene(tree=shot.card(sheet), seconds=length, background=ground, transition=transition)
    if shot.is_clip:
        return ClipScene(source=shot.source, seconds=length, transition=transition)
    kind = "pull_out" if again else _MOVES[number % len(_MOVES)]
    return PhotoScene(
        source=shot.source,
        seconds=length,
        move=_move(sheet, kind, shot.ratio, seconds),
        focus=shot.focus or "smart",
        transition=transition,
    )


def _move(sheet: Sheet, kind: str, ratio: float | None, seconds: float) -> Move:
    """Return a move; a pan goes along the side of the photo of which the video hides the most."""
    size = sheet.page.size
    longer = 1.0 if ratio is None else ratio * size.height / size.width
    if longer * _HIDDEN < 1:
        kind = _UPRIGHT.get(kind, kind)
    elif sheet.wording.is_right_to_left:
        kind = _MIRRORED.get(kind, kind)
    goes_far = kind.startswith("pan") and not 1 / _HIDDEN <= longer <= _HIDDEN
    pace, most = (_PAN_A_SECOND, _PAN_MOST) if goes_far else (_A_SECOND, _MOST)
    amount = round(min(max(seconds * pace, _LEAST), most), 3)
    return Move.model_validate({"kind": kind, "amount": amount})
