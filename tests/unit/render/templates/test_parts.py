"""The parts that templates are made of: inks, words, rows, the chart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postengine.render import Renderer, Size
from postengine.render.image.colour import Colour, contrast
from postengine.render.image.tree import Box, Shape, Style
from postengine.render.templates.listing import Listing, MarketFigure
from postengine.render.templates.pages import SHAPES, page_for
from postengine.render.templates.parts import (
    Letters,
    Sheet,
    agent_line,
    legal_lines,
    line,
    page_mark,
    paragraph,
    spacer,
    toned,
)
from postengine.render.templates.parts.blocks import price_line
from postengine.render.templates.parts.chart import chart
from postengine.render.templates.parts.figures import figure_chart
from postengine.render.templates.parts.words import capitals, em_width, hung, lines_for, may_be_spaced

from .samples import BRAND

_CHANNEL = st.integers(0, 255)
_COLOUR = st.builds(Colour, _CHANNEL, _CHANNEL, _CHANNEL)


def _sheet(locale: str = "en-GB", **more: object) -> Sheet:
    listing = Listing.model_validate({"title": "Villa", "locale": locale} | more)
    return Sheet.for_page(listing, BRAND, page_for("square"))


def test_an_amount_is_never_cut_though_words_in_its_place_are() -> None:
    amount, words = ({"amount": 1_250_000, "currency": "EUR"}, "Price on request")

    fits = [
        text.fit
        for price in (amount, words)
        if (text := price_line(sheet := _sheet(price=price), sheet.on_paper, width=300))
    ]

    assert [fit and fit.may_shorten for fit in fits] == [False, True]


@given(colour=_COLOUR, ground=_COLOUR, ratio=st.sampled_from([3.0, 4.5]))
def test_a_toned_colour_can_be_seen_on_any_ground(colour: Colour, ground: Colour, ratio: float) -> None:
    assert contrast(toned(colour, ground, ratio), ground) >= ratio


def test_a_tone_keeps_its_hue_and_changes_no_more_than_it_must() -> None:
    gold, paper = Colour.from_hex("#e0b972"), Colour.from_hex("#faf7f2")

    tone = toned(gold, paper, 3.0)

    assert contrast(tone, paper) < 3.2
    assert tone.red > tone.green > tone.blue


def test_a_dark_accent_is_lightened_over_a_photo_for_its_scrim_is_no_black() -> None:
    brand = BRAND.model_copy(update={"accent": "#000000"})
    sheet = Sheet.for_page(Listing(title="Villa", photos=("p1",)), brand, page_for("square"))

    assert contrast(sheet.on_photo.mark, Colour(99, 99, 99)) >= 2.99
    assert sheet.on_photo.mark.red > 150
    assert sheet.on_paper.mark == Colour(0, 0, 0)


def test_where_no_tone_will_do_black_or_white_does() -> None:
    assert toned(Colour(200, 200, 200), Colour(117, 117, 117), 4.6) == Colour(255, 255, 255)


def test_letters_are_spaced_only_where_the_script_allows_it() -> None:
    sheet = _sheet()
    ink, spaced = sheet.on_paper, Letters(30, tracking_em=0.1)

    tracking = {
        text: line(sheet, text, spaced, ink.text, width=400).style.letter_spacing
        for text in ("Sold", "Продано", "تم البيع", "बिक गया", "ขายแล้ว", "成約", "נמכר")
    }

    assert [text for text, given in tracking.items() if given is not None] == ["Sold", "Продано"]
    assert may_be_spaced("€ 12 / 14")


@pytest.mark.parametrize(
    ("locale", "text", "set_as"),
    [("de-DE", "Straße", "STRASSE"), ("el-GR", "Νέα τιμή", "Νέα τιμή"), ("tr-TR", "Konut", "Konut")],
)
def test_capitals_are_set_where_a_language_makes_them_simply(locale: str, text: str, set_as: str) -> None:
    assert capitals(_sheet(locale), text) == set_as


def test_a_phone_number_keeps_its_order_on_a_page_that_reads_from_the_right() -> None:
    sheet = _sheet("ar-AE")

    number, name = (
        line(sheet, text, Letters(30), sheet.on_paper.text, width=400).text
        for text in ("+971 4 123", "دبي 12")
    )

    assert number == "\u2066+971 4 123\u2069"
    assert name == "دبي 12"


def test_a_long_text_is_given_more_lines_and_a_terse_sheet_fewer() -> None:
    sheet, long = _sheet(), "Fünfzimmermaisonettewohnung " * 8

    assert lines_for(sheet, "Villa", size_px=40, width=900, usual=2) == 2
    assert lines_for(sheet, long, size_px=40, width=900, usual=2) == 8
    assert lines_for(sheet.terser(), long, size_px=40, width=900, usual=2) == 3
    assert em_width("e\u0301") == em_width("e")


def test_a_tighter_sheet_stops_where_a_phone_would_no_longer_show_it() -> None:
    for shape in SHAPES:
        full = Sheet.for_page(Listing(title="Villa"), BRAND, page_for(shape))

        tight = full.tighter(0.3).page

        assert min(tight.small, tight.body, tight.title, tight.price) == tight.least
        assert tight.fine == full.page.fine >= tight.least_fine
        assert tight.unit * 2 >= full.page.unit
        assert full.tighter(1.2).page.title > full.page.title


def test_spaces_are_on_a_grid_of_four_pixels() -> None:
    pages = [
        Sheet.for_page(Listing(title="Villa"), BRAND, page_for(shape)).tighter(0.77).page for shape in SHAPES
    ]

    assert {page.space(times) % 4 for page in pages for times in (0.1, 0.25, 0.5, 1, 1.25, 2)} == {0}


def test_legal_lines_share_a_row_as_long_as_they_fit() -> None:
    sheet = _sheet()

    wide = legal_lines(sheet, sheet.on_paper, width=900)
    narrow = legal_lines(sheet, sheet.on_paper, width=300)

    assert wide is not None
    assert narrow is not None
    assert (len(wide.children), len(narrow.children)) == (1, 3)


def test_a_paragraph_that_may_not_be_shortened_says_so() -> None:
    sheet = _sheet()

    words = paragraph(
        sheet,
        "Villa",
        Letters(30),
        sheet.on_paper.text,
        width=300,
        lines=2,
        least_px=25,
        may_shorten=False,
        opacity=0.9,
    )

    assert words.fit is not None
    assert not words.fit.may_shorten
    assert words.style.color is not None
    assert words.style.color.endswith("0.9)")


def test_a_chart_rises_and_falls_with_its_series() -> None:
    ink = _sheet().on_primary

    drawn = chart((1, 3, 2), ink, width=400, height=200)
    flat = chart((5, 5), ink, width=400, height=200)

    assert drawn is not None
    assert flat is not None
    line_of = drawn.outlines[-3].d.removeprefix("M").split("L")
    heights = [float(point.split()[1]) for point in line_of]
    assert heights[1] < heights[2] < heights[0]
    assert chart((), ink, width=400, height=200) is None


def test_time_runs_as_the_page_is_read() -> None:
    ink = _sheet().on_primary

    rightwards, leftwards = (
        chart((1, 3, 2), ink, width=400, height=200, from_right=from_right) for from_right in (False, True)
    )

    assert rightwards is not None
    assert leftwards is not None
    points = [
        [float(point.split()[0]) for point in drawn.outlines[-3].d.removeprefix("M").split("L")]
        for drawn in (rightwards, leftwards)
    ]
    assert points[0] == sorted(points[0])
    assert points[1] == pytest.approx([400 - x for x in points[0]])


@pytest.mark.parametrize(("locale", "is_oldest_at_left"), [("en-GB", True), ("ar-AE", False)])
def test_the_oldest_value_stands_above_its_name(
    renderer: Renderer, locale: str, *, is_oldest_at_left: bool
) -> None:
    market = MarketFigure(label="Median", value="3", series=(1, 3, 2), first="2017", last="2026")
    sheet = _sheet(locale, market=market.model_dump())
    drawn = figure_chart(sheet, market, sheet.on_primary, width=600)
    assert drawn is not None
    line = drawn.children[0]
    assert isinstance(line, Shape)

    places = renderer.measure(Box(children=(drawn,), style=_direction(sheet)), Size(600, 600)).regions

    starts_left = float(line.outlines[-3].d.removeprefix("M").split(" ")[0]) < 300
    assert starts_left is is_oldest_at_left
    assert (places["first"].x < places["last"].x) is is_oldest_at_left


def _direction(sheet: Sheet) -> Style:
    return Style(direction="rtl" if sheet.wording.is_right_to_left else None)


def test_large_words_hang_out_by_the_white_of_their_first_letter() -> None:
    sheet = _sheet()
    words = [
        hung(sheet, line(sheet, text, Letters(200), sheet.on_paper.text, width=900))
        for text in ("Sold", "Verkauft", "Ärger", "Reserviert")
    ]

    assert [word.style.margin_left for word in words] == ["-0.035em", None, None, "-0.035em"]


def test_a_listing_without_an_agent_names_none() -> None:
    sheet = _sheet()

    assert agent_line(sheet, sheet.on_paper, width=400) is None


def test_a_page_without_a_mark_has_none() -> None:
    assert page_mark(_sheet()) is None
    assert page_mark(_sheet(page_mark="1/4")) is not None
    assert spacer(4, 8).style.height == 8
