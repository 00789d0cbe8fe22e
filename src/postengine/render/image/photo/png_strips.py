"""Large PNGs, decoded strip by strip into a smaller picture: what `draft` does for JPEG, in bounded memory.

A PNG's rows are predicted from the row above. So each strip of the inflated stream is handed to Pillow as a
small PNG of its own, uncompressed, under one extra row: the last one of the strip before.

Source: PNG specification, third edition (W3C 2025), sections 9 and 10.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from PIL import Image
from PIL.PngImagePlugin import PngImageFile

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BYTES_PER_PIXEL = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_STRIP_BYTES = 4 * 1024 * 1024
_READ_BYTES = 64 * 1024
_MOST_EXIF_BYTES = 1024 * 1024


@dataclass(frozen=True)
class PngLayout:
    """What a PNG's header says of its rows.

    Attributes:
        width: In pixels.
        height: In pixels.
        pixel_bytes: Bytes of a pixel; 0 for pixels that are no whole bytes of 8 bits a sample.
        is_interlaced: Rows come in seven passes.
    """

    width: int
    height: int
    pixel_bytes: int
    is_interlaced: bool

    @property
    def has_strips(self) -> bool:
        """Whether the rows can be decoded in strips."""
        return self.pixel_bytes > 0 and not self.is_interlaced


def png_layout(file: IO[bytes]) -> PngLayout:
    """Read the header of a PNG; the file's position is kept."""
    at = file.tell()
    file.seek(len(_SIGNATURE) + 8)
    width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", file.read(13))
    file.seek(at)
    pixel_bytes = _BYTES_PER_PIXEL.get(colour, 0) if depth == 8 else 0
    return PngLayout(width, height, pixel_bytes, bool(interlace))


def exif_of_png(file: IO[bytes]) -> bytes:
    """Return the EXIF block of a PNG, wherever it stands, without decoding; nothing if it has none."""
    at = file.tell()
    found = b""
    for name, length in _chunks(file):
        if name == b"eXIf" and length <= _MOST_EXIF_BYTES:
            found = file.read(length)
            break
    file.seek(at)
    return found


def reduced_png(file: IO[bytes], factor: int, *, strip_bytes: int = _STRIP_BYTES) -> Image.Image:
    """Decode a PNG whose layout has strips to 1/`factor` of its size, each pixel the mean of those it covers.

    Args:
        file: From its start.
        factor: At least 1.
        strip_bytes: Inflated rows held at a time, about.

    Returns:
        L, RGB or RGBA, both sides rounded up.

    Raises:
        OSError: It ends too early.
        zlib.error: It is broken.
    """
    layout = png_layout(file)
    stride = layout.width * layout.pixel_bytes + 1
    rows = max(strip_bytes // (stride * factor), 1) * factor
    header, palette = _head_chunks(file)
    whole: Image.Image | None = None
    above = b""
    data = _Rows(file)
    for top in range(0, layout.height, rows):
        count = min(rows, layout.height - top)
        lines = data.read(count * stride)
        strip = _decoded(header, palette, layout.width, above, lines, count)
        skip = 1 if above else 0
        above = strip.crop((0, skip + count - 1, layout.width, skip + count)).tobytes()
        small = _averageable(strip).reduce(factor, (0, skip, layout.width, skip + count))
        if whole is None:
            whole = Image.new(small.mode, (-(-layout.width // factor), -(-layout.height // factor)))
        whole.paste(small, (0, top // factor))
    if whole is None:
        raise OSError("a PNG without rows")
    return whole


class _Rows:
    """The inflated rows of a PNG, read as a stream."""

    def __init__(self, file: IO[bytes]) -> None:
        self._packed = _image_data(file)
        self._inflate = zlib.decompressobj()

    def read(self, length: int) -> bytes:
        parts: list[bytes] = []
        while length:
            packed = self._inflate.unconsumed_tail or next(self._packed, b"")
            part = self._inflate.decompress(packed, length)
            if not part and not packed:
                raise OSError("image file is truncated")
            parts.append(part)
            length -= len(part)
        return b"".join(parts)


def _chunks(file: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Yield name and length of each chunk, the file standing at its content; broken ends end it."""
    at = len(_SIGNATURE)
    while True:
        file.seek(at)
        head = file.read(8)
        if len(head) < 8 or head[4:] == b"IEND":
            return
        length = int.from_bytes(head[:4], "big")
        yield head[4:], length
        at += 12 + length


def _image_data(file: IO[bytes]) -> Iterator[bytes]:
    for name, length in _chunks(file):
        if name == b"IDAT":
            for start in range(0, length, _READ_BYTES):
                yield file.read(min(_READ_BYTES, length - start))


def _head_chunks(file: IO[bytes]) -> tuple[bytes, bytes]:
    """Return the five bytes of the header after the size, and palette and transparency as they stand."""
    header, kept = b"", b""
    for name, length in _chunks(file):
        if name == b"IDAT":
            break
        if name == b"IHDR":
            header = file.read(length)[8:13]
        if name in {b"PLTE", b"tRNS"}:
            kept += _chunk(name, file.read(length))
    return header, kept


def _decoded(
    header: bytes, palette: bytes, width: int, above: bytes, lines: bytes, count: int
) -> PngImageFile:
    if above:
        lines, count = b"\x00" + above + lines, count + 1
    small = io.BytesIO(
        _SIGNATURE
        + _chunk(b"IHDR", struct.pack(">II", width, count) + header)
        + palette
        + _chunk(b"IDAT", zlib.compress(lines, 0))
        + _chunk(b"IEND", b"")
    )
    strip = PngImageFile(small)
    strip.load()
    return strip


def _averageable(strip: Image.Image) -> Image.Image:
    if strip.has_transparency_data:
        return strip.convert("RGBA")
    return strip if strip.mode in {"L", "RGB"} else strip.convert("RGB")


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
