"""Looking into a finished video with PyAV: what it is, and one picture of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import av
import av.error
import numpy as np

from postengine.render.errors import VideoInvalid
from postengine.render.image.photo import encode_jpeg

# A crafted file could make other demuxers open its neighbours.
_ONLY_MP4 = {"format_whitelist": "mov,mp4,m4a,3gp,3g2,mj2", "protocol_whitelist": "file"}


@dataclass(frozen=True)
class VideoInfo:
    """What a video is.

    Attributes:
        width: In pixels.
        height: In pixels.
        fps: Frames a second, on average.
        frames: Counted, since a file that is cut short still claims its full length.
        duration_s: Of the counted frames.
        has_audio: There is a sound track.
    """

    width: int
    height: int
    fps: float
    frames: int
    duration_s: float
    has_audio: bool


def probe(path: Path) -> VideoInfo:
    """Return what an MP4 is.

    Raises:
        VideoInvalid: It is none, or has no picture.
    """
    try:
        with av.open(str(path), options=_ONLY_MP4) as container:
            if not container.streams.video:
                raise VideoInvalid(path, "it has no pictures")
            stream = container.streams.video[0]
            frames = sum(1 for packet in container.demux(stream) if packet.size)
            fps = float(stream.average_rate or 0)
            duration_s = frames / fps if fps else 0.0
            return VideoInfo(
                stream.width, stream.height, fps, frames, duration_s, bool(container.streams.audio)
            )
    except (av.error.FFmpegError, OSError) as error:
        raise VideoInvalid(path, f"it cannot be read ({error})") from error


def poster(path: Path, at_s: float | None = None) -> bytes:
    """Return one frame as JPEG bytes.

    Args:
        path: An MP4.
        at_s: When it is shown, in seconds; None takes a third of the way, when a reel's texts have all come.

    Raises:
        VideoInvalid: The video cannot be read, or is shorter.
    """
    wanted_s = probe(path).duration_s / 3 if at_s is None else at_s
    try:
        with av.open(str(path), options=_ONLY_MP4) as container:
            for frame in container.decode(video=0):
                if (frame.time or 0.0) >= wanted_s:
                    return encode_jpeg(frame.to_ndarray(format="rgb24").astype(np.uint8))
    except (av.error.FFmpegError, OSError, IndexError) as error:
        raise VideoInvalid(path, f"it cannot be read ({error})") from error
    raise VideoInvalid(path, f"it is shorter than {wanted_s:g} s")
