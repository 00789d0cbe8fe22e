"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

HEAD_BYTES = 512
"""How much of a file `kind_of` looks at."""

_SIGNS = (
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (8, b"WEBP", "WEBP"),
    (0, b"II*\x00", "TIFF"),
    (0, b"MM\x00*", "TIFF"),
    (0, b"BM", "BMP"),
    (0, b"GIF8", "GIF"),
    (0, b"%PDF", "PDF"),
    (0, b"8BPS", "Photoshop file"),
    (0, b"\x00\x00\x01\x00", "icon"),
)
_BRANDS = {
    b"avif": "AVIF",
    b"avis": "AVIF",
    b"heic": "HEIC",
    b"heix": "HEIC",
    b"heim": "HEIC",
    b"heis": "HEIC",
    b"hevc": "HEIC",
    b"hevx": "HEIC",
}
_NEUTRAL_BRANDS = frozenset({b"mif1", b"msf1", b"miaf"})
_MARKUP = ((b"<svg", "SVG"), (b"<html", "HTML"), (b"<!doctype html", "HTML"))


def kind_of(head: bytes) -> str:
    """Return `JPEG`, `PNG`, `WEBP`, `AVIF`, `HEIC`, `TIFF`, `BMP`, `GIF`, `SVG`, `HTML` …, or nothing.

    >>> kind_of(b"GIF89a"), kind_of(b"hello")
    ('GIF', '')
    """
    for offset, sign, kind in _SIGNS:
        if head.startswith(sign, offset):
            return kind
    if head[4:8] == b"ftyp":
        return _kind_of_boxes(head)
    lowered = head.lower()
    return next((kind for sign, kind in _MARKUP if sign in lowered), "")


def _kind_of_boxes(head: bytes) -> str:
    """Tell AVIF from HEIC by the brands of an ISO media file; a neutral first brand defers to the others."""
    end = min(int.from_bytes(head[:4], "big"), len(head))
    first, others = head[8:12], [head[at : at + 4] for at in range(16, end, 4)]
    brands = [*others, first] if first in _NEUTRAL_BRANDS else [first]
    return next((_BRANDS[brand] for brand in brands if brand in _BRANDS), "")
