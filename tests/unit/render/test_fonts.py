from __future__ import annotations

import struct

from postengine.render.image.fonts import covered_codepoints, installed_fonts


def font_with(*subtables: bytes) -> bytes:
    """Return the least font that has a cmap of these subtables."""
    records, body, at = b"", b"", 4 + 8 * len(subtables)
    for subtable in subtables:
        records += struct.pack(">HHI", 3, 1, at)
        body += subtable
        at += len(subtable)
    cmap = struct.pack(">HH", 0, len(subtables)) + records + body
    return (
        struct.pack(">IHHHH", 0x00010000, 1, 0, 0, 0)
        + struct.pack(">4sIII", b"cmap", 0, 28, len(cmap))
        + cmap
    )


def test_format_4_maps_by_difference_and_by_table() -> None:
    # Segments: a..c by difference, p..r by table (the middle one without a glyph), and the closing one.
    ends, starts = (0x63, 0x72, 0xFFFF), (0x61, 0x70, 0xFFFF)
    columns = struct.pack(">3H", *ends) + bytes(2) + struct.pack(">3H3H3H", *starts, 0xFFA0, 0, 1, 0, 4, 0)
    subtable = struct.pack(">7H", 4, 0, 0, 6, 0, 0, 0) + columns + struct.pack(">3H", 7, 0, 8)

    assert covered_codepoints(font_with(subtable)) == {0x61, 0x62, 0x63, 0x70, 0x72}


def test_format_12_maps_groups_and_other_formats_are_passed_over() -> None:
    groups = struct.pack(">HHIIIIII", 12, 0, 0, 0, 1, 0x1F600, 0x1F602, 9)
    other = struct.pack(">HHHHH", 6, 10, 0, 0x41, 0)

    assert covered_codepoints(font_with(other, groups)) == {0x1F600, 0x1F601, 0x1F602}


def test_the_installed_fonts_draw_what_listings_need() -> None:
    covered = frozenset[int]().union(*(covered_codepoints(font.read()) for font in installed_fonts()))

    assert {ord(letter) for letter in "aäßłőçñ€£$²\u2013…\u2019Жω"} <= covered
