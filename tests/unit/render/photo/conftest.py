"""Pictures made on the spot, as bytes."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

MakeBytes = Callable[..., bytes]


def halves(size: tuple[int, int] = (600, 400)) -> Image.Image:
    """Return a picture whose left half is red and right half blue, with a white stripe on top."""
    pixels = np.zeros((size[1], size[0], 3), np.uint8)
    pixels[:, : size[0] // 2, 0] = 255
    pixels[:, size[0] // 2 :, 2] = 255
    pixels[: size[1] // 5] = 255
    return Image.fromarray(pixels)


@pytest.fixture
def make_bytes() -> MakeBytes:
    def make(
        kind: str = "JPEG", size: tuple[int, int] = (600, 400), mode: str = "RGB", **options: object
    ) -> bytes:
        target = io.BytesIO()
        halves(size).convert(mode).save(target, kind, **options)
        return target.getvalue()

    return make


@pytest.fixture
def noisy() -> Image.Image:
    """Return a picture with detail everywhere, for which an encoder tries all it has."""
    rng = np.random.default_rng(7)
    coarse = Image.fromarray(rng.integers(0, 256, (30, 40, 3), np.uint8))
    return coarse.resize((400, 300), Image.Resampling.BICUBIC)
