"""How fast a reel goes: how long a text must rest to be read, a photo be seen, an end card stand."""

from __future__ import annotations

import unicodedata

ENTER_S = 0.5
LEAVE_S = 0.35
APART_S = 0.18
"""From the coming of one layer to that of the next."""

BETWEEN_S = 0.12
"""From the going of one text to the coming of the next."""

BESIDE_CUT_S = 0.05
"""Between texts and the transitions beside them."""

REST_S = 2.0
"""The least that a text rests."""

WORD_S = 0.3
"""For each word of a text."""

PHOTO_S = (2.6, 3.2)
"""What a photo is shown for, if nothing else says so: as long as its texts take, within these."""

LEAST_PHOTO_S = 1.6
LONGEST_PHOTO_S = 8.0
LEAST_CLIP_S, LONGEST_CLIP_S = 2.2, 4.5
END_CARD_S = 2.5
LEAST_END_CARD_S = 1.5
"""Of a reel so short that its texts need the rest."""

HOLD_S = 2.5
"""How much longer than it takes to be read a text may rest while the photo goes on."""

ROUNDING_S = 0.01
"""Times that differ by less are the same."""

_LETTERS_A_WORD = 2.0
_LETTERS_OF_SOUTH_EAST = 4.0
"""Thai, Lao and Khmer put no spaces between their words."""


def words_in(text: str) -> float:
    """Return how many words a text has, for whoever reads it; two wide characters count for one.

    >>> words_in("Oak floors throughout"), words_in("港を望む邸宅")
    (3.0, 3.0)
    """
    return sum(_words(chunk) for chunk in text.split())


def rest_s(words: float) -> float:
    """Return how long a text of so many words rests, 2 s or more.

    >>> rest_s(3), round(rest_s(10), 2)
    (2.0, 3.0)
    """
    return max(REST_S, WORD_S * words)


def _words(chunk: str) -> float:
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in chunk)
    solid = sum(
        "\u0e00" <= letter <= "\u0eff" or "\u1780" <= letter <= "\u17ff"
        for letter in chunk
        if unicodedata.category(letter)[0] == "L"
    )
    if not any(letter.isalnum() for letter in chunk):
        return 0.0
    return max(wide / _LETTERS_A_WORD, solid / _LETTERS_OF_SOUTH_EAST, 0.0 if wide or solid else 1.0)
