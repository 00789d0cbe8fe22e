"""Composing a video: its frames one after the other, each only when it is asked for."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass

from postengine.render.video.frame import Frame
from postengine.render.video.plan import TimedScene, Timing
from postengine.render.video.spec import CardScene, VideoSpec

from .glass import Glass, lay
from .layers import Layers
from .shade import Shades
from .shots import Shot, open_shot
from .stage import Stage
from .transitions import joined


def composed(
    spec: VideoSpec, timing: Timing, stage: Stage, numbers: Iterable[int] | None = None
) -> Generator[Frame]:
    """Yield the frames of a video.

    A scene is opened when it comes and let go when it is gone, so that at most two photos are in memory.
    While nothing changes the very same frame is yielded again.

    Args:
        spec: The video.
        timing: Of that spec.
        stage: Who draws, and where the files are.
        numbers: Of the frames that are wanted, in ascending order; None takes all.

    Raises:
        RenderError: See the tree in errors.py.
    """
    composer = _Composer(spec, timing, stage)
    try:
        for number in range(timing.frames) if numbers is None else numbers:
            yield composer.frame(number)
    finally:
        composer.close()


@dataclass(frozen=True)
class _OnScreen:
    """A scene that is on screen, with the shade over it."""

    timed: TimedScene
    shot: Shot
    shade: Glass | None


class _Composer:
    def __init__(self, spec: VideoSpec, timing: Timing, stage: Stage) -> None:
        self._spec, self._timing, self._stage = spec, timing, stage
        self._layers = Layers(spec, timing, stage)
        self._shades = None if spec.shade is None else Shades(spec.shade, spec.size, stage.kernel)
        self._coming = list(reversed(timing.scenes))
        self._on: list[_OnScreen] = []
        self._last: tuple[Frame, tuple[Glass, ...], Frame] | None = None

    def frame(self, number: int) -> Frame:
        self._change_scenes(number)
        if len(self._on) == 1:
            scene = self._on[0]
            glasses = self._layers.at(number, scene.shade)
            picture = scene.shot.frame(number - scene.timed.span.first)
            return self._under(picture, glasses, is_kept=scene.shot.is_kept)
        old, new = (self._shaded(scene, number) for scene in self._on)
        coming = self._on[1].timed
        share = (number - coming.span.first + 1) / (coming.overlap + 1)
        picture = joined(old, new, coming.transition, share, self._stage.kernel)
        return self._under(picture, self._layers.at(number, None), is_kept=False)

    def close(self) -> None:
        for scene in self._on:
            scene.shot.close()
        self._on = []

    def _change_scenes(self, number: int) -> None:
        for gone in [scene for scene in self._on if not scene.timed.span.holds(number)]:
            self._on.remove(gone)
            gone.shot.close()
        while self._coming and self._coming[-1].span.first <= number:
            timed = self._coming.pop()
            if timed.span.holds(number):
                self._on.append(self._opened(timed))

    def _opened(self, timed: TimedScene) -> _OnScreen:
        shot = open_shot(timed, self._spec, self._stage)
        try:
            return _OnScreen(timed, shot, self._shade_over(timed, shot))
        except BaseException:
            shot.close()
            raise

    def _shade_over(self, timed: TimedScene, shot: Shot) -> Glass | None:
        if self._shades is None or isinstance(timed.scene, CardScene):
            return None
        texts = self._layers.texts(timed.span)
        return self._shades.over(shot.looks, texts, f"the shade over scenes[{timed.number}]")

    def _shaded(self, scene: _OnScreen, number: int) -> Frame:
        picture = scene.shot.frame(number - scene.timed.span.first)
        glasses = () if scene.shade is None else (scene.shade,)
        return self._painted(picture, glasses, is_kept=scene.shot.is_kept)

    def _under(self, picture: Frame, glasses: tuple[Glass, ...], *, is_kept: bool) -> Frame:
        """Lay glasses over a picture; where both are those of the last frame, that is the answer."""
        if self._last is not None and self._last[0] is picture and self._last[1] == glasses:
            return self._last[2]
        done = self._painted(picture, glasses, is_kept=is_kept)
        self._last = (picture, glasses, done) if is_kept else None
        return done

    def _painted(self, picture: Frame, glasses: tuple[Glass, ...], *, is_kept: bool) -> Frame:
        if glasses and is_kept:
            picture = Frame(*(plane.copy() for plane in picture.planes))
        for glass in glasses:
            lay(picture, glass, self._stage.kernel)
        return picture
