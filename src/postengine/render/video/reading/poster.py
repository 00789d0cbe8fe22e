"""One picture that stands for a video: sharp, settled, and not its end card."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from postengine.render.image.photo import RgbPixels, encode_jpeg

from .pictures import OpenVideo, opened

_CANDIDATES = 9
_FROM, _TO = 0.08, 0.74
"""Which part of a video is looked at: before it, texts are still to come; after it, the end card has."""
_LATER = 5
"""A picture is compared with the one so many frames later."""
_CALM = 2.0
"""A picture that changes more than so many times the usual is within a transition."""
_STILL = 2.0
"""A mean change below so many levels of 255 is none at all."""
_LOOKED_AT_PX = 480


class _Candidate(NamedTuple):
    pixels: RgbPixels
    sharpness: float
    change: float


def poster(path: Path, at_s: float | None = None) -> bytes:
    """Return one picture of a video as JPEG bytes.

    Without an instant it is the sharpest (variance of the Laplacian) of nine from the first three quarters,
    leaving out those that change much more than the others: they are within a transition.

    Args:
        path: An MP4, MOV, MKV or WebM file.
        at_s: When it is shown, in seconds.

    Raises:
        MediaUnreadable: It is none, or is damaged.
        VideoInvalid: The video is shorter.
    """
    with opened(path) as video:
        return encode_jpeg(_best(video) if at_s is None else video.picture(at_s))


def _best(video: OpenVideo) -> RgbPixels:
    candidates = list(_candidates(video))
    calm = max(_CALM * float(np.median([one.change for one in candidates])), _STILL)
    return max((one for one in candidates if one.change <= calm), key=lambda one: one.sharpness).pixels


def _candidates(video: OpenVideo) -> Iterator[_Candidate]:
    for share in np.linspace(_FROM, _TO, _CANDIDATES):
        frames = list(islice(video.frames_from(share * video.info.duration_s), _LATER + 1))
        first, last = _grey(frames[0]), _grey(frames[-1])
        change = float(np.abs(first - last).mean())
        yield _Candidate(video.upright(frames[0]), _sharpness(first), change)


def _grey(frame: VideoFrame) -> NDArray[np.float32]:
    """Return the light of a picture, made small: fine noise is no sharpness."""
    width = min(frame.width, _LOOKED_AT_PX)
    small = frame.reformat(width=width, height=max(frame.height * width // frame.width, 1), format="gray")
    return small.to_ndarray().astype(np.float32)


def _sharpness(grey: NDArray[np.float32]) -> float:
    inner = grey[1:-1, 1:-1]
    around = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:]
    return float((around - 4 * inner).var()) if inner.size else 0.0
