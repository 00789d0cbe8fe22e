"""Drawings that a ground shows very large are drawn from their pixels."""

from __future__ import annotations

import pytest

from postengine.render.image import Box, Node, Shape, Size, Style
from postengine.render.image.draw.grounds import with_pixels
from postengine.render.image.draw.takumi import TakumiEngine

CANVAS = Size(100, 60)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">'
    b'<path d="M0 0H10V10H0z" fill="#ff0000"/></svg>'
)
URI = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='7' height='3'/%3E"


def box(*children: Node, **style: object) -> Box:
    return Box(children=children, style=Style.model_validate({"width": 100, "height": 60} | style))


@pytest.mark.parametrize("name", ["logo", "'logo'", '"logo"', " logo "])
def test_a_ground_of_more_pixels_than_the_engine_draws_is_drawn(name: str, engine: TakumiEngine) -> None:
    tree = box(background_image=f"url({name})", background_size="9000px 9000px")

    drawn = engine.draw(tree, CANVAS, {"logo": SVG})

    assert (drawn == [255, 0, 0, 255]).all()


def test_a_mask_of_more_pixels_than_the_engine_draws_hides_what_it_is_to(engine: TakumiEngine) -> None:
    tree = box(
        box(background_color="#0000ff", mask=f'url(logo) -4450px 0 / 9000px 9000px, url("{URI}")'),
    )

    drawn = engine.draw(tree, CANVAS, {"logo": SVG})

    assert (drawn[:, :45] == [0, 0, 255, 255]).all()
    assert not drawn[:, 55:].any()


def test_a_large_ground_beside_a_drawing_that_is_not_seen_is_drawn(engine: TakumiEngine) -> None:
    sliver = Shape(view=(1, 1), outlines=(), style=Style(width=0.25))

    drawn = engine.draw(box(sliver, background="url(logo) 0 0 / 9000px 9000px"), CANVAS, {"logo": SVG})

    assert (drawn == [255, 0, 0, 255]).all()


def test_only_drawings_become_pixels() -> None:
    tree = box(box(background="url(photo)"), box(background=f'url(Logo), URL(logo), url("{URI}")'))

    new = with_pixels(tree, lambda _: True, lambda name: f"pixels-of-{name[:4]}", {"logo"})

    assert [child.style.background for child in new.children] == [
        "url(photo)",
        'url(Logo), url("pixels-of-logo"), url("pixels-of-data")',
    ]
