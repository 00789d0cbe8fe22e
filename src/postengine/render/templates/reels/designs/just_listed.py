"""Just listed: the photos, and over them the headline, the price, what speaks for it, and whom to ask."""

from __future__ import annotations

from collections.abc import Sequence

from postengine.render.templates.parts import Sheet
from postengine.render.templates.reels.acts import ask, chips, head, offer
from postengine.render.templates.reels.passages import over
from postengine.render.templates.reels.script import Script, Shot


def just_listed(sheet: Sheet, shots: Sequence[Shot]) -> Script:
    """Return the reel of a new listing."""
    badge = sheet.listing.badge or sheet.wording.term("just_listed")
    return Script((over(shots, (head(badge), *offer(sheet), *chips(sheet), *ask(sheet))),))
