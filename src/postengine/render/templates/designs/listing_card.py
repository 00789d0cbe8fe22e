"""The plain card: as just listed, with a label only where the listing brings one."""

from __future__ import annotations

from postengine.render.image.tree import Box
from postengine.render.templates.parts import Sheet

from .just_listed import photo_with_headline


def listing_card(sheet: Sheet) -> Box:
    """Return a picture of a listing that claims nothing about it."""
    return photo_with_headline(sheet, sheet.listing.badge)
