"""Looking into a video with PyAV: what it is, by what it holds and not by what it claims."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
from av.audio.stream import AudioStream
from av.buffer import Buffer
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from postengine.render.errors import MediaTooLarge, MediaUnreadable
from postengine.render.video.limits import VideoLimits

from .boxes import read_boxes
from .info import Colour, SoundInfo
from .info import VideoInfo as VideoInfo
from .opening import opened_clip, pictures_in
from .packets import Packets, counted
from .turn import Turn, turn_of

_FULL_RANGE = 2
_SAME_RATE = Fraction(1, 200)


def probe(path: Path, limits: VideoLimits | None = None) -> VideoInfo:
    """Return what a video is. All of its packets are counted; only its first frame is decoded.

    Args:
        path: An MP4, MOV, MKV or WebM file.
        limits: Of bytes, seconds and pixels.

    Raises:
        MediaUnreadable: It is none, is cut short, or has no pictures that can be decoded.
        MediaTooLarge: It is, or claims to be, beyond a limit.
    """
    limits = limits or VideoLimits()
    with opened_clip(path, limits) as container:
        stream = _pictures(path, container)
        _require_modest(path, container, stream, limits)
        stream.codec_context.options = {"max_pixels": str(limits.clip_pixels)}
        packets = counted(path, container, stream)
        if packets.first is None:
            raise MediaUnreadable(path, "it has no pictures that can be decoded")
        return _info(path, container, stream, packets, packets.first)


def _pictures(path: Path, container: InputContainer) -> VideoStream:
    stream = pictures_in(path, container)
    if not _is_known(stream):
        raise MediaUnreadable(path, "its pictures are in a code that is not known here")
    return stream


def _is_known(stream: VideoStream | AudioStream) -> bool:
    """Whether there is a decoder; the type hints of PyAV do not say that there may be none."""
    return cast("object", stream.codec_context) is not None


def _require_modest(path: Path, container: InputContainer, stream: VideoStream, limits: VideoLimits) -> None:
    """Refuse what a file claims, before any of it is decoded."""
    pixels = stream.width * stream.height
    if pixels == 0:  # what is too large for it, the library measures as nothing
        raise MediaUnreadable(path, f"its pictures have no size, or more than {limits.clip_pixels} pixels")
    if pixels > limits.clip_pixels:
        raise MediaTooLarge(f"the pixels of {path.name!r}", limit=limits.clip_pixels, got=pixels)
    seconds = max(
        (container.duration or 0) / av.time_base, float((stream.duration or 0) * (stream.time_base or 0))
    )
    if seconds > limits.clip_s:
        raise MediaTooLarge(f"the seconds of {path.name!r}", limit=limits.clip_s, got=seconds)


def _info(
    path: Path, container: InputContainer, stream: VideoStream, packets: Packets, frame: VideoFrame
) -> VideoInfo:
    base = stream.time_base or Fraction(1, av.time_base)
    count = len(packets.pts)
    pace = packets.pace * base
    fps = _fps(stream, pace)
    begins_s = (container.start_time or 0) / av.time_base
    duration_s = max(float(packets.end * base) - begins_s, 0.0) if pace else count / fps
    codec, boxes = stream.codec_context, read_boxes(path)
    return VideoInfo(
        width=frame.width,
        height=frame.height,
        fps=fps,
        frames=count,
        duration_s=duration_s,
        codec=codec.codec.canonical_name,
        profile=codec.profile,
        pix_fmt=frame.format.name,
        colour=_colour(frame),
        turn=_turn(frame),
        sar=stream.sample_aspect_ratio or Fraction(1),
        is_interlaced=frame.interlaced_frame,
        is_vfr=not packets.is_even(base),
        is_closed_gop=packets.is_closed,
        bit_rate=round(packets.size_bytes * 8 / duration_s) if duration_s else 0,
        sounds=tuple(_sounds(container)),
        container="mp4" if "mp4" in container.format.name else "matroska",
        brand=boxes.brand,
        is_index_first=boxes.is_index_first,
        edit_lists=boxes.edit_lists,
        size_bytes=path.stat().st_size,
    )


def _fps(stream: VideoStream, pace: Fraction) -> float:
    """Return the average rate; as the file tells it, if that is what its rounded times say too."""
    told = stream.average_rate or stream.guessed_rate or Fraction(25)
    return float(told if not pace or abs(told * pace - 1) < _SAME_RATE else 1 / pace)


def _colour(frame: VideoFrame) -> Colour:
    return Colour(
        int(frame.color_primaries),
        int(frame.color_trc),
        int(frame.colorspace),
        int(frame.color_range) == _FULL_RANGE or frame.format.name.startswith("yuvj"),
    )


def _turn(frame: VideoFrame) -> Turn:
    matrix = frame.side_data.get("DISPLAYMATRIX")
    return turn_of(bytes(cast("Buffer", matrix))) if matrix is not None else Turn()


def _sounds(container: InputContainer) -> Iterator[SoundInfo]:
    for stream in container.streams.audio:
        if not _is_known(stream):
            yield SoundInfo("unknown", None, 0, 0, 0)
            continue
        codec = stream.codec_context
        yield SoundInfo(
            codec.codec.canonical_name, codec.profile, codec.sample_rate, codec.channels, codec.bit_rate or 0
        )
