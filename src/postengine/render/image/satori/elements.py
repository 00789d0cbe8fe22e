"""Reading a React element tree from plain JSON; fragments and nested arrays are flattened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from postengine.render.errors import SatoriInvalid

from .losses import Losses

MAX_DEPTH = 200
MAX_ELEMENTS = 5000

FRAGMENTS = frozenset({"", "fragment", "Fragment", "react.fragment", "Symbol(react.fragment)"})


LINE_BREAK = "\u2028"
"""What a `br` comes to within a text: Unicode's line separator."""


@dataclass(frozen=True)
class Element:
    """One element.

    Attributes:
        type: Its tag, such as `div`.
        props: Its properties without style, class names and children.
        style: Style declarations in the order they were written.
        classes: Tailwind class names (`tw`).
        children: Elements and texts; neighbouring texts are one.
        path: Where it stands.
    """

    type: str
    props: Mapping[str, object]
    style: Mapping[str, object]
    classes: str = ""
    children: tuple[Element | str, ...] = ()
    path: str = "root"


@dataclass
class Reader:
    """Reads elements; counts them, so that a tree without end is refused."""

    losses: Losses
    seen: int = 0
    depth: int = field(default=0)

    def root(self, data: object) -> Element:
        """Return the root element; a text, an array or a fragment is wrapped in a box.

        Raises:
            SatoriInvalid: With the path of what is malformed.
        """
        children = tuple(self._nodes(data, "root"))
        if len(children) == 1 and isinstance(children[0], Element) and children[0].path == "root":
            return children[0]
        return Element("div", {}, {}, children=children)

    def _nodes(self, data: object, path: str) -> Iterator[Element | str]:
        pending = ""
        for node in self._flat(data, path):
            if isinstance(node, str):
                pending += node
                continue
            if pending:
                yield pending
            pending = ""
            yield node
        if pending:
            yield pending

    def _flat(self, data: object, path: str) -> Iterator[Element | str]:
        if data is None or isinstance(data, bool):
            return
        if isinstance(data, (str, int, float)):
            yield _written(data)
        elif isinstance(data, Mapping):
            yield from self._element(cast("Mapping[str, object]", data), path)
        elif isinstance(data, Sequence):
            with_depth = self._deeper(path)
            for index, child in enumerate(cast("Sequence[object]", data)):
                yield from self._flat(child, f"{path}[{index}]")
            self.depth = with_depth - 1
        else:
            raise SatoriInvalid(
                path, f"an object, an array, a text, a number or null, got {type(data).__name__}"
            )

    def _element(self, data: Mapping[str, object], path: str) -> Iterator[Element | str]:
        tag, props = data.get("type"), data.get("props")
        if not isinstance(tag, str):
            raise SatoriInvalid(path, f"`type` a tag name, got {tag!r}")
        if props is None:
            props = {}
        if not isinstance(props, Mapping):
            raise SatoriInvalid(path, f"`props` an object, got {type(props).__name__}")
        if "dangerouslySetInnerHTML" in props:
            raise SatoriInvalid(path, "elements, got raw HTML (`dangerouslySetInnerHTML`)")
        self.seen += 1
        if self.seen > MAX_ELEMENTS:
            raise SatoriInvalid(path, f"at most {MAX_ELEMENTS} elements, got more")
        here = self._deeper(path)
        known = cast("Mapping[str, object]", props)
        children = tuple(self._nodes(known.get("children"), f"{path}.children"))
        self.depth = here - 1
        if tag == "br":
            yield LINE_BREAK
            return
        if tag in FRAGMENTS:
            yield from children
            return
        yield Element(
            tag,
            {name: it for name, it in known.items() if name not in _OWN},
            _style(known.get("style"), path),
            _classes(known, path, self.losses),
            children,
            path,
        )

    def _deeper(self, path: str) -> int:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise SatoriInvalid(path[:80] + "…", f"at most {MAX_DEPTH} levels, got more")
        return self.depth


_OWN = frozenset({"children", "style", "tw", "className", "class", "key", "ref"})


def _written(value: str | float) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))  # JavaScript knows one kind of number
    return str(value)


def _style(style: object, path: str) -> Mapping[str, object]:
    if style is None or isinstance(style, bool):
        return {}
    if not isinstance(style, Mapping):
        raise SatoriInvalid(f"{path}.style", f"an object, got {type(style).__name__}")
    return cast("Mapping[str, object]", style)


def _classes(props: Mapping[str, object], path: str, losses: Losses) -> str:
    names = props.get("tw")
    if props.get("className") or props.get("class"):
        losses.add(
            f"{path}.className",
            props.get("className") or props.get("class"),
            "there are no style sheets; use tw",
        )
    if names is None or isinstance(names, bool):
        return ""
    if not isinstance(names, str):
        raise SatoriInvalid(f"{path}.tw", f"a text of class names, got {type(names).__name__}")
    return names
