"""The templates by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from postengine.render.image.tree import Box

from .designs.agent_intro import agent_intro
from .designs.before_after import before_after
from .designs.feature_list import feature_list
from .designs.for_rent import for_rent
from .designs.just_listed import just_listed
from .designs.listing_card import listing_card
from .designs.market_figure import market_figure
from .designs.open_house import open_house
from .designs.photo_grid import photo_grid
from .designs.price_change import price_change
from .designs.sold import sold
from .designs.testimonial import testimonial
from .designs.under_offer import under_offer
from .parts.sheet import Sheet

Template = Callable[[Sheet], Box]
"""From a sheet to a tree."""

TemplateName = Literal[
    "listing_card",
    "just_listed",
    "open_house",
    "price_change",
    "under_offer",
    "sold",
    "for_rent",
    "feature_list",
    "before_after",
    "photo_grid",
    "agent_intro",
    "testimonial",
    "market_figure",
]

TEMPLATES: Mapping[TemplateName, Template] = {
    "listing_card": listing_card,
    "just_listed": just_listed,
    "open_house": open_house,
    "price_change": price_change,
    "under_offer": under_offer,
    "sold": sold,
    "for_rent": for_rent,
    "feature_list": feature_list,
    "before_after": before_after,
    "photo_grid": photo_grid,
    "agent_intro": agent_intro,
    "testimonial": testimonial,
    "market_figure": market_figure,
}
