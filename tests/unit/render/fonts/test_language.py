from __future__ import annotations

import pytest

from postengine.render.image.fonts import han_region, shaping_language


@pytest.mark.parametrize(
    ("lang", "region"),
    [
        ("ja", "JP"),
        ("ja_JP", "JP"),
        ("ko-KR", "KR"),
        ("zh", "SC"),
        ("zh-Hans-SG", "SC"),
        ("zh-TW", "TC"),
        ("ZH-HANT", "TC"),
        ("zh-Hant-HK", "HK"),
        ("yue", "HK"),
        ("de-CN", None),
        ("", None),
        (None, None),
    ],
)
def test_a_language_says_whose_characters_it_writes(lang: str | None, region: str | None) -> None:
    assert han_region(lang) == region


@pytest.mark.parametrize(
    ("lang", "tag"), [("zh-Hant", "lzh"), ("zh-MO", "yue"), ("zh-CN", "zh-CN"), ("ja", "ja"), ("ar", "ar")]
)
def test_traditional_characters_are_asked_for_by_a_tag_of_one_part(lang: str, tag: str) -> None:
    assert shaping_language(lang) == tag
