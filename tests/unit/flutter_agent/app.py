"""Where the Flutter app's files are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tree_sitter import Node

from tests.unit.flutter_agent.dart import parse

APP = Path(__file__).parents[3] / "examples" / "flutter_agent"
LIB = APP / "lib"
MAIN = APP / "android" / "app" / "src" / "main"
README = APP / "README.md"


def dart_files() -> list[Path]:
    """Return every Dart file of the app and of its tests."""
    return sorted((*LIB.rglob("*.dart"), *(APP / "test").rglob("*.dart")))


def kotlin_files() -> list[Path]:
    """Return the Kotlin sources and the Gradle files."""
    return sorted((*MAIN.rglob("*.kt"), *(APP / "android").rglob("*.kts")))


@cache
def lib() -> Mapping[Path, Node]:
    """Return the parsed files of lib/."""
    return {path: parse(path.read_text(encoding="utf-8")) for path in dart_files() if LIB in path.parents}
