"""Reads Dart by its grammar: what a file declares and calls, and which JSON fields it reads and writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import tree_sitter_dart
from tree_sitter import Language, Node, Parser

_PARSER = Parser(Language(tree_sitter_dart.language()))
_TYPES = ("class_definition", "enum_declaration", "extension_type_declaration")
_CONSTRUCTORS = ("constructor_signature", "constant_constructor_signature", "factory_constructor_signature")
_MEMBERS = {
    "function_signature",
    "getter_signature",
    "setter_signature",
    "enum_constant",
    "static_final_declaration",
    "initialized_identifier",
}
_READS = ("text", "whole", "number", "flag", "instant", "object", "objects", "texts")


@dataclass(frozen=True)
class Call:
    """A call of a class or function by its name, with or without a member: `Name(…)`, `Name.member(…)`."""

    name: str
    member: str
    labels: frozenset[str]
    line: int


@dataclass(frozen=True)
class Parameters:
    """The named parameters of a function or constructor."""

    names: frozenset[str]
    required: frozenset[str]


def parse(source: str) -> Node:
    """Return the root of a file's tree."""
    return _PARSER.parse(source.encode()).root_node


def text(node: Node | None) -> str:
    """Return the source of a node, empty for none."""
    return "" if node is None or node.text is None else node.text.decode()


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it."""
    yield node
    for child in node.named_children:
        yield from walk(child)


def errors(root: Node) -> list[str]:
    """Return where the grammar did not understand the source."""
    found: list[str] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            found.append(f"line {node.start_point[0] + 1}: {text(node)[:60]!r}")
        elif node.has_error:
            waiting += node.children
    return found


def unquoted(node: Node) -> str:
    """Return the value of a string without substitutions."""
    return text(node).strip("'\"")


def types(root: Node) -> Mapping[str, Node]:
    """Return the classes and enums of a file."""
    return {_name(node): node for node in root.named_children if node.type in _TYPES}


def functions(root: Node) -> Mapping[str, Node]:
    """Return the functions and getters outside of classes."""
    kinds = ("function_signature", "getter_signature")
    return {_name(node): node for node in root.named_children if node.type in kinds}


def values(root: Node) -> set[str]:
    """Return the constants and finals outside of classes."""
    kind = "static_final_declaration"
    top = [node for node in root.named_children if node.type == f"{kind}_list"]
    return {_name(node) for part in top for node in part.named_children if node.type == kind}


def members(declared: Node) -> set[str]:
    """Return what a class or enum declares: methods, getters, fields, values and named constructors."""
    named = {_name(node) for node in _declarations(declared) if node.type in _MEMBERS}
    return named | set(constructors(declared)) - {""}


def constructors(declared: Node) -> Mapping[str, Parameters]:
    """Return the constructors of a class by their names, empty for the one without."""
    found: dict[str, Parameters] = {}
    for node in _declarations(declared):
        if node.type in _CONSTRUCTORS:
            names = [text(child) for child in node.named_children if child.type == "identifier"]
            found[names[1] if len(names) > 1 else ""] = parameters(node)
    return found


def parameters(signature: Node) -> Parameters:
    """Return the named parameters of a signature."""
    names: set[str] = set()
    required: set[str] = set()
    for group in walk(signature):
        if group.type != "optional_formal_parameters" or not text(group).startswith("{"):
            continue
        is_required = False
        for child in group.children:
            if child.type == "formal_parameter":
                name = [text(node) for node in walk(child) if node.type == "identifier"][-1]
                names.add(name)
                required |= {name} if is_required else set()
                is_required = False
            elif text(child) == "required":
                is_required = True
    return Parameters(frozenset(names), frozenset(required))


def calls(root: Node) -> Iterator[Call]:
    """Yield the calls that begin with a name."""
    for node in walk(root):
        if node.type == "const_object_expression":
            names = [text(c) for c in node.named_children if c.type in ("type_identifier", "identifier")]
            arguments = next((c for c in node.named_children if c.type == "arguments"), None)
            yield _call(names[0], names[1] if len(names) > 1 else "", arguments, node)
        elif node.type == "identifier":
            yield from _call_at(node)


def keys_read(node: Node, variable: str = "json") -> set[str]:
    """Return the fields that are read from a `Json` by `json.text('…')` and its like."""
    found: set[str] = set()
    for part in walk(node):
        if part.type != "identifier" or text(part) != variable:
            continue
        method, arguments = _selectors(part)
        name = method.removeprefix(".").removeprefix("maybe").lower()
        if name in _READS and arguments is not None:
            found.add(unquoted(arguments.named_children[0]))
        elif method == ".fields":
            found |= {unquoted(n) for n in walk(_after(part, 2)) if n.type == "string_literal"}
    return found


def keys_written(node: Node) -> set[str]:
    """Return the keys of map literals, at any depth."""
    pairs = [part for part in walk(node) if part.type == "pair"]
    return {unquoted(p.named_children[0]) for p in pairs if p.named_children[0].type == "string_literal"}


def method(declared: Node, name: str) -> Node:
    """Return the body of a method or getter, or a named constructor with its initializers.

    Raises:
        LookupError: There is none.
    """
    for node in _declarations(declared):
        if node.type in ("function_signature", "getter_signature") and _name(node) == name:
            holder = node.parent
            after = None if holder is None else holder.next_named_sibling
            if after is not None:
                return after
        if node.type in _CONSTRUCTORS and text(node).split("(")[0].endswith(f".{name}"):
            return node.parent if node.parent is not None and node.parent.type == "declaration" else node
    raise LookupError(f"{_name(declared)} has no {name}")


def _declarations(declared: Node) -> Iterator[Node]:
    """Yield the nodes of a class's own declarations, but nothing inside of bodies."""
    body = next(child for child in declared.named_children if child.type in ("class_body", "enum_body"))
    waiting = list(body.named_children)
    while waiting:
        node = waiting.pop(0)
        yield node
        if node.type != "function_body":
            waiting += node.named_children


def _name(node: Node) -> str:
    return text(next((c for c in node.named_children if c.type == "identifier"), None))


def _call_at(node: Node) -> Iterator[Call]:
    member, arguments = _selectors(node)
    if arguments is not None:
        yield _call(text(node), member.removeprefix("."), arguments, node)


def _call(name: str, member: str, arguments: Node | None, at: Node) -> Call:
    named = [c for c in arguments.named_children if c.type == "named_argument"] if arguments else []
    labels = frozenset(text(node.named_children[0]).rstrip(":") for node in named)
    return Call(name, member, labels, at.start_point[0] + 1)


def _selectors(node: Node) -> tuple[str, Node | None]:
    """Return the member behind a name, empty for none, and the arguments of the call behind both."""
    member = ""
    following = node.next_named_sibling
    if following is not None and following.type == "selector" and text(following).startswith("."):
        member = text(following)
        following = following.next_named_sibling
    if following is None or following.type != "selector":
        return member, None
    return member, next((n for n in walk(following) if n.type == "arguments"), None)


def _after(node: Node, steps: int) -> Node:
    for _ in range(steps):
        following = node.next_named_sibling
        node = node if following is None else following
    return node
