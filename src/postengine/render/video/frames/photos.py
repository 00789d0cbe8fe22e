"""A photo made ready for its scene: decoded once, and cut to what the camera will see of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from postengine.render.image.geometry import Focus, Region, Size
from postengine.render.image.photo import (
    Decoded,
    FocusChoice,
    Photo,
    PhotoLimits,
    decode,
    fitted,
    open_photo,
    smart_focus,
)
from postengine.render.video.frame import Frame
from postengine.render.video.limits import VideoLimits
from postengine.render.video.plan.camera import Camera, camera
from postengine.render.video.spec import PhotoScene

from .cutting import Cutter
from .kernel import Kernel
from .moving import CLOSENESS

_LOOKS = 5
"""How many instants of a scene are looked at, for how bright it is beneath the texts."""

_LOOK = 4
"""They are looked at in a quarter of the video's width: every fourth pixel as it is, none averaged."""

_GLANCE_PX = 128


@dataclass(frozen=True)
class ReadyPhoto:
    """A photo in memory, with its windows measured in its own pixels.

    Attributes:
        planes: Of what the camera sees of it.
        camera: Over those.
        looks: What is seen at several instants, small.
    """

    planes: Frame
    camera: Camera
    looks: tuple[Image.Image, ...]


@dataclass(frozen=True)
class PhotoReader:
    """Reads photos for a video.

    Attributes:
        size: Of the video.
        paper: Colour under transparency.
        kernel: Converts colours.
        limits: Of pixels.
    """

    size: Size
    paper: str
    kernel: Kernel
    limits: VideoLimits

    def read(self, path: Path, scene: PhotoScene) -> ReadyPhoto:
        """Read the photo of a scene.

        Raises:
            PhotoUnreadable: It is gone, broken, no photo, too large or too small.
        """
        photo = open_photo(path, PhotoLimits(max_pixels=self.limits.photo_pixels))
        if scene.fit == "contain":
            focus: FocusChoice = "smart" if scene.focus == "smart" else Focus(*scene.focus)
            return self._standing(fitted(photo, self.size, fit="blur-fill", focus=focus, paper=self.paper))
        decoded = decode(photo, [self._wanted(photo, scene)])
        point = self._focus(decoded, scene)
        view = camera(scene.move, decoded.upright, self.size, point)
        if not view.moves:
            return self._standing(fitted(decoded, self.size, focus=point, paper=self.paper))
        return self._moving(decoded, view)

    def _wanted(self, photo: Photo, scene: PhotoScene) -> Size:
        """Return how large the whole photo is wanted."""
        view = camera(scene.move, photo.upright, self.size)  # its windows are as large about any focus
        closeness = CLOSENESS if view.moves else 1.0
        return _times(photo.upright, closeness * self.size.width / view.closest_px)

    def _focus(self, decoded: Decoded, scene: PhotoScene) -> Focus:
        if scene.focus != "smart":
            return Focus(*scene.focus)
        glance = _times(decoded.upright, min(_GLANCE_PX / max(decoded.upright), 1.0))
        return smart_focus(fitted(decoded, glance), self.size)

    def _standing(self, picture: Image.Image) -> ReadyPhoto:
        whole = Region(0, 0, *picture.size)
        look = picture.resize(self._look_size, Image.Resampling.NEAREST)
        return ReadyPhoto(self.kernel.planes(np.asarray(picture)), Camera(whole, whole), (look,))

    def _moving(self, decoded: Decoded, view: Camera) -> ReadyPhoto:
        seen = _whole_pixels(view.bounds, decoded.upright)
        cutter = Cutter(decoded, self.paper)
        windows = (view.window(number, _LOOKS) for number in range(_LOOKS))
        looks = tuple(cutter.picked(window, self._look_size) for window in windows)
        return ReadyPhoto(cutter.planes(seen, self.kernel), view.shifted(-seen.x, -seen.y), looks)

    @property
    def _look_size(self) -> Size:
        return Size(max(self.size.width // _LOOK, 1), max(self.size.height // _LOOK, 1))


def _whole_pixels(region: Region, source: Size) -> Region:
    """Return the region with whole sides around another, of even width and height."""
    left, right = _whole_side(region.x, region.right, source.width)
    top, bottom = _whole_side(region.y, region.bottom, source.height)
    return Region(left, top, right - left, bottom - top)


def _whole_side(begin: float, end: float, length: int) -> tuple[int, int]:
    first, last = max(math.floor(begin), 0), min(math.ceil(end), length)
    if (last - first) % 2 == 0:
        return first, last
    if last < length:
        return first, last + 1
    return (first - 1, last) if first > 0 else (first, last - 1)


def _times(size: Size, scale: float) -> Size:
    return Size(max(math.ceil(size.width * scale), 1), max(math.ceil(size.height * scale), 1))
