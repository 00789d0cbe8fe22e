"""What can go wrong in drawing.

RenderError
├─ NodeRefused           something that a node of a tree asks for cannot be: + path
│  ├─ FontMissing        no font has a glyph: + text, script
│  ├─ FontUnknown        a style names a family that is not there: + family, known
│  ├─ FontUnreadable     a font file is junk, cut short or absent: + name, reason
│  ├─ TextDoesNotFit     + text, box, needed_px
│  ├─ PictureMissing     a tree names a picture nobody handed over: + key
│  ├─ PhotoUnreadable    + file, reason
│  ├─ SvgUnsafe          a drawing with scripts, references to elsewhere, or out of bounds: + reason
│  ├─ ContrastUnreachable  a scrim's colour cannot make a text readable
│  └─ DrawingFailed      the drawing engine refused what we built
├─ StyleInvalid          a tree that cannot be drawn: + problems (path, message)
├─ SatoriInvalid         an element tree that Satori could not have drawn: + path, reason
├─ InputMissing          a template needs what the listing lacks: + template, field
├─ TemplateUnknown       no template of that name: + name, known
├─ TemplateInvalid       a user's template file is wrong: + file, problems (path or line, message)
├─ DrawingTimedOut       an isolated drawing took too long and was killed: + limit_s
├─ DrawingCrashed        the process that drew it ended: + reason, returncode
│  └─ DrawingKilled      somebody else killed it (a signal)                   retryable
├─ OutputTooLarge        even the lowest quality is above the size asked for: + max_bytes, least_bytes
├─ VideoSpecInvalid      a described video that cannot be: + problems (path, message)
├─ MediaUnreadable       a clip or a sound file cannot be used: + path, reason
├─ MediaTooLarge         a clip, a sound or the video is beyond a limit: + what, limit
├─ RenderCancelled       the caller stopped it: + frame
├─ FfmpegMissing         + program
├─ FfmpegUnfit           it lacks a codec or a filter: + program, lacks
├─ FfmpegFailed          + returncode, stderr_tail
│  ├─ FfmpegStalled      took no frame for too long and was killed            retryable
│  └─ FfmpegKilled       somebody else killed it (a signal)                   retryable
├─ VideoInvalid          the written video is not what was asked for          retryable
└─ RenderOutOfSpace      the disk is full: + path                             retryable
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, NamedTuple

from postengine.errors import PostEngineError


class RenderError(PostEngineError):
    """A picture or a video could not be drawn.

    Every one travels between processes as it is, with its attributes.
    """

    def __reduce__(self) -> tuple[object, ...]:
        return _restored, (type(self), self.args, self.__dict__)


def _restored(
    kind: type[RenderError], args: tuple[object, ...], attributes: dict[str, object]
) -> RenderError:
    """Return an error without calling its `__init__`, which takes other arguments than `args`."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(attributes)
    return error


class NodeRefused(RenderError):
    """Something that a node of a tree asks for is not there, or cannot be drawn.

    Attributes:
        path: The node, such as `root.children[2]`; None where that is not known, or where there is no tree.
    """

    path: str | None = None

    def __str__(self) -> str:
        message = super().__str__()
        return f"{self.path}: {message}" if self.path else message


class FontMissing(NodeRefused):
    """No font of the set can draw these characters.

    Attributes:
        text: The characters without a glyph, each once, in their order.
        script: Their script such as "Arabic", or what kind they are; several joined by commas.
        remedy: What to do, a few words.
    """

    def __init__(self, text: str, script: str, *, remedy: str = "hand over a font that has them") -> None:
        super().__init__(f"Expected a font that can draw {text!r} ({script}), found none; {remedy}.")
        self.text = text
        self.script = script
        self.remedy = remedy

    @property
    def characters(self) -> str:
        """The same as `text`."""
        return self.text


class FontUnknown(NodeRefused):
    """A style names a font family that is not there.

    Attributes:
        family: What the style says.
        known: The families that are there.
    """

    def __init__(self, family: str, known: tuple[str, ...]) -> None:
        names = ", ".join(known) or "none"
        super().__init__(
            f"Expected one of the font families {names}, got {family!r}; choose one or hand the font over."
        )
        self.family = family
        self.known = known


