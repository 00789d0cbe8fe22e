"""Storyboards of every reel in every shape: python -m examples.reel_gallery FOLDER."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from postengine.render import REELS, Listing, ReelName, ReelShape, Renderer, VideoRenderer, VideoSpec
from postengine.render.image import Size
from postengine.render.templates.reels import REEL_SHAPES, described
from postengine.render.video.reading.storyboard import contact_sheet, spread

from .gallery import CASA, HARBOUR, sample_pictures
from .gallery_samples import ENGLISH
from .listings.portrait import draw_portrait

_STILLS = 6
_COLUMNS: Mapping[ReelShape, int] = {"story": 6, "portrait": 6, "square": 6, "landscape": 3}
_WIDTHS: Mapping[ReelShape, int] = {"story": 220, "portrait": 220, "square": 220, "landscape": 456}


@dataclass(frozen=True)
class Board:
    """A reel in a shape, as six of its frames.

    Attributes:
        reel: Its template.
        shape: Of the video.
        seconds: Its length.
        data: A JPEG.
        size: Of that.
    """

    reel: ReelName
    shape: ReelShape
    seconds: float
    data: bytes
    size: Size

    @property
    def name(self) -> str:
        """Of its file, without the ending."""
        return f"reel-{self.reel}-{self.shape}"


def boards(folder: Path) -> Iterator[Board]:
    """Draw every reel in every shape; the photographs are drawn into `folder` unless they are there."""
    files = reel_files(folder)
    drawer = Renderer()
    renderer = VideoRenderer(drawer)
    for reel in REELS:
        for shape in REEL_SHAPES:
            video = sample_reel(drawer, reel, shape, files)
            yield _board(renderer, reel, shape, video, files)


def reel_files(folder: Path) -> dict[str, Path]:
    """Return the pictures of the sample reels by name."""
    photos, logos = sample_pictures(folder)
    portrait = folder / "portrait.png"
    portrait.write_bytes(draw_portrait())
    return {**photos, **logos, "portrait": portrait}


def sample_reel(drawer: Renderer, reel: ReelName, shape: ReelShape, files: Mapping[str, Path]) -> VideoSpec:
    """Return a reel of the gallery's listing; two brands take turns."""
    names = [name for name in files if name != "portrait" and not name.startswith("logo-")]
    at = list(REELS).index(reel) * 3
    photos = [names[(at + step) % len(names)] for step in range(4)]
    listing = Listing.model_validate({**ENGLISH, "photos": photos})
    return described(drawer, reel, listing, CASA if at % 2 else HARBOUR, shape, files)


def _board(
    renderer: VideoRenderer, reel: ReelName, shape: ReelShape, video: VideoSpec, files: Mapping[str, Path]
) -> Board:
    seconds = renderer.length_s(video, files)
    stills = renderer.preview(video, files, spread(seconds, _STILLS))
    data = contact_sheet(stills, video.size, columns=_COLUMNS[shape], count=_STILLS, width_px=_WIDTHS[shape])
    with Image.open(io.BytesIO(data)) as sheet:
        return Board(reel, shape, seconds, data, Size(*sheet.size))


def main(arguments: list[str]) -> None:
    """Draw all into the folder named on the command line."""
    if len(arguments) != 1:
        raise SystemExit("Usage: python -m examples.reel_gallery FOLDER")
    folder = Path(arguments[0])
    for board in boards(folder / "samples"):
        (folder / f"{board.name}.jpg").write_bytes(board.data)
        print(f"{board.name}: {board.seconds:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
