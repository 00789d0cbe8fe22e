"""A page is taken apart into beats that stand where they stood."""

from __future__ import annotations

import pytest

from postengine.render import Renderer
from postengine.render.image.tree import Box, Style
from postengine.render.templates.pages import page_for
from postengine.render.templates.parts import Letters, Sheet, line
from postengine.render.templates.reels.stage import beat, edges, pieces_of, room_between, stage
from tests.unit.render.templates.samples import BRAND, full_listing


def sheet_in(locale: str) -> Sheet:
    return Sheet.for_page(full_listing(locale=locale), BRAND, page_for("square"))


def words(sheet: Sheet, text: str) -> Box | None:
    return beat(line(sheet, text, Letters(60), sheet.on_paper.text, width=sheet.page.width, key=text), text)


@pytest.mark.parametrize("locale", ["en-GB", "ar-AE"])
def test_beats_stand_alone_where_they_stood_together(renderer: Renderer, locale: str) -> None:
    sheet = sheet_in(locale)
    tree = stage(sheet, (words(sheet, "One"), None, words(sheet, "Another")))
    whole = renderer.measure(tree, sheet.page.size)

    pieces = pieces_of(tree, whole, sheet.page)

    assert [piece.name for piece in pieces] == ["One", "Another"]
    for piece in pieces:
        alone = renderer.measure(piece.tree, sheet.page.size).texts[0].region
        together = whole.regions[piece.name]
        assert (alone.x, alone.y) == pytest.approx((together.x, together.y), abs=0.6)
        assert alone.width == pytest.approx(together.width, abs=0.6)


def test_centred_beats_stand_in_the_middle(renderer: Renderer) -> None:
    sheet = sheet_in("en-GB")
    tree = stage(sheet, (words(sheet, "One"), words(sheet, "Two")))

    one, two = pieces_of(tree, renderer.measure(tree, sheet.page.size), sheet.page, is_centred=True)

    safe = sheet.page.safe
    assert (one.region.y + two.region.bottom) / 2 == pytest.approx((safe.y + safe.bottom) / 2)


def test_a_page_without_beats_has_no_pieces(renderer: Renderer) -> None:
    sheet = sheet_in("en-GB")
    tree = stage(sheet, (Box(style=Style(width=10, height=10)),))

    assert pieces_of(tree, renderer.measure(tree, sheet.page.size), sheet.page, is_centred=True) == ()


def test_acts_have_the_room_between_what_stands_all_the_while(renderer: Renderer) -> None:
    sheet = sheet_in("en-GB")
    tree = edges(sheet, (words(sheet, "Head"),), (words(sheet, "Foot"),))
    pieces = pieces_of(tree, renderer.measure(tree, sheet.page.size), sheet.page)

    top, bottom = room_between(pieces, sheet.page)

    assert top == pytest.approx(pieces[0].region.bottom + sheet.page.unit)
    assert bottom == pytest.approx(pieces[1].region.y - sheet.page.unit)