class FontUnreadable(NodeRefused):
    """A font file cannot be used.

    Attributes:
        name: Of the file, or of the family if it came as bytes.
        reason: What is wrong with it, a few words.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"Expected a font file (ttf, otf, woff2), got {name!r}: {reason}; install or export it again."
        )
        self.name = name
        self.reason = reason


class TextDoesNotFit(NodeRefused):
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


class PictureMissing(NodeRefused):
    """A drawing needs a picture that was not handed over.

    Attributes:
        key: The picture's name.
    """

    def __init__(self, key: str) -> None:
        super().__init__(f"Expected a file under {key!r}, got none; hand it over with the others.")
        self.key = key


class Problem(NamedTuple):
    """What is wrong at one place of a tree.

    Attributes:
        path: The place, such as `root.children[2].style.gap`.
        message: What was expected, what came, and what to do.
    """

    path: str
    message: str


def _first(problems: tuple[tuple[str, str], ...]) -> str:
    """Return the first three problems, and how many more there are."""
    told = [f"{where}: {message.rstrip('.')}" for where, message in problems[:3]]
    if len(problems) > len(told):
        told.append(f"and {len(problems) - len(told)} more")
    return "; ".join(told)


class StyleInvalid(RenderError):
    """A tree is not one that can be drawn.

    Attributes:
        problems: One or more, in the order of the tree; the message tells the first three.
    """

    def __init__(self, problems: tuple[tuple[str, str], ...]) -> None:
        super().__init__(f"{_first(problems)}.")
        self.problems = tuple(Problem(*problem) for problem in problems)

    @classmethod
    def one(cls, path: str, message: str) -> StyleInvalid:
        """Return the error of a single problem."""
        return cls(((path, message),))


class SatoriInvalid(RenderError):
    """An element tree is not one that React and Satori could have made.

    Attributes:
        path: Where the problem stands, such as `root.children[2].style`.
        reason: What was expected and what came.
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"Expected an element at {path}: {reason}; hand over the tree as plain JSON.")
        self.path = path
        self.reason = reason


class InputMissing(RenderError):
    """A template cannot do without something that the listing lacks.

    Attributes:
        template: Its name.
        field: Of the listing.
    """

    def __init__(self, template: str, field: str, needed: str) -> None:
        super().__init__(f"Expected {needed} for the template {template!r}, got none; give `{field}`.")
        self.template = template
        self.field = field


class TemplateUnknown(RenderError):
    """There is no template of that name.

    Attributes:
        name: What was asked for.
        known: The names there are.
    """

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        names = ", ".join(known) or "none yet"
        super().__init__(f"Expected one of the templates {names}, got {name!r}; choose one or add its file.")
        self.name = name
        self.known = known


class TemplateInvalid(RenderError):
    """A user's template file is wrong.

    Attributes:
        file: Its path.
        problems: One or more, each with where it is: `root.children[2].text` as the file has it, or `line 7`.
    """

    def __init__(self, file: Path, problems: tuple[tuple[str, str], ...]) -> None:
        super().__init__(f"Expected a template in {file.name!r}, got {_first(problems)}.")
        self.file = file
        self.problems = tuple(Problem(*problem) for problem in problems)


class ContrastUnreachable(NodeRefused):
    """A text cannot be read on its photo, however strong the scrim is; the path is the picture's."""

    def __init__(self, path: str, colour: str, contrast: float) -> None:
        super().__init__(
            f"Expected a scrim whose colour {colour} gives its texts a contrast of {contrast:g}, "
            "but even in full it does not; take a darker or lighter one."
        )
        self.path = path


class DrawingFailed(NodeRefused):
    """The drawing engine refused a tree that this package built."""


