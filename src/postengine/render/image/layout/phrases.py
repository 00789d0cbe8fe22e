"""Where a line may break in languages that write without spaces.

Thai gets a break between its words, which the drawing engine does not know; Japanese and Chinese, in which a
line may break between any two characters, get theirs between phrases only, as a headline's typesetter would.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import budoux

BREAK = "\u200b"
"""Zero width space: a line may break here."""


def with_breaks(text: str, lang: str | None) -> str:
    """Return `text` with a zero width space wherever a phrase ends.

    Args:
        text: In any language; spaces stay.
        lang: BCP 47 tag. Without one Thai and Japanese are told by their letters; Chinese needs it.

    Source: BudouX, a small statistical model of phrase ends for each language.
    """
    language = _language_of(text, lang)
    if language is None or BREAK in text:
        return text
    return " ".join(BREAK.join(_parser(language).parse(part)) for part in text.split(" "))


def has_phrases(text: str, lang: str | None) -> bool:
    """Whether lines of `text` should break between phrases (Japanese, Chinese) or words (Korean) only."""
    return _language_of(text, lang) in {"ja", "zh-hans", "zh-hant"} or _is_korean(text)


@lru_cache(maxsize=8)
def _parser(language: str) -> budoux.Parser:
    loaders = {
        "ja": budoux.load_default_japanese_parser,
        "th": budoux.load_default_thai_parser,
        "zh-hans": budoux.load_default_simplified_chinese_parser,
        "zh-hant": budoux.load_default_traditional_chinese_parser,
    }
    return loaders[language]()


def _language_of(text: str, lang: str | None) -> str | None:
    if text.isascii():
        return None
    names = {unicodedata.name(c, "").split(" ")[0] for c in text if ord(c) >= _THAI_STARTS}
    if "THAI" in names:
        return "th"
    if names & {"HIRAGANA", "KATAKANA"}:
        return "ja"
    if "CJK" not in names or not lang:
        return None
    first, *rest = lang.lower().split("-")
    if first == "ja":
        return "ja"
    if first != "zh":
        return None
    return "zh-hant" if {"hant", "tw", "hk", "mo"} & set(rest) else "zh-hans"


def _is_korean(text: str) -> bool:
    return any("\uac00" <= character <= "\ud7a3" for character in text)


_THAI_STARTS = 0x0E00
