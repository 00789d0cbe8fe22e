"""What can go wrong in drawing.

RenderError
├─ FontMissing           no font has a glyph for `characters`, or a font file is absent
├─ TextDoesNotFit        + text, box, needed_px
├─ PictureMissing        a tree names a picture nobody handed over: + key
├─ DrawingFailed         the drawing engine refused what we built
├─ PhotoUnreadable       + path, reason
├─ FfmpegMissing         + program
├─ FfmpegFailed          + returncode, stderr_tail
│  ├─ FfmpegStalled      took no frame for too long and was killed            retryable
│  └─ FfmpegKilled       somebody else killed it (a signal)                   retryable
├─ VideoInvalid          the written video is not what was asked for          retryable
└─ RenderOutOfSpace      the disk is full: + path                             retryable
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from postengine.errors import PostEngineError


class RenderError(PostEngineError):
    """A picture or a video could not be drawn."""


class FontMissing(RenderError):
    """No font of the chain can draw these characters.

    Attributes:
        characters: The characters without a glyph, each once, in their order; empty if a file is absent.
    """

    def __init__(self, message: str, *, characters: str = "") -> None:
        super().__init__(message)
        self.characters = characters


class TextDoesNotFit(RenderError):
    """A text overruns its box even at its smallest size.

    Attributes:
        text: What was to be set.
        box: Width and height of the box in pixels.
        needed_px: Its height in pixels at the smallest size (its width, if one word is too wide).
    """

    def __init__(self, text: str, *, box: tuple[float, float], needed_px: float) -> None:
        super().__init__(
            f"Expected a text that fits {box[0]:.0f}x{box[1]:.0f} px, got {text!r}, "
            f"which needs {needed_px:.0f} px; shorten it."
        )
        self.text = text
        self.box = box
        self.needed_px = needed_px


class PictureMissing(RenderError):
    """A drawing needs a picture that was not handed over.

    Attributes:
        key: The picture's name.
    """

    def __init__(self, key: str) -> None:
        super().__init__(f"Expected a picture under {key!r}, got none; hand it over with the others.")
        self.key = key


class DrawingFailed(RenderError):
    """The drawing engine refused a tree that this package built."""


class PhotoUnreadable(RenderError):
    """A photo cannot be used.

    Attributes:
        path: The photo.
        reason: What is wrong with it, a few words.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Expected a readable photo, got {path.name!r}: {reason}; send it again or choose another."
        )
        self.path = path
        self.reason = reason


class FfmpegMissing(RenderError):
    """The ffmpeg program cannot be started.

    Attributes:
        program: The path that was tried.
    """

    def __init__(self, program: str) -> None:
        super().__init__(
            f"Expected an ffmpeg program, found none at {program!r}; install postengine[video] or name one."
        )
        self.program = program


class FfmpegFailed(RenderError):
    """ffmpeg ended without making the video.

    Attributes:
        returncode: Its exit code; negative for a signal.
        stderr_tail: The last lines it wrote.
    """

    def __init__(self, message: str, *, returncode: int, stderr_tail: str) -> None:
        super().__init__(message)
        self.returncode = returncode
        self.stderr_tail = stderr_tail


class FfmpegStalled(FfmpegFailed):
    """ffmpeg took no frame for too long and was killed."""

    retryable: ClassVar[bool] = True


class FfmpegKilled(FfmpegFailed):
    """ffmpeg was ended by a signal that this package did not send (the kernel out of memory, an operator)."""

    retryable: ClassVar[bool] = True


class VideoInvalid(RenderError):
    """The file that ffmpeg wrote, or that was to be read, is not the expected video.

    Attributes:
        path: The file.
        reason: What was expected and what came.
    """

    retryable: ClassVar[bool] = True

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"Expected a whole video in {path.name!r}: {reason}; render it again.")
        self.path = path
        self.reason = reason


class RenderOutOfSpace(RenderError):
    """The disk is full; nothing was left behind.

    Attributes:
        path: The file that was to be written.
    """

    retryable: ClassVar[bool] = True

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Expected room to write {path.name!r}, got a full disk; free some space and try again."
        )
        self.path = path
