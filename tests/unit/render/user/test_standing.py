"""One's own templates: set smaller where that helps, else as they are."""

from __future__ import annotations

import pytest

from postengine.render.errors import TextDoesNotFit
from postengine.render.image.renderer import Renderer
from postengine.render.image.tree import Box, Fit, Style, Text
from postengine.render.templates.parts import Sheet
from postengine.render.templates.user import own_tree

from .conftest import MakeSheet


def tall(sheet: Sheet, *, times: float, top: float, fit: Fit | None = None) -> Box:
    """Return one line of text as tall as so many titles."""
    style = Style(
        position="absolute", top=top, left=sheet.page.margin, font_size=sheet.page.title * times, width=900
    )
    return Box(style=Style(width=1080, height=1080), children=(Text(text="Tall", style=style, fit=fit),))


def size_of(tree: Box) -> object:
    return tree.children[0].style.font_size


def test_a_template_that_stands_well_keeps_its_size(make_sheet: MakeSheet) -> None:
    sheet = make_sheet()

    tree = own_tree(Renderer(), lambda s: tall(s, times=1, top=400), sheet, {})

    assert size_of(tree) == sheet.page.title


def test_a_template_is_set_smaller_until_it_stands_in_the_safe_area(make_sheet: MakeSheet) -> None:
    sheet = make_sheet()

    tree = own_tree(Renderer(), lambda s: tall(s, times=1, top=945), sheet, {})

    assert 30 < float(str(size_of(tree))) < sheet.page.title


def test_a_template_that_means_to_stand_elsewhere_keeps_its_size(make_sheet: MakeSheet) -> None:
    sheet = make_sheet()

    tree = own_tree(Renderer(), lambda s: tall(s, times=1, top=0), sheet, {})

    assert size_of(tree) == sheet.page.title


def test_a_size_that_cannot_be_set_is_passed_over(make_sheet: MakeSheet) -> None:
    sheet = make_sheet()

    def template(s: Sheet) -> Box:
        is_full = s.page.title == sheet.page.title
        return tall(s, times=1, top=0, fit=Fit(min_px=2000, may_shorten=False) if is_full else None)

    tree = own_tree(Renderer(), template, sheet, {})

    assert float(str(size_of(tree))) < sheet.page.title


def test_a_text_that_fits_at_no_size_is_refused(make_sheet: MakeSheet) -> None:
    fit = Fit(min_px=1500, may_shorten=False)

    with pytest.raises(TextDoesNotFit, match="Tall"):
        own_tree(Renderer(), lambda s: tall(s, times=1, top=400, fit=fit), make_sheet(), {})
