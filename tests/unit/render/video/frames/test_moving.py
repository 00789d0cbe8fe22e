from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from postengine.render.image.geometry import Region, Size
from postengine.render.video.frame import Frame
from postengine.render.video.frames.kernel import Kernel
from postengine.render.video.frames.moving import Moving
from postengine.render.video.plan.camera import Camera
from tests.unit.render.video.frames.stand_ins import detailed

SIZE = Size(96, 160)
PICTURE = Size(300, 500)


def move(kernel: Kernel, camera: Camera, size: Size = PICTURE, frames: int = 25) -> list[Frame]:
    moving = Moving(kernel.planes(detailed(size)), camera, frames, SIZE, kernel)
    return [moving.frame(number) for number in range(frames)]


def by_lanczos(
    kernel: Kernel, window: Region, size: Size = PICTURE
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    y = kernel.planes(detailed(size)).y
    box = (window.x, window.y, window.right, window.bottom)
    return np.asarray(Image.fromarray(y).resize(SIZE, Image.Resampling.LANCZOS, box=box))


def strength(y: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> float:
    return float(np.diff(y.astype(float), axis=0).std())


@pytest.mark.parametrize("share", [0.9, 0.8, 0.5])
def test_every_frame_shows_its_window_as_sharp_as_lanczos(kernel: Kernel, share: float) -> None:
    camera = Camera(Region(0, 0, 300, 500), Region(300 - 300 * share, 10, 300 * share, 500 * share))

    frames = move(kernel, camera)

    for number in (0, 6, 12, 18, 24):
        wanted = by_lanczos(kernel, camera.window(number, 25))
        assert float(np.abs(frames[number].y.astype(int) - wanted).mean()) < 2
        assert strength(frames[number].y) == pytest.approx(strength(wanted), rel=0.2)


def test_no_frame_is_suddenly_softer_where_sizes_change(kernel: Kernel) -> None:
    camera = Camera(Region(0, 0, 300, 500), Region(75, 125, 150, 250))

    strengths = np.array([strength(frame.y) for frame in move(kernel, camera, frames=60)])

    steps = np.abs(np.diff(strengths)) / strengths[:-1]
    assert steps.max() < 0.06


def test_a_photo_that_is_about_as_large_as_wanted_is_not_scaled(kernel: Kernel) -> None:
    width = 96 * 1.15
    camera = Camera(Region(0, 0, width, width / 96 * 160), Region(4, 0, width, width / 96 * 160))

    frames = move(kernel, camera, Size(116, 186))

    wanted = by_lanczos(kernel, camera.window(12, 25), Size(116, 186))
    assert float(np.abs(frames[12].y.astype(int) - wanted).mean()) < 2


def test_a_tiny_photo_is_enlarged_softly(kernel: Kernel) -> None:
    camera = Camera(Region(0, 0, 12, 20), Region(1, 1, 10.8, 18))

    frames = move(kernel, camera, Size(12, 20))

    assert frames[-1].size == SIZE
    assert np.abs(np.diff(frames[-1].y.astype(int), axis=1)).max() < 40
