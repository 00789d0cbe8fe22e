from __future__ import annotations

from pathlib import Path

import pytest

from postengine.render.errors import FontUnreadable
from postengine.render.image.fonts import SANS, default_fonts, fonts_in
from tests.unit.render.fonts.squares import font


def test_the_fonts_of_a_folder_come_in_front_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "b.ttf").write_bytes(font("Bee"))
    (tmp_path / "a.WOFF2").write_bytes(font("Ant", flavor="woff2"))
    (tmp_path / "notes.txt").write_text("no font")

    fonts = fonts_in(tmp_path)

    assert fonts.families[:3] == ("Ant", "Bee", SANS)


def test_without_a_folder_there_are_the_default_fonts() -> None:
    assert fonts_in(None) is default_fonts()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FontUnreadable, match="nowhere"):
        fonts_in(tmp_path / "nowhere")


def test_junk_in_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "junk.otf").write_bytes(b"junk")

    with pytest.raises(FontUnreadable, match=r"junk\.otf"):
        fonts_in(tmp_path)
