"""How sharp a moment of a move is, beside the same window scaled by Lanczos."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from postengine.render.image.geometry import Size
from postengine.render.image.photo import fitted, open_photo
from postengine.render.video.frames.kernel import best_kernel
from postengine.render.video.plan.camera import camera
from postengine.render.video.spec import Move, PhotoScene, Transition, VideoSpec

from .stage import frames_of

_VIDEO = Size(1080, 1920)
_FRAMES = 60
_MOMENTS = (0, 30, 59)


def sharpness_ratio(path: Path) -> float:
    """Return the least ratio of several moments of a push and a pan."""
    return min(_ratio(path, kind, moment) for kind in ("push_in", "pan_left") for moment in _MOMENTS)


def detail(y: NDArray[np.uint8]) -> float:
    """Return the variance of the Laplacian."""
    values = y.astype(np.float64)
    middle = values[1:-1, 1:-1]
    around = values[:-2, 1:-1] + values[2:, 1:-1] + values[1:-1, :-2] + values[1:-1, 2:]
    return float((around - 4 * middle).var())


def _ratio(path: Path, kind: str, moment: int) -> float:
    move = Move.model_validate({"kind": kind})
    scene = PhotoScene(source="photo", seconds=_FRAMES / 30, move=move)
    spec = VideoSpec(scenes=(scene,), transition=Transition(kind="cut"))
    ours = next(frame for at, frame in enumerate(frames_of(spec, {"photo": path})) if at == moment)
    return detail(ours.y) / detail(_by_lanczos(path, move, moment))


def _by_lanczos(path: Path, move: Move, moment: int) -> NDArray[np.uint8]:
    photo = open_photo(path)
    whole = fitted(photo, photo.upright)
    window = camera(move, photo.upright, _VIDEO).window(moment, _FRAMES)
    box = (window.x, window.y, min(window.right, whole.width), min(window.bottom, whole.height))
    scaled = whole.resize(_VIDEO, Image.Resampling.LANCZOS, box=box)
    return best_kernel().planes(np.asarray(scaled)).y
