"""Calls about media."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from postengine.postiz.call import FETCH_TIMEOUT_S, UPLOAD_TIMEOUT_S, Call, FilePart, Progress
from postengine.postiz.models import Media


def upload(file: Path | IO[bytes], progress: Progress | None = None) -> Call[Media]:
    """Upload a picture or a video; Postiz tells the kind from the bytes, not from the name."""
    name = file.name if isinstance(file, Path) else "upload"
    return Call(
        "POST",
        "/upload",
        Media.model_validate_json,
        file=FilePart(file, name.encode("utf-8", "replace").decode(), progress),
        timeout_s=UPLOAD_TIMEOUT_S,
        is_write=True,
    )


def upload_from_url(url: str) -> Call[Media]:
    """Let Postiz fetch a file: https, a public host, and a path that ends in a known extension."""
    return Call(
        "POST",
        "/upload-from-url",
        Media.model_validate_json,
        json={"url": url},
        timeout_s=FETCH_TIMEOUT_S,
        is_write=True,
    )


def look_for_media(url: str) -> Call[None]:
    """Ask whether an uploaded file is still there; the API key is not sent along."""
    return Call("HEAD", "/media", lambda _: None, url=url, is_repeatable=True)
