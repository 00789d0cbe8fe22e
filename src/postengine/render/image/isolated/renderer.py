"""The renderer whose drawings happen in child processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from postengine.render.image.draw import RgbaPixels
from postengine.render.image.geometry import Size
from postengine.render.image.layout import Layout
from postengine.render.image.output import Output
from postengine.render.image.renderer import Job, PictureSource, Renderer
from postengine.render.image.tree import Box, check

from .pool import Pool
from .wire import Beside

_Images = Mapping[str, PictureSource]


class IsolatedRenderer:
    """Draws as `Renderer` does, but no drawing can hang, crash or starve the process that asks for it.

    Threads may share it. It guards against trees and photos that break the drawing engine, not against
    hostile code. Close it, or use it in a `with` block; the children also end when this process does, however
    it ends.

    Args:
        processes: How many pictures are drawn at once; further ones wait in a line. One more than there are
            callers is a spare that takes over at once when a drawing crashes.
        limit_s: How long a drawing may take, once its turn has come.
        memory_mib: How much data a child may hold; a photo of 100 megapixels needs about 350.
        recycle_after: A child is replaced after so many drawings.
        recycle_mib: A child is replaced if it occupies more after a drawing.
        make: Makes the renderer in each child; a module's function or class, or a partial of one.
    """

    def __init__(
        self,
        *,
        processes: int = 1,
        limit_s: float = 10.0,
        memory_mib: int = 1024,
        recycle_after: int = 1000,
        recycle_mib: int = 400,
        make: Callable[[], Renderer] = Renderer,
    ) -> None:
        self._pool = Pool(
            make,
            processes=processes,
            limit_s=limit_s,
            memory_mib=memory_mib,
            recycle_after=recycle_after,
            recycle_mib=recycle_mib,
        )

    def start(self) -> None:
        """Start all children and wait until they are warm; without it, each starts at its first drawing.

        Raises:
            RenderError: The renderer could not be made.
        """
        self._pool.start()

    def render(
        self,
        tree: Box,
        size: Size | tuple[int, int],
        *,
        images: _Images | None = None,
        output: Output | None = None,
    ) -> bytes:
        """Draw a tree and write it, as `Renderer.render` does.

        Raises:
            DrawingTimedOut: It took too long.
            DrawingCrashed: The process that drew it ended.
            RenderError: As `Renderer` raised it.
        """
        check(tree)  # here too: one that is too deep could not travel
        answer = self._pool.call("render", tree, size, images=_settled(images), output=output)
        return cast("bytes", answer)

    def render_all(self, jobs: Sequence[Job], *, images: _Images | None = None) -> list[bytes]:
        """Draw several pictures of the same photos, as `Renderer.render_all` does; the limit is for all.

        Raises:
            RenderError: As in `render`.
        """
        for job in jobs:
            check(job.tree)
        return cast("list[bytes]", self._pool.call("render_all", list(jobs), images=_settled(images)))

    def pixels(self, tree: Box, size: Size | tuple[int, int], *, images: _Images | None = None) -> RgbaPixels:
        """Draw a tree and return its pixels, as `Renderer.pixels` does.

        Raises:
            RenderError: As in `render`.
        """
        check(tree)
        return cast("RgbaPixels", self._pool.call("pixels", tree, size, images=_settled(images)))

    def measure(self, tree: Box, size: Size | tuple[int, int], *, images: _Images | None = None) -> Layout:
        """Return where everything would stand, as `Renderer.measure` does.

        Raises:
            RenderError: As in `render`.
        """
        check(tree)
        return cast("Layout", self._pool.call("measure", tree, size, images=_settled(images)))

    def close(self) -> None:
        """End the children, once the drawings in hand are done; those that still wait are refused."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _settled(images: _Images | None) -> dict[str, Path | Beside]:
    """Return the pictures as a child finds them, wherever it was started."""
    given = images or {}
    return {name: it.absolute() if isinstance(it, Path) else Beside(it) for name, it in given.items()}
