"""Pictures: where their bytes are, and how large they are by nature."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from io import BytesIO
from urllib.parse import unquote_to_bytes

from PIL import Image, UnidentifiedImageError

_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)]*?))\s*\)""")
_SIDE = re.compile(rb"""\b(width|height)\s*=\s*["']\s*([\d.]+)(?:px)?\s*["']""")
_VIEW = re.compile(rb"""viewBox\s*=\s*["']\s*([\d.eE+-]+)[\s,]+([\d.eE+-]+)[\s,]+([\d.]+)[\s,]+([\d.]+)""")


def bytes_of(source: str, images: Mapping[str, bytes]) -> tuple[str, bytes] | None:
    """Return media type (empty if unknown) and bytes of a picture: a data URI, or a name among `images`."""
    if source in images:
        return "", images[source]
    if not source.startswith("data:"):
        return None
    head, comma, body = source[5:].partition(",")
    if not comma:
        return None
    try:
        data = base64.b64decode(unquote_to_bytes(body)) if "base64" in head else unquote_to_bytes(body)
    except (binascii.Error, ValueError):
        return None
    return head.split(";")[0], data


def data_uri(media_type: str, data: bytes) -> str:
    """Return bytes as a data URI."""
    kind = media_type or media_type_of(data)
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def media_type_of(data: bytes) -> str:
    """Return the media type of a picture's bytes.

    Source: MIME Sniffing Standard, section 6.1.
    """
    for start, kind in ((b"\x89PNG", "png"), (b"\xff\xd8", "jpeg"), (b"GIF8", "gif")):
        if data.startswith(start):
            return f"image/{kind}"
    if data[8:12] == b"WEBP":
        return "image/webp"
    return "image/svg+xml" if b"<svg" in data[:2000] else "image/png"


def natural_size(data: bytes) -> tuple[float, float] | None:
    """Return width and height of a picture in pixels; None if it has none or is not readable."""
    if b"<svg" in data[:2000]:
        return _svg_size(data)
    try:
        with Image.open(BytesIO(data)) as image:
            return float(image.width), float(image.height)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None


def with_urls(value: str, images: Mapping[str, bytes]) -> tuple[str, tuple[str, ...]]:
    """Return CSS images with every url() as a data URI, and those whose bytes are not at hand."""
    missing: list[str] = []

    def inlined(found: re.Match[str]) -> str:
        source = found[1] or found[2] or found[3] or ""
        at_hand = bytes_of(source, images)
        if at_hand is None:
            missing.append(source)
            return found[0]
        return f'url("{data_uri(*at_hand)}")'

    return _URL.sub(inlined, value), tuple(missing)


def url_of(value: str) -> str | None:
    """Return the URL if the CSS images are one picture and nothing else."""
    found = _URL.fullmatch(value.strip())
    return (found[1] or found[2] or found[3] or "") if found else None


def _svg_size(data: bytes) -> tuple[float, float] | None:
    start = data.find(b"<svg")
    tag = data[start : data.find(b">", start) + 1]
    sides = {name: float(number) for name, number in _SIDE.findall(tag)}
    view = _VIEW.search(tag)
    if view and float(view[3]) and float(view[4]):
        ratio = float(view[4]) / float(view[3])
        width = sides.get(b"width", sides[b"height"] / ratio if b"height" in sides else float(view[3]))
        return width, sides.get(b"height", width * ratio)
    if len(sides) == 2 and all(sides.values()):
        return sides[b"width"], sides[b"height"]
    return None
