from __future__ import annotations

import numpy as np

from postengine.render.image.compose import laid_over


def test_a_layer_covers_by_its_opacity() -> None:
    photo = np.full((1, 3, 3), 100, np.uint8)
    layer = np.array([[[200, 200, 200, 0], [200, 200, 200, 128], [200, 200, 200, 255]]], np.uint8)

    assert laid_over(photo, layer)[0, :, 0].tolist() == [100, 150, 200]