class DrawingTimedOut(RenderError):
    """A drawing in a child process took too long; the process was killed.

    Attributes:
        limit_s: How long it may take.
    """

    def __init__(self, limit_s: float) -> None:
        super().__init__(
            f"Expected a drawing within {limit_s:g} s, got none; make it simpler or allow it more time."
        )
        self.limit_s = limit_s


class DrawingCrashed(RenderError):
    """The child process that drew it ended.

    Attributes:
        reason: Why, a few words.
        returncode: Its exit code, negative for a signal; None if it ran out of memory and said so.
    """

    def __init__(self, reason: str, *, returncode: int | None = None) -> None:
        super().__init__(f"Expected a drawing, but the process that made it ended: {reason}.")
        self.reason = reason
        self.returncode = returncode


class DrawingKilled(DrawingCrashed):
    """The child process was ended by somebody else (the kernel out of memory, an operator)."""

    retryable: ClassVar[bool] = True


class PhotoUnreadable(NodeRefused):
    """A photo cannot be used.

    Attributes:
        file: The photo; None if it was handed over as bytes.
        reason: What is wrong with it, a few words.
    """

    def __init__(self, file: Path | None, reason: str) -> None:
        name = repr(file.name) if file else "bytes"
        super().__init__(f"Expected a readable photo, got {name}: {reason}; send it again or choose another.")
        self.file = file
        self.reason = reason


class SvgUnsafe(NodeRefused):
    """An SVG drawing could run something, fetch something, or exhaust the machine.

    Attributes:
        reason: What was found, a few words.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Expected a plain SVG drawing, got one that is unsafe: {reason}; export it as plain SVG."
        )
        self.reason = reason


class OutputTooLarge(RenderError):
    """A picture does not fit the size in bytes that was asked for.

    Attributes:
        max_bytes: What was allowed.
        least_bytes: What it takes at the lowest accepted quality.
    """

    def __init__(self, *, max_bytes: int, least_bytes: int) -> None:
        super().__init__(
            f"Expected a picture of at most {max_bytes} bytes, got {least_bytes} at the lowest quality; "
            "allow more bytes, ask for fewer pixels or for another format."
        )
        self.max_bytes = max_bytes
        self.least_bytes = least_bytes


class VideoSpecInvalid(RenderError):
    """A described video is not one that can be made.

    Attributes:
        problems: One or more; the message tells the first three.
    """

    def __init__(self, problems: tuple[tuple[str, str], ...]) -> None:
        super().__init__(f"{_first(problems)}.")
        self.problems = tuple(Problem(*problem) for problem in problems)


class MediaUnreadable(RenderError):
    """A clip or a sound file cannot be used.

    Attributes:
        path: The file.
        reason: What is wrong with it, a few words.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Expected a readable clip or sound, got {path.name!r}: {reason}; send it again or take another."
        )
        self.path = path
        self.reason = reason


class MediaTooLarge(RenderError):
    """A clip, a sound, or the video that is asked for is beyond a limit of the renderer.

    Attributes:
        what: Such as `the pixels of 'clip.mp4'`.
        limit: What is allowed.
    """

    def __init__(self, what: str, *, limit: float, got: float) -> None:
        super().__init__(
            f"Expected at most {limit:,.10g} in {what}, got {got:,.10g}; "
            "choose a smaller one or raise the limit."
        )
        self.what = what
        self.limit = limit


class RenderCancelled(RenderError):
    """The caller stopped a render; nothing was left behind.

    Attributes:
        frame: The number of frames that were done.
    """

    def __init__(self, frame: int) -> None:
        super().__init__(f"The render was cancelled after {frame} frames.")
        self.frame = frame


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


class FfmpegUnfit(RenderError):
    """The ffmpeg program was built without something that videos need.

    Attributes:
        program: The path that was tried.
        lacks: Encoders and filters, by ffmpeg's names.
    """

    def __init__(self, program: str, lacks: tuple[str, ...]) -> None:
        super().__init__(
            f"Expected an ffmpeg with {', '.join(lacks)}, but {program!r} was built without; "
            "install postengine[video], which brings a whole one, or name another program."
        )
        self.program = program
        self.lacks = lacks


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
