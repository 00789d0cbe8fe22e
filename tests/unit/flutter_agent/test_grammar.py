"""Every source of the app is understood by the grammar of its language."""

from __future__ import annotations

from pathlib import Path

import pytest
import tree_sitter_kotlin
from tree_sitter import Language, Node, Parser

from tests.unit.flutter_agent import dart
from tests.unit.flutter_agent.app import APP, dart_files, kotlin_files

_KOTLIN = Parser(Language(tree_sitter_kotlin.language()))


def kotlin(source: str) -> Node:
    return _KOTLIN.parse(source.encode()).root_node


@pytest.mark.parametrize("path", dart_files(), ids=lambda path: str(path.relative_to(APP)))
def test_a_dart_file_is_understood(path: Path) -> None:
    assert dart.errors(dart.parse(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", kotlin_files(), ids=lambda path: str(path.relative_to(APP)))
def test_a_kotlin_file_is_understood(path: Path) -> None:
    assert dart.errors(kotlin(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("source", ["void main() { print('a' }", "class A { A(this.b; }", "enum { a }"])
def test_broken_dart_is_found(source: str) -> None:
    assert dart.errors(dart.parse(source))


def test_broken_kotlin_is_found() -> None:
    assert dart.errors(kotlin("fun share(: Int) = when { }}"))


def test_every_part_of_the_app_is_looked_at() -> None:
    assert len(dart_files()) > 50
    assert {path.name for path in kotlin_files()} >= {
        "MainActivity.kt",
        "ShareIntents.kt",
        "build.gradle.kts",
    }
