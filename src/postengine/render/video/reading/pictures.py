"""Single pictures of a finished video, by their time."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import chain, pairwise
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from PIL import Image

from postengine.render.errors import VideoInvalid
from postengine.render.image.photo import RgbPixels
from postengine.render.video.limits import VideoLimits

from .info import VideoInfo
from .opening import opened_clip, pictures_in
from .probe import probe

_SLACK_S = 1e-4
"""Times in files are whole numbers of some unit; a picture's may lie a little beside the asked one."""


def frame_at(path: Path, at_s: float) -> RgbPixels:
    """Return the picture that a video shows at an instant, upright and with square pixels.

    Args:
        path: An MP4, MOV, MKV or WebM file.
        at_s: In seconds, from 0.

    Raises:
        MediaUnreadable: It is none, or is damaged.
        VideoInvalid: The video is shorter.
    """
    with opened(path) as video:
        return video.picture(at_s)


class OpenVideo:
    """A video whose pictures are asked for one after the other.

    Attributes:
        info: What it is.
    """

    def __init__(self, path: Path, container: InputContainer, info: VideoInfo) -> None:
        self.info = info
        self._path, self._container = path, container
        self._stream = pictures_in(path, container)
        self._begins_s = float((self._stream.start_time or 0) * (self._stream.time_base or 0))

    def picture(self, at_s: float) -> RgbPixels:
        """Return what is shown at an instant.

        Raises:
            VideoInvalid: The video is shorter.
        """
        shown = next(self.frames_from(at_s), None)
        if shown is None or not 0 <= at_s < self.info.duration_s:
            raise VideoInvalid(
                self._path, f"it is to show something at {at_s:g} s, but lasts {self.info.duration_s:.2f} s"
            )
        return self.upright(shown)

    def frames_from(self, at_s: float) -> Iterator[VideoFrame]:
        """Yield all pictures from the one that is shown at an instant on; after the end, the last."""
        self._container.seek(round((max(at_s, 0.0) + self._begins_s) * av.time_base), backward=True)
        frames: Iterator[VideoFrame | None] = chain(self._container.decode(self._stream), [None])
        for frame, after in pairwise(frames):
            if frame is not None and (after is None or self._time_s(after) > at_s + _SLACK_S):
                yield frame

    def upright(self, frame: VideoFrame) -> RgbPixels:
        """Return the pixels of a picture as they are to be seen."""
        pixels = frame.to_ndarray(format="rgb24").astype(np.uint8, copy=False)
        if self.info.turn.is_mirrored:
            pixels = np.fliplr(pixels)
        pixels = np.ascontiguousarray(np.rot90(pixels, -self.info.turn.quarters))
        size = self.info.shown
        if pixels.shape[:2] == (size.height, size.width):
            return pixels
        return np.array(Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC))

    def _time_s(self, frame: VideoFrame) -> float:
        return (frame.time or 0.0) - self._begins_s


@contextmanager
def opened(path: Path) -> Generator[OpenVideo]:
    """Open a video for its pictures.

    Raises:
        MediaUnreadable: It is none, or is damaged; also for what cannot be decoded within the block.
    """
    info = probe(path)
    with opened_clip(path, VideoLimits()) as container:
        yield OpenVideo(path, container, info)
