"""From a checked template file and a sheet to a tree: names filled in, conditions kept, lists repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from pydantic import ValidationError

from postengine.render.errors import StyleInvalid, TemplateInvalid
from postengine.render.image.tree import Box, tree_from
from postengine.render.templates.parts import Sheet

from .grammar import CONTROL, MAX_REPEATS, ROOT_KEYS, JsonObject, Problem, names_in
from .pieces import PIECES
from .placeholders import Filled, Scope, fill, is_empty

MAX_NODES = 2000
"""Of a filled tree; repeats cannot make more."""

_NOT_VALUES = CONTROL | ROOT_KEYS | {"children"}


def filled(file: Path, root: JsonObject, sheet: Sheet) -> Box:
    """Return the tree of a checked file for one sheet.

    Raises:
        TemplateInvalid: What came out cannot be drawn; every problem with its path in the file.
    """
    filling = _Filling(sheet, file)
    tree = filling.root(root)
    filling.refuse_problems()
    try:
        return tree_from(tree)
    except StyleInvalid as error:
        problems = [(filling.in_file(path), message) for path, message in error.problems]
        raise TemplateInvalid(file, tuple(dict.fromkeys(problems))) from error


@dataclass
class _Filling:
    """One run through a file.

    Attributes:
        origins: Where in the file each node of the tree is from.
    """

    sheet: Sheet
    file: Path
    count: int = 0
    origins: dict[str, str] = field(default_factory=dict[str, str])
    problems: list[Problem] = field(default_factory=list[Problem])

    def root(self, data: JsonObject) -> JsonObject:
        node = self._node(data, Scope(self.sheet), "root", "root") or {}
        page = self.sheet.page
        style: dict[str, object] = {
            "position": "relative",
            "width": page.size.width,
            "height": page.size.height,
        }
        if self.sheet.wording.is_right_to_left:
            style["direction"] = "rtl"
        own = node.get("style", {})
        return {**node, "style": {**style, **cast("JsonObject", own)} if isinstance(own, dict) else own}

    def in_file(self, path: str) -> str:
        """Return where in the file a path of the tree is from."""
        known = path
        while known not in self.origins and known:
            known = known[: max(known.rfind("."), known.rfind("["), 0)]
        return self.origins.get(known, known) + path[len(known) :]

    def refuse_problems(self) -> None:
        if self.problems:
            raise TemplateInvalid(self.file, tuple(dict.fromkeys(self.problems)))

    def _children(self, items: Sequence[JsonObject], scope: Scope, at: str, to: str) -> list[JsonObject]:
        found: list[JsonObject] = []
        for index, child in enumerate(items):
            for inner in _scopes(child, scope):
                node = self._node(child, inner, f"{at}.children[{index}]", f"{to}.children[{len(found)}]")
                if node is not None:
                    found.append(node)
        return found

    def _node(self, data: JsonObject, scope: Scope, at: str, to: str) -> JsonObject | None:
        """Return a node's plain data, or None where it is left out."""
        self._count(at)
        self.origins[to] = at
        kind = str(data.get("type", "box"))
        values: dict[str, object] = {}
        for key, value in data.items():
            if key in _NOT_VALUES:
                continue
            is_prose = key == "text" and kind in {"text", "part"}
            if _is_gone(key, value, kind, scope):
                return None
            values[key] = self._value(value, scope, f"{at}.{key}", is_prose=is_prose)
        present = {key: value for key, value in values.items() if value is not None}
        items = cast("Sequence[JsonObject]", data.get("children", ()))
        if kind == "box":
            children = self._children(items, scope, at, to)
            return None if items and not children and to != "root" else {**present, "children": children}
        if "children" in data:
            present["children"] = items  # refused like any other key that such a node does not have
        if kind in PIECES:
            return self._piece(kind, present, at)
        if kind == "text":
            present.setdefault("lang", self.sheet.wording.lang)
            self._check_fit(present, at)
        return present

    def _check_fit(self, text: JsonObject, at: str) -> None:
        """Tell of a text with a fit but no width here, since drawing knows only places in the tree."""
        style = text.get("style", {})
        width = cast("JsonObject", style).get("width") if isinstance(style, dict) else None
        if "fit" in text and not isinstance(width, int | float):
            self.problems.append(
                (f"{at}.style.width", "expected pixels, since the text has a fit; give a number")
            )

    def _count(self, at: str) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            self.problems.append(
                (at, f"expected at most {MAX_NODES} nodes with all repeats, got more; lower `most`")
            )
            self.refuse_problems()

    def _value(self, value: object, scope: Scope, at: str, *, is_prose: bool = False) -> object:
        """Return a value with its placeholders filled; what is empty and stood alone becomes None."""
        if isinstance(value, str):
            return self._string(fill(value, scope, is_prose=is_prose), at, is_prose=is_prose)
        if isinstance(value, list):
            entries = cast("list[object]", value)
            told = [self._value(entry, scope, f"{at}[{index}]") for index, entry in enumerate(entries)]
            return [entry for entry in told if entry is not None]
        if isinstance(value, dict):
            pairs = cast("JsonObject", value).items()
            found = {key: self._value(entry, scope, f"{at}.{key}") for key, entry in pairs}
            return {key: entry for key, entry in found.items() if entry is not None}
        return value

    def _string(self, told: Filled, at: str, *, is_prose: bool) -> object:
        if told.missing and told.value is not None and not is_prose:
            names = ", ".join(told.missing)
            self.problems.append(
                (at, f'{names} can be empty; give the node "when", or let it be the whole value')
            )
        return told.value

    def _piece(self, kind: str, values: JsonObject, at: str) -> JsonObject | None:
        try:
            node = PIECES[kind].model_validate(values).drawn(self.sheet)
        except ValidationError as error:
            self.problems.extend(
                (_at(at, one["loc"]), one["msg"].removeprefix("Value error, ")) for one in error.errors()
            )
            return None
        return None if node is None else node.model_dump(mode="json", by_alias=True, exclude_none=True)


def _scopes(node: JsonObject, scope: Scope) -> Iterator[Scope]:
    """Yield the scope of each time that a node stands in the tree: none, one, or one for each entry."""
    if any(is_empty(scope.value(name)) for name in names_in(node.get("when"))):
        return
    if any(not is_empty(scope.value(name)) for name in names_in(node.get("unless"))):
        return
    if "each" not in node:
        yield scope
        return
    entries = scope.value(str(node["each"]))
    most = cast("int", node.get("most", MAX_REPEATS))
    for index, entry in enumerate(entries[:most] if isinstance(entries, tuple) else ()):
        yield replace(scope, item=str(entry), index=index + 1)


def _is_gone(key: str, value: object, kind: str, scope: Scope) -> bool:
    """Return whether a node is left out, since all that it would show is empty."""
    shows = {"text": ("text", "part"), "source": ("picture",)}
    if kind not in shows.get(key, ()) or not isinstance(value, str):
        return False
    return fill(value, scope, is_prose=True).is_all_missing


def _at(at: str, loc: tuple[int | str, ...]) -> str:
    return at + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
