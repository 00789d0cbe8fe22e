"""BT.709 in limited range, as numbers."""

from __future__ import annotations

import numpy as np

# Y in 16..235 and colour in 16..240: ITU-R BT.709-6, items 3.2 and 3.4, for 8 bits. The last column is what
# an opaque pixel has without any red, green and blue.
TO_YUV = np.array(
    [
        [0.2126 * 219 / 255, 0.7152 * 219 / 255, 0.0722 * 219 / 255, 16.0],
        [-0.2126 / 1.8556 * 224 / 255, -0.7152 / 1.8556 * 224 / 255, 0.9278 / 1.8556 * 224 / 255, 128.0],
        [0.7874 / 1.5748 * 224 / 255, -0.7152 / 1.5748 * 224 / 255, -0.0722 / 1.5748 * 224 / 255, 128.0],
    ],
    dtype=np.float32,
)
