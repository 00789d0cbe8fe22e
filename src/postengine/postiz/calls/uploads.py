"""Calls about media."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from pydantic import TypeAdapter

from postengine.postiz.call import UPLOAD_TIMEOUT_S, Call, FilePart
from postengine.postiz.models import Media

_MEDIA = TypeAdapter(Media)


def upload(file: Path | IO[bytes]) -> Call[Media]:
    """Upload a picture or a video; Postiz tells the kind from the bytes, not from the name."""
    name = file.name if isinstance(file, Path) else "upload"
    return Call(
        "POST",
        "/upload",
        _MEDIA.validate_json,
        file=FilePart(file, name),
        timeout_s=UPLOAD_TIMEOUT_S,
        is_write=True,
    )
