"""The files of the phone's web app, each with the headers that it is served with."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
_PAGE, _VERSIONED = "index.html", "files/"
_REMARKS = re.compile(rb"^\s*(?:/\*.*?\*/|//[^\n]*)\n|[ \t]+// [^\n\"'`]*$|^[ \t]+", re.MULTILINE | re.DOTALL)
"""Comments, and what lines are indented by: no phone needs to download them. A quotation mark behind `//` may
be the end of a text, so that such a comment stays."""
_ALWAYS_ASK, _FOR_EVER = "no-cache", "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class SiteFile:
    """One file as it is served."""

    content: bytes
    media_type: str
    etag: str
    cache_control: str


def read_site(folder: Traversable | None = None) -> Mapping[str, SiteFile]:
    """Return the files of the web app by their path below `/agent/`; the page's own is empty.

    All in `files/` is served below `files/VERSION/`, where the version is a hash over everything: such a file
    never changes, and a page and its modules are always of one version. In the page and the worker,
    `__VERSION__` is replaced by the version, and `__FILES__` by the paths in that folder, which the worker
    keeps.

    Args:
        folder: None takes the files that came with the package.
    """
    found = dict(_walk(folder if folder is not None else files("postengine.agent").joinpath("web")))
    version = _version_of(found)
    served = {_address(name, version): (name, content) for name, content in found.items()}
    kept = " ".join(sorted(name.removeprefix(_VERSIONED) for name in found if name.startswith(_VERSIONED)))
    words = {b"__VERSION__": version.encode(), b"__FILES__": kept.encode()}
    return {path: _file(name, content, words) for path, (name, content) in served.items()}


def _walk(folder: Traversable, above: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{above}{entry.name}/")
        elif (ending := PurePosixPath(entry.name).suffix) in _TYPES:
            content = entry.read_bytes()
            yield above + entry.name, _REMARKS.sub(b"", content) if ending in {".js", ".css"} else content


def _version_of(found: Mapping[str, bytes]) -> str:
    whole = hashlib.sha256()
    for name in sorted(found):
        whole.update(f"{name}:{hashlib.sha256(found[name]).hexdigest()}\n".encode())
    return whole.hexdigest()[:16]


def _address(name: str, version: str) -> str:
    if name.startswith(_VERSIONED):
        return f"{_VERSIONED}{version}/{name.removeprefix(_VERSIONED)}"
    return "" if name == _PAGE else name


def _file(name: str, content: bytes, words: Mapping[bytes, bytes]) -> SiteFile:
    if not name.startswith(_VERSIONED):
        for word, meaning in words.items():
            content = content.replace(word, meaning)
    return SiteFile(
        content=content,
        media_type=_TYPES[PurePosixPath(name).suffix],
        etag=f'"{hashlib.sha256(content).hexdigest()[:32]}"',
        cache_control=_FOR_EVER if name.startswith(_VERSIONED) else _ALWAYS_ASK,
    )
