"""ffmpeg's command lines, built by ffmpeg-python; its lack of types does not leave this file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

# The package has no types or stubs, so strict checkers take no import statement.
_ffmpeg: Any = import_module("ffmpeg")

_STAND_INS = {0xDC00 + byte: 0x10FF00 + byte for byte in range(0x80, 0x100)}
_BYTES = {stand_in: byte for byte, stand_in in _STAND_INS.items()}
"""Of a file's name that is no UTF-8, as Python keeps them (PEP 383); ffmpeg-python cannot hash those."""

Option = str | int | float | None
"""A value of ffmpeg's; None is a flag without one."""


@dataclass(frozen=True)
class Stream:
    """Video or sound on its way through filters."""

    node: Any

    def filtered(self, name: str, *positional: Option, **named: Option) -> Stream:
        """Return what filter `name` makes of this stream."""
        return Stream(self.node.filter(name, *positional, **named))

    def split(self, count: int, *, sound: bool = False) -> tuple[Stream, ...]:
        """Return the same stream several times: a filter takes one only once."""
        copies = self.node.filter_multi_output("asplit" if sound else "split", count)
        return tuple(Stream(copies.stream(number)) for number in range(count))


@dataclass(frozen=True)
class Input:
    """An input with its streams."""

    node: Any

    @property
    def video(self) -> Stream:
        """Its pictures; a cover is none."""
        return Stream(self.node["V:0"])

    @property
    def sound(self) -> Stream:
        """Its first sound track."""
        return Stream(self.node["a:0"])


def opened(source: Path | str, **options: Option) -> Input:
    """Return an input: a file, `pipe:0`, or the description of a `lavfi` source."""
    return Input(_ffmpeg.input(str(source).translate(_STAND_INS), **options))


def joined(streams: Sequence[Stream], name: str, *positional: Option, **named: Option) -> Stream:
    """Return what a filter of several inputs makes of `streams`."""
    return Stream(_ffmpeg.filter([stream.node for stream in streams], name, *positional, **named))


def arguments(
    streams: Sequence[Stream], out: Path | str, options: dict[str, Option], *, said: str = "error"
) -> list[str]:
    """Return ffmpeg's arguments, without the program, that write `streams` to `out`, overwriting it.

    Args:
        streams: What is written.
        out: A file or `pipe:1`.
        options: Of the output.
        said: How much ffmpeg tells on its standard error: a level of its `-loglevel`.
    """
    name = str(out).translate(_STAND_INS)
    written = _ffmpeg.output(*(stream.node for stream in streams), name, **options)
    told = written.global_args("-hide_banner", "-nostats", "-loglevel", said)
    return [str(part).translate(_BYTES) for part in _ffmpeg.get_args(told, overwrite_output=True)]
