from __future__ import annotations

import os
import struct
from contextlib import suppress
from pathlib import Path

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postengine.render.errors import FontUnreadable
from postengine.render.image.fonts import FontFace, read_face
from tests.unit.render.fonts.squares import collection, font

PLAIN = font(characters="ABC")
PACKED = font(characters="ABC", flavor="woff2")


def packed_with(stream: bytes) -> bytes:
    """Return PACKED with another compressed stream in its place, which the file's last bytes fill up to 4."""
    (length,) = struct.unpack_from(">I", PACKED, 20)
    start = next(at for at in range(len(PACKED) - length, 0, -1) if unpacks(PACKED[at : at + length]))
    data = bytearray(PACKED[:start] + stream)
    struct.pack_into(">I", data, 8, len(data))
    struct.pack_into(">I", data, 20, len(stream))
    return bytes(data)


def unpacks(stream: bytes) -> bool:
    try:
        return len(brotli.decompress(stream)) > 0
    except brotli.error:
        return False


def test_a_font_of_ones_own_says_what_it_is() -> None:
    face = read_face(font("Grand Hotel", "AZ", weight=700, italic=True))

    assert (face.family, face.weights, face.italic) == ("Grand Hotel", (700, 700), True)
    assert face.covered == {ord("A"), ord("Z")}


def test_a_variable_font_has_a_range_of_weights() -> None:
    face = read_face(font(weights=(200, 900)))

    assert face.weights == (200, 900)
    assert [(axis.tag, axis.least, axis.default, axis.most) for axis in face.axes][1] == (
        "wght",
        200,
        400,
        900,
    )
    assert read_face(PLAIN).axes == ()


def test_a_font_without_a_table_of_weights_is_a_regular() -> None:
    face = read_face(font(without=("OS/2",)))

    assert (face.weights, face.italic) == ((400, 400), False)


def test_a_name_of_ones_own_wins_over_the_fonts() -> None:
    assert read_face(PLAIN, "House Sans").family == "House Sans"


def test_a_hostile_family_name_is_fit_for_a_style() -> None:
    assert read_face(font('Evil", serif; }\n{')).family == "Evil serif"


def test_a_font_without_a_name_asks_for_one() -> None:
    with pytest.raises(FontUnreadable, match="family name"):
        read_face(font(""))


def test_woff2_is_unpacked_before_it_is_drawn_with(tmp_path: Path) -> None:
    path = tmp_path / "house.woff2"
    path.write_bytes(PACKED)

    face = read_face(path)

    assert face.read()[:4] == b"\x00\x01\x00\x00"
    assert face.covered == {65, 66, 67}


def test_a_plain_file_is_read_from_its_place(tmp_path: Path) -> None:
    path = tmp_path / "house.ttf"
    path.write_bytes(PLAIN)

    face = read_face(path)

    assert face.source == path
    assert face.read() == PLAIN


def test_one_font_of_a_collection_is_taken() -> None:
    both = collection(font("First", "A"), font("Second", "Z"))

    assert read_face(both, number=1).family == "Second"
    assert read_face(both, number=1).covered == {ord("Z")}


def test_a_collection_has_no_further_fonts() -> None:
    with pytest.raises(FontUnreadable, match="unpacked"):
        read_face(collection(PLAIN), number=7)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "cannot be read"),
        (b"no font at all, but a text of some length" * 9, "cannot be read"),
        (b"wOF2" + bytes(60), "cannot be unpacked"),
        (PACKED[:-40], "cannot be unpacked"),
        (packed_with(b""), "cannot be unpacked"),
        (PLAIN[:-60], "cut short"),
        (PLAIN.replace(b"\x00\x00\x00\x04\x00\x36", b"\x00\x00\x0f\x04\x00\x36"), "table 'name'"),
        (font(without=("cmap",)), "'cmap'"),
        (font(without=("glyf", "loca")), "no outlines"),
        (font(characters=""), "maps no characters"),
        (bytes((64 << 20) + 1), "more than 64 MiB"),
        (packed_with(brotli.compress(bytes(80 << 20), quality=1)), "unpacks to more than 64 MiB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_whole_font_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(FontUnreadable, match=reason) as caught:
        read_face(data, "House Sans")

    assert caught.value.name == "House Sans"


def test_a_file_that_is_not_there_is_named() -> None:
    absent = FontFace("House", Path("nowhere/house.ttf"))

    for look in (
        absent.read,
        lambda: absent.covered,
        lambda: absent.fingerprint,
        lambda: read_face(Path("x.ttf")),
    ):
        with pytest.raises(FontUnreadable, match=r"house\.ttf|x\.ttf"):
            look()


def test_junk_in_a_face_is_found_when_it_is_first_needed() -> None:
    face = FontFace("House", b"junk")

    with pytest.raises(FontUnreadable, match="House"):
        _ = face.covered


@settings(deadline=None)
@given(st.integers(0, len(PLAIN) - 1), st.binary(min_size=1, max_size=8), st.booleans())
def test_no_bent_font_ends_in_another_error(at: int, bent: bytes, packed: bool) -> None:
    whole = PACKED if packed else PLAIN
    data = whole[: at % len(whole)] + bent + whole[at % len(whole) + len(bent) :]

    with suppress(FontUnreadable):
        assert read_face(data, "Bent").covered


def test_the_fingerprint_of_a_file_follows_its_bytes(tmp_path: Path) -> None:
    path, other = tmp_path / "house.ttf", font(characters="ABCD")  # it bears the time at which it was made
    path.write_bytes(PLAIN)
    before = FontFace("House", path).fingerprint
    path.write_bytes(other)
    os.utime(path, ns=(1, 1))

    after = FontFace("House", path)

    assert after.fingerprint != before
    assert after.fingerprint == FontFace("House", other).fingerprint
    assert ord("D") in after.covered


def test_the_fingerprint_of_a_package_is_its_version() -> None:
    face = FontFace("Inter", Path("never/read.ttf"), release="pillow")

    assert face.fingerprint.startswith("Inter/pillow 1")


def test_a_font_shows_no_bytes_of_its_file() -> None:
    assert repr(FontFace("House", PLAIN)).count("\\x") == 0
