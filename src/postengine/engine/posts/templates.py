"""The templates that a card can be drawn in, by name."""

from __future__ import annotations

TEMPLATES = (
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
)

USERS_OWN = "user:"
"""Begins the name of a template of the user's own."""

_WITHOUT_PHOTOS = frozenset({"agent_intro", "testimonial", "market_figure"})


def is_template(name: str) -> bool:
    """Whether `name` may be the name of a template; whether a user's own is there, the renderer knows."""
    return name in TEMPLATES or (name.startswith(USERS_OWN) and len(name) > len(USERS_OWN))


def needs_photo(name: str) -> bool:
    """Whether a picture in this template is nothing without a photo."""
    return name in TEMPLATES and name not in _WITHOUT_PHOTOS
