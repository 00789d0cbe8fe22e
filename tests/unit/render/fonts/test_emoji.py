from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytakumi
import pytest
from fontTools.ttLib import TTFont
from numpy.typing import NDArray

from postengine.render.errors import FontMissing, FontUnreadable
from postengine.render.image.fonts import FontFace, FontSet, css_families, default_fonts, read_face
from postengine.render.image.fonts.emoji import emoji_face, emoji_in
from tests.unit.render.fonts.squares import colour_font, face, font, glyph, solid

RED, BLUE = solid(0), solid(1)
HOUSE, CAR, TONE, JOINER, HEART = "🏡", "🚗", "🏽", "\u200d", "\u2764"
GRADIENT = {
    "Format": 4,
    "ColorLine": {
        "Extend": "pad",
        "ColorStop": [
            {"StopOffset": 0.0, "PaletteIndex": 0, "Alpha": 1.0},
            {"StopOffset": 1.0, "PaletteIndex": 1, "Alpha": 1.0},
        ],
    },
    **{"x0": 0, "y0": 0, "x1": 9, "y1": 0, "x2": 0, "y2": 9},
}
EMOJI = read_face(
    colour_font(
        {HOUSE: RED, CAR: BLUE, TONE: RED, JOINER: None, HEART: RED, "1": None, "\u20e3": None},
        {
            "u1F3E1 u1F3FD": "u1F697",
            "u1F3E1 u200D u1F697": "u2764",
            "u31 u20E3": "u1F697",
        },
    )
)
LATIN = face("Sans", "abc \u2764123")
FONTS = FontSet((LATIN,)).with_emoji(EMOJI)


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in emoji_in(text, EMOJI, LATIN.covered)]


def painted(data: bytes) -> dict[str, list[Any]]:
    """Return the layers of each glyph of a font with COLR version 0: glyph and colour."""
    made = TTFont(io.BytesIO(data))
    colours = made["CPAL"].palettes[0]
    return {
        name: [
            (
                made["glyf"][layer.name].xMin,
                layer.colorID if layer.colorID == 0xFFFF else colours[layer.colorID],
            )
            for layer in layers
        ]
        for name, layers in made["COLR"].ColorLayers.items()
    }


def colour_of(paint: dict[str, Any]) -> tuple[float, ...]:
    made = emoji_face(read_face(colour_font({HOUSE: paint})), frozenset({HOUSE}))
    [(_, colour)] = next(iter(painted(made.read()).values()))
    return tuple(colour)


def drawn(text: str, fonts: FontSet, family: str) -> NDArray[np.uint8]:
    chain = fonts.chain_for(text, family)
    renderer = pytakumi.Renderer()
    for each in chain:
        renderer.register_font(each.read(), name=each.family)
    style = {"fontFamily": css_families(chain), "fontSize": 40}
    raw = renderer.render({"type": "text", "text": text, "style": style}, width=120, height=60, format="raw")
    return np.frombuffer(raw, np.uint8).reshape(60, 120, 4)


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        ("abc", []),
        ("a 🏡 b 🚗", ["🏡", "🚗"]),
        ("🏡🏽🏡", ["🏡🏽", "🏡"]),
        ("🏡\u200d🚗", ["🏡\u200d🚗"]),
        ("🏡\ufe0f\u200d🚗\ufe0f", ["🏡\ufe0f\u200d🚗\ufe0f"]),
        ("🏡\u200db", ["🏡"]),
        ("\u2764 \u2764\ufe0f \u2764\ufe0e", ["\u2764\ufe0f"]),
        ("🏡\ufe0e", []),
        ("1 1\ufe0f\u20e3 1\u20e3", ["1\ufe0f\u20e3", "1\u20e3"]),
        ("é\u200d", []),
    ],
)
def test_emoji_are_found_with_all_that_belongs_to_them(text: str, emoji: list[str]) -> None:
    assert found(text) == emoji


def test_a_font_without_sequences_has_single_emoji() -> None:
    plain = read_face(colour_font({HOUSE: RED}))

    assert [tuple(span) for span in emoji_in("🏡🏡", plain, frozenset())] == [(0, 1), (1, 2)]


def test_an_emoji_is_drawn_in_its_colour() -> None:
    pixels = drawn("🏡", FONTS, "Sans")

    assert pixels[25, 18].tolist() == [255, 0, 0, 255]


def test_a_joined_emoji_is_drawn_as_one() -> None:
    pixels = drawn("🏡🏽", FONTS, "Sans")

    assert pixels[25, 18].tolist() == [0, 0, 255, 255]
    assert pixels[:, 45:, 3].max() == 0


@pytest.mark.parametrize(
    ("paint", "colour"),
    [
        (RED, (0, 0, 255, 255)),
        (solid(1, 0.5), (255, 0, 0, 128)),
        (glyph(GRADIENT), (128, 0, 128, 255)),
        (glyph({"Format": 14, "dx": 5, "dy": 5, "Paint": GRADIENT}), (128, 0, 128, 255)),
        (
            {"Format": 32, "SourcePaint": RED, "CompositeMode": "soft_light", "BackdropPaint": BLUE},
            (255, 0, 0, 255),
        ),
        (
            {"Format": 32, "SourcePaint": RED, "CompositeMode": "src_in", "BackdropPaint": BLUE},
            (0, 0, 255, 255),
        ),
    ],
    ids=["solid", "half", "gradient", "moved gradient", "shade", "cut"],
)
def test_each_way_of_painting_becomes_a_flat_colour(paint: dict[str, Any], colour: tuple[int, ...]) -> None:
    assert colour_of(paint) == colour  # blue, green, red, opacity


