"""Whether a template stands as a typesetter would leave it: nothing outside, nothing on top of another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from postengine.render.errors import TextDoesNotFit
from postengine.render.image.geometry import Region
from postengine.render.image.layout import Layout, TextPlace

from .pages import Page
from .parts.words import HANG_EM

PHOTO_SHARE = 0.45
"""Of a page, what its photos shall have; one that cannot be set tighter may go below."""

PHOTO_SHARE_AT_LEAST = 0.34
"""What a photo beside a panel is never denied; over a photo, text may then rise to a quarter of the page."""

_CLEAR = 0.75
_CLEAR_WIDE = 0.45
"""What clear part of a photo counts as the whole."""

_SLACK_PX = 1.0
_SPACE_EM = 0.32
_ORNAMENTS = frozenset({"mark"})
"""Texts that are drawings: a quotation mark hangs into the margin, and its box reaches over its lines."""


@dataclass(frozen=True)
class Fault:
    """Something that does not stand well.

    Attributes:
        kind: What is wrong.
        text: The text at fault; the longest one, if it is the photo that is too small.
        box: Width and height of the room it had.
        needed_px: How much of it there would have to be, in the direction that is short.
        path: Of the text's node.
    """

    kind: str
    text: str
    box: tuple[float, float]
    needed_px: float
    path: str | None = None

    @property
    def refusal(self) -> TextDoesNotFit:
        """The error that it is where no size is without one."""
        error = TextDoesNotFit(self.text, box=self.box, needed_px=self.needed_px)
        error.path = self.path
        return error


def faults(layout: Layout, page: Page, *, photo_share: float = PHOTO_SHARE) -> Iterator[Fault]:
    """Yield what is wrong: texts outside the safe zone or their panel, texts over texts, too little photo."""
    texts = [text for text in layout.texts if text.key not in _ORNAMENTS]
    for text in texts:
        safe = _room(text, layout, page)
        if not safe.holds(text.region, _slack_px(text)):
            too_tall = (
                text.region.bottom - safe.y > safe.height + _SLACK_PX or text.region.y < safe.y - _SLACK_PX
            )
            needed = text.region.height if too_tall else text.region.width
            yield Fault("outside", text.text, (safe.width, safe.height), needed, text.path)
    for one, other in combinations(texts, 2):
        if _cross(one, other):
            box = (other.region.width, other.region.height)
            yield Fault("overlap", other.text, box, one.region.height, other.path)
    if photo_share > (have := photo_share_of(layout, page)):
        longest = max(texts, key=lambda text: len(text.text), default=None)
        said, path = (longest.text, longest.path) if longest else ("", None)
        box = (page.size.width, page.size.height)
        yield Fault("photo", said, box, (photo_share - have) * page.size.height, path)


def photo_share_of(layout: Layout, page: Page) -> float:
    """Return how much of the page its photos have to themselves; 1 where there is none.

    Beside a panel it is what they cover. Where text stands on a photo it is what is clear above the first
    line, counted for more than it is, since the photo goes on beneath the text.
    """
    covered = photo_area(layout, page) / (page.size.width * page.size.height)
    if "panel" in layout.regions:
        return covered
    if not covered:
        return 1.0
    first = min(text.region.y for text in layout.texts if text.key != "page_mark")
    return first / page.size.height / (_CLEAR_WIDE if page.is_wide else _CLEAR)


def photo_area(layout: Layout, page: Page) -> float:
    """Return how many pixels of the page its photos cover."""
    canvas = Region(0, 0, *page.size)
    photos = (region for key, region in layout.regions.items() if key.startswith(("photo_", "portrait")))
    return sum(_shared(region, canvas) for region in photos)


def _room(text: TextPlace, layout: Layout, page: Page) -> Region:
    """Return where a text may stand: within the safe zone, and within the margins of its panel."""
    safe, panel = page.safe, layout.regions.get("panel")
    if panel is None or not _shared(text.region, panel, _SLACK_PX):
        return safe
    x = max(panel.x + page.margin, safe.x)
    return Region(x, safe.y, min(panel.right - page.margin, safe.right) - x, safe.height)


def _slack_px(text: TextPlace) -> float:
    """Return how far a text's box may reach out unseen: a space at a line's end, the white of a letter."""
    size = float(text.font_px)
    hangs = any(line.text.endswith(" ") for line in text.lines)
    return max(_SPACE_EM * size if hangs else 0.0, HANG_EM * size) + _SLACK_PX


def _cross(one: TextPlace, other: TextPlace) -> bool:
    return _shared(one.region, other.region, _SLACK_PX) > 0


def _shared(a: Region, b: Region, slack_px: float = 0.0) -> float:
    width = min(a.right, b.right) - max(a.x, b.x) - slack_px
    height = min(a.bottom, b.bottom) - max(a.y, b.y) - slack_px
    return max(width, 0.0) * max(height, 0.0)
