"""Photos for measuring: drawn from noise with the detail of a real one, each with bytes of its own."""

from __future__ import annotations

import io
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIZE = (4000, 3000)
_OCTAVES = ((12, 60.0), (48, 34.0), (192, 18.0), (768, 10.0))
_GRAIN = 7.0


def photo(number: int, size: tuple[int, int] = SIZE) -> bytes:
    """Return a JPEG of `size`, quality 92, 4:2:0, about 4 MB at 12 megapixels; each number is another."""
    scene = _scene()
    if size != SIZE:
        across, down = -(-size[0] // SIZE[0]), -(-size[1] // SIZE[1])
        scene = np.tile(scene, (down, across, 1))[: size[1], : size[0]]
    pixels = np.roll(scene, (number * 37 % size[1], number * 53 % size[0]), axis=(0, 1))
    target = io.BytesIO()
    Image.fromarray(pixels).save(target, "JPEG", quality=92, subsampling=2)
    return target.getvalue()


@lru_cache(maxsize=1)
def _scene() -> NDArray[np.uint8]:
    """Return large forms, fine texture and a sensor's grain over one another, as in a photo."""
    width, height = SIZE
    rng = np.random.default_rng(20)
    total = np.full((height, width, 3), 128.0, np.float32)
    for cells, strength in _OCTAVES:
        coarse = rng.normal(0, strength, (max(cells * height // width, 2), cells, 3)).clip(-127, 127) + 128
        grown = Image.fromarray(coarse.astype(np.uint8)).resize(SIZE, Image.Resampling.BICUBIC)
        total += np.asarray(grown, np.float32) - 128
    total += rng.normal(0, _GRAIN, (height, width, 1)).astype(np.float32)
    return total.clip(0, 255).astype(np.uint8)
