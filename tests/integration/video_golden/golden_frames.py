"""Small frames of every reel in every shape, kept to see what a change does to the look.

`python -m tests.integration.video_golden.golden_frames` draws them anew; look before keeping them.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

from PIL import Image

from postengine.render import REELS, ReelName, ReelShape, Renderer, VideoRenderer
from postengine.render.templates.reels import REEL_SHAPES, described
from tests.unit.render.templates.golden_pictures import alike
from tests.unit.render.templates.samples import BRAND, full_listing, house, images_with

FOLDER = Path(__file__).parent / "golden"
EACH: list[tuple[ReelName, ReelShape]] = list(product(REELS, REEL_SHAPES))
INSTANTS = (0.0, 0.33, 0.75, 0.97)
"""Shares of the length: the first frame, texts at rest, later texts, the end card."""

_WIDTH = 216
_AS_IT_WAS = 0.985


def files_in(folder: Path) -> dict[str, Path]:
    """Write what the sample listing shows into a folder; return it by name."""
    images = images_with(house()) | {"p2": house("#3d5a45", "#e8b98a"), "p3": house("#54585f", "#b9c6d2")}
    files = {name: folder / name for name in images}
    for name, data in images.items():
        files[name].write_bytes(data if isinstance(data, bytes) else data.read_bytes())
    return files


def frames_of(
    drawer: Renderer, renderer: VideoRenderer, reel: ReelName, shape: ReelShape, files: Mapping[str, Path]
) -> Image.Image:
    """Return four frames of a reel below each other, each 216 px wide."""
    video = described(drawer, reel, full_listing(), BRAND, shape, files)
    seconds = renderer.length_s(video, files)
    height = round(video.height * _WIDTH / video.width)
    strip = Image.new("RGB", (_WIDTH, height * len(INSTANTS)))
    stills = renderer.preview(video, files, [seconds * share for share in INSTANTS])
    for number, (_, pixels) in enumerate(stills):
        small = Image.fromarray(pixels).resize((_WIDTH, height), Image.Resampling.LANCZOS)
        strip.paste(small, (0, number * height))
    return strip


def renew() -> Iterator[str]:
    """Write every strip; yield what has changed."""
    FOLDER.mkdir(exist_ok=True)
    drawer = Renderer()
    renderer = VideoRenderer(drawer)
    with tempfile.TemporaryDirectory() as folder:
        files = files_in(Path(folder))
        for reel, shape in EACH:
            strip, path = frames_of(drawer, renderer, reel, shape, files), FOLDER / f"{reel}-{shape}.webp"
            before = alike(Image.open(path), strip) if path.exists() else 0.0
            if before < _AS_IT_WAS:
                strip.save(path, "WEBP", quality=90, method=6)
                yield f"{reel}-{shape}: {before:.3f}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in renew())
