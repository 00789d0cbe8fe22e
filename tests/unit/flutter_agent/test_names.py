"""What a compiler would say of the app's own names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.flutter_agent import dart, names
from tests.unit.flutter_agent.app import APP, dart_files

OURS = {path: dart.parse(path.read_text(encoding="utf-8")) for path in dart_files()}


def sources(**files: str) -> names.Sources:
    return {Path("/app", f"{name}.dart"): dart.parse(source) for name, source in files.items()}


def pubspec_packages() -> set[str]:
    text = (APP / "pubspec.yaml").read_text(encoding="utf-8")
    return set(re.findall(r"^  ([a-z_]+):", text.partition("\ndependencies:")[2], re.MULTILINE))


def test_every_import_leads_to_a_file() -> None:
    assert names.missing_files(OURS) == []


def test_every_package_is_in_the_pubspec_and_every_one_there_is_used() -> None:
    not_imported = {"flutter_localizations", "flutter_lints", "uses", "generate"}
    through_the_words = {"flutter_localizations"}

    assert names.packages(OURS) <= pubspec_packages()
    assert pubspec_packages() - names.packages(OURS) <= not_imported | through_the_words


def test_every_version_is_pinned() -> None:
    text = (APP / "pubspec.yaml").read_text(encoding="utf-8")

    versions = re.findall(r"^  [a-z_]+: (\S*\d\S*)", text.partition("\ndependencies:")[2], re.MULTILINE)

    assert len(versions) == 9
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)


def test_every_name_is_imported_where_it_is_used() -> None:
    assert names.not_imported(OURS) == []


def test_nothing_is_imported_in_vain() -> None:
    assert names.unused_imports(OURS) == []


def test_every_member_is_declared() -> None:
    assert names.undeclared_members(OURS) == []


def test_every_call_has_the_parameters_that_are_declared() -> None:
    assert names.wrong_calls(OURS) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import 'away.dart';", ["a.dart: away.dart"]),
        ("import 'b.dart';", ["a.dart: b.dart"]),
    ],
)
def test_an_import_of_nothing_is_found(source: str, found: list[str]) -> None:
    assert names.missing_files(sources(a=source)) == found


def test_a_name_that_is_not_imported_is_found() -> None:
    both = sources(a="void go() { B(); }", b="class B {}")

    assert names.not_imported(both) == ["a.dart: B of b.dart"]


def test_an_import_that_is_not_used_is_found() -> None:
    assert names.unused_imports(sources(a="import 'b.dart';", b="class B {}")) == ["a.dart: b.dart"]


def test_a_member_that_does_not_exist_is_found() -> None:
    both = sources(a="final x = B.three;", b="enum B { one, two }")

    assert names.undeclared_members(both) == ["a.dart:1: B.three"]


@pytest.mark.parametrize("call", ["B(y: 1, x: 2)", "B()", "const B(y: 2)"])
def test_a_call_with_other_parameters_is_found(call: str) -> None:
    both = sources(a=f"final x = {call};", b="class B { const B({required int x}); }")

    assert len(names.wrong_calls(both)) == 1


def test_a_right_call_passes() -> None:
    both = sources(a="final x = B.of(x: 1);", b="class B { B.of({required this.x, this.y}); }")

    assert names.wrong_calls(both) == []
