"""Whether each frame of a file can be decoded, asked strictly."""

from __future__ import annotations

import re
from pathlib import Path

from postengine.render.errors import FfmpegFailed
from postengine.render.video.ffmpeg.process import drained
from postengine.render.video.limits import VideoLimits
from postengine.render.video.reading.opening import FORMATS, PROTOCOLS

_SIDE_PX = 16
_ONLY = ("-protocol_whitelist", PROTOCOLS, "-format_whitelist", FORMATS)
_WHO = re.compile(r"^(\[[^]]*] )+")
"""Which part of ffmpeg speaks, at the beginning of a line."""


def decoding_problem(path: Path, *, program: str, limits: VideoLimits) -> str | None:
    """Decode all pictures and all sound of a video; return what ffmpeg says at the first error.

    Without these flags ffmpeg conceals what is broken, and ends as if all was well.

    Raises:
        FfmpegMissing: It cannot be started.
        FfmpegStalled: It gave nothing for `limits.stall_s`.
        FfmpegKilled: A signal ended it.
    """
    arguments = [
        "-hide_banner",
        "-nostats",
        "-loglevel",
        "error",
        "-xerror",
        "-err_detect",
        "explode",
        *_ONLY,
    ]
    arguments += ["-i", f"file:{path.absolute()}"]
    # Tiny pictures come through the pipe, so that it is seen that ffmpeg goes on.
    arguments += ["-map", "0:V:0", "-vf", f"scale={_SIDE_PX}:{_SIDE_PX},format=gray"]
    arguments += ["-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"]
    arguments += ["-map", "0:a?", "-f", "null", "-"]
    try:
        for _ in drained(program, arguments, frame_bytes=_SIDE_PX * _SIDE_PX, limits=limits):
            pass
    except FfmpegFailed as error:
        if error.retryable:
            raise
        said = error.stderr_tail.strip() or "it said nothing"
        return _WHO.sub("", said.splitlines()[0])
    return None
