"""What a line of content is made of: runs of text and mentions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

__all__ = ["Inline", "Mention", "Run", "bold", "link", "underline"]

_LINKABLE = re.compile(r"(?:https?|mailto|ftp):", re.IGNORECASE)
_LINE_ENDS = re.compile(r"[\r\n]")


@dataclass(frozen=True)
class Run:
    """Text that is written in one way.

    Attributes:
        text: Without line breaks: each line is a paragraph of its own.
        is_bold: Where there is no bold, Postiz uses bold letters of Unicode.
        is_underlined: Likewise.
        url: Where it leads; http, https, ftp or mailto. It replaces the text where there are no links.

    Raises:
        ValueError: The text has a line break, or the address is of a kind that Postiz takes out.
    """

    text: str
    is_bold: bool = False
    is_underlined: bool = False
    url: str | None = None

    def __post_init__(self) -> None:
        if _LINE_ENDS.search(self.text):
            raise ValueError("A line break inside a paragraph is lost at Postiz; make two paragraphs of it.")
        if self.url is not None and not _LINKABLE.match(self.url):
            raise ValueError(f"Postiz keeps links to http, https, ftp and mailto, not to {self.url[:80]!r}.")

    def html(self) -> str:
        """Return it as the sanitiser keeps it."""
        written = escape(self.text, quote=False)
        if self.is_underlined:
            written = f"<u>{written}</u>"
        if self.is_bold:
            written = f"<strong>{written}</strong>"
        return written if self.url is None else f'<a href="{escape(self.url)}">{written}</a>'

    def has_look_of(self, other: Run) -> bool:
        """Tell whether both are written in the same way."""
        return (self.is_bold, self.is_underlined, self.url) == (
            other.is_bold,
            other.is_underlined,
            other.url,
        )


@dataclass(frozen=True)
class Mention:
    """Another account, which the network links and tells.

    Attributes:
        id: As the network knows it.
        label: Its name, without the @.

    Raises:
        ValueError: The label has a line break.
    """

    id: str
    label: str

    def __post_init__(self) -> None:
        if _LINE_ENDS.search(self.label):
            raise ValueError("A mention's label is one line; take the line break out.")

    def html(self) -> str:
        """Return it as the sanitiser keeps it: the class and the data attributes make it a mention."""
        attributes = f'data-mention-id="{escape(self.id)}" data-mention-label="{escape(self.label)}"'
        return f'<span class="mention" {attributes}>@{escape(self.label, quote=False)}</span>'


Inline = str | Run | Mention


def bold(text: str) -> Run:
    """Return bold text.

    >>> bold("Sold").html()
    '<strong>Sold</strong>'
    """
    return Run(text, is_bold=True)


def underline(text: str) -> Run:
    """Return underlined text."""
    return Run(text, is_underlined=True)


def link(text: str, url: str) -> Run:
    """Return text that leads to `url`."""
    return Run(text, url=url)
