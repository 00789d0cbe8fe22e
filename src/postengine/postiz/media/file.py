"""Looking at a file before it is uploaded: what Postiz would refuse is refused here, before 1 GB is sent."""

from __future__ import annotations

import hashlib
import os
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from postengine.postiz.errors import PostizMediaRefused

from .kind import HEAD_BYTES, FileKind, sniff

LARGEST_IMAGE_BYTES = 10_485_760
LARGEST_VIDEO_BYTES = 1_073_741_824

_PIECE_BYTES = 1_048_576


@dataclass(frozen=True)
class InspectedFile:
    """What a file is.

    Attributes:
        kind: Told from its bytes.
        size_bytes: Its length.
        sha256: In hexadecimal digits.
    """

    kind: FileKind
    size_bytes: int
    sha256: str


def inspect(file: Path | IO[bytes]) -> InspectedFile:
    """Read `file` from end to end, 1 MiB at a time, and check that it can be uploaded and posted.

    Args:
        file: A path, or a seekable file object in binary mode; it is left at its start.

    Raises:
        PostizMediaRefused: It is empty, too large, of a kind that Postiz does not take, or of one that it
            takes and never posts.
        OSError: It cannot be read.
    """
    with ExitStack() as stack:
        stream = stack.enter_context(file.open("rb")) if isinstance(file, Path) else file
        name = file.name if isinstance(file, Path) else "The file"
        size = stream.seek(0, os.SEEK_END)
        stream.seek(0)
        kind = _checked(sniff(stream.read(HEAD_BYTES)), size, name)
        stream.seek(0)
        digest = hashlib.sha256()
        while piece := stream.read(_PIECE_BYTES):
            digest.update(piece)
        stream.seek(0)
    return InspectedFile(kind, size, digest.hexdigest())


def _checked(kind: FileKind | None, size: int, name: str) -> FileKind:
    if size == 0:
        raise PostizMediaRefused(f"{name} is empty.", reason="empty")
    if kind is None:
        raise PostizMediaRefused(
            f"{name} is no JPEG, PNG, GIF, WebP or MP4 by its content; convert it "
            "(a .mov file or a WebM video to MP4, a PDF page to a picture).",
            reason="unsupported",
        )
    if not kind.can_be_attached:
        raise PostizMediaRefused(
            f"{name} is {kind.upper()}, which Postiz stores and attaches to no post; make it a JPEG or PNG.",
            reason="cannot_be_attached",
        )
    largest = LARGEST_VIDEO_BYTES if kind.is_video else LARGEST_IMAGE_BYTES
    if size > largest:
        raise PostizMediaRefused(
            f"{name} has {size} bytes; a {'video' if kind.is_video else 'picture'} may have {largest}.",
            reason="too_big",
        )
    return kind
