"""Scenes on screen: each gives its frames one after the other."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from typing import Protocol

import numpy as np
from PIL import Image

from postengine.render.errors import PictureMissing
from postengine.render.image.colour import Colour
from postengine.render.image.draw import RgbaPixels
from postengine.render.video.frame import Frame, to_rgb
from postengine.render.video.plan import TimedScene
from postengine.render.video.spec import CardScene, ClipScene, PhotoScene, VideoSpec

from .drawing import drawn
from .moving import Moving
from .photos import PhotoReader
from .stage import Stage


class Shot(Protocol):
    """A scene while it is on screen."""

    @property
    def is_kept(self) -> bool:
        """Whether its frames are used again, and so must not be painted on."""
        ...

    @property
    def looks(self) -> Iterable[Image.Image]:
        """What is seen at several instants, in a small size; to be asked for once."""
        ...

    def frame(self, number: int) -> Frame:
        """Return a frame, counted from the scene's first; to be asked for in order."""
        ...

    def close(self) -> None:
        """Let go of files and processes."""
        ...


def open_shot(timed: TimedScene, spec: VideoSpec, stage: Stage) -> Shot:
    """Open a scene.

    Raises:
        PhotoUnreadable: Its photo cannot be used.
        RenderError: Its card cannot be drawn.
    """
    scene = timed.scene
    if isinstance(scene, ClipScene):
        return ClipShot(stage.open_clip(timed), stage.glance_at(timed))
    if isinstance(scene, CardScene):
        pixels = drawn(scene.tree, f"scenes[{timed.number}].tree", spec.size, stage)
        picture = _over(Colour.from_hex(scene.background), pixels)
        return StillShot(stage.kernel.planes(np.asarray(picture)))
    return _photo_shot(scene, timed.span.frames, spec, stage)


class StillShot:
    """A picture that stands still."""

    is_kept = True

    def __init__(self, frame: Frame, looks: Sequence[Image.Image] = ()) -> None:
        self.looks = looks
        self._frame = frame

    def frame(self, number: int) -> Frame:  # noqa: ARG002 - all are the same
        """Return the only frame."""
        return self._frame

    def close(self) -> None:
        """Nothing is open."""


class MovingShot:
    """A photo under a moving camera."""

    is_kept = False

    def __init__(self, moving: Moving, looks: Sequence[Image.Image]) -> None:
        self.looks = looks
        self._moving = moving

    def frame(self, number: int) -> Frame:
        """Return a frame in memory of its own."""
        return self._moving.frame(number)

    def close(self) -> None:
        """Nothing is open."""


class ClipShot:
    """A stretch of a clip."""

    is_kept = True

    def __init__(self, frames: Generator[Frame], glances: Generator[Frame]) -> None:
        self._frames, self._glances, self._done = frames, glances, 0

    @property
    def looks(self) -> Iterator[Image.Image]:
        """Glances at the clip, which is decoded once more for them."""
        with closing(self._glances) as glances:
            yield from (Image.fromarray(to_rgb(frame)) for frame in glances)

    def frame(self, number: int) -> Frame:
        """Return a frame; those before it that were not asked for are read and let go."""
        while self._done < number:
            next(self._frames)
            self._done += 1
        self._done += 1
        # In a value of its own: whether two frames are the same picture is told by identity.
        return Frame(*next(self._frames).planes)

    def close(self) -> None:
        """End what reads the clip."""
        self._frames.close()


def _photo_shot(scene: PhotoScene, frames: int, spec: VideoSpec, stage: Stage) -> Shot:
    if scene.source not in stage.pictures:
        raise PictureMissing(scene.source)
    reader = PhotoReader(spec.size, spec.background, stage.kernel, stage.limits)
    photo = reader.read(stage.pictures[scene.source], scene)
    if photo.camera.moves:
        return MovingShot(Moving(photo.planes, photo.camera, frames, spec.size, stage.kernel), photo.looks)
    return StillShot(photo.planes, photo.looks)


def _over(ground: Colour, pixels: RgbaPixels) -> Image.Image:
    """Return a drawing on a plain ground."""
    drawing = Image.fromarray(pixels)
    if pixels[..., 3].min() == 255:
        return drawing.convert("RGB")
    return Image.alpha_composite(Image.new("RGBA", drawing.size, (*ground, 255)), drawing).convert("RGB")
