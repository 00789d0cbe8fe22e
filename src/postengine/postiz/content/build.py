"""Content with bold text, links, mentions, headings and lists, and the HTML that Postiz keeps of it.

The tags that survive are p, br, strong, u, a, ul, li, h1, h2, h3 and span; Postiz then makes of them what
each network knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from postengine.postiz.providers.rules import Editor

from .inline import Inline, Mention, Run

__all__ = ["Block", "Bullets", "Content", "Heading", "Paragraph", "bullets", "heading", "paragraph"]

Level = Literal[1, 2, 3]
Line = tuple[Run | Mention, ...]

_UNDERLINE = "\u0332"
_BOLD = {
    ord(char): chr(start + index)
    for first, start, count in (("A", 0x1D5D4, 26), ("a", 0x1D5EE, 26), ("0", 0x1D7EC, 10))
    for index, char in enumerate(chr(ord(first) + step) for step in range(count))
}


@dataclass(frozen=True)
class Paragraph:
    """A line; an empty one is a blank line."""

    line: Line = ()

    def html(self) -> str:
        """Return its HTML."""
        return f"<p>{_html(self.line)}</p>"


@dataclass(frozen=True)
class Heading:
    """A heading; networks without headings show a line of text."""

    level: Level
    line: Line

    def html(self) -> str:
        """Return its HTML."""
        return f"<h{self.level}>{_html(self.line)}</h{self.level}>"


@dataclass(frozen=True)
class Bullets:
    """A list with a bullet before each line."""

    lines: tuple[Line, ...]

    def html(self) -> str:
        """Return its HTML; each entry is a paragraph, as Postiz's own editor writes it."""
        return f"<ul>{''.join(f'<li><p>{_html(line)}</p></li>' for line in self.lines)}</ul>"


Block = Paragraph | Heading | Bullets


@dataclass(frozen=True, init=False)
class Content:
    """A text in blocks, from top to bottom.

    Raises:
        ValueError: There is neither a paragraph nor a list: without a `<p>` Postiz would publish the tags
            themselves.

    >>> Content(paragraph("Now at ", Run("£400,000", is_bold=True), " & open on Sunday")).html()
    '<p>Now at <strong>£400,000</strong> &amp; open on Sunday</p>'
    """

    blocks: tuple[Block, ...]

    def __init__(self, *blocks: Block) -> None:
        if not any(isinstance(block, Paragraph | Bullets) for block in blocks):
            raise ValueError("Content needs a paragraph or a list; add one below the headings.")
        object.__setattr__(self, "blocks", blocks)

    def html(self) -> str:
        """Return what is sent as `content`; Postiz's sanitiser keeps all of it."""
        return "".join(block.html() for block in self.blocks)

    @property
    def text(self) -> str:
        """The words alone, a line for each paragraph, heading and entry."""
        return "\n".join("".join(_words(part) for part in line) for line in _lines(self.blocks))

    def published(self, editor: Editor) -> str:
        """Return about what is published where the provider's editor is `editor`; Postiz counts no more.

        Links of a normal editor are their address, its bold and underlined letters are those of Unicode.
        """
        if editor == "html":
            return self.html()
        write = _normal if editor == "normal" else _markdown
        lines: list[str] = []
        for block in self.blocks:
            prefix = _prefix(block, editor)
            lines += [prefix + "".join(write(part) for part in line) for line in _lines([block])]
        return "\n".join(lines)


def paragraph(*parts: Inline) -> Paragraph:
    """Return a line of text; without parts it is a blank line.

    Raises:
        ValueError: A part has a line break.
    """
    return Paragraph(_line(parts))


def heading(level: Level, *parts: Inline) -> Heading:
    """Return a heading of level 1, 2 or 3."""
    return Heading(level, _line(parts))


def bullets(*entries: Inline | Sequence[Inline]) -> Bullets:
    """Return a list; each entry is text, or several parts.

    >>> bullets("3 bedrooms", ["A ", Run("garden", is_bold=True)]).html()
    '<ul><li><p>3 bedrooms</p></li><li><p>A <strong>garden</strong></p></li></ul>'

    Raises:
        ValueError: There is no entry.
    """
    if not entries:
        raise ValueError("A list needs an entry; add one, or leave the list out.")
    lines = ([entry] if isinstance(entry, str | Run | Mention) else entry for entry in entries)
    return Bullets(tuple(_line(line) for line in lines))


def _line(parts: Sequence[Inline]) -> Line:
    """Put neighbours that are written in the same way together, and leave empty text out."""
    line: list[Run | Mention] = []
    for part in parts:
        run = Run(part) if isinstance(part, str) else part
        last = line[-1] if line else None
        if isinstance(run, Mention):
            line.append(run)
        elif isinstance(last, Run) and last.has_look_of(run):
            line[-1] = Run(last.text + run.text, run.is_bold, run.is_underlined, run.url)
        elif run.text:
            line.append(run)
    return tuple(line)


def _html(line: Line) -> str:
    return "".join(part.html() for part in line)


def _lines(blocks: Sequence[Block]) -> list[Line]:
    found: list[Line] = []
    for block in blocks:
        found += block.lines if isinstance(block, Bullets) else [block.line]
    return found


def _prefix(block: Block, editor: Editor) -> str:
    if isinstance(block, Bullets):
        return "- "
    return "#" * block.level + " " if isinstance(block, Heading) and editor == "markdown" else ""


def _words(part: Run | Mention) -> str:
    return f"@{part.label}" if isinstance(part, Mention) else part.text


def _normal(part: Run | Mention) -> str:
    if isinstance(part, Mention):
        return f"@{part.label}"
    if part.url is not None:
        return part.url
    written = part.text.translate(_BOLD) if part.is_bold else part.text
    return "".join(char + _UNDERLINE for char in written) if part.is_underlined else written


def _markdown(part: Run | Mention) -> str:
    if isinstance(part, Mention):
        return f"@{part.label}"
    written = f"**{part.text}**" if part.is_bold else part.text
    written = f"<u>{written}</u>" if part.is_underlined else written
    return written if part.url is None else f"[{written}]({part.url})"
