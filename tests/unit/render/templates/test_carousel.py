"""A carousel's pages: one look, a mark on each, the cover first and whom to ask last."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from postengine.render import Renderer
from postengine.render.templates.carousel import carousel_trees, draw_carousel
from postengine.render.templates.check import faults
from postengine.render.templates.designs.just_listed import just_listed
from postengine.render.templates.pages import SHAPES, ShapeName, page_for

from .samples import BRAND, PHOTOS, full_listing, images_with

_IMAGES = images_with(PHOTOS["house"])


@pytest.mark.parametrize("shape", SHAPES)
def test_every_page_stands_well_and_says_which_it_is(renderer: Renderer, shape: ShapeName) -> None:
    page = page_for(shape)

    trees = carousel_trees(renderer, full_listing(), BRAND, shape, _IMAGES)

    layouts = [renderer.measure(tree, page.size, images=_IMAGES) for tree in trees]
    said = [{text.key: text.text for text in layout.texts} for layout in layouts]
    assert [one["page_mark"] for one in said] == ["1/5", "2/5", "3/5", "4/5", "5/5"]
    assert [list(faults(layout, page)) for layout in layouts] == [[]] * 5
    assert said[1]["title"] == "South-facing balcony"
    assert said[-1]["title"] == "Anna Petersen"


@pytest.mark.parametrize("shape", ["square", "link"])
def test_a_long_label_and_the_mark_stand_clear_of_each_other(renderer: Renderer, shape: ShapeName) -> None:
    page = page_for(shape)

    last = carousel_trees(renderer, full_listing(locale="de-DE"), BRAND, shape, _IMAGES)[-1]

    layout = renderer.measure(last, page.size, images=_IMAGES)
    mark, tab = layout.regions["page_mark_ground"], layout.regions["badge_ground"]
    assert "IHRE ANSPRECHPERSON" in {text.text for text in layout.texts}
    assert mark.bottom <= tab.y or mark.x >= tab.right or mark.right <= tab.x
    assert list(faults(layout, page)) == []


def test_at_most_ten_pages_are_made(renderer: Renderer) -> None:
    listing = full_listing(photos=("p1",) * 10, features=("Balcony",))

    trees = carousel_trees(renderer, listing, BRAND, "square", _IMAGES, cover="feature_list")

    assert len(trees) == 10


def test_without_an_agent_or_photos_it_still_has_a_cover_and_an_end(renderer: Renderer) -> None:
    listing = full_listing(photos=(), agent=None, price=None, bedrooms=None, bathrooms=None, area=None)

    files = draw_carousel(renderer, listing, BRAND, "square", _IMAGES, cover=just_listed)

    assert [Image.open(io.BytesIO(file)).size for file in files] == [(1080, 1080)] * 2
