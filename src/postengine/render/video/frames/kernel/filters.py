"""What is done to a photo once, so that cheap linear sampling of it looks as sharp as it should."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

TAPS = 7
_SHARPER = 0.3
_AROUND = 0.8
"""Linear sampling softens about as much as this mask sharpens, measured against Lanczos on grain and detail.

More gives edges a halo.
"""


def line_filter(factor: float) -> NDArray[np.float32]:
    """Return the weights of neighbouring pixels, for each side of a plane.

    A windowed sinc takes away what is lost in making a line of pixels `factor` shorter; the mask sharpens.
    """
    at = np.arange(TAPS) - TAPS // 2
    wide = max(factor, 1.0)
    kept = np.sinc(at / wide) * np.sinc(at / (TAPS // 2 + 1))
    kept /= kept.sum()
    around = np.exp(-(at**2) / (2 * (_AROUND * wide) ** 2))
    around /= around.sum()
    sharper = kept * (1 + _SHARPER) - _SHARPER * np.convolve(kept, around, "same")
    return np.asarray(sharper / sharper.sum(), dtype=np.float32)
