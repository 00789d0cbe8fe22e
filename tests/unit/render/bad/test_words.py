from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from postengine.render import (
    Brand,
    FontMissing,
    Listing,
    PictureSpec,
    StyleInvalid,
    TextDoesNotFit,
    render_picture,
)
from postengine.render.image import Box, Fit, Style, Text, tree_from
from postengine.render.image.renderer import Drawer
from tests.unit.render.bad.conftest import SIZE, assert_still_draws, written

ZALGO = "".join(letter + "\u0301\u0310\u0327\u0334" * 20 for letter in "Garden")
REFUSED = {
    "ten thousand and one characters": ("a" * 10_001, "at most 10,000 characters"),
    "a control character": ("Gar\x00den", "the control character U+0000 at 3"),
    "an escape": ("\x1b[31mred", "the control character U+001B at 0"),
    "a late control": ("Garden\x85", "the control character U+0085 at 6"),
    "half a pair": ("Gar\ud83cden", "half of a surrogate pair U+D83C at 3"),
    "the other half": ("\udfe1", "half of a surrogate pair U+DFE1 at 0"),
    "zalgo": (ZALGO, "at most 8 marks on a letter"),
    "direction controls": ("\u202e" * 65, "at most 64 direction controls"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_words_that_cannot_be_drawn_are_refused_by_their_path(name: str) -> None:
    words, reason = REFUSED[name]

    with pytest.raises(StyleInvalid) as caught:
        tree_from({"children": [{"type": "box"}, {"type": "text", "text": words}]})

    [problem] = caught.value.problems
    assert problem.path == "root.children[1].text"
    assert reason in problem.message
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", REFUSED)
def test_words_that_cannot_be_drawn_make_no_text(name: str) -> None:
    words, _ = REFUSED[name]

    with pytest.raises(ValidationError):
        Text(text=words)


DRAWN = {
    "ten thousand characters": "Sea view " * 1_111,
    "one word of ten thousand letters": "a" * 10_000,
    "two thousand emoji": "🏡👩\u200d👩\u200d👧" * 333,
    "an override": "Price \u202e000,052\u202c €",
    "an override that never ends": "\u202eGarden",
    "isolates that end first": "\u2069\u2069Garden\u2066",
    "a few marks": "G\u0301a\u0308\u0323r",
    "nothing": "",
    "spaces": " \t \n ",
    "joiners": "\u200d\u200c\u200b\ufeff\u00ad",
    "lines": "\n" * 500,
}


@pytest.mark.parametrize("name", DRAWN)
def test_odd_words_are_drawn_within_the_picture(door: Drawer, name: str) -> None:
    tree = Box(children=(Text(text=DRAWN[name], style=Style(font_size=12, width="100%")),))

    drawn = door.pixels(tree, SIZE)

    assert drawn.shape == (SIZE[1], SIZE[0], 4)
    assert_still_draws(door)


@pytest.mark.parametrize("name", ["ten thousand characters", "one word of ten thousand letters"])
def test_a_long_text_that_is_to_fit_is_cut_or_refused(door: Drawer, name: str) -> None:
    style = Style(font_size=40, width=60)
    may = Text(text=DRAWN[name], style=style, fit=Fit(min_px=6, max_lines=2), key="title")
    must = Text(text=DRAWN[name], style=style, fit=Fit(min_px=6, max_lines=2, may_shorten=False))

    layout = door.measure(Box(children=(may,)), SIZE)
    with pytest.raises(TextDoesNotFit) as caught:
        door.measure(Box(children=(must,)), SIZE)

    assert layout.texts[0].text.endswith("…")
    assert len(layout.texts[0].lines) <= 2
    assert caught.value.box[0] == 60
    assert_still_draws(door)


def test_a_text_that_is_to_fit_a_pixel_is_refused(door: Drawer) -> None:
    tree = Box(children=(Text(text="Garden", style=Style(font_size=20, width=1), fit=Fit(min_px=10)),))

    with pytest.raises(TextDoesNotFit) as caught:
        door.render(tree, SIZE)

    assert caught.value.text == "Garden"
    assert caught.value.box[0] == 1
    assert_still_draws(door)


@pytest.mark.parametrize(
    "title", ["a" * 10_000, "ab", "  a  ", "\ud83c" * 5, "Gar\x00den", ZALGO[:100], "\u202e" * 70]
)
def test_a_listing_takes_no_such_title(title: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Listing(title=title)

    assert caught.value.errors()[0]["loc"] == ("title",)


@pytest.mark.parametrize("legal", ["Lic.\x1b 123", ZALGO[:100]])
def test_a_brand_takes_no_such_line(legal: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Brand(name="Harbour & Hill", legal=(legal,))

    assert caught.value.errors()[0]["loc"] == ("legal", 0)


TITLES = {
    "overridden": "Garden \u202e000,052 house",
    "as long as it may be": "Sea view " * 13,
    "one word as long as it may be": "W" * 120,
    "marks": "G\u0301a\u0308\u0323r\u0301den",
    "placeholders": "{{brand.name}} {{listing.photos.1}}",
    "markup": '<b>Garden</b> &amp; "pool" url(http://127.0.0.1/a)',
}


@pytest.mark.parametrize("name", TITLES)
def test_an_odd_title_is_drawn(door: Drawer, tmp_path: Path, name: str) -> None:
    (tmp_path / "a.png").write_bytes(written("PNG", (300, 200)))
    listing = Listing(title=TITLES[name], photos=("a",))
    spec = PictureSpec(template="just_listed", shape="square", listing=listing, brand=Brand(name="H"))

    drawn = render_picture(spec, {"a": tmp_path / "a.png"}, tmp_path / "out.jpg", renderer=door)

    assert (drawn.width_px, drawn.height_px) == (1080, 1080)


def test_letters_that_nobody_draws_are_named_on_the_way_through_a_template(
    door: Drawer, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(written("PNG", (300, 200)))
    listing = Listing(title="Garten \U00013000", photos=("a",))
    spec = PictureSpec(template="just_listed", shape="square", listing=listing, brand=Brand(name="H"))

    with pytest.raises(FontMissing) as caught:
        render_picture(spec, {"a": tmp_path / "a.png"}, tmp_path / "out.jpg", renderer=door)

    assert caught.value.text == "\U00013000"
    assert not (tmp_path / "out.jpg").exists()
    assert_still_draws(door)
