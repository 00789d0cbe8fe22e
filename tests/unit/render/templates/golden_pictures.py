"""Small pictures of every template in every shape, kept to see what a change does to the look.

`python -m tests.unit.render.templates.golden_pictures` draws them anew; look before keeping them.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from postengine.render import Renderer
from postengine.render.image.output import Output
from postengine.render.templates.pages import SHAPES, ShapeName
from postengine.render.templates.registry import TEMPLATES, TemplateName

from .looking import seen
from .samples import BRAND, full_listing, house, images_with

FOLDER = Path(__file__).parent / "golden"
GEOMETRY = FOLDER / "geometry.json"
EACH: list[tuple[TemplateName, ShapeName]] = list(product(TEMPLATES, SHAPES))
WIDTH = 270
_BLOCK = 6
_AS_IT_WAS = 0.98
"""What a picture has in common with itself once it has been compressed."""


def picture_of(
    renderer: Renderer, template: TemplateName, shape: ShapeName
) -> tuple[Image.Image, dict[str, list[int]]]:
    """Return a template as it looks, 270 px wide, and where each of its named parts stands."""
    images = images_with(house()) | {"p2": house("#3d5a45", "#e8b98a"), "p3": house("#54585f", "#b9c6d2")}
    picture = seen(renderer, template, full_listing(), BRAND, shape, images)
    size = picture.page.size
    image = Image.open(
        io.BytesIO(renderer.render(picture.tree, size, images=images, output=Output(format="png")))
    )
    small = image.convert("RGB").resize(
        (WIDTH, round(size.height * WIDTH / size.width)), Image.Resampling.LANCZOS
    )
    places = {
        key: [round(region.x), round(region.y), round(region.width), round(region.height)]
        for key, region in sorted(picture.layout.regions.items())
    }
    return small, places


def alike(one: Image.Image, other: Image.Image) -> float:
    """Return the structural similarity of two pictures, up to 1: the mean over small blocks of their grey.

    Source: Wang, Bovik, Sheikh, Simoncelli, "Image quality assessment", 2004, equation 13; plain blocks in
    place of a sliding Gaussian window.
    """
    a, b = (_blocks(np.asarray(image.convert("L"), dtype=np.float64)) for image in (one, other))
    mean_a, mean_b = a.mean(1), b.mean(1)
    both = ((a - mean_a[:, None]) * (b - mean_b[:, None])).mean(1)
    light, detail = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    top = (2 * mean_a * mean_b + light) * (2 * both + detail)
    return float((top / ((mean_a**2 + mean_b**2 + light) * (a.var(1) + b.var(1) + detail))).mean())


def _blocks(grey: NDArray[np.float64]) -> NDArray[np.float64]:
    rows, columns = grey.shape[0] // _BLOCK, grey.shape[1] // _BLOCK
    cut = grey[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK)
    return cut.transpose(0, 2, 1, 3).reshape(-1, _BLOCK * _BLOCK)


def renew() -> Iterator[str]:
    """Write every picture and the places; yield what has changed."""
    FOLDER.mkdir(exist_ok=True)
    renderer, places = Renderer(), {}
    for template, shape in EACH:
        name = f"{template}-{shape}"
        image, places[name] = picture_of(renderer, template, shape)
        path = FOLDER / f"{name}.webp"
        before = alike(Image.open(path), image) if path.exists() else 0.0
        if before < _AS_IT_WAS:
            image.save(path, "WEBP", quality=82, method=6)
            yield f"{name}: {before:.3f}"
    lines = (f"{json.dumps(name)}: {json.dumps(where)}" for name, where in places.items())
    GEOMETRY.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in renew())
