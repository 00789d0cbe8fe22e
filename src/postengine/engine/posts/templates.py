"""The templates that a card or a reel can be made in, by name."""

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

REEL_TEMPLATES = (
    "just_listed",
    "open_house",
    "price_change",
    "sold",
    "tour",
    "market_update",
    "agent_intro",
    "testimonial",
)

USERS_OWN = "user:"
"""Begins the name of a template of the user's own."""

_PLAIN = "listing_card"
_PLAIN_REEL = "just_listed"
_WITHOUT_PHOTOS = frozenset({"agent_intro", "testimonial", "market_figure", "market_update"})


def reel_template(name: str) -> str:
    """Return the template of a reel: the plain one, where an item has only what cards have by default."""
    return _PLAIN_REEL if name == _PLAIN else name


def is_template(name: str) -> bool:
    """Whether `name` may be the name of a template; whether a user's own is there, the renderer knows."""
    return name in TEMPLATES or (name.startswith(USERS_OWN) and len(name) > len(USERS_OWN))


def needs_photo(name: str) -> bool:
    """Whether a picture or reel in this template is nothing without a photo."""
    return name in (*TEMPLATES, *REEL_TEMPLATES) and name not in _WITHOUT_PHOTOS
