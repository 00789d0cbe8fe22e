"""A photo made into exactly the picture that a place in a drawing, or a network, asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageFilter

from postengine.render.image.geometry import CENTRE, Focus, Region, Size, cover

from .decoding import Decoded, Fit, decode, scale_for
from .levels import Levels, gentle_levels
from .opening import Photo
from .orientation import stored_region, turned_upright
from .profile import to_srgb
from .smart_focus import smart_focus

FocusChoice = Focus | Literal["smart", "centre"]
"""What stays in view: a point, the part with the most detail, or the middle."""

_GLANCE = Size(128, 128)
_BACKDROP_SHRINK = 8
_BACKDROP_LIGHT = 0.72


@dataclass(frozen=True)
class _Cut:
    """A part of a decoded photo and the size to scale it to."""

    region: Region
    size: Size


def fitted(
    photo: Photo | Decoded,
    size: Size,
    *,
    fit: Fit = "cover",
    focus: FocusChoice = CENTRE,
    levels: Levels | None = None,
    paper: str | None = "white",
) -> Image.Image:
    """Return a photo as a picture of exactly `size`: upright, sRGB, 8 bits a channel, without metadata.

    Args:
        photo: Decoded pixels are cut without being read again; `PhotoCache` has them for several sizes.
        size: Of the answer. A photo that is smaller is enlarged.
        fit: `cover` crops; `contain` shows all of it, on `paper`; `blur-fill` shows all of it over a blurred,
            darker cover of itself.
        focus: For `cover`, what stays in view; also for the backdrop of `blur-fill`.
        levels: `gentle` evens out a dull photo; see `gentle_levels`.
        paper: Colour under transparency and beside a contained photo; None keeps transparency.

    Returns:
        RGB; RGBA if `paper` is None and the photo has transparency or leaves borders.

    Raises:
        PhotoUnreadable: It is broken, cut short or too large to decode.
    """
    decoded = decode(photo, [size], fit) if isinstance(photo, Photo) else photo
    picture = _covered(decoded, size, focus) if fit == "cover" else _whole(decoded, size)
    if levels == "gentle":
        picture = gentle_levels(picture)
    if fit == "blur-fill":
        return _over_backdrop(picture, decoded, size, focus)
    if fit == "contain" and picture.size != size:
        picture = _bordered(picture, size, paper)
    return _on_paper(picture, paper)


def _covered(decoded: Decoded, size: Size, focus: FocusChoice) -> Image.Image:
    source = decoded.at_least(scale_for(decoded.upright, size, "cover"))
    part = Decoded(source, decoded.orientation, decoded.profile)
    window = cover(part.upright, size, _point(decoded, size, focus))
    return _cut(part, _Cut(window, size))


def _whole(decoded: Decoded, size: Size) -> Image.Image:
    scale = scale_for(decoded.upright, size, "contain")
    part = Decoded(decoded.at_least(scale), decoded.orientation, decoded.profile)
    width, height = decoded.upright
    inner = Size(
        min(max(round(width * scale), 1), size.width), min(max(round(height * scale), 1), size.height)
    )
    return _cut(part, _Cut(Region(0, 0, *part.upright), inner))


def _cut(part: Decoded, cut: _Cut) -> Image.Image:
    """Scale a region and turn it; the colour engine sees the small result only."""
    stored = stored_region(cut.region, part.upright, part.orientation)
    is_turned = part.upright != Size(*part.image.size) or part.orientation > 4
    size = (cut.size.height, cut.size.width) if is_turned else cut.size
    # Turning a region may leave it a rounding error outside of the picture, which Pillow refuses.
    right, bottom = min(stored.right, part.image.width), min(stored.bottom, part.image.height)
    box = (max(stored.x, 0.0), max(stored.y, 0.0), right, bottom)
    scaled = part.image.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)
    upright = turned_upright(scaled, part.orientation)
    upright.info = {}
    return to_srgb(upright, part.profile)


def _point(decoded: Decoded, size: Size, focus: FocusChoice) -> Focus:
    if isinstance(focus, Focus):
        return focus
    return smart_focus(_on_paper(_whole(decoded, _GLANCE), "white"), size) if focus == "smart" else CENTRE


def _over_backdrop(picture: Image.Image, decoded: Decoded, size: Size, focus: FocusChoice) -> Image.Image:
    """Lay the whole photo over its own cover, blurred while that is small: the blur hides the scaling."""
    small = Size(max(size.width // _BACKDROP_SHRINK, 1), max(size.height // _BACKDROP_SHRINK, 1))
    blurred = _on_paper(_covered(decoded, small, focus), "white").filter(
        ImageFilter.GaussianBlur(max(small) / 32)
    )
    dim = blurred.point([round(value * _BACKDROP_LIGHT) for value in range(256)] * 3)
    ground = dim.resize(size, Image.Resampling.BICUBIC)
    ground.paste(picture, _middle(picture, size), picture if picture.mode == "RGBA" else None)
    return ground


def _bordered(picture: Image.Image, size: Size, paper: str | None) -> Image.Image:
    if paper is None:
        ground = Image.new("RGBA", size, (0, 0, 0, 0))
        ground.paste(picture, _middle(picture, size))
        return ground
    ground = Image.new("RGB", size, paper)
    ground.paste(picture, _middle(picture, size), picture if picture.mode == "RGBA" else None)
    return ground


def _middle(picture: Image.Image, size: Size) -> tuple[int, int]:
    return (size.width - picture.width) // 2, (size.height - picture.height) // 2


def _on_paper(picture: Image.Image, paper: str | None) -> Image.Image:
    if picture.mode != "RGBA" or paper is None:
        return picture
    ground = Image.new("RGBA", picture.size, paper)
    return Image.alpha_composite(ground, picture).convert("RGB")
