from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from postengine.render import Focus, Size
from postengine.render.image.geometry import cover
from postengine.render.image.photo import smart_focus


def house(at: tuple[int, int], size: tuple[int, int] = (1200, 800), side: int = 240) -> Image.Image:
    """Return a sky over a lawn, with one textured house of `side` pixels whose middle is `at`."""
    scene = Image.new("RGB", size, (150, 185, 220))
    scene.paste((110, 140, 90), (0, size[1] * 3 // 4, *size))
    rng = np.random.default_rng(5)
    bricks = Image.fromarray(rng.integers(60, 200, (16, 16, 3), np.uint8))
    texture = bricks.resize((side, side), Image.Resampling.NEAREST)
    scene.paste(texture, (at[0] - side // 2, at[1] - side // 2))
    return scene


@pytest.mark.parametrize("x", [130, 400, 600, 850, 1070])
@pytest.mark.parametrize("shape", [(400, 400), (200, 400), (90, 160)])
def test_a_subject_off_the_middle_stays_in_view_whole(x: int, shape: tuple[int, int]) -> None:
    scene = house((x, 500))

    window = cover(Size(*scene.size), Size(*shape), smart_focus(scene, Size(*shape)))

    assert window.x <= x - 110
    assert window.right >= x + 110


@pytest.mark.parametrize("y", [200, 500, 1000])
def test_a_high_photo_is_cut_above_and_below_its_subject(y: int) -> None:
    scene = house((400, y), size=(800, 1200))

    window = cover(Size(800, 1200), Size(400, 300), smart_focus(scene, Size(400, 300)))

    assert window.y <= y - 110
    assert window.bottom >= y + 110


def test_a_photo_without_detail_is_cut_in_the_middle() -> None:
    assert smart_focus(Image.new("RGB", (900, 300), "teal"), Size(100, 100)) == Focus(0.5, 0.5)


def test_detail_everywhere_is_cut_in_the_middle(noisy: Image.Image) -> None:
    focus = smart_focus(noisy, Size(200, 300))

    assert focus.x == pytest.approx(0.5, abs=0.12)


def test_nothing_to_cut_gives_the_middle() -> None:
    assert smart_focus(house((300, 400)), Size(600, 400)) == Focus(0.5, 0.5)


def test_the_same_photo_gives_the_same_focus_at_any_resolution() -> None:
    scene = house((900, 500))

    focus = smart_focus(scene, Size(200, 300))

    assert smart_focus(scene.copy(), Size(200, 300)) == focus
    assert smart_focus(scene.reduce(4), Size(200, 300)).x == pytest.approx(focus.x, abs=0.03)


def test_a_tiny_photo_has_a_focus_too() -> None:
    assert 0 <= smart_focus(Image.linear_gradient("L").resize((9, 3)).convert("RGB"), Size(1, 1)).x <= 1
