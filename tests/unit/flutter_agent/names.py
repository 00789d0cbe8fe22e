"""Finds names that a compiler would refuse: not imported, not declared, or called with other parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tree_sitter import Node

from tests.unit.flutter_agent import dart
from tests.unit.flutter_agent.app import APP, LIB
from tests.unit.flutter_agent.dart import Parameters

_ASIDE = {
    "unconditional_assignable_selector",
    "conditional_assignable_selector",
    "label",
    "function_signature",
    "getter_signature",
    "initialized_identifier",
    "formal_parameter",
}
Sources = Mapping[Path, Node]
_PACKAGE = "package:postengine_agent/"
_GENERATED = LIB / "l10n" / "app_localizations.dart"
_URI = re.compile(r"^(import|export) '([^']+)'", re.MULTILINE)


def uris(root: Node, kind: str = "import") -> list[str]:
    """Return what a file imports or exports."""
    return [uri for found, uri in _URI.findall(dart.text(root)) if found == kind]


def target(path: Path, uri: str) -> Path | None:
    """Return the file of ours behind a URI; None for a package's or Dart's own."""
    if uri.startswith(_PACKAGE):
        return LIB / uri.removeprefix(_PACKAGE)
    return None if ":" in uri else (path.parent / uri).resolve()


def missing_files(sources: Sources) -> list[str]:
    """Return the imports of files that do not exist; the localizations are made by the build."""
    return [
        f"{_short(path)}: {uri}"
        for path, root in sources.items()
        for uri in [*uris(root), *uris(root, "export")]
        if (file := target(path, uri)) is not None and not file.exists() and file != _GENERATED
    ]


def packages(sources: Sources) -> set[str]:
    """Return the packages that are imported."""
    every = [uri for root in sources.values() for uri in uris(root)]
    named = {uri.removeprefix("package:").split("/")[0] for uri in every if uri.startswith("package:")}
    return named - {"postengine_agent"}


def not_imported(sources: Sources) -> list[str]:
    """Return the uses of names of ours in files that do not import them."""
    declared = _declared(sources)
    found: list[str] = []
    for path, root in sources.items():
        visible = _visible(sources, path)
        own = {name for file in visible if file in sources for name in _names(sources[file])}
        used = {name for name in _used(root) if name in declared}
        found += [f"{_short(path)}: {name} of {_short(declared[name])}" for name in sorted(used - own)]
    return found


def unused_imports(sources: Sources) -> list[str]:
    """Return the imports of ours of which nothing is used."""
    found: list[str] = []
    for path, root in sources.items():
        used = _used(root)
        for uri in uris(root):
            file = target(path, uri)
            if file is not None and file in sources and not used & _reached(sources, file):
                found.append(f"{_short(path)}: {uri}")
    return found


def undeclared_members(sources: Sources) -> list[str]:
    """Return `Type.member` where the type is ours and has no such member."""
    types = _types(sources)
    built_in = {"values", "new"}
    found: list[str] = []
    for path, root in sources.items():
        for node in dart.walk(root):
            following = node.next_named_sibling
            name = dart.text(node)
            if node.type != "identifier" or name not in types or following is None:
                continue
            member = dart.text(following).removeprefix(".")
            is_member = following.type == "selector" and dart.text(following).startswith(".")
            if is_member and member not in dart.members(types[name]) | built_in:
                found.append(f"{_short(path)}:{node.start_point[0] + 1}: {name}.{member}")
    return found


def wrong_calls(sources: Sources) -> list[str]:
    """Return the calls of classes and functions of ours with a named parameter too many or too few."""
    known = dict(_callables(sources))
    found: list[str] = []
    for path, root in sources.items():
        for call in dart.calls(root):
            takes = known.get((call.name, call.member))
            if takes is None:
                continue
            wrong = (call.labels - takes.names) | (takes.required - call.labels)
            if wrong:
                found.append(f"{_short(path)}:{call.line}: {call.name}.{call.member} {sorted(wrong)}")
    return found


def _types(sources: Sources) -> dict[str, Node]:
    return {name: node for root in sources.values() for name, node in dart.types(root).items()}


def _callables(sources: Sources) -> Iterator[tuple[tuple[str, str], Parameters]]:
    for root in sources.values():
        for name, node in dart.functions(root).items():
            yield (name, ""), dart.parameters(node)
        for name, node in dart.types(root).items():
            for constructor, takes in dart.constructors(node).items():
                yield (name, constructor), takes


def _names(root: Node) -> set[str]:
    return set(dart.types(root)) | set(dart.functions(root)) | dart.values(root)


def _declared(sources: Sources) -> dict[str, Path]:
    """Return where each public class, enum and function is.

    Values are left out, as locals have the same names; so are the files of tests, which nobody imports.
    """
    return {
        name: path
        for path, root in sources.items()
        for name in (*dart.types(root), *dart.functions(root))
        if not name.startswith("_") and not path.name.endswith("_test.dart")
    }


def _used(root: Node) -> set[str]:
    """Return the names that stand alone: no members, labels, parameters or declarations."""
    found: set[str] = set()
    for node in dart.walk(root):
        is_name = node.type in ("identifier", "type_identifier", "identifier_dollar_escaped")
        parent = node.parent
        if is_name and parent is not None and (parent.type not in _ASIDE or node.type == "type_identifier"):
            found.add(dart.text(node))
    return found


def _visible(sources: Sources, path: Path) -> set[Path]:
    """Return the file itself, what it imports, and what those export."""
    direct = {file for uri in uris(sources[path]) if (file := target(path, uri)) is not None}
    return {path} | direct | {file for one in direct for file in _exported(sources, one)}


def _exported(sources: Sources, path: Path) -> set[Path]:
    if path not in sources:
        return set()
    return {file for uri in uris(sources[path], "export") if (file := target(path, uri)) is not None}


def _reached(sources: Sources, path: Path) -> set[str]:
    return {name for file in {path} | _exported(sources, path) for name in _names(sources[file])}


def _short(path: Path) -> str:
    return str(path.relative_to(APP)) if path.is_relative_to(APP) else path.name
