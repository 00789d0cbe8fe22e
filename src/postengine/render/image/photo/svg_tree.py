"""An SVG read into plain elements by a parser that knows no entities, opens nothing and counts as it goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from postengine.render.errors import SvgUnsafe

MAX_SVG_BYTES = 1024 * 1024
"""Of the file; a logo of a megabyte is a photo in disguise."""

MAX_SVG_ELEMENTS = 5_000
"""Elements of the file; those that `use` repeats are counted by `safe_svg`."""

MAX_SVG_DEPTH = 64
"""How deep elements may lie in one another."""

SVG_SPACE: Final = "http://www.w3.org/2000/svg"
_LINK_SPACE: Final = "http://www.w3.org/1999/xlink"
_XML_SPACE: Final = "http://www.w3.org/XML/1998/namespace"
_SEPARATOR: Final = " "


@dataclass
class Element:
    """An element.

    Attributes:
        name: Without namespace; where that is not SVG's, a colon stands before it.
        attributes: Those without namespace, `href` of XLink among them, and `xml:space`.
        children: Elements and texts in their order.
    """

    name: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list["Element | str"])

    @property
    def text(self) -> str:
        """The texts directly inside."""
        return "".join(child for child in self.children if isinstance(child, str))

    def written(self) -> str:
        """Return it as XML."""
        attributes = "".join(f" {name}={quoteattr(value)}" for name, value in self.attributes.items())
        inner = "".join(
            escape(child) if isinstance(child, str) else child.written() for child in self.children
        )
        return f"<{self.name}{attributes}>{inner}</{self.name}>" if inner else f"<{self.name}{attributes}/>"


def read_svg(data: bytes) -> Element:
    """Parse an SVG. Comments go; a DOCTYPE without declarations is passed over.

    Raises:
        SvgUnsafe: No SVG, not well formed, too long, too many or too deep elements, an entity or other
            declaration, a style sheet from elsewhere.
    """
    if len(data) > MAX_SVG_BYTES:
        raise SvgUnsafe(f"it has {len(data)} bytes, more than {MAX_SVG_BYTES}")
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.ProcessingInstructionHandler = reader.instruction
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise SvgUnsafe(f"it is not well-formed XML ({error})") from error
    if reader.root is None or reader.root.name != "svg":
        raise SvgUnsafe("its first element is not svg")
    return reader.root


class _Reader:
    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MAX_SVG_ELEMENTS:
            raise SvgUnsafe(f"it has more than {MAX_SVG_ELEMENTS} elements")
        if len(self._open) >= MAX_SVG_DEPTH:
            raise SvgUnsafe(f"its elements lie more than {MAX_SVG_DEPTH} deep")
        element = Element(_svg_name(name), _plain(attributes))
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def end(self, _name: str) -> None:
        self._open.pop()

    def characters(self, text: str) -> None:
        self._open[-1].children.append(text)

    def doctype(self, _name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        # Entities can be declared here only: a DTD elsewhere is never opened, what it declares left out.
        if has_subset:
            raise SvgUnsafe("it declares entities or elements of its own")

    def instruction(self, target: str, _data: str) -> None:
        if target == "xml-stylesheet":
            raise SvgUnsafe("it asks for a style sheet from elsewhere")


def _svg_name(name: str) -> str:
    space, _, local = name.rpartition(_SEPARATOR)
    return local if space in {"", SVG_SPACE} else f":{local}"


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    plain: dict[str, str] = {}
    for name, value in attributes.items():
        space, _, local = name.rpartition(_SEPARATOR)
        if not space:
            plain[local] = value
        elif space == _LINK_SPACE and local == "href":
            plain.setdefault("href", value)
        elif space == _XML_SPACE and local == "space":
            plain["xml:space"] = value
    return plain
