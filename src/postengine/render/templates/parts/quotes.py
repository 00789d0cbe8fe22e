"""A quotation: words in the heading font beneath a large mark."""

from __future__ import annotations

from postengine.render.image.tree import Box, Style, Text

from .inks import Ink
from .sheet import Sheet
from .stacks import column
from .words import Letters, lines_for, paragraph

_MARKS = {"fr": "«", "ru": "«", "el": "«", "ar": "»", "de": "»", "ja": "「", "zh": "「", "ko": "“"}
"""How a language opens a quotation, in the form that stands well alone and large; else the English mark."""

_PLACES = {"“": (0.045, 0.42, 0.74), "«": (0.03, 0.54, 0.2), "»": (0.03, 0.54, 0.2), "「": (0.56, 0.68, 0.84)}
"""How far a mark hangs into the margin, how high its box is, and its leading, in ems."""


def quoted(sheet: Sheet, ink: Ink, text: str, *, width: float, lines: int, size_px: float) -> Box:
    """Return a sentence under a large quotation mark that hangs a little into the margin."""
    least = round(size_px * 0.5)
    words = paragraph(
        sheet,
        text,
        Letters(size_px, is_heading=True, weight=500),
        ink.text,
        width=width,
        lines=lines_for(sheet, text, size_px=least, width=width, usual=lines, most=1.75),
        least_px=least,
        key="quote",
        line_height=1.26,
    )
    return column((quote_mark(sheet, ink, size_px), words))


def quote_mark(sheet: Sheet, ink: Ink, size_px: float) -> Text:
    """Return the large mark that opens a quotation in the language of the page."""
    mark = _MARKS.get(sheet.wording.locale.language, "“")
    size = round(size_px * 3.4)
    side = "margin_right" if sheet.wording.is_right_to_left else "margin_left"
    hang, height, leading = _PLACES.get(mark, _PLACES["“"])
    place = {side: round(size * -hang), "height": round(size * height), "line_height": leading}
    return Text(
        text=mark,
        style=Style.model_validate(
            {
                "font_family": sheet.brand.heading,
                "font_size": size,
                "font_weight": 600,
                "color": ink.mark.css(),
                "flex_shrink": 0,
            }
            | place
        ),
        key="mark",
    )
