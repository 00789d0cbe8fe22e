"""Reading CSS: text to tokens, and a reader that walks over them; both bounded.

Source: CSS Syntax Module Level 3, section 4, without comments, escapes (but for quotes and backslashes in
strings), at-rules and blocks, which no value of a style needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple, TypeVar

MOST_CHARACTERS = 8_000
"""Of one value, what stands in `url(…)` left out."""

MOST_URL_CHARACTERS = 12_000_000
"""Of one value's `url(…)`, all together: room for a data URI of about 9 MB."""

_MOST_TOKENS = 2_000
_MOST_NESTED = 8
_LARGEST_NUMBER = 1e6

Kind = Literal["url", "function", "number", "percentage", "dimension", "word", "hash", "string", "mark"]
T = TypeVar("T")

_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\n]*)
    (?:
        (?P<url>[uU][rR][lL]\([ \t\n]*(?:"[^"\\\n]*"|'[^'\\\n]*'|[^ \t\n"'()\\]*)[ \t\n]*\))
      | (?P<function>-?[A-Za-z_][\w-]*\()
      | (?P<number>[+-]?(?:[0-9]*\.)?[0-9]+(?:[eE][+-]?[0-9]+)?)(?P<unit>%|[A-Za-z]+)?
      | (?P<word>-?[A-Za-z_\u00a0-\uffff][\w-]*)
      | (?P<hash>\#[0-9A-Za-z]+)
      | (?P<string>"(?:[^"\\\n]|\\["'\\])*"|'(?:[^'\\\n]|\\["'\\])*')
      | (?P<mark>[,/()\[\]*+-])
    )
    """,
    re.VERBOSE,
)
UNDRAWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class CssInvalid(ValueError):
    """A value is not what its property takes; the message continues a sentence, or is empty."""


class Token(NamedTuple):
    """A piece of CSS.

    Attributes:
        kind: What it is; a function's token includes its opening parenthesis.
        text: As written; a number's without its unit.
        value: Of a number, percentage or dimension.
        unit: Of a dimension, in small letters.
        is_apart: White space stands before it.
    """

    kind: Kind
    text: str
    value: float = 0.0
    unit: str = ""
    is_apart: bool = False

    @property
    def name(self) -> str:
        """A word or a function's name in small letters; empty for anything else."""
        return self.text.lower().rstrip("(") if self.kind in ("word", "function") else ""


def tokens(text: str) -> list[Token]:
    """Cut `text` into tokens.

    Raises:
        CssInvalid: It is too long, too deeply nested, or holds something that no value holds.

    >>> [token.text for token in tokens("calc(1px + 5%)")]
    ['calc(', '1px', '+', '5%', ')']
    """
    if len(text) > MOST_URL_CHARACTERS:
        raise CssInvalid(f"a value may be at most {MOST_CHARACTERS:,} characters long")
    if UNDRAWABLE.search(text):
        raise CssInvalid("control characters and unpaired surrogates cannot stand in a value")
    found: list[Token] = []
    at, plain, nested = 0, 0, 0
    text = text.strip(" \t\n")
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise CssInvalid(f"nothing can be made of {shortened(text[at:].strip())}")
        token = _token(match)
        at = match.end()
        plain += len(token.text) if token.kind != "url" else 0
        nested += _opens(token)
        if plain > MOST_CHARACTERS or len(found) >= _MOST_TOKENS:
            raise CssInvalid(f"a value may be at most {MOST_CHARACTERS:,} characters long")
        if not 0 <= nested <= _MOST_NESTED:
            raise CssInvalid("parentheses are not paired, or too deeply nested")
        found.append(token)
    if nested:
        raise CssInvalid("parentheses are not paired")
    return found


def joined(found: list[Token]) -> str:
    """Write tokens as CSS again, with single spaces where there was white space.

    >>> joined(tokens(" rgb( 1,  2 , 3 )"))
    'rgb(1, 2, 3)'
    """
    parts: list[str] = []
    tight = True
    for token in found:
        if token.is_apart and not tight and token.text not in (",", ")", "]"):
            parts.append(" ")
        parts.append(token.text)
        tight = token.kind == "function" or token.text in ("(", "[")
    return "".join(parts)


def shortened(value: object, most: int = 60) -> str:
    """Return `value` as a message tells it: quoted, its end left out if it is long; of an object its type."""
    if value is not None and not isinstance(value, (str, int, float)):
        return f"a {type(value).__name__}"  # its own text may be endless
    text = value if isinstance(value, str) else repr(value)
    text = text if len(text) <= most else text[: most - 1] + "…"
    return repr(text) if isinstance(value, str) else text


class Reader:
    """Walks over the tokens of one value; whatever reads from it leaves it after what was read."""

    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        self.at = 0
        self._problem = (-1, "")

    @property
    def is_done(self) -> bool:
        """Nothing is left."""
        return self.at >= len(self.tokens)

    @property
    def ahead(self) -> Token | None:
        """The next token, left where it is."""
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def next(self) -> Token:
        """Take the next token."""
        if self.at >= len(self.tokens):
            raise CssInvalid("something is missing at the end")
        self.at += 1
        return self.tokens[self.at - 1]

    def take(self, *kinds: Kind) -> Token | None:
        """Take the next token if it is of one of these kinds."""
        token = self.ahead
        if token is None or token.kind not in kinds:
            return None
        self.at += 1
        return token

    def mark(self, mark: str) -> bool:
        """Take the next token if it is this mark."""
        token = self.ahead
        if token is None or token.kind != "mark" or token.text != mark:
            return False
        self.at += 1
        return True

    def word(self, *words: str) -> str | None:
        """Take the next token if it is one of these words (any of them, if none is given)."""
        return self._named("word", words)

    def function(self, *names: str) -> str | None:
        """Take the next token if it opens one of these functions."""
        return self._named("function", names)

    def _named(self, kind: Kind, names: tuple[str, ...]) -> str | None:
        token = self.ahead
        if token is None or token.kind != kind or (names and token.name not in names):
            return None
        self.at += 1
        return token.name

    def need(self, mark: str) -> None:
        """Take this mark.

        Raises:
            CssInvalid: Something else comes.
        """
        if not self.mark(mark):
            came = shortened(self.ahead.text) if self.ahead else "the end"
            raise CssInvalid(f"{mark!r} was to come before {came}")

    def maybe(self, read: Callable[[Reader], object]) -> bool:
        """Read what may be there, and return whether it was; if it was not, stay."""
        start = self.at
        try:
            read(self)
        except CssInvalid as problem:
            self.at = start
            self._problem = (start, str(problem))
            return False
        return True

    def end(self) -> None:
        """Make sure that nothing is left.

        Raises:
            CssInvalid: Something is; with the reason why it was not read, if there is one.
        """
        if self.ahead is None:
            return
        at, problem = self._problem
        raise CssInvalid(problem if at == self.at else f"{shortened(self.ahead.text)} is too much")

    def series(self, read: Callable[[Reader], T], most: int, what: str) -> list[T]:
        """Read one or more, parted by commas, and no more than `most`."""
        items = [read(self)]
        while self.mark(","):
            if len(items) == most:
                raise CssInvalid(f"there may be at most {most} {what}")
            items.append(read(self))
        return items

    def row(self, read: Callable[[Reader], T], most: int) -> list[T]:
        """Read one or more, parted by white space, until something else comes or there are `most`."""
        items = [read(self)]
        while len(items) < most and self.maybe(lambda reader: items.append(read(reader))):
            pass
        return items


def _token(match: re.Match[str]) -> Token:
    kind = match.lastgroup or ""
    text = match.group(0)[len(match.group("space")) :]
    is_apart = bool(match.group("space"))
    if kind in ("number", "unit"):
        return _number(match.group("number"), match.group("unit") or "", text, is_apart=is_apart)
    names: dict[str, Kind] = {
        "url": "url",
        "function": "function",
        "word": "word",
        "hash": "hash",
        "string": "string",
        "mark": "mark",
    }
    return Token(names[kind], text, is_apart=is_apart)


def _number(digits: str, unit: str, text: str, *, is_apart: bool) -> Token:
    value = float(digits)
    if not abs(value) <= _LARGEST_NUMBER:
        raise CssInvalid(f"{shortened(digits)} is out of all proportion")
    kind: Kind = "percentage" if unit == "%" else "dimension" if unit else "number"
    return Token(kind, text, value, unit.lower(), is_apart)


def _opens(token: Token) -> int:
    if token.kind == "function" or token.text in ("(", "["):
        return 1
    return -1 if token.text in (")", "]") else 0
