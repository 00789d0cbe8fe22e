"""Colours of clips: every kind becomes BT.709 in limited range and looks the same."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from postengine.render.video.ffmpeg.program import default_program
from postengine.render.video.frame import Frame
from postengine.render.video.reading.probe import probe
from tests.clips import HEVC, make_quarters, rgb
from tests.integration.video.conftest import read

PURE = np.array([[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]])


def corners(frame: Frame) -> NDArray[np.int_]:
    pixels = rgb(frame).astype(int)
    height, width = pixels.shape[:2]
    return np.array([pixels[y * height // 4, x * width // 4] for y in (1, 3) for x in (1, 3)])


@pytest.mark.parametrize(
    ("matrix", "span", "pix_fmt"),
    [
        ("bt709", "tv", "yuv420p"),
        ("bt709", "tv", "yuv444p"),
        ("bt709", "pc", "yuv420p"),
        ("bt601", "tv", "yuv420p"),
        ("bt601", "pc", "yuv420p"),
        ("bt709", "tv", "yuv420p10le"),
        ("bt709", "pc", "yuv420p10le"),
    ],
)
def test_matrix_range_and_depth_change_no_colour(
    matrix: str, span: str, pix_fmt: str, tmp_path: Path
) -> None:
    path = make_quarters(tmp_path / "a.mp4", matrix=matrix, span=span, pix_fmt=pix_fmt)

    (frame,) = read(path, count=1)

    assert np.abs(corners(frame) - PURE).max() <= 6


def test_untold_colours_of_a_small_clip_are_taken_as_televisions(tmp_path: Path) -> None:
    untold = "setparams=colorspace=unknown:color_primaries=unknown:color_trc=unknown"
    path = make_quarters(tmp_path / "a.mp4", matrix="bt601", then=untold)

    (frame,) = read(path, count=1)

    assert probe(path).colour.matrix == 2
    assert np.abs(corners(frame) - PURE).max() <= 6


def test_transparency_is_dropped(tmp_path: Path) -> None:
    codec = ("-c:v", "prores_ks", "-profile:v", "4444")
    path = make_quarters(tmp_path / "a.mov", codec=codec, pix_fmt="yuva444p10le")

    (frame,) = read(path, count=1)

    assert "a" in probe(path).pix_fmt
    assert np.abs(corners(frame) - PURE).max() <= 6


@pytest.mark.parametrize("transfer", ["bt2020-10", "arib-std-b67", "smpte2084"])
def test_wide_colours_and_hdr_become_ordinary_ones(transfer: str, tmp_path: Path) -> None:
    path = make_quarters(
        tmp_path / "a.mp4",
        codec=HEVC,
        matrix="bt2020",
        pix_fmt="yuv420p10le",
        primaries="bt2020",
        transfer=transfer,
    )

    info = probe(path)
    (frame,) = read(path, count=1)

    assert info.pix_fmt == "yuv420p10le"
    assert info.colour.is_hdr == (transfer != "bt2020-10")
    assert np.abs(corners(frame) - PURE).max() <= 8


@pytest.mark.parametrize(
    ("transfer", "paper", "skin"), [("arib-std-b67", 0.75, 0.5), ("smpte2084", 0.58, 0.43)]
)
def test_hdr_keeps_paper_white_and_skin_as_bright_as_they_are_elsewhere(
    transfer: str, paper: float, skin: float, tmp_path: Path
) -> None:
    # Signals of BT.2408: what is white, and a middle tone. Above white there is room for lights.
    path = greys(tmp_path / "a.mp4", transfer, [0.0, skin, paper, 1.0])

    (frame,) = read(path, count=1)

    levels = (frame.y[48, 16::32].astype(int) - 16) / 219
    assert levels[0] == pytest.approx(0, abs=0.02)
    assert 0.45 < levels[1] < 0.65
    assert 0.8 < levels[2] < 0.92
    assert 0.97 < levels[3] < 1.06


def greys(path: Path, transfer: str, signals: list[float]) -> Path:
    """Write a 10-bit clip with a column of 32 px for each signal."""
    y = np.zeros((96, 32 * len(signals)), np.uint16)
    for number, signal in enumerate(signals):
        y[:, number * 32 : number * 32 + 32] = round(64 + 876 * signal)
    frame = y.tobytes() + np.full(y.size // 2, 512, np.uint16).tobytes()
    told = [
        "-color_range",
        "tv",
        "-colorspace",
        "bt2020nc",
        "-color_primaries",
        "bt2020",
        "-color_trc",
        transfer,
    ]
    raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p10le", "-s", f"{y.shape[1]}x96", "-r", "30", *told]
    command = [default_program(), "-v", "error", *raw, "-i", "-", *HEVC, str(path)]
    subprocess.run(command, input=frame * 5, check=True, timeout=60)
    return path
