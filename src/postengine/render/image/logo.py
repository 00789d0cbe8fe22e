"""An agency's logo, checked and made small before it is drawn."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from postengine.render.errors import PhotoUnreadable

_LARGEST_PX = 640


@dataclass(frozen=True)
class Logo:
    """A logo ready to be drawn.

    Attributes:
        png: Its bytes, at most 640 pixels wide and high, with transparency.
        shape: Width by height.
    """

    png: bytes
    shape: float

    def box(self, height_px: float) -> tuple[float, float]:
        """Return width and height to draw it at: as high as asked, lower if it is wider than 3 to 1."""
        width_px = min(height_px * self.shape, height_px * 3)
        return width_px, width_px / self.shape


def load_logo(path: Path) -> Logo:
    """Read a logo (PNG, WebP, JPEG).

    Raises:
        PhotoUnreadable: Missing, broken, or no such picture.
    """
    try:
        with Image.open(path, formats=("PNG", "WEBP", "JPEG")) as image:
            small = image.convert("RGBA")
    except FileNotFoundError as error:
        raise PhotoUnreadable(path, "there is no such logo") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PhotoUnreadable(path, f"the logo is broken or of an unknown format ({error})") from error
    small.thumbnail((_LARGEST_PX, _LARGEST_PX), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    small.save(target, "PNG", compress_level=1)
    return Logo(target.getvalue(), small.width / small.height)
