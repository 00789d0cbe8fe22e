"""The page about Satori says what the converter's tables say."""

from __future__ import annotations

import re
from pathlib import Path

from postengine.render.image.satori.cascade import ALIASES
from postengine.render.image.satori.presets import PRESETS
from postengine.render.image.satori.shorthand import RULES
from postengine.render.image.satori.styles import KNOWN
from postengine.render.image.satori.utilities import FIXED

PAGE = (Path(__file__).parents[4] / "docs" / "satori.md").read_text(encoding="utf-8")


def listed(mark: str) -> list[str]:
    found = re.search(rf"<!-- {mark} -->\n```text\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1].split()


def test_the_page_lists_every_style_key_that_is_known() -> None:
    assert listed("keys") == sorted({*KNOWN, *RULES, *ALIASES})


def test_the_page_lists_every_whole_class_name() -> None:
    assert listed("classes") == sorted(FIXED)


def test_the_page_lists_every_element_with_a_style_of_its_own() -> None:
    found = re.search(r"<!-- presets -->(.*?)<!-- end -->", PAGE, re.DOTALL)
    assert found is not None

    assert re.findall(r"`(\w+)`", found[1]) == sorted(PRESETS)
