"""The sheet that a template is drawn on: what it says, how it looks, and the inks for each ground."""

from __future__ import annotations

from dataclasses import dataclass, replace

from postengine.render.image.colour import BLACK, Colour, contrast, readable_on
from postengine.render.templates.brand import Brand
from postengine.render.templates.listing import Listing
from postengine.render.templates.pages import Page, page_for
from postengine.render.templates.wording import Wording, wording_for

from .inks import READABLE, VISIBLE, Ink, toned

_TYPE = ("display", "title", "title_least", "price", "body", "small", "unit")
_LEAST_UNIT = 0.5

_PANEL = 0.54
"""The width of a panel beside a picture."""

_SHADED = Colour(99, 99, 99)
"""A bright photo beneath a scrim, about as light as white letters with their 4.5 to 1 leave it."""


@dataclass(frozen=True)
class Sheet:
    """All that a template needs.

    Attributes:
        listing: What it says.
        brand: How it looks.
        page: The grid, perhaps set tighter.
        wording: Its locale's way of writing.
        is_terse: There is no room for more than the least.
    """

    listing: Listing
    brand: Brand
    page: Page
    wording: Wording
    is_terse: bool = False

    @classmethod
    def for_page(cls, listing: Listing, brand: Brand, page: Page) -> Sheet:
        """Return the sheet of a page at its full type size."""
        return cls(listing, brand, page, wording_for(listing))

    def tighter(self, share: float) -> Sheet:
        """Return the sheet with type and spaces at `share` of their size, where that still reads.

        Above 1 they grow: for a page without a photo.
        """
        page = self.page
        resized = {name: max(round(getattr(page, name) * share), self._floor(name)) for name in _TYPE}
        return replace(self, page=replace(page, **resized))

    def terser(self, most_lines: int = 3) -> Sheet:
        """Return the sheet with texts cut to so many lines, 2 or 3, and features left out: a last resort."""
        left_out = 2 * (4 - most_lines)
        page = replace(self.page, most_lines=most_lines, features=self.page.features - left_out)
        return replace(self, page=page, is_terse=True)

    def side_by_side(self) -> Sheet:
        """Return the sheet with its panel beside the picture also on a page that is not wide."""
        page = self.page
        panel = round(page.size.width * _PANEL / 4) * 4
        return replace(self, page=replace(page, is_wide=True, column=panel - 2 * page.margin))

    @property
    def has_photo(self) -> bool:
        """Whether there is a photo of the property."""
        return bool(self.listing.photos)

    @property
    def on_photo(self) -> Ink:
        """The ink over photos, whose scrims take the shadow's colour."""
        shadow = self.brand.shadow_colour
        return self._ink(shadow, self.brand.text_colour, lighter=contrast(_SHADED, shadow))

    @property
    def on_main(self) -> Ink:
        """The ink over the main photo, or on the main colour, which stands in for it where there is none."""
        return self.on_photo if self.has_photo else self.on_primary

    @property
    def on_paper(self) -> Ink:
        """The ink on the light ground."""
        return self._ink(self.brand.paper_colour, self.brand.ink_colour)

    @property
    def on_primary(self) -> Ink:
        """The ink on the brand's main colour."""
        ground = self.brand.primary_colour
        return self._ink(ground, readable_on(ground, self.brand.text_colour))

    def _ink(self, ground: Colour, text: Colour, lighter: float = 1.0) -> Ink:
        accent, light, dark = self.brand.accent_colour, self.brand.logo_light, self.brand.logo_dark
        is_dark = contrast(text, BLACK) > contrast(ground, BLACK)
        return Ink(
            ground=ground,
            text=text,
            mark=toned(accent, ground, VISIBLE * lighter),
            accent=toned(accent, ground, READABLE * lighter),
            logo=(light or dark) if is_dark else (dark or light),
        )

    def _floor(self, name: str) -> int:
        if name == "unit":
            return round(page_for(self.page.name).unit * _LEAST_UNIT)
        return self.page.least
