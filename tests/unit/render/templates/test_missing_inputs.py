"""What a listing or a brand lacks leaves no hole; what a template cannot do without is said."""

from __future__ import annotations

import pytest

from postengine.render import InputMissing, Renderer
from postengine.render.templates.brand import Brand
from postengine.render.templates.listing import Address, Listing
from postengine.render.templates.pages import SHAPES
from postengine.render.templates.registry import TEMPLATES, TemplateName

from .looking import seen
from .samples import BRAND, PHOTOS, full_listing, images_with

_WITHOUT: dict[str, dict[str, object]] = {
    "agent": {"agent": None},
    "price": {"price": None},
    "both_prices": {"price": None, "old_price": None},
    "address": {"address": Address(street="Hafenstraße 12", display="none")},
    "facts": {"bedrooms": None, "bathrooms": None, "area": None},
    "price_and_facts": {"price": None, "old_price": None, "bedrooms": None, "bathrooms": None, "area": None},
    "features": {"features": ()},
    "visit": {"visit": None},
    "photo": {"photos": ()},
    "second_photo": {"photos": ("p1",)},
    "testimonial": {"testimonial": None},
    "market": {"market": None},
}
_NEEDED: dict[str, tuple[TemplateName, ...]] = {
    "agent": ("agent_intro",),
    "photo": ("photo_grid", "before_after"),
    "second_photo": ("before_after",),
    "testimonial": ("testimonial",),
    "market": ("market_figure",),
}
_MOST_EMPTY = 0.42


@pytest.mark.parametrize("lack", _WITHOUT)
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_lack_leaves_no_hole(renderer: Renderer, template: TemplateName, lack: str) -> None:
    listing = full_listing(**_WITHOUT[lack])
    images = images_with(PHOTOS["house"])
    start = list(TEMPLATES).index(template) + list(_WITHOUT).index(lack)
    shapes = (SHAPES[start % len(SHAPES)], SHAPES[(start + 2) % len(SHAPES)])
    if template in _NEEDED.get(lack, ()):
        with pytest.raises(InputMissing) as caught:
            seen(renderer, template, listing, BRAND, shapes[0], images)
        assert caught.value.template == template
        return

    for shape in shapes:
        picture = seen(renderer, template, listing, BRAND, shape, images)

        assert picture.faults() == []
        assert picture.tallest_hole() <= _MOST_EMPTY, shape
        if "panel" in picture.layout.regions:
            assert picture.share_of_photo() >= 0.44, shape


def test_a_quotation_may_have_no_context_and_a_figure_a_label(renderer: Renderer) -> None:
    images = images_with(PHOTOS["house"])
    said = full_listing().testimonial
    assert said is not None
    alone = full_listing(testimonial=said.model_copy(update={"context": None}), badge="Hamburg, autumn")

    quote = seen(renderer, "testimonial", alone, BRAND, "square", images)
    figure = seen(renderer, "market_figure", alone, BRAND, "square", images)

    assert (quote.faults(), figure.faults()) == ([], [])
    assert "context" not in quote.layout.regions
    assert "badge" in figure.layout.regions


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_brand_and_a_listing_with_hardly_anything_leave_no_hole(
    renderer: Renderer, template: TemplateName
) -> None:
    full = full_listing()
    assert full.agent is not None
    assert full.market is not None
    bare = Listing(
        title="Three bedroom apartment by the old harbour",
        photos=("p1", "p2"),
        agent=full.agent.model_copy(
            update={"photo": None, "phone": None, "licence": None, "role": None, "greeting": None}
        ),
        testimonial=full.testimonial,
        market=full.market.model_copy(
            update={"series": (), "change_percent": None, "source": None, "first": None, "last": None}
        ),
    )
    images = images_with(PHOTOS["house"])

    for shape in SHAPES:
        picture = seen(renderer, template, bare, Brand(name="Petersen & Co"), shape, images)

        assert picture.faults() == []
        assert picture.tallest_hole() <= _MOST_EMPTY, shape
