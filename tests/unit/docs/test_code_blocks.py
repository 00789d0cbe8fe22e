"""The Python blocks of the README and the pages run, in order, each page with names of its own."""

from __future__ import annotations

import re
from pathlib import Path
from unittest import SkipTest

import pytest
from sybil import Example, Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

ROOT = Path(__file__).parents[3]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
WITH_CODE = [page for page in PAGES if "```python" in page.read_text(encoding="utf-8")]
_BLOCK = re.compile(
    r"(?:<!--- skip: next \"(?P<why>[^\"]+)\" -->\n\n)?```python\n(?P<code>.*?)```", re.DOTALL
)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page's temporary files go away with the test."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


@pytest.mark.parametrize("page", WITH_CODE, ids=lambda page: page.stem)
def test_the_code_of_a_page_runs(page: Path) -> None:
    document = Sybil([PythonCodeBlockParser(), SkipParser()], pattern="*.md").parse(page)

    assert [example.line for example in document.examples() if _evaluate(example)]


def _evaluate(example: Example) -> bool:
    """Run a block; return whether it was one that runs here."""
    try:
        example.evaluate()
    except SkipTest:
        return False
    return True


def test_only_blocks_that_need_another_server_are_not_run() -> None:
    skipped = [
        (page.name, match["why"])
        for page in WITH_CODE
        for match in _BLOCK.finditer(page.read_text(encoding="utf-8"))
        if match["why"]
    ]

    assert skipped == [
        ("library.md", "needs a PostgreSQL; tests/contract/test_join.py runs it"),
        ("library.md", "needs a Django project"),
    ]


@pytest.mark.parametrize("page", WITH_CODE, ids=lambda page: page.stem)
def test_every_block_is_at_least_python(page: Path) -> None:
    blocks = [match["code"] for match in _BLOCK.finditer(page.read_text(encoding="utf-8"))]

    assert [compile(code, page.name, "exec") for code in blocks]
