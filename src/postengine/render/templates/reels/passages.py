"""Passages that several reels share."""

from __future__ import annotations

from collections.abc import Sequence

from .script import Act, Passage, Shot
from .shots import ground_card


def over(shots: Sequence[Shot], acts: Sequence[Act], *, needed: bool = True) -> Passage:
    """Return acts over shots, or on the brand's main colour where there are none."""
    if not shots:
        return on_card(acts, needed=needed)
    return Passage(tuple(shots), tuple(acts), needed=needed)


def on_card(acts: Sequence[Act], *, needed: bool = True) -> Passage:
    """Return acts on the brand's main colour."""
    return Passage((Shot(card=ground_card),), tuple(acts), ground="primary", needed=needed)
