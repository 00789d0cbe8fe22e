from __future__ import annotations

from pathlib import Path

import pytest

from postengine.render.errors import FontMissing
from postengine.render.image.fonts import FontFace, default_fonts, read_face
from postengine.render.image.fonts.wheels import Wheel

FONTS = default_fonts()
SENTENCES = {
    "Inter": "Großzügige Wohnung, 98 m², 1.250.000 € · Ευρύχωρο διαμέρισμα · Просторная · Căn hộ rộng",
    "Noto Sans Arabic": "شقة واسعة بإطلالة على البحر، ٣",
    "Noto Sans Hebrew": "דירה מרווחת עם נוף לים ₪",
    "Noto Sans Devanagari": "समुद्र के नज़ारे वाला विशाल अपार्टमेंट ₹ १,२५।",
    "Noto Sans Thai": "คอนโดมิเนียมหรูริมแม่น้ำเจ้าพระยา ฿",
}


@pytest.mark.parametrize(("family", "sentence"), SENTENCES.items())
def test_a_sentence_takes_its_scripts_family_and_no_other(family: str, sentence: str) -> None:
    chain = {face.family for face in FONTS.chain_for(sentence, "Inter")}

    assert chain == {"Inter", family}


@pytest.mark.parametrize("italic", [False, True])
@pytest.mark.parametrize("title", ["Διαμέρισμα 120 τ.μ.", "Ἡ οἰκία ᾧ"])
def test_greek_headlines_are_set_in_another_serif(title: str, italic: bool) -> None:
    chain = FONTS.chain_for(title, "serif", weight=600, italic=italic)

    assert [(face.family, face.italic) for face in chain] == [
        ("Literata", italic),
        ("Playfair Display", italic),
    ]


def test_greek_beside_no_serif_has_none() -> None:
    assert [face.family for face in FONTS.chain_for("Διαμέρισμα", "Inter")] == ["Inter"]


def test_the_serif_stands_back_where_all_serifs_lack_letters_of_a_language() -> None:
    assert [face.family for face in FONTS.chain_for("Ƙofar gida", "serif")] == ["Inter", "Playfair Display"]


@pytest.mark.parametrize("title", ["Villa Alpha (λ)", "Дом близ моря №₴", "Villa شقة"])
def test_the_serif_stays_in_front_of_what_is_not_its_own(title: str) -> None:
    assert FONTS.chain_for(title, "serif")[0].family == "Playfair Display"


def test_hindi_is_set_in_one_font() -> None:
    assert FONTS.chain_for("दिल्ली 12 Villa", "Inter")[0].family == "Noto Sans Devanagari"


@pytest.mark.parametrize("face", FONTS.faces, ids=lambda face: face.name)
def test_every_font_is_what_the_table_says(face: FontFace) -> None:
    assert isinstance(face.source, Path)

    found = read_face(face.source)

    assert (found.family, found.weights, found.italic) == (face.family, face.weights, face.italic)


@pytest.mark.parametrize(
    "sentence",
    ["駅から徒歩五分、ペット可", "市中心豪华海景公寓、价格850万", "豪華海景、聯繫屋主", "바다가 보이는"],
)
def test_east_asian_sentences_take_one_font_for_all(sentence: str) -> None:
    regular = FONTS.chain_for(sentence, "Inter", weight=400)
    bold = FONTS.chain_for(sentence, "Inter", weight=800)

    assert [face.family for face in regular] == ["Inter", "Noto Sans CJK JP"]
    assert (regular[1].weights, bold[1].weights) == ((400, 400), (700, 700))


def test_a_package_that_is_not_installed_has_no_font() -> None:
    assert Wheel("no-such-package", "files/Font.ttf", "Font").face is None


def test_a_family_that_is_an_extra_is_named_when_it_is_missed() -> None:
    without = type(FONTS)(
        tuple(face for face in FONTS.faces if "CJK" not in face.family), remedies=FONTS.remedies
    )

    with pytest.raises(FontMissing, match=r"\(Han\).*postengine\[fonts-cjk\]"):
        without.chain_for("東京", "Inter")


def test_the_digest_costs_no_reading_and_stays() -> None:
    assert FONTS.digest == default_fonts().digest
    assert len(FONTS.digest) == 64


def test_the_sans_draws_what_listings_need() -> None:
    covered = FONTS.face("Inter").covered

    assert {ord(letter) for letter in "aäßłőçñ€£$²\u2013…\u2019Жω"} <= covered
