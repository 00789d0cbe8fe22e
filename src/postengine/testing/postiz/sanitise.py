"""What the real server keeps of a content, and the text that it makes of it."""

from __future__ import annotations

import re
from html import escape, unescape
from html.parser import HTMLParser

_KEPT = frozenset({"p", "br", "strong", "u", "a", "ul", "li", "h1", "h2", "h3", "span"})
_SWALLOWED = frozenset({"script", "style", "textarea", "option"})
_AMPERSAND = re.compile(r"&(?!(?:[a-zA-Z][a-zA-Z0-9]*|#\d+|#x[0-9a-fA-F]+);)")
_LONE_LESS_THAN = re.compile(r"<(?![A-Za-z/!?])")
_HREF = re.compile(r"(?:https?|mailto|ftp):", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"</(?:p|li|h1|h2|h3)>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


def sanitise(content: str) -> str:
    """Return what is stored of `content`: text without `<` untouched, else the allowed tags of it."""
    if "<" not in content:
        return content
    cleaner = _Cleaner()
    # A `<` before a space or digit is text; before a letter it opens a tag, and swallows all if unclosed.
    cleaner.feed(_LONE_LESS_THAN.sub("&lt;", _AMPERSAND.sub("&amp;", content)))
    return cleaner.finished()


def flatten(content: str) -> str:
    """Return the plain text that providers publish and whose length is checked."""
    if "<" not in content:
        return content
    lines = _PARAGRAPH_END.sub("\n", content)
    return unescape(_TAG.sub("", lines)).removesuffix("\n")


class _Cleaner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self._out: list[str] = []
        self._open: list[str] = []
        self._swallowing: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SWALLOWED:
            self._swallowing = tag
        elif tag in _KEPT and self._swallowing is None:
            self._out.append(f"<{tag}{_attributes(tag, attrs)}>")
            if tag != "br":
                self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._swallowing:
            self._swallowing = None
        elif tag in self._open:
            while (closed := self._open.pop()) != tag:
                self._out.append(f"</{closed}>")
            self._out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._swallowing is None:
            self._out.append(data.replace("<", "&lt;").replace(">", "&gt;"))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name};")

    def _reference(self, text: str) -> None:
        if self._swallowing is None:
            self._out.append(text)

    def finished(self) -> str:
        """Close what is open. An unfinished tag, still waiting in the parser, is lost."""
        return "".join(self._out) + "".join(f"</{tag}>" for tag in reversed(self._open))


def _attributes(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    kept: list[str] = []
    for name, value in attrs:
        is_link = tag == "a" and name == "href" and _HREF.match(value or "")
        is_mention = tag == "span" and (name == "class" or name.startswith("data-"))
        if is_link or is_mention:
            kept.append(f' {name}="{escape(value or "")}"')
    return "".join(kept)
