from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image, ImageCms

from postengine.render import Size
from postengine.render.image.photo import fitted, open_photo, srgb_profile_bytes
from postengine.render.image.photo.profile import is_usable_profile, to_srgb

MakeBytes = Callable[..., bytes]


def swapped_primaries() -> bytes:
    """Return the sRGB profile with red and blue exchanged, under another name."""
    profile = (
        srgb_profile_bytes().replace(b"rXYZ", b"tmpX").replace(b"bXYZ", b"rXYZ").replace(b"tmpX", b"bXYZ")
    )
    return profile.replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))


def test_the_embedded_profile_is_the_same_on_each_call_and_is_srgb() -> None:
    profile = srgb_profile_bytes()

    name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    assert profile is srgb_profile_bytes()
    assert "sRGB" in name
    assert struct.unpack(">6H", profile[24:36]) == (2000, 1, 1, 0, 0, 0)
    assert len(profile) < 700


def test_a_photo_is_converted_by_its_own_profile(make_bytes: MakeBytes) -> None:
    data = make_bytes("PNG", icc_profile=swapped_primaries())

    picture = fitted(open_photo(data), Size(60, 40))

    red, _, blue = np.asarray(picture)[30, 10].tolist()
    assert blue > 200 > red


def test_srgb_is_left_alone() -> None:
    picture = Image.new("RGB", (20, 20), (200, 100, 50))

    assert to_srgb(picture, srgb_profile_bytes()) is picture
    assert to_srgb(picture, None) is picture


@pytest.mark.parametrize(
    "profile", [b"junk", bytes(128), srgb_profile_bytes()[:200], b"x" * 5_000_000], ids=len
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_junk_profile_is_read_as_srgb(kind: str, profile: bytes, make_bytes: MakeBytes) -> None:
    if kind in {"JPEG", "PNG"} and len(profile) > 900_000:
        profile = profile[:900_000]

    picture = fitted(open_photo(make_bytes(kind, icc_profile=profile)), Size(60, 40))

    assert np.asarray(picture)[30, 10].tolist() == pytest.approx([254, 0, 0], abs=12)
    assert not is_usable_profile(profile)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_a_profile_for_another_mode_is_passed_over(mode: str, make_bytes: MakeBytes) -> None:
    picture = fitted(open_photo(make_bytes(mode=mode, icc_profile=swapped_primaries())), Size(60, 40))

    assert np.asarray(picture)[2, 10].tolist() == pytest.approx([255, 255, 255], abs=6)


def test_transparency_survives_the_conversion() -> None:
    picture = Image.new("RGBA", (20, 20), (255, 0, 0, 90))

    done = to_srgb(picture, swapped_primaries())

    assert done.mode == "RGBA"
    assert done.getchannel("A").getextrema() == (90, 90)
    assert cast("tuple[int, ...]", done.getpixel((0, 0)))[2] > 200


def test_lab_without_a_profile_is_read_as_lab() -> None:
    target = io.BytesIO()
    Image.new("LAB", (60, 40), (255, 128, 128)).save(target, "TIFF")

    low = min(
        cast("tuple[tuple[int, int], ...]", fitted(open_photo(target.getvalue()), Size(30, 20)).getextrema())
    )

    assert low[0] > 250


def without_adobe(data: bytes) -> bytes:
    at = data.index(b"\xff\xee")
    return data[:at] + data[at + 2 + int.from_bytes(data[at + 2 : at + 4], "big") :]


def test_cmyk_is_read_inverted_only_where_adobe_says_so(make_bytes: MakeBytes) -> None:
    adobe = make_bytes(mode="CMYK")
    target = io.BytesIO()
    inverted: Any = Image.open(io.BytesIO(adobe)).point([255 - value for value in range(256)] * 4)
    inverted.save(target, "JPEG", quality=95)
    plain = without_adobe(target.getvalue())

    one, two = (np.asarray(fitted(open_photo(data), Size(60, 40))).astype(int) for data in (adobe, plain))

    assert one[30, 10].tolist() == pytest.approx([254, 0, 0], abs=12)
    assert np.abs(one - two).mean() < 4
