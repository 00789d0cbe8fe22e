from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from postengine.render.errors import ContrastUnreachable
from postengine.render.image.colour import WHITE, Colour, contrast
from postengine.render.image.compose.scrims import Standing
from postengine.render.image.geometry import Region, Size
from postengine.render.image.tree import Scrim
from postengine.render.video.frames.glass import Glass
from postengine.render.video.frames.kernel import Kernel
from postengine.render.video.frames.shade import Shades

SIZE = Size(108, 192)
TEXTS = (Standing(Region(10, 150, 80, 20), WHITE),)


def shades(kernel: Kernel, scrim: Scrim | None = None) -> Shades:
    return Shades(scrim or Scrim(), SIZE, kernel)


def shown(value: int) -> Image.Image:
    return Image.new("RGB", (27, 48), (value, value, value))


def strongest(glass: Glass | None) -> float:
    return 0.0 if glass is None else 1 - int(glass.keeps.min()) / 255


def test_the_shade_is_as_strong_as_the_brightest_look_needs(kernel: Kernel) -> None:
    made = shades(kernel)

    strengths = [
        strongest(made.over([shown(value) for value in values], TEXTS, "scenes[0]"))
        for values in ((20, 60), (20, 160), (20, 160, 255))
    ]

    assert strengths[0] == 0
    assert 0.2 < strengths[1] < strengths[2] < 0.9


def test_the_text_reads_on_what_is_shown(kernel: Kernel) -> None:
    glass = shades(kernel).over([shown(230)], TEXTS, "scenes[0]")

    assert glass is not None
    at = (160 - glass.y, 50 - glass.x)
    kept = int(glass.keeps[at]) / 255
    grey = round(230 * kept)
    assert contrast(WHITE, Colour(grey, grey, grey)) >= 4.5


def test_the_shade_is_all_there_over_the_texts_and_faint_far_beside_them(kernel: Kernel) -> None:
    left = (Standing(Region(5, 150, 20, 20), WHITE),)

    glass = shades(kernel).over([shown(230)], left, "scenes[0]")

    assert glass is not None
    shade = 1 - glass.keeps[160 - glass.y] / 255
    assert np.ptp(shade[5 - glass.x : 25 - glass.x]) < 0.02
    assert shade[100 - glass.x] == pytest.approx(0.35 * shade[10 - glass.x], abs=0.02)
    assert (np.diff(shade[30 - glass.x :]) <= 0).all()


def test_without_texts_there_is_the_least_that_was_asked_for(kernel: Kernel) -> None:
    assert shades(kernel).over([shown(255)], (), "scenes[0]") is None

    least = shades(kernel, Scrim(edge="all", at_least=0.25)).over([shown(255)], (), "scenes[0]")

    assert strongest(least) == pytest.approx(0.25, abs=0.02)


def test_scenes_that_are_alike_share_one_shade(kernel: Kernel) -> None:
    made = shades(kernel)

    first = made.over([shown(200)], TEXTS, "scenes[0]")

    assert first is made.over([shown(201)], TEXTS, "scenes[1]")
    assert first is not made.over([shown(255)], TEXTS, "scenes[2]")


def test_a_shade_that_cannot_help_names_its_scene(kernel: Kernel) -> None:
    made = shades(kernel, Scrim(colour="#ffffff"))

    with pytest.raises(ContrastUnreachable, match=r"scenes\[3\]"):
        made.over([shown(255)], TEXTS, "the shade over scenes[3]")


def test_a_shade_has_its_colour(kernel: Kernel) -> None:
    glass = shades(kernel, Scrim(colour="#0000ff", edge="all", at_least=1)).over([shown(0)], (), "scenes[0]")

    assert glass is not None
    assert [int(np.median(plane)) for plane in glass.colour.planes] == pytest.approx([32, 240, 118], abs=1)
