"""A reel as a list of shots and layers over time, and the frames it consists of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postengine.render.image.geometry import Size

from .motion import Entrance, Move
from .planes import Frame, Layer, crossfaded, faded, laid_over, over, seen_through


@dataclass(frozen=True)
class Shot:
    """One photo on screen.

    Attributes:
        photo: Larger than the video.
        move: Of the camera over it.
        begins_s: First instant, crossfade included.
        ends_s: Last instant, crossfade included.
    """

    photo: Frame
    move: Move
    begins_s: float
    ends_s: float


@dataclass(frozen=True)
class Overlay:
    """A layer with its entrance."""

    layer: Layer
    entrance: Entrance


@dataclass(frozen=True)
class Timeline:
    """A whole reel.

    Attributes:
        size: Of the video.
        fps: Frames a second.
        frames: How many.
        fade_s: Length of a crossfade.
        shots: In order; neighbours overlap by `fade_s`.
        shade: Layer over all photos, always there.
        overlays: Layers over that, bottom to top.
        end_card: Full picture at the end.
        end_s: When it begins to fade in.
    """

    size: Size
    fps: int
    frames: int
    fade_s: float
    shots: Sequence[Shot]
    shade: Layer
    overlays: Sequence[Overlay]
    end_card: Frame
    end_s: float

    def __iter__(self) -> Iterator[Frame]:
        """Yield the frames in order."""
        resting: tuple[tuple[float, ...], Layer] | None = None
        for number in range(self.frames):
            time_s = number / self.fps
            if time_s >= self.end_s + self.fade_s:
                yield self.end_card  # nothing beneath shows: spare the work
                continue
            key, layers = self._layers_at(time_s)
            if resting is None or resting[0] != key:
                resting = key, _merged(self.shade, layers)
            picture = laid_over(self._photos_at(time_s), resting[1])
            if time_s > self.end_s:
                picture = crossfaded(picture, self.end_card, (time_s - self.end_s) / self.fade_s)
            yield picture

    def _photos_at(self, time_s: float) -> Frame:
        showing = [shot for shot in self.shots if shot.begins_s <= time_s < shot.ends_s] or [self.shots[-1]]
        pictures = [self._seen(shot, time_s) for shot in showing[:2]]
        if len(pictures) == 1:
            return pictures[0]
        return crossfaded(pictures[0], pictures[1], (time_s - showing[1].begins_s) / self.fade_s)

    def _seen(self, shot: Shot, time_s: float) -> Frame:
        t = (time_s - shot.begins_s) / (shot.ends_s - shot.begins_s)
        shape = self.size.width / self.size.height
        return seen_through(shot.photo, shot.move.window(t, shot.photo.size, shape), self.size)

    def _layers_at(self, time_s: float) -> tuple[tuple[float, ...], list[tuple[Layer, float, float]]]:
        """Return a key that changes when the layers do, and each layer with its opacity and offset."""
        layers = [(o.layer, o.entrance.opacity(time_s), o.entrance.offset_px(time_s)) for o in self.overlays]
        return tuple(value for _, *values in layers for value in values), layers


def _merged(shade: Layer, layers: list[tuple[Layer, float, float]]) -> Layer:
    merged = shade
    for layer, opacity, offset_px in layers:
        if opacity > 0:
            merged = over(merged, faded(layer, opacity, offset_px))
    return merged
