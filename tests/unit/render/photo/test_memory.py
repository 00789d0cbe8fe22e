"""The memory that photos of a hundred million pixels take, measured in processes of their own."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

pytestmark = pytest.mark.serial

SIDE = 10_000
MAX_MIB = 350
MEASURE = """
import sys
from pathlib import Path
from postengine.render import Size
from postengine.render.image.photo import fitted, open_photo
assert fitted(open_photo(Path(sys.argv[1])), Size(1080, 1350), focus="smart").size == (1080, 1350)
# Not getrusage: its peak is inherited from whoever started the process.
lines = Path("/proc/self/status").read_text().splitlines()
print(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) // 1024)
"""
MAKE_JPEG = """
import sys
from PIL import Image
tile = Image.effect_noise((1000, 1000), 60).convert("RGB")
whole = Image.new("RGB", (10_000, 10_000))
for x in range(0, 10_000, 1000):
    for y in range(0, 10_000, 1000):
        whole.paste(tile, (x, y))
whole.save(sys.argv[1], quality=85)
"""


def run(program: str, file: Path) -> str:
    return subprocess.run(
        [sys.executable, "-c", program, str(file)], check=True, capture_output=True, text=True
    ).stdout


def write_png(file: Path, *, colour: int, samples: int) -> None:
    """Write rows that are predicted from their left and upper neighbours, one after the other."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    pack = zlib.compressobj(1)
    row = bytes(value % 7 for value in range(SIDE * samples))
    with file.open("wb") as out:
        out.write(b"\x89PNG\r\n\x1a\n")
        out.write(chunk(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, colour, 0, 0, 0)))
        for number in range(SIDE):
            packed = pack.compress(bytes((number % 5,)) + row)
            if packed:
                out.write(chunk(b"IDAT", packed))
        out.write(chunk(b"IDAT", pack.flush()) + chunk(b"IEND", b""))


@pytest.mark.parametrize(("colour", "samples"), [(2, 3), (6, 4)], ids=["RGB", "RGBA"])
def test_a_png_of_a_hundred_million_pixels_stays_small(colour: int, samples: int, tmp_path: Path) -> None:
    write_png(tmp_path / "large.png", colour=colour, samples=samples)

    assert int(run(MEASURE, tmp_path / "large.png")) < MAX_MIB


def test_a_jpeg_of_a_hundred_million_pixels_stays_small(tmp_path: Path) -> None:
    run(MAKE_JPEG, tmp_path / "large.jpg")

    assert int(run(MEASURE, tmp_path / "large.jpg")) < MAX_MIB
