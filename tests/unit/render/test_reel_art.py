from __future__ import annotations

import numpy as np
import pytest

from postengine.render import Brand, ListingFacts
from postengine.render.image.colour import contrast, readable_on
from postengine.render.image.logo import Logo
from postengine.render.image.takumi import TakumiEngine
from postengine.render.templates.icons import icon
from postengine.render.templates.listing_reel import ReelArt, listing_reel
from postengine.render.templates.sizes import SizeName, page_for


def art_of(engine: TakumiEngine, facts: ListingFacts, brand: Brand, size: SizeName = "story") -> ReelArt:
    page = page_for(size)
    photo = np.full((page.size.height, page.size.width, 3), 255, np.uint8)
    return listing_reel(engine, facts, brand, [photo], page, Logo(icon("bed", brand.accent_colour), 1.0))


@pytest.mark.parametrize("size", ["story", "landscape"])
def test_headline_and_details_do_not_overlap(
    size: SizeName, engine: TakumiEngine, facts: ListingFacts, brand: Brand
) -> None:
    art = art_of(engine, facts, brand, size)

    both = (art.headline[..., 3] > 0) & (art.details[..., 3] > 0)
    assert art.headline[..., 3].max() == art.details[..., 3].max() == 255
    assert not both.any()


def test_a_reels_text_keeps_clear_of_the_apps_own_buttons(
    engine: TakumiEngine, facts: ListingFacts, brand: Brand
) -> None:
    art = art_of(engine, facts, brand)

    for layer in (art.headline, art.details):
        assert layer[:250, :, 3].max() == 0
        assert layer[1920 - 340 :, :, 3].max() == 0


@pytest.mark.parametrize("primary", ["#12263a", "#ffffff", "#e3b873"])
def test_the_end_card_reads_on_any_primary(primary: str, engine: TakumiEngine, facts: ListingFacts) -> None:
    brand = Brand(name="Casa Norte", primary=primary)

    art = art_of(engine, facts, brand)

    assert tuple(art.end_card[0, 0]) == brand.primary_colour
    words = readable_on(brand.primary_colour, brand.text_colour)
    assert (art.end_card == np.array(words)).all(axis=2).sum() > 500
    assert contrast(words, brand.primary_colour) >= 4.5


def test_the_title_alone_makes_a_reel(engine: TakumiEngine) -> None:
    page = page_for("square")
    photo = np.zeros((1080, 1080, 3), np.uint8)

    art = listing_reel(engine, ListingFacts(title="Sold"), Brand(name="Casa"), [photo], page)

    assert art.details[..., 3].max() == 255
