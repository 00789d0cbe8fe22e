"""Pictures and videos to post, made for the tests."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from examples.listings.draw_photos import SCENES, draw_photo
from postengine.engine.ports import Rendered
from postengine.testing.engine import FakeRenderer
from tests.clips import run_ffmpeg

VILLA, HOUSE, TOWNHOUSES, BEDROOM = 0, 2, 4, 9
"""Scenes, by their place in the list of all."""


@cache
def photo(scene: int) -> bytes:
    """Return a drawn photograph, of the size that a channel takes."""
    with (
        TemporaryDirectory() as folder,
        Image.open(draw_photo(SCENES[scene], Path(folder) / "x.jpg")) as image,
    ):
        image.resize((1080, 810)).save(small := io.BytesIO(), "JPEG", quality=85)
    return small.getvalue()


def write_video(file: Path, size_bytes: int) -> None:
    """Write a video of two seconds and so many bytes: a box that players skip fills it up."""
    still = file.with_suffix(".jpg")
    still.write_bytes(photo(BEDROOM))
    moves = "crop=450:800:x='t*150':y=0,scale=360:640,fps=25,trim=duration=2"
    coded = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-movflags", "+faststart")
    run_ffmpeg("-loop", "1", "-i", still, "-vf", moves, "-t", "2", *coded, file)
    missing = size_bytes - file.stat().st_size
    with file.open("ab") as end:
        end.write(missing.to_bytes(4, "big") + b"free" + os.urandom(missing - 8))


class MeasuringRenderer(FakeRenderer):
    """Says what an uploaded picture really measures."""

    def inspect(self, file: Path) -> Rendered:
        if file.suffix == ".mp4":
            return replace(super().inspect(file), width_px=360, height_px=640)
        with Image.open(file) as image:
            return replace(super().inspect(file), width_px=image.width, height_px=image.height)
