"""The README keeps its word: the scenarios name code and tests that exist."""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

import pytest

from tests.unit.flutter_agent import dart
from tests.unit.flutter_agent.app import APP, README, lib

TESTS = APP.parents[1] / "tests"
_ROW = re.compile(r"^\| ([^|]+) \| `([^`]+)` \| ([^|]+) \| `([^`]+)` \| `([^`]+)` \|$", re.MULTILINE)
_DART_TEST = re.compile(r"test(?:Widgets)?\(\s*(['\"])(.+?)(?<!\\)\1,")


class Scenario(NamedTuple):
    """A row of the table; `web` is a dash where the browser has no test of its own."""

    name: str
    simulated: str
    web: str
    code: str
    test: str


SCENARIOS = [Scenario(*row) for row in _ROW.findall(README.read_text(encoding="utf-8"))]
DART_TESTS = {
    name
    for path in (APP / "test").rglob("*_test.dart")
    for _, name in _DART_TEST.findall(path.read_text(encoding="utf-8"))
}


def is_declared(symbol: str) -> bool:
    """Tell whether `Class.member`, a class or a function is in lib/."""
    name, _, member = symbol.partition(".")
    for root in lib().values():
        types = dart.types(root)
        if name in types:
            return not member or member in dart.members(types[name])
        if name in dart.functions(root):
            return not member
    return False


def is_test(address: str) -> bool:
    """Tell whether `folder/file.py::function` is one of our tests."""
    file, _, function = address.partition("::")
    path = TESTS / file
    if not path.is_file():
        return False
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == function for node in tree.body)


def test_every_row_of_the_table_is_read() -> None:
    rows = [line for line in README.read_text(encoding="utf-8").splitlines() if "::test_" in line]

    assert len(SCENARIOS) == len(rows) >= 20


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_scenario_names_what_exists(scenario: Scenario) -> None:
    assert is_test(scenario.simulated)
    assert scenario.web == "-" or is_test(scenario.web.strip("`"))
    assert is_declared(scenario.code)
    assert scenario.test in DART_TESTS


@pytest.mark.parametrize("symbol", ["Phone.fly", "Telephone", "shareTask.now"])
def test_a_symbol_that_does_not_exist_is_found(symbol: str) -> None:
    assert not is_declared(symbol)


@pytest.mark.parametrize("address", ["unit/testing/test_phone.py::test_nothing", "unit/away.py::test_a"])
def test_a_test_that_does_not_exist_is_found(address: str) -> None:
    assert not is_test(address)


def test_it_says_plainly_that_nobody_has_run_it() -> None:
    assert "**Not compiled, not run on a device by its authors.**" in README.read_text(encoding="utf-8")


def test_every_folder_that_it_names_is_there() -> None:
    named = re.findall(r"`((?:lib|test|android)/[a-z0-9_/.]*)`", README.read_text(encoding="utf-8"))
    made_later = {"lib/firebase_options.dart", "android/key.properties"}

    assert [path for path in named if not (APP / path).exists() and path not in made_later] == []
