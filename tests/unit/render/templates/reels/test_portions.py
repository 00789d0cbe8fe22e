"""Long quotations come in portions that end where a speaker would breathe."""

from __future__ import annotations

import pytest

from postengine.render.templates.reels.portions import portions_of
from postengine.render.templates.reels.tempo import words_in


def test_short_sentences_stay_together() -> None:
    assert portions_of("It took five weeks. We slept well.") == ("It took five weeks. We slept well.",)


def test_a_portion_ends_with_a_sentence() -> None:
    said = "From the first viewing to the keys it took five weeks. At no point did we wonder what comes next."

    assert portions_of(said) == (
        "From the first viewing to the keys it took five weeks.",
        "At no point did we wonder what comes next.",
    )


def test_a_long_sentence_ends_with_a_clause_then_with_a_word() -> None:
    said = "She answered every call, " + "and " * 20 + "thank you"

    portions = portions_of(said)

    assert portions[0] == "She answered every call,"
    assert " ".join(portions) == said


@pytest.mark.parametrize(
    "said",
    [
        "港を望む南向き三寝室の邸宅、広々としたリビングと専用庭園付き、駅から徒歩五分。小学校と公園がすぐ近くにある。",
        "港" * 100,
        "บ้านเดี่ยวสองชั้นสี่ห้องนอนพร้อมสระว่ายน้ำส่วนตัวและสวนกว้างขวางในซอยเงียบสงบ" * 3,
    ],
    ids=["clauses", "solid", "thai"],
)
def test_scripts_without_spaces_lose_nothing(said: str) -> None:
    portions = portions_of(said)

    assert "".join(portions) == said
    assert len(portions) > 1
    assert all(words_in(portion) <= 15 for portion in portions)
