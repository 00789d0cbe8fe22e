"""When everything is seen, in whole frames: scenes with their overlaps, layers, captions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from postengine.render.errors import VideoSpecInvalid
from postengine.render.video.spec import Caption, ClipScene, Layer, Scene, Transition, VideoSpec, overlap_s

_LEAST_FRAMES = 0.5
"""Of a clip that has less left, not one frame would be shown."""


@dataclass(frozen=True)
class Span:
    """Frames from `first` up to, but without, `end`."""

    first: int
    end: int

    @property
    def frames(self) -> int:
        """How many."""
        return self.end - self.first

    def holds(self, frame: int) -> bool:
        """Whether `frame` is one of them."""
        return self.first <= frame < self.end

    def meets(self, other: Span) -> bool:
        """Whether some frame is in both."""
        return self.first < other.end and other.first < self.end


@dataclass(frozen=True)
class TimedScene:
    """A scene in its place.

    Attributes:
        number: Its index in the spec.
        scene: The scene.
        span: Its frames, overlaps at both ends included.
        transition: How it comes in; over its first `overlap` frames, which the scene before shares.
        overlap: 0 for a cut.
    """

    number: int
    scene: Scene
    span: Span
    transition: Transition
    overlap: int


@dataclass(frozen=True)
class Timing:
    """A whole video in frames.

    Attributes:
        fps: Frames a second.
        frames: How many in all.
        scenes: One after the other.
        layers: With the frames in which they are there, from the lowest to the topmost.
        captions: With the frames in which they are there.
    """

    fps: int
    frames: int
    scenes: tuple[TimedScene, ...]
    layers: tuple[tuple[Layer, Span], ...]
    captions: tuple[tuple[Caption, Span], ...]

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.frames / self.fps


def timing_of(spec: VideoSpec, clip_seconds: Mapping[int, float]) -> Timing:
    """Return when everything in a video is seen.

    Args:
        spec: The video.
        clip_seconds: How much each clip has left from where its scene begins, by the scene's number.

    Raises:
        VideoSpecInvalid: A clip is too short for its scene or its transitions; a layer or a caption begins
            after the end.
    """
    scenes: list[TimedScene] = []
    for number, scene in enumerate(spec.scenes):
        transition = spec.transition_of(number)
        overlap = round(overlap_s(transition) * spec.fps)
        first = scenes[-1].span.end - overlap if scenes else 0
        length = _length(spec, number, clip_seconds)
        scenes.append(TimedScene(number, scene, Span(first, first + length), transition, overlap))
    _require_room(scenes)
    frames = scenes[-1].span.end
    layers = tuple(
        (layer, _layer_span(layer, number, spec.fps, frames)) for number, layer in enumerate(spec.layers)
    )
    captions = spec.subtitles.captions if spec.subtitles else ()
    spoken = tuple((one, _caption_span(one, number, spec.fps, frames)) for number, one in enumerate(captions))
    return Timing(spec.fps, frames, tuple(scenes), layers, spoken)


def _length(spec: VideoSpec, number: int, clip_seconds: Mapping[int, float]) -> int:
    scene = spec.scenes[number]
    there = clip_seconds.get(number)
    if isinstance(scene, ClipScene) and there is not None and there * spec.fps < _LEAST_FRAMES:
        raise _late(f"scenes[{number}].starts_s", scene.starts_s, scene.starts_s + there, "the clip")
    seconds = scene.seconds if scene.seconds is not None else there
    if seconds is None:
        raise _invalid(
            f"scenes[{number}].seconds", "Expected how long the clip is, got nothing; give `seconds`"
        )
    frames = max(round(seconds * spec.fps), 1)
    # A clip's last frame may be missing by rounding; it is then shown a little longer.
    if there is not None and frames > round(there * spec.fps) + 1:
        raise _invalid(
            f"scenes[{number}].seconds",
            f"Expected at most the {there:.2f} s that the clip has left, got {seconds:g}; make it shorter",
        )
    return frames


def _require_room(scenes: list[TimedScene]) -> None:
    for scene, after in zip(scenes, [*scenes[1:], None], strict=True):
        needed = scene.overlap + (after.overlap if after else 0)
        if scene.span.frames < needed:
            raise _invalid(
                f"scenes[{scene.number}]",
                f"Expected at least the {needed} frames of its transitions, got {scene.span.frames}; "
                "make it longer or them shorter",
            )


def _layer_span(layer: Layer, number: int, fps: int, frames: int) -> Span:
    first = round(layer.starts_s * fps)
    if first >= frames:
        raise _late(f"layers[{number}].starts_s", layer.starts_s, frames / fps, "the video")
    end = frames if layer.ends_s is None else min(round(layer.ends_s * fps), frames)
    return Span(first, max(end, first + 1))


def _caption_span(caption: Caption, number: int, fps: int, frames: int) -> Span:
    first = round(caption.starts_s * fps)
    if first >= frames:
        raise _late(f"subtitles.captions[{number}].starts_s", caption.starts_s, frames / fps, "the video")
    return Span(first, max(min(round(caption.ends_s * fps), frames), first + 1))


def _late(path: str, at_s: float, seconds: float, what: str) -> VideoSpecInvalid:
    return _invalid(
        path, f"Expected an instant within the {seconds:g} s of {what}, got {at_s:g}; begin sooner"
    )


def _invalid(path: str, message: str) -> VideoSpecInvalid:
    return VideoSpecInvalid(((path, message),))
