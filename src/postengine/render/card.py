"""From a spec and photos to a JPEG on disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .errors import PictureMissing
from .image.engine import DrawingEngine
from .image.geometry import CENTRE, Focus, Size
from .image.logo import load_logo
from .image.photo import MAX_PHOTO_PIXELS, RgbPixels, encode_jpeg, load_photo
from .image.takumi import TakumiEngine
from .output import Rendered, written_whole
from .specs import CardSpec
from .templates.listing_card import listing_card, photo_size


def render_card(
    spec: CardSpec,
    photos: Mapping[str, Path],
    out: Path,
    *,
    engine: DrawingEngine | None = None,
    max_photo_pixels: int = MAX_PHOTO_PIXELS,
) -> Rendered:
    """Draw a card as a JPEG (quality 90, sRGB, no metadata).

    Args:
        spec: What to draw.
        photos: Files by the keys that the spec uses.
        out: Where to write; it appears whole or not at all.
        engine: Draws text and shapes; None makes one.
        max_photo_pixels: Larger photos are refused.

    Raises:
        RenderError: See the tree in errors.py.
    """
    path = photo_file(photos, spec.photo)
    pixels = load_photo(path, photo_size(spec.size), Focus(*spec.focus), max_pixels=max_photo_pixels)
    logo = load_logo(spec.brand.logo) if spec.brand.logo else None
    card = listing_card(engine or TakumiEngine(), spec.facts, spec.brand, pixels, spec.size, logo)
    return write_jpeg(card.pixels, out, full_chroma=True)


def prepare_photo(
    photo: Path,
    size: Size | tuple[int, int],
    out: Path,
    *,
    focus: Focus = CENTRE,
    max_photo_pixels: int = MAX_PHOTO_PIXELS,
) -> Rendered:
    """Crop a photo to a size and write it as a JPEG with nothing drawn on it and no metadata in it.

    Raises:
        PhotoUnreadable: It cannot be used.
        RenderOutOfSpace: The disk is full.
    """
    pixels = load_photo(photo, Size(*size), focus, max_pixels=max_photo_pixels)
    return write_jpeg(pixels, out, full_chroma=False)


def photo_file(photos: Mapping[str, Path], key: str) -> Path:
    """Return the file of a key.

    Raises:
        PictureMissing: Nobody handed it over.
    """
    if key not in photos:
        raise PictureMissing(key)
    return photos[key]


def write_jpeg(pixels: RgbPixels, out: Path, *, full_chroma: bool) -> Rendered:
    """Write pixels as a JPEG, whole or not at all."""
    data = encode_jpeg(pixels, full_chroma=full_chroma)
    with written_whole(out) as temporary:
        temporary.write_bytes(data)
    return Rendered(out, "image/jpeg", pixels.shape[1], pixels.shape[0], None, len(data))
