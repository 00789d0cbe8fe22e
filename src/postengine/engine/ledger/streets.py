"""Whether a text names a street, in any of the ways in which people write one."""

from __future__ import annotations

import re
import unicodedata

_LEAST_TELLING = 4
"""A name of fewer letters may be any word."""

_ENDINGS = (("strasse", "straat", "str"), ("platz", "pl"))
"""What is written as one word with the name, or apart, or shortened."""

_KINDS = (
    *_ENDINGS,
    ("street", "st"),
    ("avenue", "avenida", "avda", "ave", "av"),
    ("road", "rd"),
    ("drive", "dr"),
    ("lane", "ln"),
    ("square", "sq"),
    ("boulevard", "blvd", "bd"),
    ("place", "plaza", "praca", "pca", "pza", "pl"),
    ("rua", "rue", "r"),
    ("calle", "c"),
    ("travessa", "tv"),
    ("piazza", "p"),
    ("улица", "ул"),
)
"""The same word, whole and shortened, as `plain` writes it."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_ORDINAL = re.compile(r"\d+(st|nd|rd|th)")


def plain(text: str) -> str:
    """Return the words of a text, or of an address of the web, in one spelling: no case, accents or signs.

    >>> plain("Rue de l'Église / Müllerstraße")
    'rue de l eglise muellerstrasse'
    """
    composed = unicodedata.normalize("NFC", text.casefold()).translate(_UMLAUTS)
    letters = (
        c for c in unicodedata.normalize("NFKD", composed) if not unicodedata.category(c).startswith("M")
    )
    return " ".join(re.findall(r"[^\W_]+", "".join(letters)))


def street_pattern(address: str) -> re.Pattern[str]:
    """Return what finds the street of an address in a `plain` text, with or without its number.

    A street whose name may be any word is found with its number alone.

    >>> bool(street_pattern("Hafenstraße 12").search(plain("In der Hafenstr. 12")))
    True
    """
    words = plain(address.split(",")[0]).split()
    name = [word for word in words if word.isalpha() or _ORDINAL.fullmatch(word)]
    own = [word for word in name if not any(word in forms for forms in _KINDS)]
    if len("".join(name)) < _LEAST_TELLING or not own:
        name = plain(address).split()
    found = " ?".join(map(_in_any_form, name))
    return re.compile(f"(?<!{_more_of(name[0][0])}){found}(?!{_more_of(name[-1][-1])})")


def _more_of(letter: str) -> str:
    """Return a pattern of what, beside a letter, makes it part of a longer word.

    Scripts without case put no spaces between words, or glue small words to them: there nothing does.
    """
    if letter.isdigit():
        return r"\w"
    return r"[^\W\d]" if letter.islower() else r"[^\s\S]"


def _in_any_form(word: str) -> str:
    for forms in _KINDS:
        if word in forms:
            return f"(?:{'|'.join(forms)})"
    for forms in _ENDINGS:
        ending = next((form for form in forms if word.endswith(form)), None)
        if ending:
            return f"{_respelt(word.removesuffix(ending))} ?(?:{'|'.join(forms)})"
    return _respelt(word)


def _respelt(word: str) -> str:
    """Return a pattern of a word whose umlauts may have lost their dots."""
    return re.sub("([aou])e", r"\1e?", word)
