"""A stage for composing without encoding."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from postengine.render.image import Drawer, Region, Renderer
from postengine.render.video.frame import Frame
from postengine.render.video.frames.composing import composed
from postengine.render.video.frames.kernel import Kernel, best_kernel
from postengine.render.video.limits import VideoLimits
from postengine.render.video.plan import TimedScene, timing_of
from postengine.render.video.spec import VideoSpec


@dataclass(frozen=True)
class BareStage:
    """What the composer asks for, for videos without clips."""

    pictures: Mapping[str, Path]
    drawer: Drawer = field(default_factory=Renderer)
    kernel: Kernel = field(default_factory=best_kernel)
    limits: VideoLimits = field(default_factory=VideoLimits)
    safe: Region = field(default_factory=lambda: Region(0, 0, 1080, 1920))

    def open_clip(self, timed: TimedScene) -> Generator[Frame]:
        """Refuse: there are none."""
        raise NotImplementedError(timed)

    def glance_at(self, timed: TimedScene) -> Generator[Frame]:
        """Refuse: there are none."""
        raise NotImplementedError(timed)


def frames_of(spec: VideoSpec, pictures: Mapping[str, Path]) -> Iterator[Frame]:
    """Compose a video."""
    return composed(spec, timing_of(spec, {}), BareStage(pictures))
