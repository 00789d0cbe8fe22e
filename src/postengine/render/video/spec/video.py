"""A described video: a value that travels as JSON."""

from __future__ import annotations

import json
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from postengine.render.errors import VideoSpecInvalid
from postengine.render.image.geometry import Size
from postengine.render.image.tree import Scrim, sources, walk

from .layers import Layer, Subtitles
from .motion import Transition
from .parts import HexColour, Instant, Part
from .preset_names import PresetName
from .problems import problems_in
from .scenes import CardScene, ClipScene, PhotoScene, Scene
from .sound import Sound

Side = Annotated[int, Field(ge=64, le=4096, multiple_of=2)]
Rate = Literal[24, 25, 30, 60]

CUT = Transition(kind="cut")


class VideoSpec(Part):
    """A whole video.

    Attributes:
        width: In pixels, even.
        height: In pixels, even.
        fps: Frames a second.
        scenes: One after the other; a transition overlaps two.
        transition: How scenes come in that say nothing else. The first has none.
        shade: A soft shadow over every photo and clip, as strong as the layers' texts need on each.
        layers: Over the scenes, from the lowest to the topmost.
        subtitles: Over the layers.
        sound: What is heard.
        background: Of fades and of what nothing covers.
        preset: The network it is for: its safe zones, and its limits of size and rate.
        max_bytes: The file is not larger; None takes the preset's.
        quality: x264's constant rate factor: lower is better and larger.
        poster_s: The instant of the poster; None takes a sharp frame that shows most layers.
    """

    width: Side = 1080
    height: Side = 1920
    fps: Rate = 30
    scenes: Annotated[tuple[Scene, ...], Field(min_length=1, max_length=200)]
    transition: Transition = Transition()
    shade: Scrim | None = None
    layers: Annotated[tuple[Layer, ...], Field(max_length=100)] = ()
    subtitles: Subtitles | None = None
    sound: Sound = Sound()
    background: HexColour = "#000000"
    preset: PresetName | None = None
    max_bytes: Annotated[int, Field(ge=10_000, le=10**11)] | None = None
    quality: Annotated[int, Field(ge=10, le=40)] = 20
    poster_s: Instant | None = None

    @property
    def size(self) -> Size:
        """Of every frame."""
        return Size(self.width, self.height)

    def transition_of(self, number: int) -> Transition:
        """Return how scene `number` comes in."""
        if number == 0:
            return CUT
        return self.scenes[number].transition or self.transition

    @model_validator(mode="after")
    def _transitions_fit(self) -> VideoSpec:
        if self.scenes[0].transition not in (None, CUT):
            raise ValueError(
                "Expected no `transition` in scenes[0], which nothing comes before; leave it out."
            )
        for number, scene in enumerate(self.scenes):
            around = overlap_s(self.transition_of(number))
            if number + 1 < len(self.scenes):
                around += overlap_s(self.transition_of(number + 1))
            if scene.seconds is not None and scene.seconds + 1e-6 < around:
                raise ValueError(
                    f"Expected scenes[{number}] to last at least {around:g} s, as long as the transitions "
                    f"at its ends, got {scene.seconds:g}; make it longer or them shorter."
                )
        return self


def overlap_s(transition: Transition) -> float:
    """Return for how long two scenes are there together.

    >>> overlap_s(Transition(kind="cut")), overlap_s(Transition(seconds=0.4))
    (0.0, 0.4)
    """
    return 0.0 if transition.kind == "cut" else transition.seconds


def pictures_of(spec: VideoSpec) -> tuple[str, ...]:
    """Return the names of all photos and drawings that a video shows, each once."""
    photos = [scene.source for scene in spec.scenes if isinstance(scene, PhotoScene)]
    trees = [scene.tree for scene in spec.scenes if isinstance(scene, CardScene)]
    trees += [layer.tree for layer in spec.layers]
    drawn = [name for tree in trees for _, node in walk(tree) for name in sources(node)]
    return tuple(dict.fromkeys(photos + [name for name in drawn if name[:5].lower() != "data:"]))


def media_of(spec: VideoSpec) -> tuple[str, ...]:
    """Return the names of all clips and sounds of a video, each once."""
    clips = [scene.source for scene in spec.scenes if isinstance(scene, ClipScene)]
    music = [spec.sound.music.source] if spec.sound.music else []
    return tuple(dict.fromkeys(clips + music + [voice.source for voice in spec.sound.voices]))


def video_from(data: object) -> VideoSpec:
    """Read a described video from plain data, or from JSON text.

    Raises:
        VideoSpecInvalid: With the path of every problem, such as `scenes[2].move.amount`.
    """
    if isinstance(data, (str, bytes)):
        try:
            data = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise VideoSpecInvalid((("video", f"Expected JSON, got {error}."),)) from None
    try:
        return VideoSpec.model_validate(data)
    except ValidationError as error:
        raise VideoSpecInvalid(problems_in(error)) from None
