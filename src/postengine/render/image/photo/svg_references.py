"""What an SVG draws once its references have repeated what they point at: no circles, no explosions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from postengine.render.errors import SvgUnsafe

from .svg_tree import Element

MAX_SVG_DRAWN = 50_000
"""Elements drawn once `use`, patterns, masks and markers have repeated theirs."""

_MOST_NESTED: Final = 200  # steps from the root, through children and references
_MOST_RULES: Final = 300
_URL = re.compile(r"url\s*\(([^()]*)\)", re.IGNORECASE)
_OPENING = re.compile(r"url\s*\(", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s>+~]")
_BEYOND = re.compile(r"[\[\]:\"'(){}]")  # what is not read here may match anything
_TAG = re.compile(r"[\w-]*")
_CLASS_OR_ID = re.compile(r"([.#])([\w-]+)")


@dataclass(frozen=True)
class _Rule:
    """A selector of a style sheet whose declarations refer to something.

    Attributes:
        tag: Of its subject; empty for any.
        names: Signs and names of the subject's classes and id.
        targets: The ids referred to.
    """

    tag: str
    names: tuple[tuple[str, str], ...]
    targets: frozenset[str]

    def may_match(self, element: Element) -> bool:
        """Return whether the rule could apply to an element; what else a selector asks for passes."""
        classes = element.attributes.get("class", "").split() if self.names else []
        return self.tag in {"", element.name} and all(
            name in classes if sign == "." else element.attributes.get("id") == name
            for sign, name in self.names
        )


def targets_of(value: str) -> list[str]:
    """Return what a value of CSS refers to by `url()`.

    Raises:
        SvgUnsafe: A `url()` that does not end, or holds parentheses.
    """
    found = [match[1].strip().strip("'\"").strip() for match in _URL.finditer(value)]
    if len(found) != len(_OPENING.findall(value)):
        raise SvgUnsafe("it has an unfinished url()")
    return found


def check_references(elements: list[Element]) -> None:
    """Refuse circles of references, and drawings that grow without end through them.

    Args:
        elements: All of a drawing, the root first.

    Raises:
        SvgUnsafe: One of both.
    """
    counter = _Counter(elements)
    total = counter.count(elements[0], 0)
    if total > MAX_SVG_DRAWN:
        raise SvgUnsafe(f"it draws {total:.3g} elements through references, more than {MAX_SVG_DRAWN}")


class _Counter:
    def __init__(self, elements: list[Element]) -> None:
        self._named = {one.attributes["id"]: one for one in elements if "id" in one.attributes}
        self._rules = _rules(elements)
        self._drawn: dict[int, float] = {}
        self._open: set[int] = set()

    def count(self, element: Element, depth: int) -> float:
        key = id(element)
        if key in self._open:
            raise SvgUnsafe("its references go round in a circle")
        if depth > _MOST_NESTED:
            raise SvgUnsafe("its references are nested too deep")
        if key not in self._drawn:
            self._open.add(key)
            inner = [child for child in element.children if isinstance(child, Element)]
            inner += [self._named[name] for name in self._targets(element) if name in self._named]
            self._drawn[key] = 1 + sum(self.count(one, depth + 1) for one in inner)
            self._open.discard(key)
        return self._drawn[key]

    def _targets(self, element: Element) -> Iterator[str]:
        for name, value in element.attributes.items():
            if name == "href" and value.strip().startswith("#"):
                yield value.strip()[1:]
            yield from _ids(value)
        for rule in self._rules:
            if rule.may_match(element):
                yield from rule.targets


def _rules(elements: list[Element]) -> list[_Rule]:
    sheets = [_without_comments(element.text) for element in elements if element.name == "style"]
    rules: list[_Rule] = []
    for block in (block for sheet in sheets for block in sheet.split("}")):
        selectors, _, declarations = block.rpartition("{")
        targets = frozenset(_ids(declarations))
        if targets:
            rules += [_rule(selector, targets) for selector in selectors.split(",")]
        if len(rules) > _MOST_RULES:
            raise SvgUnsafe(f"its style has more than {_MOST_RULES} rules that refer to something")
    return rules


def _without_comments(sheet: str) -> str:
    first, *others = sheet.split("/*")
    return first + "".join(other.partition("*/")[2] for other in others)


def _rule(selector: str, targets: frozenset[str]) -> _Rule:
    if _BEYOND.search(selector):
        return _Rule("", (), targets)
    subject = _BETWEEN.split(selector.strip())[-1]
    tag = _TAG.match(subject)
    return _Rule(tag[0] if tag else "", tuple(_CLASS_OR_ID.findall(subject)), targets)


def _ids(value: str) -> list[str]:
    return [target[1:] for target in targets_of(value) if target.startswith("#")]
