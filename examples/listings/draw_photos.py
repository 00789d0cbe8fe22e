"""Sample "photographs" for trying the engine: drawn by this program, not photographed, nothing downloaded.

    python -m examples.listings.draw_photos FOLDER

Each is a 12-megapixel JPEG with the metadata that a phone writes (maker, time, place, orientation), so
that all that a real photo does to a renderer happens with these too. The picture's own description says so:
"drawn, not photographed". The same program draws the same bytes.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from PIL.TiffImagePlugin import IFDRational

from postengine.render.image.fonts import SERIF, default_fonts

from .brushes import Painting
from .exteriors import (
    AT_DUSK,
    BY_DAY,
    apartments,
    front_door,
    gabled_house,
    harbour,
    terrace,
    townhouses,
    villa,
)
from .interiors import bathroom, bedroom, kitchen, living_room

LONG, SHORT = 4032, 3024
_TURNED_RIGHT = 6
_GPS = 0x8825
_EXIF = 0x8769


@dataclass(frozen=True)
class Scene:
    """One sample photograph.

    Attributes:
        name: Of the file, without its ending.
        paint: Draws it.
        upright: Taken with the phone held upright: stored lying, with the orientation in the metadata.
        warmth: Of the development, -1 to 1.
    """

    name: str
    paint: Callable[[Painting], None]
    upright: bool = False
    warmth: float = 0.4


SCENES = (
    Scene("villa-day", lambda p: villa(p, BY_DAY)),
    Scene("villa-dusk", lambda p: villa(p, AT_DUSK)),
    Scene("house-day", lambda p: gabled_house(p, BY_DAY)),
    Scene("house-dusk", lambda p: gabled_house(p, AT_DUSK)),
    Scene("townhouses-day", lambda p: townhouses(p, BY_DAY)),
    Scene("apartments-day", lambda p: apartments(p, BY_DAY)),
    Scene("apartments-dusk", lambda p: apartments(p, AT_DUSK), upright=True),
    Scene("living-room", living_room, warmth=0.7),
    Scene("kitchen", kitchen, warmth=0.5),
    Scene("bedroom", bedroom, warmth=0.6),
    Scene("bathroom", bathroom, warmth=0.3),
    Scene("terrace-day", lambda p: terrace(p, BY_DAY)),
    Scene("terrace-dusk", lambda p: terrace(p, AT_DUSK), upright=True),
    Scene("harbour-day", lambda p: harbour(p, BY_DAY)),
    Scene("harbour-dusk", lambda p: harbour(p, AT_DUSK)),
    Scene("front-door", lambda p: front_door(p, BY_DAY), upright=True),
)
"""All sample photographs, in the order of their files."""


def draw_all(folder: Path) -> list[Path]:
    """Draw every scene into `folder` (made if absent) and return the files in order."""
    folder.mkdir(parents=True, exist_ok=True)
    return [draw_photo(scene, folder / f"{scene.name}.jpg", seed) for seed, scene in enumerate(SCENES)]


def draw_photo(scene: Scene, path: Path, seed: int = 0) -> Path:
    """Draw one scene as a camera would have stored it, 4032x3024 pixels, and return `path`."""
    width, height = (SHORT, LONG) if scene.upright else (LONG, SHORT)
    painting = Painting(width * 2 // 5, height * 2 // 5, seed)
    scene.paint(painting)
    photo = painting.developed(width, height, warmth=scene.warmth)
    if scene.upright:
        photo = photo.transpose(Image.Transpose.ROTATE_90)
    photo.save(path, "JPEG", quality=88, exif=camera_exif(seed, upright=scene.upright))
    return path


def camera_exif(seed: int, *, upright: bool) -> Image.Exif:
    """Return metadata as a phone writes it, with a place off the coast, where nobody lives."""
    exif = Image.Exif()
    taken = f"2026:05:{1 + seed % 28:02d} 10:{seed % 60:02d}:00"
    exif[0x010E] = "drawn, not photographed"
    exif[0x010F] = "Sample"
    exif[0x0110] = "Drawing Phone 1"
    exif[0x0112] = _TURNED_RIGHT if upright else 1
    exif[0x0132] = taken
    details = exif.get_ifd(_EXIF)
    details[0x9003] = taken
    details[0x829D] = IFDRational(18, 10)
    details[0x8827] = 64
    place = exif.get_ifd(_GPS)
    place[1], place[2] = "N", (IFDRational(0), IFDRational(0), IFDRational(30 + seed))
    place[3], place[4] = "W", (IFDRational(10), IFDRational(0), IFDRational(0))
    return exif


@dataclass(frozen=True)
class LogoColours:
    """Ground and figure of a logo, as `#rrggbb`."""

    ground: str
    figure: str


HARBOUR_AND_HILL = "Harbour & Hill", LogoColours("#e3b873", "#12263a")
CASA_NORTE = "Casa Norte", LogoColours("#d9694a", "#fff6ea")


def draw_logo(name: str, colours: LogoColours, path: Path) -> Path:
    """Draw a square PNG mark of 512 pixels with the agency's initials, and return `path`.

    Args:
        name: Of the agency; the first letters of its first and last word are drawn.
        colours: Of the mark.
        path: Where to write it.
    """
    words = name.split()
    large = 1024
    mark = Image.new("RGBA", (large, large), (0, 0, 0, 0))
    draw = ImageDraw.Draw(mark)
    draw.rounded_rectangle((0, 0, large - 1, large - 1), 150, fill=colours.ground)
    font = ImageFont.truetype(io.BytesIO(default_fonts().face(SERIF).read()), 500)
    font.set_variation_by_axes([700])
    initials = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    draw.text((large / 2, large * 0.44), initials, font=font, fill=colours.figure, anchor="mm")
    draw.line((250, 760, large - 250, 760), fill=colours.figure, width=22)
    mark.resize((512, 512), Image.Resampling.LANCZOS).save(path, "PNG")
    return path


def main(arguments: list[str]) -> None:
    """Draw all photographs and both logos into the folder named on the command line."""
    if len(arguments) != 1:
        raise SystemExit("Usage: python -m examples.listings.draw_photos FOLDER")
    folder = Path(arguments[0])
    for path in draw_all(folder):
        print(path)
    for name, colours in (HARBOUR_AND_HILL, CASA_NORTE):
        print(draw_logo(name, colours, folder / f"logo-{name.split()[0].lower()}.png"))


if __name__ == "__main__":
    main(sys.argv[1:])
