"""Any colours that an agency may have read on the picture as it is drawn."""

from __future__ import annotations

import pytest

from postengine.render import Renderer
from postengine.render.templates.brand import Brand
from postengine.render.templates.pages import SHAPES
from postengine.render.templates.registry import TEMPLATES

from .looking import seen, worst_contrast
from .samples import PHOTOS, full_listing, images_with

_COLOURS = {
    "black": ("#000000", "#ffffff"),
    "white": ("#ffffff", "#000000"),
    "pastel": ("#f4c7d9", "#bfe3d0"),
    "red": ("#d40000", "#ff2d2d"),
    "yellow": ("#ffd400", "#ffd400"),
    "grey": ("#777777", "#808080"),
}


@pytest.mark.parametrize("name", _COLOURS)
def test_every_text_reads_in_these_colours(renderer: Renderer, name: str) -> None:
    primary, accent = _COLOURS[name]
    brand = Brand(
        name="Petersen & Co", primary=primary, accent=accent, legal=("Lic. 1",), tagline="By the water"
    )
    images = images_with(PHOTOS["house"])
    start = list(_COLOURS).index(name)

    for at, template in enumerate(TEMPLATES):
        shape = SHAPES[(start + at) % 5]
        picture = seen(renderer, template, full_listing(), brand, shape, images)

        contrast, text = worst_contrast(renderer, picture, images)

        assert contrast >= 4.5, (template, text)


def test_each_ground_gets_the_logo_that_is_made_for_it(renderer: Renderer) -> None:
    images = images_with(PHOTOS["house"]) | {"dark": images_with(PHOTOS["white"])["logo"]}
    brand = Brand(name="Petersen & Co", primary="#fff3c4", logo_light="logo", logo_dark="dark")

    on_photo = seen(renderer, "just_listed", full_listing(), brand, "square", images)
    on_band = seen(renderer, "for_rent", full_listing(), brand, "square", images)

    assert '"source":"logo"' in on_photo.tree.model_dump_json()
    assert '"source":"dark"' in on_band.tree.model_dump_json()


@pytest.mark.parametrize(("field", "value"), [("text", "#333333"), ("paper", "#777777"), ("primary", "blue")])
def test_a_colour_that_cannot_serve_is_refused(field: str, value: str) -> None:
    with pytest.raises(ValueError, match="Expected a"):
        Brand.model_validate({"name": "Petersen & Co", field: value})
