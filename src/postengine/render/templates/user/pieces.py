"""Nodes that only template files have: `icon`, a drawing, and `part`, a piece of the built-in templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from postengine.render.image.colour import Colour
from postengine.render.image.tree import Node, Style
from postengine.render.templates.parts import (
    Ink,
    Sheet,
    agent_line,
    details,
    fact_row,
    headline,
    label,
    legal_lines,
    page_mark,
    place_line,
    price_line,
    signature,
)
from postengine.render.templates.parts.icons import IconName, icon

from .names import ink_on

Key = Annotated[str, Field(min_length=1, max_length=200)]
Pixels = Annotated[float, Field(ge=1, le=4096)]


class _Piece(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)

    key: Key | None = None
    style: Style = Style()

    def styled(self, node: Node) -> Node:
        """Return a node with this one's key and style added to its own."""
        added = {name: getattr(self.style, name) for name in self.style.model_fields_set}
        style = node.style.model_copy(update=added)
        return node.model_copy(update={"style": style, "key": self.key or node.key})


class Icon(_Piece):
    """A small line drawing.

    Attributes:
        name: Of the drawing.
        size: Of its box.
        color: `#rrggbb`.
        stroke_width: Of its lines; the drawing is 24 wide.
    """

    type: Literal["icon"]
    name: IconName
    size: Pixels
    color: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
    stroke_width: Annotated[float, Field(gt=0, le=6)] = 1.6

    def drawn(self, sheet: Sheet) -> Node | None:  # noqa: ARG002 - as a part's
        """Return the drawing."""
        shape = icon(self.name, Colour.from_hex(self.color), self.size, stroke_width=self.stroke_width)
        return self.styled(shape)


class Part(_Piece):
    """A piece of the built-in templates, as it looks there.

    Attributes:
        name: Of the piece.
        ink: The ground that it stands on.
        width: In pixels; what is inside keeps to it.
        text: Of a label in place of the badge; of a headline in place of the title.
        share: Of the usual size of a headline or a price.
    """

    type: Literal["part"]
    name: PartName
    ink: Literal["photo", "paper", "primary"] = "photo"
    width: Pixels | None = None
    text: Annotated[str, Field(max_length=600)] | None = None
    share: Annotated[float, Field(ge=0.3, le=1.5)] = 1.0

    def drawn(self, sheet: Sheet) -> Node | None:
        """Return the piece, or None where the listing has nothing for it."""
        width = self.width if self.width is not None else float(sheet.page.column)
        node = _PARTS[self.name](sheet, ink_on(sheet, self.ink), width, self)
        return None if node is None else self.styled(node)


PartName = Literal[
    "label",
    "headline",
    "place",
    "price",
    "facts",
    "details",
    "agent",
    "legal",
    "page_mark",
    "signature",
]
Part.model_rebuild()

_PARTS: Mapping[PartName, Callable[[Sheet, Ink, float, Part], Node | None]] = MappingProxyType(
    {
        "label": lambda sheet, _, width, part: _label(sheet, width, part.text),
        "headline": lambda sheet, ink, width, part: headline(
            sheet, ink, width=width, text=part.text, share=part.share
        ),
        "place": lambda sheet, ink, width, _: place_line(sheet, ink, width=width),
        "price": lambda sheet, ink, width, part: price_line(sheet, ink, width=width, share=part.share),
        "facts": lambda sheet, ink, width, _: fact_row(sheet, ink, width=width),
        "details": lambda sheet, ink, width, part: details(sheet, ink, width=width, share=part.share),
        "agent": lambda sheet, ink, width, _: agent_line(sheet, ink, width=width),
        "legal": lambda sheet, ink, width, _: legal_lines(sheet, ink, width=width),
        "page_mark": lambda sheet, _ink, _width, _part: page_mark(sheet),
        "signature": lambda sheet, ink, width, _: signature(sheet, ink, width=width),
    }
)

PARTS: tuple[PartName, ...] = get_args(PartName)
"""The pieces that a `part` can name."""

PIECES: Mapping[str, type[Icon] | type[Part]] = MappingProxyType({"icon": Icon, "part": Part})
"""The extra nodes by their type."""


def _label(sheet: Sheet, width: float, text: str | None) -> Node | None:
    said = text or sheet.listing.badge
    return label(sheet, said, width=width) if said else None
