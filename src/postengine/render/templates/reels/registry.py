"""The reels by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from postengine.render.templates.parts import Sheet

from .designs.agent_intro import agent_intro
from .designs.just_listed import just_listed
from .designs.market_update import market_update
from .designs.open_house import open_house
from .designs.price_change import price_change
from .designs.sold import sold
from .designs.testimonial import testimonial
from .designs.tour import tour
from .script import Script, Shot

ReelTemplate = Callable[[Sheet, Sequence[Shot]], Script]
"""From a sheet and its photos and clips to a script."""

ReelName = Literal[
    "just_listed",
    "open_house",
    "price_change",
    "sold",
    "tour",
    "market_update",
    "agent_intro",
    "testimonial",
]

REELS: Mapping[ReelName, ReelTemplate] = {
    "just_listed": just_listed,
    "open_house": open_house,
    "price_change": price_change,
    "sold": sold,
    "tour": tour,
    "market_update": market_update,
    "agent_intro": agent_intro,
    "testimonial": testimonial,
}