def test_layers_keep_their_order_and_place() -> None:
    moved = {"Format": 14, "dx": 50, "dy": 0, "Paint": BLUE}
    over = {"Format": 32, "SourcePaint": moved, "CompositeMode": "src_over", "BackdropPaint": RED}
    both = {"Format": 1, "Layers": [over, solid(0xFFFF)]}

    made = emoji_face(read_face(colour_font({HOUSE: both})), frozenset({HOUSE}))

    [layers] = painted(made.read()).values()
    assert [left for left, _ in layers] == [100, 150, 100]
    assert layers[2][1] == 0xFFFF


def test_a_gradient_of_the_texts_colour_is_the_texts_colour() -> None:
    stops = [{"StopOffset": 0.0, "PaletteIndex": 0xFFFF, "Alpha": 1.0}]
    paint = glyph({**GRADIENT, "ColorLine": {"Extend": "pad", "ColorStop": stops}})

    made = emoji_face(read_face(colour_font({HOUSE: paint})), frozenset({HOUSE}))

    [[(_, colour)]] = painted(made.read()).values()
    assert colour == 0xFFFF


def test_postscript_outlines_are_drawn_too() -> None:
    fonts = FONTS.with_emoji(read_face(colour_font({HOUSE: BLUE}, cubic=True)))

    assert drawn("🏡", fonts, "Sans")[25, 18].tolist() == [0, 0, 255, 255]


def test_a_sign_without_paint_stays_empty() -> None:
    plain = read_face(colour_font({HOUSE: RED, "1": None}))

    assert emoji_face(plain, frozenset({"1"})).covered == {ord("1")}


def test_a_set_of_emoji_has_a_family_of_its_own() -> None:
    one, two = (emoji_face(EMOJI, frozenset(wanted)) for wanted in ({HOUSE}, {HOUSE, CAR}))

    assert one.family != two.family
    assert emoji_face(EMOJI, frozenset({HOUSE})) is one
    assert one.family.startswith("Paint ")


def test_emoji_come_behind_the_named_family() -> None:
    chain = FONTS.chain_for("a 🏡\u2764\ufe0f", "Sans")

    assert [each.family.split(" ")[0] for each in chain] == ["Sans", "Paint"]
    assert FONTS.chain_for("a\u2764", "Sans") == (LATIN,)


def test_emoji_that_the_font_has_stay_in_the_text() -> None:
    assert FONTS.drawable("🏡 a 🥂 1\ufe0f\u20e3  b🏡\u200d🚗", "Sans") == "🏡 a 1\ufe0f\u20e3 b🏡\u200d🚗"
    assert FONTS.drawable("🏡 a", "Sans") == "🏡 a"


def test_an_emoji_that_no_font_has_is_missing() -> None:
    with pytest.raises(FontMissing, match=r"postengine\[fonts-emoji\]") as caught:
        default_fonts().with_emoji(None).chain_for("a 🥂", "Inter")

    assert caught.value.text == "🥂"


def test_a_wall_of_different_emoji_is_refused() -> None:
    many = [chr(0x1F300 + number) for number in range(101)]
    fonts = FONTS.with_emoji(read_face(colour_font(dict.fromkeys(many, RED))))

    with pytest.raises(FontMissing, match="at most 100"):
        fonts.chain_for("".join(many), "Sans")


def test_the_emoji_font_counts_in_the_digest() -> None:
    assert FONTS.digest != FONTS.with_emoji(None).digest


def endless() -> FontFace:
    paint: dict[str, Any] = RED
    for _ in range(40):
        paint = {"Format": 14, "dx": 1, "dy": 1, "Paint": paint}
    return read_face(colour_font({HOUSE: paint}))


@pytest.mark.parametrize(
    "emoji",
    [FontFace("Junk", b"junk"), FontFace("Plain", font(characters="🏡")), endless()],
    ids=lambda f: f.family,
)
def test_a_font_whose_colours_cannot_be_read_is_refused(emoji: FontFace) -> None:
    with pytest.raises(FontUnreadable, match="colours"):
        FONTS.with_emoji(emoji).chain_for("🏡", "Sans")


@pytest.mark.skipif(
    default_fonts().emoji is None, reason="postengine[fonts-emoji] has no wheel for this version of Python"
)
def test_the_installed_emoji_are_families_flags_and_skin_tones() -> None:
    fonts, text = default_fonts(), "Haus 🏡 👨\u200d👩\u200d👧\u200d👦 🇵🇹 👍🏽 \u2764\ufe0f 1\ufe0f\u20e3"

    chain = fonts.chain_for(text, "Inter")

    assert fonts.drawable(text, "Inter") == text
    assert [each.family.rpartition(" ")[0] for each in chain[1:]] == ["Noto Color Emoji"]
    assert len(painted(chain[1].read())) >= 6
