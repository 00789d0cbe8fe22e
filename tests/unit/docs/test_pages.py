"""What every page has to keep to: links that lead somewhere, and names that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
_LINK = re.compile(r"\]\((?!https?://)([^)#]+)(?:#[^)]*)?\)")
_TARGET = re.compile(r"`make ([a-z]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    linked = _LINK.findall(page.read_text(encoding="utf-8"))

    assert [target for target in linked if not (page.parent / target).exists()] == []


def test_every_make_target_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {target for page in PAGES for target in _TARGET.findall(page.read_text(encoding="utf-8"))}

    assert {target for target in named if f"\n{target}:" not in makefile} == set()
    assert named >= {"demo", "test", "run"}


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "index.md").read_text(encoding="utf-8")

    records = sorted(page.stem for page in folder.glob("0*.md"))

    assert re.findall(r"^0\S+$", index, re.MULTILINE) == records
