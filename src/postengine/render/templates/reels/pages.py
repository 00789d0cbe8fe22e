"""The pages of reels: those of pictures, where a network's own buttons leave room."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Literal

from postengine.render.image.geometry import Region
from postengine.render.templates.pages import Page, page_for
from postengine.render.video.networks import safe_region
from postengine.render.video.spec import PresetName

ReelShape = Literal["story", "square", "portrait", "landscape"]

REEL_SHAPES: tuple[ReelShape, ...] = ("story", "square", "portrait", "landscape")
"""9:16, 1:1, 4:5 and 16:9."""

_GRID = 4


def page_for_reel(shape: ReelShape, preset: PresetName | None = None, *, kept: Region | None = None) -> Page:
    """Return a page on which everything stands clear of a network's buttons, and of the captions.

    Args:
        shape: Of the video.
        preset: The network; None keeps off what most of them cover.
        kept: The place of captions, at the foot of the safe zone; None where there are none.
    """
    page = page_for(shape)
    safe = safe_region(preset, page.size)
    foot = safe.bottom if kept is None else min(safe.bottom, kept.y - page.unit)
    page = replace(
        page,
        top=max(page.top, _up(safe.y)),
        bottom=max(page.bottom, _up(page.size.height - foot)),
        left=max(_up(safe.x) - page.margin, 0),
        right=max(_up(page.size.width - safe.right) - page.margin, 0),
    )
    return replace(page, column=min(page.column, page.width))


def centred_page(page: Page) -> Page:
    """Return a page with the wider of its margins on both sides: for what stands in the middle."""
    more = max(page.left, page.right)
    page = replace(page, left=more, right=more)
    return replace(page, column=min(page.column, page.width))


def _up(pixels: float) -> int:
    return math.ceil(pixels / _GRID) * _GRID
