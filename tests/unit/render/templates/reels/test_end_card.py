"""The end card says who, how to get in touch, and what the law asks for; nothing that is not known."""

from __future__ import annotations

import pytest

from postengine.render import Renderer
from postengine.render.image.colour import contrast, readable_on
from postengine.render.image.layout import Layout
from postengine.render.templates.brand import Brand
from postengine.render.templates.draw import settled
from postengine.render.templates.listing import Agent
from postengine.render.templates.parts import Sheet
from postengine.render.templates.reels import REEL_SHAPES, ReelShape, page_for_reel
from postengine.render.templates.reels.end_card import end_card
from postengine.render.templates.reels.pages import centred_page
from tests.unit.render.templates.samples import BRAND, PHOTOS, full_listing, images_with

IMAGES = images_with(PHOTOS["house"])
ANNA = Agent(name="Anna Petersen", phone="+49 40 123 45 67", role="Partner", licence="Lic. 0123")


def measured(renderer: Renderer, brand: Brand, agent: Agent | None, shape: ReelShape = "story") -> Layout:
    page = centred_page(page_for_reel(shape, "tiktok"))
    sheet = Sheet.for_page(full_listing(agent=agent), brand, page)
    return renderer.measure(settled(renderer, end_card, sheet, IMAGES), page.size, images=IMAGES)


@pytest.mark.parametrize(
    ("agent", "keys"),
    [
        (None, set[str]()),
        (Agent(name="Anna Petersen"), {"end_agent"}),
        (ANNA, {"end_agent", "end_role", "end_licence", "agent_phone"}),
    ],
)
def test_names_whom_to_ask(renderer: Renderer, agent: Agent | None, keys: set[str]) -> None:
    layout = measured(renderer, Brand(name="Casa"), agent)

    assert {text.key for text in layout.texts} == {"end_name"} | keys


def test_bears_logo_tagline_and_legal_lines(renderer: Renderer) -> None:
    layout = measured(renderer, BRAND.model_copy(update={"tagline": "Homes with a view"}), ANNA)

    assert {"end_logo", "end_tagline", "legal"} <= set(layout.regions)


@pytest.mark.parametrize("shape", REEL_SHAPES)
def test_stands_in_the_middle_of_what_the_app_leaves(renderer: Renderer, shape: ReelShape) -> None:
    brand = BRAND.model_copy(update={"tagline": "Homes with a view"})

    layout = measured(renderer, brand, ANNA, shape)

    page = page_for_reel(shape, "tiktok")
    for text in layout.texts:
        assert page.safe.holds(text.region, slack_px=8), text
        if text.key != "agent_phone":  # beside its icon
            assert text.region.x + text.region.width / 2 == pytest.approx(page.size.width / 2, abs=3)


@pytest.mark.parametrize("primary", ["#12263a", "#ffffff", "#e3b873", "#777777"])
def test_reads_on_any_primary(renderer: Renderer, primary: str) -> None:
    brand = BRAND.model_copy(update={"primary": primary, "tagline": "Homes with a view"})

    layout = measured(renderer, brand, ANNA)

    own = {text.key: text.colour for text in layout.texts}
    words = readable_on(brand.primary_colour, brand.text_colour)
    assert own["end_name"] == own["end_agent"] == words.css()
    assert contrast(words, brand.primary_colour) >= 4.5
