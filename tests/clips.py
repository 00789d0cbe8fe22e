"""Small videos for tests, made by the same ffmpeg: coloured quarters, which tell every turn apart."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from postengine.render.video.ffmpeg.program import default_program
from postengine.render.video.frame import Frame

WIDTH, HEIGHT, FPS = 128, 96, 30
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "5")
HEVC = (
    "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:crf=5", "-tag:v", "hvc1",
)  # fmt: skip

_TOLD = "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709"
_MATRIX_NAMES = {"bt601": "smpte170m", "bt2020": "bt2020nc"}


def run_ffmpeg(*arguments: str | Path) -> None:
    """Run ffmpeg; what it says on its standard error is in the failure."""
    done = subprocess.run(
        [default_program(), "-v", "error", "-y", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


def quarters(
    *,
    seconds: float = 0.5,
    matrix: str = "bt709",
    span: str = "tv",
    pix_fmt: str = "yuv420p",
    size: tuple[int, int] = (WIDTH, HEIGHT),
    primaries: str = "bt709",
    transfer: str = "bt709",
) -> str:
    """Return a filter graph: red and green above blue and white."""
    parts = "".join(
        f"color={colour}:s={WIDTH // 2}x{HEIGHT // 2}:r={FPS}:d={seconds}[{name}];"
        for colour, name in (("red", "a"), ("lime", "b"), ("blue", "c"), ("white", "d"))
    )
    scaled = f"scale={size[0]}:{size[1]}:flags=neighbor:out_color_matrix={matrix}:out_range={span}"
    told = (
        f"setparams=range={span}:color_primaries={primaries}:color_trc={transfer}"
        f":colorspace={_MATRIX_NAMES.get(matrix, matrix)}"
    )
    return f"{parts}[a][b]hstack[t];[c][d]hstack[u];[t][u]vstack,{scaled},format={pix_fmt},{told}"


def make_quarters(
    path: Path,
    *,
    codec: Sequence[str] = H264,
    then: str = "null",
    options: Sequence[str] = (),
    sound: bool = False,
    seconds: float = 0.5,
    matrix: str = "bt709",
    span: str = "tv",
    pix_fmt: str = "yuv420p",
    size: tuple[int, int] = (WIDTH, HEIGHT),
    primaries: str = "bt709",
    transfer: str = "bt709",
) -> Path:
    """Write a video of the quarters; `then` are filters after them."""
    graph = quarters(
        seconds=seconds, matrix=matrix, span=span, pix_fmt=pix_fmt, size=size, primaries=primaries,
        transfer=transfer,
    )  # fmt: skip
    heard = ("-f", "lavfi", "-i", f"sine=r=48000:d={seconds}") if sound else ()
    run_ffmpeg(*heard, "-filter_complex", f"{graph},{then}", *codec, *options, path)
    return path


def make_counting(path: Path, *, frames: int = 30, rate: int = FPS, options: Sequence[str] = H264) -> Path:
    """Write a video of grey frames, each 6 levels brighter than the one before; see `number_of`."""
    run_ffmpeg(
        "-f", "lavfi", "-i", f"color=black:s={WIDTH}x{HEIGHT}:r={rate}:d={frames / rate:.6f}",
        "-vf", f"geq=lum=16+6*N:cb=128:cr=128,{_TOLD}",
        "-pix_fmt", "yuv420p", *options, path,
    )  # fmt: skip
    return path


def number_of(frame: Frame) -> int:
    """Return which frame of `make_counting` this is."""
    return round((float(frame.y.mean()) - 16) / 6)


def colours_of(frame: Frame) -> str:
    """Return the letters of the colours in the four quarters, by rows, such as `RGBW`."""
    pixels = rgb(frame)
    height, width = pixels.shape[:2]
    places = [(y * height // 4, x * width // 4) for y in (1, 3) for x in (1, 3)]
    letters = {(1, 0, 0): "R", (0, 1, 0): "G", (0, 0, 1): "B", (1, 1, 1): "W", (0, 0, 0): "K"}
    return "".join(letters.get(_bits(pixels[place]), "?") for place in places)


def _bits(pixel: NDArray[np.uint8]) -> tuple[int, int, int]:
    red, green, blue = (int(value > 127) for value in pixel)
    return red, green, blue


def rgb(frame: Frame) -> NDArray[np.uint8]:
    """Return the colours of a frame, decoded as BT.709 in limited range."""
    y = (frame.y.astype(float) - 16) * 255 / 219
    u, v = ((plane.repeat(2, 0).repeat(2, 1).astype(float) - 128) * 255 / 224 for plane in (frame.u, frame.v))
    pixels = np.stack([y + 1.5748 * v, y - 0.18733 * u - 0.46813 * v, y + 1.8556 * u], -1)
    return pixels.clip(0, 255).round().astype(np.uint8)
