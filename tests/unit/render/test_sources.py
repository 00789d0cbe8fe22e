"""Where the pictures of a tree are found."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from postengine.render import PhotoUnreadable, PictureMissing, SvgUnsafe
from postengine.render.image import Box, Picture, Style, Text
from postengine.render.image.sources import (
    drawing,
    ground_sources,
    is_drawing,
    picture,
    sources_of,
    stamp,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0H8V8H0z"/></svg>'
TREE = Box(
    children=(
        Picture(source="front"),
        Box(children=(Picture(source="logo"),), style=Style(background_image="url(sky), url(front)")),
        Picture(source="front", style=Style(mask_image="url('fade')")),
        Picture(source="data:image/png;base64,AAAA"),
        Text(text="x", style=Style(background="url(data:image/png;base64,BBBB)")),
    )
)


def test_every_picture_ground_and_mask_is_named_once_in_order() -> None:
    assert sources_of(TREE) == (
        "front",
        "sky",
        "logo",
        "fade",
        "data:image/png;base64,AAAA",
        "data:image/png;base64,BBBB",
    )
    assert ground_sources(TREE) == ("sky", "front", "fade")


def test_a_picture_is_found_by_its_name() -> None:
    assert picture({"front": b"bytes"}, "front") == b"bytes"
    with pytest.raises(PictureMissing, match="back"):
        picture({"front": b"bytes"}, "back")


@pytest.mark.parametrize(
    ("uri", "data"),
    [
        (f"data:image/svg+xml;base64,{base64.b64encode(SVG).decode()}", SVG),
        ("data:image/svg+xml;utf8,<svg/>", b"<svg/>"),
        ("data:image/svg+xml,%3Csvg%2F%3E", b"<svg/>"),
        ("DATA:image/png;BASE64,QUJD", b"ABC"),
        ("data:image/png;base64,QUI%3D", b"AB"),
    ],
)
def test_a_picture_may_stand_in_its_name(uri: str, data: bytes) -> None:
    assert picture({}, uri) == data


def test_a_data_uri_that_is_spoilt_is_unreadable() -> None:
    with pytest.raises(PhotoUnreadable, match="data URI"):
        picture({}, "data:image/png;base64,%%%" + "x" * 100)


@pytest.mark.parametrize(
    ("data", "draws"),
    [
        (SVG, True),
        (b"\xef\xbb\xbf\n " + SVG, True),
        (b'<?xml version="1.0"?>' + SVG, True),
        (b"<!-- logo -->" + SVG, True),
        (b"\xff\xd8\xff", False),
        (b"", False),
    ],
)
def test_drawings_are_told_by_how_they_begin(data: bytes, draws: bool, tmp_path: Path) -> None:
    path = tmp_path / "logo"
    path.write_bytes(data)

    assert is_drawing({"logo": data}, "logo") is draws
    assert is_drawing({"logo": path}, "logo") is draws


def test_a_drawing_is_made_harmless(tmp_path: Path) -> None:
    path = tmp_path / "logo.svg"
    path.write_bytes(SVG)

    assert drawing({"logo": path}, "logo") == drawing({"logo": SVG}, "logo")
    with pytest.raises(SvgUnsafe):
        drawing({"logo": SVG.replace(b"<path", b"<script/><path")}, "logo")


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(PictureMissing, match="logo"):
        is_drawing({"logo": tmp_path / "nothing"}, "logo")


def test_a_file_that_cannot_be_opened_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(PhotoUnreadable, match="cannot be opened") as caught:
        is_drawing({"logo": tmp_path}, "logo")

    assert caught.value.file == tmp_path


def test_a_file_that_was_replaced_has_another_stamp(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    absent = stamp(path)
    path.write_bytes(b"one")
    first = stamp(path)
    path.write_bytes(b"other")

    assert absent == path
    assert first != stamp(path)
    assert stamp(path) == stamp(path)
    assert stamp(b"one") == b"one"
