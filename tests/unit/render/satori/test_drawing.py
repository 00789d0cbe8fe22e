"""What is converted is drawn: geometry first, pixels only where paint matters."""

from __future__ import annotations

import numpy as np
import pytest

from postengine.render.image.draw.takumi import TakumiEngine
from postengine.render.image.geometry import Region, Size
from postengine.render.image.satori import from_satori


def div(*children: object, **style: object) -> dict[str, object]:
    return {"type": "div", "props": {"style": style, "children": list(children)}}


@pytest.fixture(scope="module")
def engine() -> TakumiEngine:
    return TakumiEngine()


def test_boxes_stand_where_satori_puts_them(engine: TakumiEngine) -> None:
    element = div(div(width=20, height=20), div(flex=1), gap=10, padding=5, width="100%", height="50%")
    placed = engine.measure(from_satori(element, width=100, height=80).tree, Size(100, 80), {})
    (outer,) = placed.children

    assert outer.region == Region(0, 0, 100, 40)
    assert [child.region for child in outer.children] == [Region(5, 5, 20, 20), Region(35, 5, 60, 30)]


def test_a_ground_is_painted(engine: TakumiEngine) -> None:
    element = {"type": "div", "props": {"tw": "w-1/2 h-full bg-red-500"}}
    pixels = engine.draw(from_satori(element, width=40, height=20).tree, Size(40, 20), {})

    assert tuple(pixels[10, 5]) == (0xEF, 0x44, 0x44, 255)
    assert tuple(pixels[10, 30]) == (0, 0, 0, 0)


def test_a_ground_fades_beneath_its_own_children(engine: TakumiEngine) -> None:
    element = div(
        div(width=10, height=10, background="blue"), background="red", opacity=0.5, width=20, height=20
    )
    pixels = engine.draw(from_satori(element, width=20, height=20).tree, Size(20, 20), {})

    assert np.allclose(pixels[15, 15], (255, 0, 0, 128), atol=2)
    assert np.allclose(pixels[5, 5], (85, 0, 170, 191), atol=2)


def test_a_picture_is_as_high_as_what_it_holds(engine: TakumiEngine) -> None:
    tree = from_satori(div(div(height=30), div(height=12), flexDirection="column"), width=100).tree
    (child,) = engine.measure(tree, Size(100, 500), {}).children

    assert child.region.height == 42


def test_an_svg_is_drawn(engine: TakumiEngine) -> None:
    element = {
        "type": "svg",
        "props": {
            "viewBox": "0 0 10 10",
            "width": 20,
            "children": {"type": "rect", "props": {"width": 10, "height": 10, "fill": "currentColor"}},
            "style": {"color": "#00ff00"},
        },
    }
    pixels = engine.draw(from_satori(element, width=40, height=20).tree, Size(40, 20), {})

    assert tuple(pixels[10, 10]) == (0, 255, 0, 255)
    assert pixels[10, 30, 3] == 0
