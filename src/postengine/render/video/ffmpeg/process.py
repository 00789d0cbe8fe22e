"""Running ffmpeg: fed through its standard input, or drained through its standard output."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from postengine.render.video.limits import VideoLimits

from .child import Child, running
from .pipes import Outgoing, fill

if TYPE_CHECKING:
    from typing_extensions import Buffer  # in collections.abc from Python 3.12 on

_BLOCK_BYTES = 64 * 1024


def fed(
    program: str,
    arguments: list[str],
    chunks: Iterable[Iterable[Buffer]],
    *,
    limits: VideoLimits,
    out: Path,
    on_chunk: Callable[[int], None] | None = None,
) -> str:
    """Run ffmpeg and write chunks to its standard input.

    Whatever is raised meanwhile, by the chunks or by `on_chunk` too, ffmpeg and what it started are killed at
    once. They also end when this process does.

    Args:
        program: Path of ffmpeg.
        arguments: Without the program; they read `pipe:0`, and write `out`.
        chunks: One after the other, each of contiguous buffers such as the planes of a frame; they may be
            changed again when the next chunk is asked for.
        limits: How long ffmpeg may take nothing, and how much it may write.
        out: A temporary name: a failure leaves a part behind.
        on_chunk: Called after each chunk with how many are written.

    Returns:
        The last 64 KiB of its standard error.

    Raises:
        FfmpegMissing: It cannot be started.
        FfmpegStalled: It took nothing, or at the end wrote nothing, for `limits.stall_s`.
        FfmpegKilled: A signal ended it.
        FfmpegFailed: It gave up.
        RenderOutOfSpace: The disk is full.
        MediaTooLarge: `out` would be larger than `limits.output_bytes`.
    """
    with running(program, arguments, pipe="stdin", limits=limits, out=out) as child:
        for number, chunk in enumerate(chunks, 1):
            if not _write(child, Outgoing(chunk)):
                return child.finish(has_all=False)
            if on_chunk is not None:
                on_chunk(number)
        return child.finish()


def drained(
    program: str, arguments: list[str], *, frame_bytes: int, limits: VideoLimits
) -> Generator[bytearray]:
    """Run ffmpeg and yield what it writes to its standard output, in whole frames.

    Closing the generator kills ffmpeg; it also ends when this process does.

    Args:
        program: Path of ffmpeg.
        arguments: Without the program; they write `pipe:1`.
        frame_bytes: Size of a frame.
        limits: How long ffmpeg may give nothing.

    Yields:
        Frames, each in memory of its own.

    Raises:
        FfmpegMissing: It cannot be started.
        FfmpegStalled: It gave nothing for `limits.stall_s`.
        FfmpegKilled: A signal ended it.
        FfmpegFailed: It gave up, or ended within a frame.
    """
    with running(program, arguments, pipe="stdout", limits=limits) as child:
        while True:
            frame = bytearray(frame_bytes)
            read = _read(child, memoryview(frame))
            if read < frame_bytes:
                child.finish(has_all=read == 0)
                return
            yield frame


def told(program: str, arguments: list[str], *, limits: VideoLimits) -> str:
    """Run ffmpeg and return all that it writes to its standard output, such as a list of what it can do.

    Raises:
        FfmpegMissing: It cannot be started.
        FfmpegStalled: It said nothing for `limits.stall_s`.
        FfmpegKilled: A signal ended it.
        FfmpegFailed: It gave up.
    """
    heard = bytearray()
    block = memoryview(bytearray(_BLOCK_BYTES))
    with running(program, arguments, pipe="stdout", limits=limits) as child:
        while read := _read(child, block):
            heard += block[:read]
        child.finish()
    return heard.decode(errors="replace")


def _write(child: Child, chunk: Outgoing) -> bool:
    """Write all of a chunk; return False if nobody reads any more."""
    while chunk:
        try:
            chunk.write_to(child.pipe)
        except BlockingIOError:
            child.wait_for_pipe()
        except BrokenPipeError:
            return False
    return True


def _read(child: Child, space: memoryview) -> int:
    """Fill `space`; return how many bytes came, fewer only at the end."""
    read = 0
    while read < len(space):
        try:
            came = fill(child.pipe, space[read:])
        except BlockingIOError:
            child.wait_for_pipe()
            continue
        if came == 0:
            break
        read += came
    return read
