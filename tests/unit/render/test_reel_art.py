"""The layers of a reel: apart from each other, clear of the apps' buttons, readable on every photo."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from postengine.render import Agent, Brand, Listing, Renderer, ShapeName, TextDoesNotFit, page_for
from postengine.render.image.colour import contrast, luminance, readable_on
from postengine.render.image.photo import RgbPixels
from postengine.render.templates.parts import Sheet
from postengine.render.templates.reel import ReelArt, end_tree, listing_reel, reel_tree

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">'
    b'<path d="M0 0H20V10H0z" fill="#ff00ff"/></svg>'
)
LONGEST = (
    "Exceptionally bright four-bedroom residence with wraparound terrace, heated pool "
    "and uninterrupted harbour views"
)
SHAPES: tuple[ShapeName, ...] = ("story", "square", "portrait", "landscape", "link")


def plain(shape: ShapeName, level: int = 255) -> RgbPixels:
    width, height = page_for(shape).size
    return np.full((height, width, 3), level, np.uint8)


def art_of(
    renderer: Renderer, listing: Listing, brand: Brand, shape: ShapeName = "story", *photos: RgbPixels
) -> ReelArt:
    sheet = Sheet.for_page(listing, brand, page_for(shape))
    return listing_reel(renderer, sheet, photos or [plain(shape)], {"logo": SVG})


def rows_with_ink(layer: NDArray[np.uint8]) -> NDArray[np.intp]:
    return np.flatnonzero(layer[..., 3].any(axis=1))


@pytest.mark.parametrize("shape", SHAPES)
def test_headline_and_details_do_not_overlap(
    shape: ShapeName, renderer: Renderer, listing: Listing, brand: Brand
) -> None:
    art = art_of(renderer, listing, brand, shape)

    both = (art.headline[..., 3] > 0) & (art.details[..., 3] > 0)
    width, height = page_for(shape).size
    assert {layer.shape for layer in (art.shade, art.headline, art.details)} == {(height, width, 4)}
    assert art.end_card.shape == (height, width, 3)
    assert art.headline[..., 3].max() == art.details[..., 3].max() == 255
    assert not both.any()
    assert rows_with_ink(art.headline).max() < rows_with_ink(art.details).max()


@pytest.mark.parametrize("title", ["Loft", LONGEST])
def test_a_reels_text_keeps_clear_of_the_apps_own_buttons(
    title: str, renderer: Renderer, listing: Listing, brand: Brand
) -> None:
    art = art_of(renderer, listing.model_copy(update={"title": title}), brand)

    for layer in (art.headline, art.details):
        rows = rows_with_ink(layer)
        assert rows.min() >= 250
        assert rows.max() < 1920 - 340


@pytest.mark.parametrize("level", [255, 128, 0])
def test_letters_read_on_any_photo_under_the_shade(
    level: int, renderer: Renderer, listing: Listing, brand: Brand
) -> None:
    art = art_of(renderer, listing, brand, "square", plain("square", 0), plain("square", level))

    alpha = art.shade[..., 3:].astype(float) / 255
    beneath = level * (1 - alpha) + art.shade[..., :3] * alpha
    words = (art.details[..., 3] > 250) & (art.details[..., :3] == brand.text_colour).all(axis=2)
    letters = float(luminance(np.array(brand.text_colour)))
    ratios = (letters + 0.05) / (luminance(beneath[words]) + 0.05)
    assert words.sum() > 1000
    assert ratios.min() >= 4.5


def test_the_shade_leaves_the_top_of_the_photo_alone(
    renderer: Renderer, listing: Listing, brand: Brand
) -> None:
    art = art_of(renderer, listing, brand)

    assert art.shade[:200, :, 3].max() < 8
    assert art.shade[-1, :, 3].min() > 150


@pytest.mark.parametrize("primary", ["#12263a", "#ffffff", "#e3b873"])
def test_the_end_card_reads_on_any_primary(primary: str, renderer: Renderer, listing: Listing) -> None:
    brand = Brand(name="Casa Norte", primary=primary, tagline="Homes with a view")

    art = art_of(renderer, listing, brand)

    words = readable_on(brand.primary_colour, brand.text_colour)
    assert tuple(art.end_card[0, 0]) == brand.primary_colour
    assert (art.end_card == np.array(words)).all(axis=2).sum() > 500
    assert contrast(words, brand.primary_colour) >= 4.5


@pytest.mark.parametrize(
    ("agent", "keys"),
    [
        (None, {"end_name"}),
        (Agent(name="Marta Lindqvist"), {"end_name", "end_agent"}),
        (Agent(name="Marta Lindqvist", phone="+351 210"), {"end_name", "end_agent", "end_phone"}),
    ],
)
def test_the_end_card_names_whom_to_ask(
    agent: Agent | None, keys: set[str], renderer: Renderer, listing: Listing
) -> None:
    page = page_for("story")
    sheet = Sheet.for_page(listing.model_copy(update={"agent": agent}), Brand(name="Casa"), page)

    layout = renderer.measure(end_tree(sheet), page.size)

    assert set(layout.regions) == keys
    assert all(page.safe.holds(region) for region in layout.regions.values())


def test_the_end_card_bears_the_logo(renderer: Renderer, listing: Listing, brand: Brand) -> None:
    art = art_of(renderer, listing, brand.model_copy(update={"logo_light": "logo"}))

    assert (art.end_card == [255, 0, 255]).all(axis=2).sum() > 2000


def test_the_title_alone_makes_a_reel(renderer: Renderer) -> None:
    art = art_of(renderer, Listing(title="Sold"), Brand(name="Casa"), "square")

    assert art.details[..., 3].max() == 255


def test_a_reel_from_right_to_left_stands_at_the_right(renderer: Renderer, brand: Brand) -> None:
    page = page_for("story")
    sheet = Sheet.for_page(Listing(title="شقة مطلة على البحر", locale="ar"), brand, page)

    layout = renderer.measure(reel_tree(sheet, head=1.0, rest=1.0), page.size)

    title = next(text for text in layout.texts if "شقة" in text.text)
    assert title.region.right == pytest.approx(page.safe.right, abs=8)


def test_a_reel_with_too_many_words_is_refused(renderer: Renderer, listing: Listing) -> None:
    wordy = "Real estate broker under the supervision of the authority of the region, licence number 000 "
    brand = Brand(name="Casa", legal=tuple((wordy * 2)[:160] for _ in range(4)))
    long = listing.model_copy(update={"title": LONGEST})

    with pytest.raises(TextDoesNotFit) as caught:
        art_of(renderer, long, brand, "link")

    safe = page_for("link").safe
    assert caught.value.text == LONGEST
    assert caught.value.box == (safe.width, safe.height)
    assert caught.value.needed_px > safe.height


def test_a_line_that_may_not_be_shortened_is_refused(
    renderer: Renderer, listing: Listing, brand: Brand
) -> None:
    agent = Agent(name="Marta Lindqvist", phone="W" * 30)

    with pytest.raises(TextDoesNotFit, match="WWW"):
        art_of(renderer, listing.model_copy(update={"agent": agent}), brand, "link")
