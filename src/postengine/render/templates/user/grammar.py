"""What a template file may say beyond a tree, checked before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from .names import NAMES, nearest
from .pieces import PIECES
from .placeholders import PlaceholderInvalid, check_name, check_string

NODES = ("box", "text", "picture", "shape", *PIECES)
"""The types of node in a template file."""

ROOT_KEYS = frozenset({"about", "needs"})
CONTROL = frozenset({"when", "unless", "each", "most"})
MAX_DEPTH = 60
"""Of nodes inside each other, in a file."""
MAX_REPEATS = 50

JsonObject = Mapping[str, object]
Problem = tuple[str, str]

_SHOWN = 40


def problems_in(root: JsonObject) -> list[Problem]:
    """Return every problem of a file that can be told without drawing it, each with its path."""
    return [*_root_problems(root), *_node_problems(root, "root", has_item=False, depth=1)]


def names_in(value: object) -> tuple[str, ...]:
    """Return the names of a condition: one string, or a list of them."""
    entries: Sequence[object] = cast("list[object]", value) if isinstance(value, list) else (value,)
    return tuple(entry for entry in entries if isinstance(entry, str))


def _root_problems(root: JsonObject) -> Iterator[Problem]:
    if root.get("type", "box") != "box":
        yield "root.type", f'expected "box", got {_shown(root["type"])}; put the node into a box'
    for key in sorted(CONTROL & root.keys()):
        yield f"root.{key}", "expected on a node inside, got on the root; a picture needs its root"
    about = root.get("about", "")
    if not isinstance(about, str) or len(about) > 200 or "\n" in about:
        yield "root.about", "expected one line of at most 200 characters; shorten it"
    yield from _condition_problems(root, "root", "needs", has_item=False)
    for name in names_in(root.get("needs")):
        if name in NAMES and not name.startswith("listing."):
            yield (
                "root.needs",
                f"expected a name of the listing, got {name}; only a listing can lack something",
            )


def _node_problems(node: JsonObject, path: str, *, has_item: bool, depth: int) -> Iterator[Problem]:
    if depth > MAX_DEPTH:
        yield path, f"expected at most {MAX_DEPTH} nodes inside each other; flatten it"
        return
    for key in sorted(ROOT_KEYS & node.keys()) if depth > 1 else ():
        yield f"{path}.{key}", "expected on the root only; move it there"
    kind = node.get("type", "box" if depth == 1 else None)
    if kind not in NODES:
        yield (
            f"{path}.type",
            f"expected one of {', '.join(NODES)}, got {_shown(kind)}; {nearest(str(kind), NODES)}",
        )
    yield from _each_problems(node, path)
    is_repeated = has_item or "each" in node
    for key in ("when", "unless"):
        yield from _condition_problems(node, path, key, has_item=has_item)
    for key, value in node.items():
        if key not in CONTROL | ROOT_KEYS | {"children", "type"}:
            yield from _value_problems(value, f"{path}.{key}", has_item=is_repeated, depth=depth)
    children = node.get("children", [])
    if not isinstance(children, list):
        yield f"{path}.children", f"expected a list of nodes, got {_shown(children)}; write […]"
        return
    for index, child in enumerate(cast("list[object]", children)):
        at = f"{path}.children[{index}]"
        if isinstance(child, dict):
            yield from _node_problems(cast("JsonObject", child), at, has_item=is_repeated, depth=depth + 1)
        else:
            yield at, f"expected a node, got {_shown(child)}; write an object with a type"


def _each_problems(node: JsonObject, path: str) -> Iterator[Problem]:
    lists = [name for name in NAMES if NAMES[name].kind == "list"]
    if "each" in node and node["each"] not in lists:
        asked = node["each"]
        remedy = nearest(str(asked), lists)
        yield f"{path}.each", f"expected one of the lists {', '.join(lists)}, got {_shown(asked)}; {remedy}"
    if "most" in node:
        most = node["most"]
        if not isinstance(most, int) or isinstance(most, bool) or not 1 <= most <= MAX_REPEATS:
            yield (
                f"{path}.most",
                f"expected a whole number from 1 to {MAX_REPEATS}, got {_shown(most)}; choose one",
            )
        elif "each" not in node:
            yield f"{path}.most", 'expected beside "each", got alone; take it out'


def _condition_problems(node: JsonObject, path: str, key: str, *, has_item: bool) -> Iterator[Problem]:
    if key not in node:
        return
    value = node[key]
    names = names_in(value)
    count = len(cast("list[object]", value)) if isinstance(value, list) else 1
    if not names or len(names) < count:
        yield (
            f"{path}.{key}",
            f'expected a name such as "listing.price", or a list of names, got {_shown(node[key])}; name one',
        )
        return
    for name in names:
        try:
            check_name(name, has_item=has_item)
        except PlaceholderInvalid as error:
            yield f"{path}.{key}", str(error)


def _value_problems(value: object, path: str, *, has_item: bool, depth: int) -> Iterator[Problem]:
    if depth > MAX_DEPTH:
        yield path, f"expected at most {MAX_DEPTH} values inside each other; flatten it"
    elif isinstance(value, str):
        try:
            check_string(value, has_item=has_item)
        except PlaceholderInvalid as error:
            yield path, str(error)
    elif isinstance(value, list):
        for index, entry in enumerate(cast("list[object]", value)):
            yield from _value_problems(entry, f"{path}[{index}]", has_item=has_item, depth=depth + 1)
    elif isinstance(value, dict):
        for key, entry in cast("JsonObject", value).items():
            yield from _value_problems(entry, f"{path}.{key}", has_item=has_item, depth=depth + 1)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
