from __future__ import annotations

from pathlib import Path

import pytest

from postengine.render import FontMissing, FontUnknown, FontUnreadable, IsolatedRenderer, Renderer
from postengine.render.image import Box, FontFace, Style, Text, default_fonts, fonts_in, read_face
from postengine.render.image.renderer import Drawer, renderer_with_fonts
from tests.unit.render.bad.conftest import SIZE, assert_still_draws

JUNK = {
    "nothing": b"",
    "text": b"This is a font, honestly.",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "a TrueType head and nothing more": b"\x00\x01\x00\x00\x00\x10" + bytes(40),
    "an OpenType head and noise": b"OTTO\x00\x09" + bytes(range(256)) * 4,
    "a WOFF2 head and noise": b"wOF2" + bytes(range(256)) * 4,
}


def inter() -> bytes:
    face = next(face for face in default_fonts().faces if face.family == "Inter")
    return face.source.read_bytes() if isinstance(face.source, Path) else face.source


@pytest.mark.parametrize("name", JUNK)
def test_a_font_that_is_junk_is_refused_with_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "house.ttf"
    path.write_bytes(JUNK[name])

    with pytest.raises(FontUnreadable) as caught:
        read_face(path)

    assert caught.value.name == "house.ttf"
    assert caught.value.reason


@pytest.mark.parametrize("share", [0.02, 0.3, 0.98])
def test_a_font_that_is_cut_short_is_refused_before_it_is_drawn(tmp_path: Path, share: float) -> None:
    data = inter()
    path = tmp_path / "house.ttf"
    path.write_bytes(data[: int(len(data) * share)])

    with pytest.raises(FontUnreadable):
        Renderer(fonts_in(tmp_path)).render(Box(children=(Text(text="Garden"),)), SIZE)


def test_a_folder_with_a_junk_font_is_refused_in_another_process_too(tmp_path: Path) -> None:
    (tmp_path / "house.otf").write_bytes(JUNK["text"])

    with IsolatedRenderer(make=_Folder(tmp_path)) as renderer, pytest.raises(FontUnreadable) as caught:
        renderer.render(Box(), SIZE)

    assert caught.value.name == "house.otf"


class _Folder:
    """Makes a renderer with the fonts of a folder; travels to the other process."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self) -> Renderer:
        return renderer_with_fonts(self.path)


def test_a_font_nobody_has_is_refused_and_those_there_are_named(door: Drawer) -> None:
    tree = Box(children=(Text(text="Garden", style=Style(font_family="Comic Sans MS")),))

    with pytest.raises(FontUnknown) as caught:
        door.render(tree, SIZE)

    assert caught.value.family == "Comic Sans MS"
    assert "Inter" in caught.value.known
    assert_still_draws(door)


def test_letters_that_no_font_has_are_refused_by_name(door: Drawer) -> None:
    with pytest.raises(FontMissing) as caught:
        door.render(Box(children=(Text(text="Garten \U00013000\U00013001"),)), SIZE)

    assert caught.value.text == "\U00013000\U00013001"
    assert caught.value.script == "Egyptian Hieroglyphs"
    assert_still_draws(door)


def test_a_family_that_is_there_twice_draws(tmp_path: Path) -> None:
    (tmp_path / "one.ttf").write_bytes(inter())
    (tmp_path / "two.ttf").write_bytes(inter())
    fonts = default_fonts().with_fonts(read_face(tmp_path / "one.ttf"), FontFace("Inter", inter()))
    tree = Box(children=(Text(text="Garden", style=Style(font_family="Inter")),))

    drawn = Renderer(fonts).pixels(tree, SIZE)

    assert drawn[..., 3].any()
    assert Renderer(fonts_in(tmp_path)).pixels(tree, SIZE)[..., 3].any()
