"""The layers of a video at each frame: drawn when first needed, moved while they come and go."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from postengine.render.image.compose.scrims import Standing
from postengine.render.image.tree import Box
from postengine.render.video.plan import Span, Timing
from postengine.render.video.plan.subtitles import caption_tree
from postengine.render.video.spec import Layer, VideoSpec

from .drawing import drawn, laid_out
from .glass import Glass, glass_of, merged, moved
from .presence import RESTING, presence
from .stage import Stage
from .texts import PLATE_OPACITY, bare_texts


@dataclass(frozen=True, eq=False)
class _Timed:
    """A layer or a caption in its place.

    Attributes:
        span: The frames in which it is there.
        place: Of it in the spec.
        tree: Makes its tree, which of a caption is not made before it is needed.
        layer: With its animations; None for a caption, which is there at once.
        is_bare: Its texts may have no ground of their own.
    """

    span: Span
    place: str
    tree: Callable[[], Box]
    layer: Layer | None = None
    is_bare: bool = True


class Layers:
    """All layers and captions, from the lowest to the topmost."""

    def __init__(self, spec: VideoSpec, timing: Timing, stage: Stage) -> None:
        self._size, self._fps, self._stage = spec.size, timing.fps, stage
        self._all = [*_layers(timing), *_captions(spec, timing, stage)]
        self._changes = sorted({at for timed in self._all for at in (timed.span.first, timed.span.end)})
        self._there: list[_Timed] = []
        self._until = 0
        self._glasses: dict[_Timed, Glass | None] = {}
        self._texts: dict[_Timed, tuple[Standing, ...]] = {}
        self._merged: dict[tuple[Glass, ...], Glass] = {}

    def at(self, frame: int, shade: Glass | None) -> tuple[Glass, ...]:
        """Return what to lay over a frame, in order; the same glasses as before where nothing changed.

        Args:
            frame: To be asked for in order; some may be left out.
            shade: Lies beneath all layers.
        """
        if frame >= self._until:
            later = bisect_right(self._changes, frame)
            self._until = self._changes[later] if later < len(self._changes) else sys.maxsize
            self._there = [timed for timed in self._all if timed.span.holds(frame)]
            self._glasses = {timed: self._glasses[timed] for timed in self._there if timed in self._glasses}
        piles: list[_Pile] = [] if shade is None else [_Pile([shade])]
        for timed in self._there:
            glass = self._glass(timed)
            if glass is not None:
                _put(piles, *self._standing(timed, glass, frame))
        known, self._merged = self._merged, {}
        for pile in piles:
            glasses = tuple(pile.glasses)
            self._merged[glasses] = known.get(glasses) or merged(glasses, self._stage.kernel)
        return tuple(self._merged.values())

    def texts(self, span: Span) -> tuple[Standing, ...]:
        """Return the texts that stand on what is filmed at some time in `span`."""
        bare = (timed for timed in self._all if timed.is_bare and timed.span.meets(span))
        return tuple(text for timed in bare for text in self._texts_of(timed))

    def _glass(self, timed: _Timed) -> Glass | None:
        if timed not in self._glasses:
            self._glasses[timed] = glass_of(drawn(timed.tree(), timed.place, self._size, self._stage))
        return self._glasses[timed]

    def _texts_of(self, timed: _Timed) -> tuple[Standing, ...]:
        if timed not in self._texts:
            tree = timed.tree()
            layout = laid_out(tree, timed.place, self._size, self._stage)
            self._texts[timed] = bare_texts(tree, layout, self._size)
        return self._texts[timed]

    def _standing(self, timed: _Timed, glass: Glass, frame: int) -> tuple[Glass, bool]:
        """Return a layer as it stands, and whether it rests."""
        if timed.layer is None:
            return glass, True
        now = presence(timed.layer, timed.span, frame, self._fps, glass, self._size)
        if now == RESTING:
            return glass, True
        return moved(glass, now.across, now.down, now.opacity, self._stage.kernel), False


class _Pile:
    """Glasses that rest one over the other and are laid as one."""

    def __init__(self, glasses: list[Glass], *, rests: bool = True) -> None:
        self.glasses, self.rests = glasses, rests

    def meets(self, glass: Glass) -> bool:
        return any(one.meets(glass) for one in self.glasses)


def _put(piles: list[_Pile], glass: Glass, rests: bool) -> None:  # noqa: FBT001 - a private fact
    """Put a glass above all others: onto the topmost pile that it touches, if both rest."""
    topmost = next((pile for pile in reversed(piles) if pile.meets(glass)), None)
    if rests and topmost is not None and topmost.rests:
        topmost.glasses.append(glass)
    else:
        piles.append(_Pile([glass], rests=rests))


def _layers(timing: Timing) -> Iterator[_Timed]:
    for number, (layer, span) in enumerate(timing.layers):
        yield _Timed(span, f"layers[{number}].tree", partial(_tree, layer), layer)


def _tree(layer: Layer) -> Box:
    return layer.tree


def _captions(spec: VideoSpec, timing: Timing, stage: Stage) -> Iterator[_Timed]:
    subtitles = spec.subtitles
    if subtitles is None:
        return
    for number, (caption, span) in enumerate(timing.captions):
        place = f"subtitles.captions[{number}].text"
        tree = partial(caption_tree, subtitles, caption, spec.size, stage.safe)
        yield _Timed(span, place, tree, is_bare=subtitles.plate_opacity < PLATE_OPACITY)
