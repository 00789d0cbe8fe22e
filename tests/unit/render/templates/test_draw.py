"""Drawing: as large as everything stands well, tighter where it must, refused where it cannot."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from postengine.render import Renderer, TextDoesNotFit
from postengine.render.image.output import Output
from postengine.render.image.tree import Box, Fit, Picture, Style, Text
from postengine.render.templates.check import faults
from postengine.render.templates.draw import draw_template, template_tree
from postengine.render.templates.listing import Address, Agent
from postengine.render.templates.pages import page_for
from postengine.render.templates.parts import Sheet
from postengine.render.templates.registry import TEMPLATES

from .samples import BRAND, PHOTOS, full_listing, images_with, listing_in

_IMAGES = images_with(PHOTOS["house"])


def test_a_template_is_drawn_in_its_shape_and_format(renderer: Renderer) -> None:
    data = draw_template(renderer, "sold", full_listing(), BRAND, "link", _IMAGES, Output(format="png"))

    image = Image.open(io.BytesIO(data))
    assert (image.format, image.size) == ("PNG", (1200, 628))


def test_what_fits_is_set_at_full_size_and_what_does_not_is_set_tighter(renderer: Renderer) -> None:
    def size_of(title: str) -> float:
        tree = template_tree(renderer, "for_rent", full_listing(title=title), BRAND, "link", _IMAGES)
        layout = renderer.measure(tree, page_for("link").size, images=_IMAGES)
        return next(float(text.font_px) for text in layout.texts if text.key == "price")

    assert size_of("Villa by the sea") > size_of("Fünfzimmermaisonettewohnung mit Dachterrasse " * 2)


def test_a_text_far_too_long_is_cut_at_the_last_resort(renderer: Renderer) -> None:
    tree = template_tree(
        renderer, "feature_list", listing_in("ja", is_long=True), BRAND, "landscape", _IMAGES
    )

    layout = renderer.measure(tree, page_for("landscape").size, images=_IMAGES)

    assert any(text.text.endswith("…") for text in layout.texts if text.key == "title")


def test_a_wide_page_of_which_all_is_full_is_set_terser(renderer: Renderer) -> None:
    long = "Φωτεινό ευρύχωρο διαμέρισμα με θέα στη θάλασσα κοντά στο κέντρο της πόλης με μεγάλη βεράντα"
    agent = Agent(name=long[:30], phone="+49 40 555 0142", role=long[5:30], licence="Lic 12345")
    listing = full_listing(
        title=long,
        locale="el-GR",
        address=Address(street=f"{long[10:40]} 5", area=long[:20]),
        agent=agent,
        features=tuple(long[at : at + 40] for at in (0, 20, 40, 50)),
    )
    lines = (
        "AMI 12345",
        "HRB 998877 Amtsgericht Hamburg",
        "Energieausweis: B, 78 kWh/(m²a), Gas, Baujahr 1998",
    )
    brand = BRAND.model_copy(update={"legal": lines})

    tree = template_tree(renderer, "feature_list", listing, brand, "link", _IMAGES)

    layout = renderer.measure(tree, page_for("link").size, images=_IMAGES)
    assert list(faults(layout, page_for("link"), photo_share=0.0)) == []
    said = " ".join(text.text for text in layout.texts)
    assert all(line in said for line in lines)


def test_a_photo_left_too_small_names_the_longest_text(renderer: Renderer) -> None:
    def crowded(sheet: Sheet) -> Box:
        photo = Picture(
            source="p1", key="photo_1", style=Style(width=sheet.page.width, height=99, flex_shrink=0)
        )
        top, left = sheet.page.top, sheet.page.margin
        texts = (
            _words("Sold", position="absolute", top=top, left=left),
            _words(sheet.listing.title, position="absolute", top=top + 200, left=left, width=800),
        )
        return Box(children=(photo, *texts))

    with pytest.raises(TextDoesNotFit) as caught:
        template_tree(renderer, crowded, full_listing(), BRAND, "square", _IMAGES)

    assert (caught.value.text, caught.value.path) == (full_listing().title, "root.children[2]")


def test_a_word_as_long_as_a_title_is_shortened_and_a_licence_is_broken(renderer: Renderer) -> None:
    listing = full_listing(title="Donaudampfschifffahrts" * 5, agent=Agent(name="Marta", licence="W" * 24))

    for template in TEMPLATES:
        for shape in ("link", "square"):
            tree = template_tree(renderer, template, listing, BRAND, shape, _IMAGES)

            layout = renderer.measure(tree, page_for(shape).size, images=_IMAGES)
            licence = [text.text for text in layout.texts if text.key == "licence"]
            assert licence in ([], ["W" * 24])
            assert list(faults(layout, page_for(shape), photo_share=0.0)) == []


def _words(text: str, **style: object) -> Text:
    return Text(
        text=text, style=Style.model_validate({"font_size": 60, "color": "#000000", "flex_shrink": 0} | style)
    )


def test_a_template_of_ones_own_may_not_leave_the_safe_zone(renderer: Renderer) -> None:
    def outside(sheet: Sheet) -> Box:
        return Box(children=(_words(sheet.listing.title),), style=Style(background_color="#ffffff"))

    with pytest.raises(TextDoesNotFit) as caught:
        template_tree(renderer, outside, full_listing(), BRAND, "square", _IMAGES)

    assert caught.value.text == full_listing().title


def test_a_word_wider_than_the_page_is_refused(renderer: Renderer) -> None:
    def too_wide(sheet: Sheet) -> Box:
        word = _words("Unbreakable" * 9, width=sheet.page.width)
        return Box(children=(word.model_copy(update={"fit": Fit(min_px=50, may_shorten=False)}),))

    with pytest.raises(TextDoesNotFit, match="shorten"):
        template_tree(renderer, too_wide, full_listing(), BRAND, "square", _IMAGES)


def test_a_photo_that_stays_small_is_taken_before_a_text_is_cut(renderer: Renderer) -> None:
    listing = listing_in("ja", is_long=True)

    tree = template_tree(renderer, "before_after", listing, BRAND, "landscape", _IMAGES)

    layout = renderer.measure(tree, page_for("landscape").size, images=_IMAGES)
    title = next(text.text for text in layout.texts if text.key == "title")
    assert title == listing.title
    assert [fault.kind for fault in faults(layout, page_for("landscape"))] == ["photo"]


def test_a_photo_that_is_small_beside_a_text_cut_short_is_still_taken(renderer: Renderer) -> None:
    def narrow(sheet: Sheet) -> Box:
        size = sheet.page.size
        photo = Picture(source="p1", key="photo_1", style=Style(width=size.width, height=size.height * 0.4))
        is_cut = sheet.page.most_lines < page_for("square").most_lines
        words = _words("Villa", position="absolute", top=700 if is_cut else 2, left=sheet.page.margin)
        return Box(
            children=(photo, Box(children=(words,), key="panel")), style=Style(flex_direction="column")
        )

    tree = template_tree(renderer, narrow, full_listing(), BRAND, "square", _IMAGES)

    layout = renderer.measure(tree, page_for("square").size, images=_IMAGES)
    assert [fault.kind for fault in faults(layout, page_for("square"))] == ["photo"]


def test_texts_on_top_of_each_other_are_a_fault(renderer: Renderer) -> None:
    page = page_for("square")
    pile = Box(
        children=(
            _words("One", position="absolute", top=200, left=200),
            _words("Two", position="absolute", top=210, left=220),
        )
    )

    found = list(faults(renderer.measure(pile, page.size), page))

    assert [fault.kind for fault in found] == ["overlap"]
