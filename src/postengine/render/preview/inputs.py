"""The listing, the brand and the pictures of a preview, read from files; what is missing is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from postengine.render.image.renderer import PictureSource
from postengine.render.templates.brand import Brand
from postengine.render.templates.listing import Listing

from .arguments import Options
from .stand_ins import drawn_logo, drawn_photo, drawn_portrait

ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif", ".tif", ".tiff", ".svg"})
_MOST_PHOTOS = 10
_Model = TypeVar("_Model", bound=BaseModel)


class InputRefused(ValueError):
    """A file of the call cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Inputs:
    """All that a preview is drawn from.

    Attributes:
        listing: What it says.
        brand: How it looks.
        images: Pictures by the names that listing and brand use.
        notes: What was put in place of something that is not there.
    """

    listing: Listing
    brand: Brand
    images: dict[str, PictureSource]
    notes: tuple[str, ...]


def read_inputs(options: Options) -> Inputs:
    """Read the files of a call.

    Raises:
        InputRefused: One is missing or wrong.
    """
    notes: list[str] = []
    listing = _read(options.listing, Listing)
    if options.brand is None:
        brand = Brand(name="Your agency")
        notes.append("no --brand: a plain one")
    else:
        brand = _read(options.brand, Brand)
    if options.photos is not None and not options.photos.is_dir():
        raise InputRefused(f"{options.photos}: expected a folder of photos, found none")
    if not listing.photos and options.photos is not None:
        names = tuple(file.name for file in _pictures(options.photos))[:_MOST_PHOTOS]
        listing = listing.model_copy(update={"photos": names})
        notes.append(f"the listing names no photos: {', '.join(names) or 'none'} of {options.photos}")
    return Inputs(listing, brand, _images(listing, brand, options, notes), tuple(notes))


def _images(listing: Listing, brand: Brand, options: Options, notes: list[str]) -> dict[str, PictureSource]:
    portrait = listing.agent.photo if listing.agent else None
    wanted = [
        *((key, "photo") for key in listing.photos),
        *((key, "portrait") for key in (portrait,) if key),
        *((key, "logo") for key in (brand.logo_light, brand.logo_dark) if key),
    ]
    folders = [options.photos, options.listing.parent, options.brand.parent if options.brand else None]
    images: dict[str, PictureSource] = {}
    for key, kind in wanted:
        if key in images or key.startswith("data:"):
            continue
        found = _found(key, [folder for folder in folders if folder is not None])
        if found is None:
            notes.append(f"no file for the {kind} {key!r}: drawn in its place")
            images[key] = _drawn(kind, len(images), brand, is_light=key == brand.logo_light)
        else:
            images[key] = found
    return images


def _drawn(kind: str, index: int, brand: Brand, *, is_light: bool) -> bytes:
    if kind == "photo":
        return drawn_photo(index)
    return drawn_portrait() if kind == "portrait" else drawn_logo(brand, is_light=is_light)


def _found(key: str, folders: Iterable[Path]) -> Path | None:
    """Return the picture of a name: the file of that name, else one that is called so but for its ending."""
    for folder in folders:
        if (folder / key).is_file():
            return folder / key
        found = next((file for file in _pictures(folder) if file.stem == key), None)
        if found is not None:
            return found
    return None


def _pictures(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix.lower() in ENDINGS)


def _read(file: Path, model: type[_Model]) -> _Model:
    try:
        return model.model_validate_json(file.read_bytes())
    except OSError as error:
        raise InputRefused(f"{file}: {error.strerror or error}") from error
    except ValidationError as error:
        told = "\n".join(f"{file}: {_place(one['loc'])}{one['msg']}" for one in error.errors())
        raise InputRefused(told) from error


def _place(loc: tuple[int | str, ...]) -> str:
    return "".join(f"{part}: " if part == loc[-1] else f"{part}." for part in loc)
