"""One case of a folder: an element tree, its options, and the picture that Satori's authors approved."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Rgb = NDArray[np.uint8]


@dataclass(frozen=True)
class Face:
    """A font of a case.

    Attributes:
        family: As styles call it.
        weight: 100 to 900.
        style: `normal` or `italic`.
        path: The file.
    """

    family: str
    weight: float
    style: str
    path: Path


@dataclass(frozen=True)
class Case:
    """What is to be drawn and compared.

    Attributes:
        number: Its number within the folder.
        suite: The test file it comes from.
        title: The test.
        tree: The element tree.
        width: Of the picture in CSS pixels, if fixed.
        height: The same for the other side.
        image_width: Of the approved picture in pixels.
        faces: Fonts, in order of preference.
        images: URL and data URI of the pictures it would have fetched.
        grapheme_images: Text and data URI of the pictures drawn in place of it.
        embeds_fonts: False if its picture depends on the fonts of the machine it was made on.
        picture: The approved picture.
    """

    number: str
    suite: str
    title: str
    tree: Any
    width: float | None
    height: float | None
    image_width: int
    faces: tuple[Face, ...]
    images: Mapping[str, str]
    grapheme_images: Mapping[str, str]
    embeds_fonts: bool
    picture: Path

    def approved(self) -> Rgb:
        """Return the approved picture over white, shape (height, width, 3)."""
        with Image.open(self.picture) as image:
            return over_white(image)


def over_white(image: Image.Image) -> Rgb:
    """Return a picture over white, shape (height, width, 3)."""
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(image.convert("RGBA"))
    return np.asarray(ground.convert("RGB"))


def cases(folder: Path) -> Iterator[Case]:
    """Yield the cases of a folder in order of their numbers."""
    for path in sorted((folder / "cases").glob("*.json")):
        yield _read(json.loads(path.read_text(encoding="utf-8")), folder)


def _read(data: Mapping[str, Any], folder: Path) -> Case:
    options = data["options"]
    fonts = [*options["fonts"], *(options.get("extraFonts") or [])]
    return Case(
        number=data["id"],
        suite=data["source"]["file"],
        title=data["source"]["test"].split(" > ", 1)[-1],
        tree=data["tree"],
        width=options.get("width"),
        height=options.get("height"),
        image_width=data["imageWidth"],
        faces=tuple(
            Face(
                font["name"],
                float(font.get("weight") or 400),
                font.get("style") or "normal",
                folder / "fonts" / Path(font["file"]).name,
            )
            for font in fonts
        ),
        images=data.get("images") or {},
        grapheme_images=options.get("graphemeImages") or {},
        embeds_fonts=options.get("embedFont") is not False,
        picture=folder / "png" / f"{data['id']}.png",
    )
