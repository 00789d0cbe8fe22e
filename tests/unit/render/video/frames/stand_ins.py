"""A stage for the composer, both kernels, and pictures with detail of all sizes."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from postengine.render.image.geometry import Region
from postengine.render.image.renderer import Drawer
from postengine.render.video.frame import Frame
from postengine.render.video.frames.kernel import Kernel
from postengine.render.video.frames.kernel.opencv import OpencvKernel
from postengine.render.video.frames.kernel.plain import PlainKernel
from postengine.render.video.limits import VideoLimits
from postengine.render.video.plan import TimedScene

KERNELS: tuple[Kernel, ...] = (OpencvKernel(), PlainKernel())


@dataclass
class FakeStage:
    """A stage whose clips are given."""

    drawer: Drawer
    pictures: Mapping[str, Path] = field(default_factory=dict[str, Path])
    kernel: Kernel = KERNELS[0]
    limits: VideoLimits = field(default_factory=VideoLimits)
    safe: Region = field(default_factory=lambda: Region(8, 8, 80, 144))
    clips: Mapping[int, Generator[Frame]] = field(default_factory=dict[int, Generator[Frame]])
    glances: Mapping[int, Generator[Frame]] = field(default_factory=dict[int, Generator[Frame]])

    def open_clip(self, timed: TimedScene) -> Generator[Frame]:
        return self.clips[timed.number]

    def glance_at(self, timed: TimedScene) -> Generator[Frame]:
        yield from self.glances[timed.number]


def detailed(size: tuple[int, int], seed: int = 0) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    rng = np.random.default_rng(seed)
    total = np.full((size[1], size[0], 3), 128.0)
    for cells, strength in ((4, 50.0), (16, 25.0), (64, 12.0)):
        coarse = (rng.normal(0, strength, (cells, cells, 3)) + 128).clip(0, 255).astype(np.uint8)
        total += np.asarray(Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC), np.float64) - 128
    return total.clip(0, 255).astype(np.uint8)
