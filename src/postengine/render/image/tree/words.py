"""What a text may be made of."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from .values import Checked

MOST_CHARACTERS = 10_000
"""Of one text."""

MOST_MARKS = 8
"""On one letter. Scripts need up to five (Tibetan, accented Hebrew); more is there to spill over a page."""

MOST_DIRECTIONS = 64
"""Embeddings, overrides and isolates of one text; the Unicode bidi algorithm itself nests 125 deep."""

_UNDRAWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")


def check_words(value: object) -> str:
    r"""Return a text that can be drawn; `\r\n` and a lone `\r` become `\n`.

    Raises:
        ValueError: It is too long, or holds controls, unpaired surrogates, or letters under a heap of marks.
    """
    if not isinstance(value, str):
        raise ValueError(f"Expected a text, got {type(value).__name__}.")  # noqa: TRY004  pydantic reads ValueError
    if len(value) > MOST_CHARACTERS:
        raise ValueError(
            f"Expected a text of at most {MOST_CHARACTERS:,} characters, got {len(value):,}; shorten it."
        )
    text = value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value
    if (found := _UNDRAWABLE.search(text)) is not None:
        what = (
            "half of a surrogate pair" if "\ud800" <= found.group() <= "\udfff" else "the control character"
        )
        raise ValueError(
            f"Expected a text, got {what} U+{ord(found.group()):04X} at {found.start()}; leave it out."
        )
    if not text.isascii():
        _check_marks(text)
        if len(_DIRECTION.findall(text)) > MOST_DIRECTIONS:
            raise ValueError(
                f"Expected at most {MOST_DIRECTIONS} direction controls in a text; leave some out."
            )
    return text


def _check_marks(text: str) -> None:
    run = 0
    for at, character in enumerate(text):
        run = run + 1 if character > "\u02ff" and unicodedata.category(character)[0] == "M" else 0
        if run > MOST_MARKS:
            raise ValueError(
                f"Expected at most {MOST_MARKS} marks on a letter, got more at {at}; leave some out."
            )


Words = Annotated[str, Checked(check_words)]
