"""How evenly a picture moves: discs are followed through a video; what is off a smooth curve is shaking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

RADIUS_PX, APART_PX = 26.0, 250
"""Of the discs in the photo: with edges, as things have. Soft spots are what an encoder leaves standing."""

_DARK, _LIGHT = 50, 200
_REACH_PX = 30
_DEGREE = 7
"""Of the curve: an eased move is followed to a thousandth of a pixel, and shaking is not."""

Grey = NDArray[np.uint8]


def disc_photo(path: Path, size: tuple[int, int] = (4000, 3000)) -> None:
    """Write a photo of discs on a grid."""
    across, down = (_off(length) for length in size)
    inside = np.clip((RADIUS_PX - np.hypot(across[None, :], down[:, None])) / 3 + 0.5, 0, 1)
    pixels = np.rint(_DARK + (_LIGHT - _DARK) * inside).astype(np.uint8)
    Image.fromarray(pixels).convert("RGB").save(path, quality=95)


def grey_frames(video: Path) -> Iterable[Grey]:
    """Yield the brightness of each frame of a video."""
    with av.open(str(video)) as container:
        for frame in container.decode(video=0):
            yield np.asarray(frame.to_ndarray(format="gray"), dtype=np.uint8)


def jitter_px(frames: Iterable[Grey]) -> float:
    """Return by how much discs are off a smooth way, root mean square over all discs and both axes."""
    tracks = np.array(followed(frames))
    at = np.linspace(-1, 1, len(tracks))
    curves = np.polynomial.polynomial.polyvander(at, _DEGREE)
    flat = tracks.reshape(len(tracks), -1)
    fitted = curves @ np.linalg.lstsq(curves, flat, rcond=None)[0]
    return float(np.sqrt(np.mean((flat - fitted) ** 2)))


def followed(frames: Iterable[Grey]) -> Sequence[NDArray[np.float64]]:
    """Return where each disc stands in each frame: those that are seen from the first to the last."""
    tracks: list[NDArray[np.float64]] = []
    for frame in frames:
        near = tracks[-1] if tracks else _first(frame)
        tracks.append(np.array([_centre(frame, x, y) for x, y in near]))
    kept = ~np.isnan(np.array(tracks)).any(axis=(0, 2))
    return [track[kept] for track in tracks]


def _off(length: int) -> NDArray[np.float64]:
    """Return how far each pixel of a line is from the middle of its disc."""
    return np.asarray((np.arange(length) + 0.5) % APART_PX - APART_PX / 2, dtype=np.float64)


def _first(frame: Grey) -> NDArray[np.float64]:
    """Return where the discs of a frame stand."""
    found: list[tuple[float, float]] = []
    for y, x in np.argwhere(frame[::4, ::4] > (_DARK + _LIGHT) / 2) * 4.0:
        if all(abs(x - left) + abs(y - top) > 2 * _REACH_PX for left, top in found):
            found.append((x, y))
    for _ in range(3):  # each time nearer to the middle
        found = [_centre(frame, x, y) for x, y in found]
    return np.array(found)


def _centre(frame: Grey, x: float, y: float) -> tuple[float, float]:
    """Return the centre of brightness about a place; not a number if it is too near to the frame's edge."""
    if np.isnan(x):
        return x, y
    left, top = round(x) - _REACH_PX, round(y) - _REACH_PX
    part = frame[max(top, 0) : top + 2 * _REACH_PX + 1, max(left, 0) : left + 2 * _REACH_PX + 1]
    if part.shape != (2 * _REACH_PX + 1,) * 2 or min(left, top) < 0:
        return np.nan, np.nan
    weight = np.clip(part.astype(np.float64) - _DARK - 20, 0, None)
    total = weight.sum()
    if total == 0:
        return np.nan, np.nan
    places = np.arange(2 * _REACH_PX + 1)
    return left + float((weight.sum(axis=0) * places).sum() / total), top + float(
        (weight.sum(axis=1) * places).sum() / total
    )
