"""Parts of files as samples, with room on the disk for what is heard more than once."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO

from .decoding import decoded
from .parts import Part
from .samples import Samples, samples_in
from .settings import TrackSettings
from .spool import in_rounds


class Player:
    """Plays parts; within its block, the files that it keeps have no names, and end with the process.

    Args:
        settings: How ffmpeg is run.
        folder: Where there is room.
    """

    def __init__(self, settings: TrackSettings, folder: Path) -> None:
        self._settings = settings
        self._folder = folder
        self._files = ExitStack()

    def __enter__(self) -> Player:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.close()

    def play(self, part: Part) -> Generator[Samples]:
        """Return a part's samples as they are in its file; ffmpeg starts when the first are asked for."""
        count = part.end - part.first
        blocks = decoded(part.file, part.starts_s, count, self._settings)
        return in_rounds(blocks, self.spool()) if _may_end(part, count) else blocks

    def spool(self) -> IO[bytes]:
        """Return an empty file."""
        return self._files.enter_context(tempfile.TemporaryFile(dir=self._folder))


def _may_end(part: Part, count: int) -> bool:
    """Whether a part that loops may need another round; lengths of MP3 files are guesses."""
    seconds = part.file.seconds
    return part.loops and (seconds is None or samples_in(seconds - part.starts_s) < 2 * count)
