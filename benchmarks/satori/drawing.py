"""Drawing a case with our own converter and engine."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PIL import Image

from postengine.render.image.draw.takumi import TakumiEngine
from postengine.render.image.fonts import FontFace, FontSet, default_fonts
from postengine.render.image.geometry import Size
from postengine.render.image.satori import Converted, from_satori
from postengine.render.image.satori.pictures import bytes_of
from postengine.render.image.tree import Box

from .case import Case, Rgb, over_white

_ENDLESS = 8192


def converted(case: Case) -> Converted:
    """Return a case's element tree as one of ours."""
    return from_satori(
        case.tree,
        width=case.width,
        height=case.height,
        images=pictures_of(case),
        fonts=_faces(case),
        graphemes=case.grapheme_images,
        exact=True,
    )


def drawn(case: Case, tree: Box) -> Rgb:
    """Draw a case's tree over white, as wide as the approved picture."""
    faces = _faces(case)
    families = tuple(dict.fromkeys(face.family for face in faces))
    engine = TakumiEngine(FontSet(faces, own=families) if faces else default_fonts())
    size = _size(case, tree, engine)
    pixels = engine.draw(tree, size, pictures_of(case))
    image = Image.fromarray(pixels, "RGBA")
    if case.image_width != size.width:
        high = math.ceil(size.height * case.image_width / size.width - 1e-6)
        image = image.resize((case.image_width, high), Image.Resampling.HAMMING)
    return over_white(image)


def pictures_of(case: Case) -> Mapping[str, bytes]:
    """Return the bytes of the pictures a case would have fetched."""
    found = {url: bytes_of(uri, {}) for url, uri in case.images.items()}
    return {url: it[1] for url, it in found.items() if it is not None}


def _faces(case: Case) -> tuple[FontFace, ...]:
    return tuple(
        FontFace(face.family, face.path, (round(face.weight), round(face.weight)), face.style == "italic")
        for face in case.faces
    )


def _size(case: Case, tree: Box, engine: TakumiEngine) -> Size:
    """Return the picture's size; a side that is not fixed is as long as what the tree holds."""
    if case.width is not None and case.height is not None:
        return Size(round(case.width), round(case.height))
    room = Size(round(case.width or _ENDLESS), round(case.height or _ENDLESS))
    placed = engine.measure(tree, room, pictures_of(case))
    right = max((child.region.right for child in placed.children), default=0)
    bottom = max((child.region.bottom for child in placed.children), default=0)
    return Size(round(case.width or math.ceil(right)), round(case.height or math.ceil(bottom)))
