"""How long it takes from the call to the first frame in the encoder."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path

from postengine.render import RenderCancelled
from postengine.render.video.renderer import Progress, VideoRenderer
from postengine.render.video.spec import VideoSpec


def first_frame_s(spec: VideoSpec, sources: Mapping[str, Path], out: Path) -> float:
    """Return the seconds on the wall, with a renderer that has drawn nothing yet; the render is cancelled."""
    cancel = threading.Event()
    came: list[float] = []

    def on_progress(progress: Progress) -> None:
        if progress.done and not came:
            came.append(time.perf_counter())
            cancel.set()

    renderer = VideoRenderer()
    began = time.perf_counter()
    try:
        renderer.render(spec, sources, out, on_progress=on_progress, cancel=cancel)
    except RenderCancelled:
        return came[0] - began
    raise RuntimeError("The render was over before it could be cancelled.")
