"""What the composer needs from around it: who draws, who moves pixels, where the files are."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Protocol

from postengine.render.image.geometry import Region
from postengine.render.image.renderer import Drawer
from postengine.render.video.frame import Frame
from postengine.render.video.limits import VideoLimits
from postengine.render.video.plan import TimedScene

from .kernel import Kernel


class Stage(Protocol):
    """All that is not in the spec."""

    @property
    def drawer(self) -> Drawer:
        """Draws layers, captions and cards."""
        ...

    @property
    def pictures(self) -> Mapping[str, Path]:
        """Photos, and the pictures of all trees, by name."""
        ...

    @property
    def kernel(self) -> Kernel:
        """Moves and blends pixels."""
        ...

    @property
    def limits(self) -> VideoLimits:
        """On photos."""
        ...

    @property
    def safe(self) -> Region:
        """Where captions may stand."""
        ...

    def open_clip(self, timed: TimedScene) -> Generator[Frame]:
        """Return the frames of a clip's scene, one for each of its span; the composer closes it."""
        ...

    def glance_at(self, timed: TimedScene) -> Generator[Frame]:
        """Return a few frames of a clip's scene in a small size, from its beginning to its end."""
        ...
