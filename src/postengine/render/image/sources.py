"""The pictures of a tree: what they are called, where their bytes are, and whether they are drawings."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote_to_bytes

from postengine.render.errors import NodeRefused, PhotoUnreadable, PictureMissing

from .photo import safe_svg
from .tree import Node, nodes, sources, style_sources, walk

PictureSource = Path | bytes
"""A picture handed over: a file, or its bytes."""

Pictures = Mapping[str, PictureSource]

_SVG_MARKS = (b"<svg", b"<?xml", b"<!--", b"<!doctype svg")


def sources_of(root: Node) -> Sequence[str]:
    """Return what the pictures, grounds and masks of a tree are called: names and data URIs, each once."""
    return tuple(dict.fromkeys(name for node in nodes(root) for name in sources(node)))


@contextmanager
def shown_in(root: Node, name: str) -> Generator[None]:
    """Give what is wrong with a picture the path of the first node that shows it."""
    try:
        yield
    except NodeRefused as error:
        error.path = next((path for path, node in walk(root) if name in sources(node)), None)
        raise


def ground_sources(root: Node) -> Sequence[str]:
    """Return the names among them that grounds and masks use; the engine reads data URIs itself."""
    names = (name for node in nodes(root) for name in style_sources(node.style))
    return tuple(dict.fromkeys(name for name in names if name[:5].lower() != "data:"))


def picture(pictures: Pictures, name: str) -> PictureSource:
    """Return a picture by its name, or what a data URI holds.

    Raises:
        PictureMissing: It was not handed over.
        PhotoUnreadable: The URI cannot be decoded.
    """
    if name[:5].lower() == "data:":
        return _from_data_uri(name)
    if name not in pictures:
        raise PictureMissing(name)
    return pictures[name]


def drawing(pictures: Pictures, name: str) -> bytes:
    """Return an SVG that can do no harm.

    Raises:
        SvgUnsafe: It would.
    """
    found = picture(pictures, name)
    return safe_svg(found.read_bytes() if isinstance(found, Path) else found)


def is_drawing(pictures: Pictures, name: str) -> bool:
    """Whether a picture is an SVG, which the engine draws itself.

    Raises:
        PictureMissing: There is none.
        PhotoUnreadable: Its file cannot be opened.
    """
    found = picture(pictures, name)
    if isinstance(found, Path):
        try:
            with found.open("rb") as file:
                head = file.read(256)
        except FileNotFoundError as error:
            raise PictureMissing(name) from error
        except OSError as error:
            raise PhotoUnreadable(found, f"it cannot be opened ({error.strerror})") from error
    else:
        head = found[:256]
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_SVG_MARKS)


def stamp(source: PictureSource) -> object:
    """Return what tells a picture from another of the same name; a file that was replaced is another."""
    if isinstance(source, bytes):
        return source
    try:
        facts = source.stat()
    except OSError:
        return source
    return source, facts.st_mtime_ns, facts.st_size


def _from_data_uri(uri: str) -> bytes:
    head, _, data = uri.partition(",")
    plain = unquote_to_bytes(data)
    if not head.lower().endswith(";base64"):
        return plain
    try:
        return base64.b64decode(plain, validate=True)
    except (binascii.Error, ValueError) as error:
        raise PhotoUnreadable(None, f"its data URI cannot be decoded ({error})") from error
