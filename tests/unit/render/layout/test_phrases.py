"""Where lines may break in languages without spaces."""

from __future__ import annotations

import pytest

from postengine.render.image.layout.phrases import BREAK, has_phrases, with_breaks


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Sunlit villa", None),
        ("Größe und Straße", "de"),
        ("Διαμέρισμα στη θάλασσα", None),
        ("דירה בלב העיר", "he"),
        ("شقة مطلة على البحر", "ar"),
        ("서울의 조용한 주택가", "ko"),
        ("海景公寓出售", None),
        ("海景公寓出售", "en"),
    ],
)
def test_texts_that_break_by_themselves_stay_as_they_are(text: str, lang: str | None) -> None:
    assert with_breaks(text, lang) == text


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("บ้านเดี่ยวใกล้รถไฟฟ้าพร้อมสวน", None),
        ("東京の静かな住宅街にある家", None),
        ("駅から近い中古マンション", "ja"),
        ("東京都港区南青山高級物件", "ja"),
        ("靠近海边的三居室公寓", "zh"),
        ("靠近海边的三居室公寓", "zh-Hans-CN"),
        ("靠近海邊的三房公寓", "zh-TW"),
        ("靠近海邊的三房公寓", "zh-Hant-HK"),
    ],
)
def test_phrases_are_parted_and_nothing_else_changes(text: str, lang: str | None) -> None:
    parted = with_breaks(text, lang)

    assert parted.replace(BREAK, "") == text
    assert BREAK in parted
    assert not parted.startswith(BREAK)


def test_words_of_a_thai_text_are_parted() -> None:
    assert with_breaks("วันนี้อากาศดี", None).split(BREAK) == ["วัน", "นี้", "อากาศ", "ดี"]


def test_spaces_stay_between_parted_phrases() -> None:
    parted = with_breaks("New: 東京の静かな家 3LDK", None)

    assert parted.startswith("New: ")
    assert parted.endswith(" 3LDK")


def test_a_text_with_breaks_of_its_own_is_left_alone() -> None:
    text = f"東京の{BREAK}静かな住宅街にある家"

    assert with_breaks(text, None) == text


@pytest.mark.parametrize(
    ("text", "lang", "has"),
    [
        ("東京の静かな家", None, True),
        ("海景公寓", "zh", True),
        ("海景公寓", "zh-HK", True),
        ("海景公寓", None, False),
        ("서울의 집", None, True),
        ("Seoul 서울", "en", True),
        ("บ้านเดี่ยว", None, False),
        ("Villa", "ja", False),
    ],
)
def test_it_is_told_whether_phrases_must_stay_whole(text: str, lang: str | None, has: bool) -> None:
    assert has_phrases(text, lang) is has
