"""Who signs a picture: agency, agent and legal lines, whatever their length and the shape of the logo."""

from __future__ import annotations

import io
from itertools import product

import pytest
from PIL import Image

from postengine.render import Renderer
from postengine.render.templates.brand import Brand
from postengine.render.templates.pages import SHAPES, ShapeName
from postengine.render.templates.registry import TEMPLATES, TemplateName

from .looking import Seen, seen
from .samples import BRAND, PHOTOS, full_listing, images_with, listing_in

_LEGAL = (
    "Petersen & Co Immobilien GmbH",
    "§ 34c GewO, Hamburg",
    "Energieausweis: Bedarf, 78 kWh/m², Klasse B",
)
_LONG_LEGAL = (
    "Eingetragen im Handelsregister des Amtsgerichts Hamburg unter der Nummer 12345 B",
    "Aufsichtsbehörde nach § 34c GewO: Bezirksamt Altona, Platz der Republik 1, Hamburg",
)
_LONG_NAME = "Sturm & Drang Hausverwaltung und Immobilienvermittlung GmbH"
_WITHOUT_PHOTOS = [name for name in TEMPLATES if name not in {"before_after", "photo_grid"}]


def _with_word_mark() -> dict[str, bytes]:
    file = io.BytesIO()
    Image.new("RGBA", (900, 240), "#806040").save(file, "PNG")
    return images_with(PHOTOS["house"]) | {"logo": file.getvalue()}


def _beyond_the_panel(picture: Seen) -> list[str]:
    """Return the texts of a panel that reach over its margins, by more than a space at a line's end."""
    panel = picture.layout.regions.get("panel")
    if panel is None:
        return []
    inner = panel.x + picture.page.margin, panel.right - picture.page.margin
    own = [
        text for text in picture.words if text.region.x < panel.right - 1 and text.region.right > panel.x + 1
    ]
    away = {
        text.text: max(inner[0] - text.region.x, text.region.right - inner[1]) / float(text.font_px)
        for text in own
    }
    return [text for text, em in away.items() if em > 0.33]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_wide_logo_and_a_tagline_push_nothing_out_of_a_panel(
    renderer: Renderer, template: TemplateName
) -> None:
    brand = BRAND.model_copy(update={"legal": _LEGAL, "tagline": "Homes by the water since 1974"})
    images = _with_word_mark()

    for shape in SHAPES:
        picture = seen(renderer, template, full_listing(), brand, shape, images)

        assert _beyond_the_panel(picture) == [], shape
        assert picture.faults() == [], shape


@pytest.mark.parametrize("shape", SHAPES)
def test_an_agency_is_named_in_full(renderer: Renderer, shape: ShapeName) -> None:
    brand = BRAND.model_copy(update={"name": _LONG_NAME, "legal": (), "logo_light": None})
    images = images_with(PHOTOS["house"])

    for template in TEMPLATES:
        picture = seen(renderer, template, full_listing(), brand, shape, images)

        assert [text.text.replace("\u00a0", " ") for text in picture.words if text.key == "agency"] == [
            _LONG_NAME
        ], template


@pytest.mark.parametrize("shape", SHAPES)
def test_a_short_name_is_never_broken(renderer: Renderer, shape: ShapeName) -> None:
    images = images_with(PHOTOS["house"])

    bare = full_listing(photos=())
    for template, listing in [*product(TEMPLATES, (full_listing(),)), *product(_WITHOUT_PHOTOS, (bare,))]:
        picture = seen(renderer, template, listing, BRAND, shape, images)
        agency = next(text for text in picture.words if text.key == "agency")

        assert agency.region.height < 1.5 * float(agency.font_px), template


def test_legal_lines_stand_beside_the_agent_where_that_takes_less_height(renderer: Renderer) -> None:
    images = images_with(PHOTOS["house"])

    raised, below = (
        seen(renderer, "just_listed", full_listing(), brand, "square", images).layout.regions
        for brand in (BRAND, BRAND.model_copy(update={"legal": _LONG_LEGAL}))
    )

    assert raised["legal_2"].bottom == pytest.approx(raised["agent"].bottom, abs=2)
    assert below["legal"].y >= below["agent"].bottom


def test_a_legal_line_is_not_broken_to_stand_beside_the_agent(renderer: Renderer) -> None:
    brand = Brand(name="BOOM Realty", legal=("BOOM Realty LLC, Lic. 01998877",))
    images = images_with(PHOTOS["house"])

    for shape in SHAPES:
        picture = seen(renderer, "photo_grid", full_listing(), brand, shape, images)

        assert [len(text.lines) for text in picture.words if text.key == "legal"] == [1], shape


@pytest.mark.parametrize(("template", "shape"), list(product(_WITHOUT_PHOTOS, SHAPES)))
def test_three_legal_lines_and_a_licence_leave_room_without_a_photo(
    renderer: Renderer, template: TemplateName, shape: ShapeName
) -> None:
    brand = BRAND.model_copy(update={"legal": _LEGAL})

    picture = seen(renderer, template, full_listing(photos=()), brand, shape, images_with(b""))

    assert picture.faults() == []


@pytest.mark.parametrize("template", ["open_house", "for_rent", "photo_grid", "under_offer"])
def test_the_longest_title_beside_three_legal_lines_is_cut_rather_than_refused(
    renderer: Renderer, template: TemplateName
) -> None:
    brand = Brand(name="Petersen & Co", legal=_LEGAL, logo_light="logo")
    listing = listing_in("ja", is_long=True)

    picture = seen(renderer, template, listing, brand, "link", images_with(PHOTOS["house"]))

    title = next(text for text in picture.words if text.key == "title")
    assert title.text.endswith("…")
    assert picture.faults() == []
