"""Every template in every shape, with languages, title lengths and photos in turn."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from postengine.render import Renderer
from postengine.render.image.geometry import Region
from postengine.render.image.tree import Picture
from postengine.render.templates.brand import Brand
from postengine.render.templates.check import PHOTO_SHARE_AT_LEAST
from postengine.render.templates.pages import PHONE_PT, SHAPES, ShapeName
from postengine.render.templates.registry import TEMPLATES, TemplateName

from .looking import drawn_lines, seen, worst_contrast
from .samples import BRAND, LANGUAGES, PHOTOS, full_listing, images_with, listing_in

EACH = list(product(TEMPLATES, SHAPES))
_FINE = ("legal", "licence", "source")
_OFF_THE_GRID = {"badge", "before", "after", "news", "title"}
"""Labels stand within their own ground; large letters hang out by the white beside them."""

_HANDS_ON = {name: PHOTOS[name] for name in ("white", "noise", "black", "house")}


@pytest.mark.parametrize(("template", "shape"), EACH)
def test_stands_well_and_reads_on_any_photo(
    renderer: Renderer, template: TemplateName, shape: ShapeName
) -> None:
    at = EACH.index((template, shape))
    images = images_with(_HANDS_ON[list(_HANDS_ON)[at % len(_HANDS_ON)]])
    listing = listing_in(LANGUAGES[at % len(LANGUAGES)], is_long=at % 3 == 0)

    picture = seen(renderer, template, listing, BRAND, shape, images)
    contrast, text = worst_contrast(renderer, picture, images)

    assert picture.faults() == []
    assert contrast >= 4.5, text


@pytest.mark.parametrize(("template", "shape"), EACH)
def test_is_set_on_its_grid_in_type_that_a_phone_shows_well(
    renderer: Renderer, template: TemplateName, shape: ShapeName
) -> None:
    images = images_with(PHOTOS["house"])

    picture = seen(renderer, template, full_listing(), BRAND, shape, images)

    page = picture.page
    edges = {round(text.region.x) for text in picture.words if text.key not in _OFF_THE_GRID}
    assert min(edges) == page.margin
    for text in picture.words:
        points = float(text.font_px) * PHONE_PT / page.size.width
        assert points >= (7.5 if (text.key or "").startswith(_FINE) else 9.0), text
    if "panel" in picture.layout.regions:
        assert picture.share_of_photo() >= 0.44


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_long", [True, False], ids=["long", "short"])
def test_a_title_of_any_length_stays_in_its_place(
    renderer: Renderer,
    language: str,
    is_long: bool,
) -> None:
    images = images_with(PHOTOS["house"])
    listing = listing_in(language, is_long=is_long)
    start = LANGUAGES.index(language) + is_long

    for at, template in enumerate(TEMPLATES):
        shape = SHAPES[(start + at) % len(SHAPES)]
        picture = seen(renderer, template, listing, BRAND, shape, images)

        assert picture.faults() == [], (template, shape)
        if "panel" in picture.layout.regions:
            assert picture.share_of_photo() >= PHOTO_SHARE_AT_LEAST - 0.01, (template, shape)


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_the_law_asks_for_stands_whole_on_every_picture(
    renderer: Renderer, template: TemplateName
) -> None:
    images = images_with(PHOTOS["house"])

    for shape in SHAPES:
        picture = seen(renderer, template, full_listing(), BRAND, shape, images)
        written = " ".join(text.text for text in picture.words)

        assert all(line in written for line in BRAND.legal), shape
        assert "Lic. 0123" in written or template in {"testimonial"}, shape


def test_no_legal_row_begins_or_ends_with_a_separator(renderer: Renderer) -> None:
    brand = BRAND.model_copy(update={"legal": tuple(f"Registered office number {at}" for at in range(4))})
    images = images_with(PHOTOS["house"])

    rows = [
        line.text.strip()
        for shape in SHAPES
        for text in seen(renderer, "for_rent", full_listing(), brand, shape, images).words
        if (text.key or "").startswith("legal")
        for line in text.lines
    ]

    assert len(rows) > len(SHAPES)
    assert not [row for row in rows if row.startswith("·") or row.endswith("·")]


_SPOKEN: tuple[dict[str, object], ...] = (
    {},
    {
        "title": "Villa by the sea with a garden that runs down to a private beach",
        "address": "1480 Ocean Boulevard, Santa Barbara, CA 93108",
    },
    {
        "title": "Lichtdurchflutete Fünfzimmerwohnung mit Elbblick und zwei Balkonen",
        "testimonial": {
            "quote": "Von der ersten Besichtigung bis zur Schlüsselübergabe vergingen fünf Wochen. Wir"
            " würden es wieder so machen.",
            "author": "Familie Brandt",
        },
        "locale": "de-DE",
    },
)
_SHORT_LINE = 0.34


@pytest.mark.parametrize(("template", "shape"), EACH)
def test_no_word_ends_a_text_alone_on_a_short_line(
    renderer: Renderer, template: TemplateName, shape: ShapeName
) -> None:
    images = images_with(PHOTOS["house"])
    unsigned = Brand(name="Petersen & Co")  # leaves the texts all the room there is
    for changes in _SPOKEN:
        picture = seen(renderer, template, full_listing(**changes), unsigned, shape, images)
        for text in picture.words:
            if text.key not in {"title", "quote", "greeting", "head", "address"}:
                continue
            *_, last = lines = drawn_lines(renderer, picture, text)
            widest = max(line.region.width for line in lines)
            is_alone = len(lines) > 1 and len(last.text.replace("\u00a0", " ").split()) == 1

            assert not is_alone or last.region.width >= _SHORT_LINE * widest, [line.text for line in lines]


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_lies_on_the_face_of_an_agent(renderer: Renderer, shape: ShapeName) -> None:
    images = images_with(PHOTOS["house"])
    for locale in ("en-GB", "ar-AE"):
        picture = seen(renderer, "agent_intro", full_listing(locale=locale), BRAND, shape, images)
        portrait = picture.layout.regions["portrait"]

        over = [text for text in picture.words if _meet(text.region, portrait)]
        assert [text.key for text in over] == ["badge"]
        assert over[0].region.y > portrait.y + 0.75 * portrait.height


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("photos", [("p1",), ("p1", "p2"), ("p1", "p2", "p3", "p4")])
def test_no_photo_of_a_grid_is_a_slot(renderer: Renderer, shape: ShapeName, photos: tuple[str, ...]) -> None:
    listing = full_listing(photos=photos)

    picture = seen(renderer, "photo_grid", listing, BRAND, shape, images_with(PHOTOS["house"]))

    shares = {
        key: region.width / region.height
        for key, region in picture.layout.regions.items()
        if key.startswith("photo_")
    }
    assert len(shares) == len(photos)
    assert max(shares["photo_1"], 1 / shares["photo_1"]) < 2.7, shares
    assert all(1 / 2 < share < 3.5 for share in shares.values()), shares


def _meet(one: Region, other: Region) -> bool:
    return min(one.right, other.right) > max(one.x, other.x) and min(one.bottom, other.bottom) > max(
        one.y, other.y
    )


def test_without_its_scrim_a_white_photo_would_swallow_the_words(renderer: Renderer) -> None:
    images = images_with(PHOTOS["white"])
    picture = seen(renderer, "just_listed", full_listing(), BRAND, "square", images)
    ground, *rest = picture.tree.children
    assert isinstance(ground, Picture)

    bare = picture.tree.model_copy(update={"children": (ground.model_copy(update={"scrims": ()}), *rest)})

    assert worst_contrast(renderer, replace(picture, tree=bare), images)[0] < 1.5
