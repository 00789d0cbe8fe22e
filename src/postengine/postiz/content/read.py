"""From what Postiz keeps of a content back to its blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from .build import Block, Content, Level, bullets, heading, paragraph
from .inline import Inline, Mention, Run

__all__ = ["from_content"]

_LEVELS: Mapping[str | None, Level] = {"h1": 1, "h2": 2, "h3": 3}
_BLOCKS = frozenset({"p", "li", *_LEVELS})
_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE_ENDS = re.compile(r"[\r\n]+")
_LINKABLE = re.compile(r"(?:https?|mailto|ftp):", re.IGNORECASE)


def from_content(content: str) -> Content:
    r"""Read the content of a listed post: HTML, or text without a `<`, which stands as it is.

    A `<br>` begins a new line, and text outside of any paragraph is one; tags that Postiz does not keep are
    passed over.

    >>> from_content("<p>Now <strong>sold</strong></p><p>R&amp;D</p>").text
    'Now sold\nR&D'
    """
    if "<" not in content:
        return Content(*(paragraph(line) for line in _LINE_END.split(content)))
    reader = _Reader()
    reader.feed(content)
    reader.close()
    blocks = reader.finished()
    try:
        return Content(*blocks)
    except ValueError:  # empty, or headings alone: a blank line makes it content
        return Content(*blocks, paragraph())


class _Reader(HTMLParser):
    """Collects the parts of a line, the entries of a list, and the blocks that are whole."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[Block] = []
        self._entries: list[list[Inline]] = []
        self._parts: list[Inline] = []
        self._block: str | None = None  # p, h1, h2, h3 or li; None is text outside of any
        self._open: list[tuple[str, str | None]] = []  # the tags inside of it, with a link's address
        self._mention: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._end_line(is_empty_kept=True)
        elif tag in _BLOCKS:
            self._begin_block(tag)
        else:
            url = given.get("href", "")
            self._open.append((tag, url if _LINKABLE.match(url) else None))
            if "data-mention-id" in given:
                self._mention = given["data-mention-id"], _one_line(given.get("data-mention-label", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._block:
            self._end_line(is_empty_kept=True)
            self._block = None
        elif tag == "ul":
            self._end_line(is_empty_kept=False)
            self._block = None
            self._end_list()
        elif tag in [name for name, _ in self._open]:
            while self._open.pop()[0] != tag:
                pass
            if tag == "span" and self._mention is not None:
                self._parts.append(Mention(*self._mention))
                self._mention = None

    def handle_data(self, data: str) -> None:
        if self._mention is None:
            tags = [name for name, _ in self._open]
            url = next((url for _, url in reversed(self._open) if url is not None), None)
            self._parts.append(Run(_one_line(data), "strong" in tags, "u" in tags, url))

    def finished(self) -> list[Block]:
        """Return the blocks; what is open is closed."""
        self._end_line(is_empty_kept=False)
        self._end_list()
        return self._blocks

    def _begin_block(self, tag: str) -> None:
        if tag == "p" and self._block == "li":  # an entry's text is in a paragraph of its own
            return
        self._end_line(is_empty_kept=False)
        self._block = tag
        if tag != "li":
            self._end_list()

    def _end_line(self, *, is_empty_kept: bool) -> None:
        if not self._parts and not is_empty_kept:
            return
        parts, self._parts = self._parts, []
        if self._block == "li":
            self._entries.append(parts)
            return
        self._end_list()
        if self._block in {None, "p"}:
            self._blocks.append(paragraph(*parts))
        else:
            self._blocks.append(heading(_LEVELS[self._block], *parts))

    def _end_list(self) -> None:
        """Put the entries so far into a list."""
        if self._entries:
            self._blocks.append(bullets(*self._entries))
            self._entries = []


def _one_line(text: str) -> str:
    return _LINE_ENDS.sub(" ", text)
