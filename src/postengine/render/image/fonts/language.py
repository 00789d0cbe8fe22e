"""What a language (BCP 47 tag) says about Chinese characters, which look different in each country."""

from __future__ import annotations

_BY_LANGUAGE = {"ja": "JP", "ko": "KR", "zh": "SC", "yue": "HK", "lzh": "TC"}
_BY_SUBTAG = {"hans": "SC", "cn": "SC", "sg": "SC", "hant": "TC", "tw": "TC", "hk": "HK", "mo": "HK"}
_SHAPED_AS = {"TC": "lzh", "HK": "yue"}


def han_region(lang: str | None) -> str | None:
    """Return whose forms of Chinese characters a language uses: JP, KR, SC, TC or HK; None for any.

    >>> han_region("zh-Hant"), han_region("zh-Hant-HK"), han_region("de")
    ('TC', 'HK', None)
    """
    if not lang:
        return None
    first, *rest = lang.lower().replace("_", "-").split("-")
    region = _BY_LANGUAGE.get(first)
    if region == "SC":
        for subtag in rest:
            region = _BY_SUBTAG.get(subtag, region)
    return region


def shaping_language(lang: str) -> str:
    """Return the tag under which takumi 2.14 picks a language's forms of characters.

    It hands only the first subtag to the shaper, so `zh-Hant` would come out in the forms of the mainland.
    The tags of Literary Chinese and of Cantonese lead to those of Taiwan and of Hong Kong.

    >>> shaping_language("zh-TW"), shaping_language("ja-JP")
    ('lzh', 'ja-JP')
    """
    return _SHAPED_AS.get(han_region(lang) or "", lang)
