"""Pictures and photos that carry everything a phone and an editor write into them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageCms

SECRETS = (
    b"SERIAL-4711",
    b"PhoneMaker",
    b"MAKERNOTE",
    b"Jane Secret",
    b"XMPSECRET",
    b"IPTCSECRET",
    b"COMMENTSECRET",
    b"TRAILERSECRET",
    b"THUMBSECRET",
    b"Photoshop 3.0",
    b"ns.adobe.com",
    b"8BIM",
)
"""Bytes that must not leave the house."""

MakePhone = Callable[..., bytes]


def everything(orientation: int = 1) -> Image.Exif:
    """Return EXIF with a place, an owner, a serial number and a maker's note."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "PhoneMaker"
    exif[0x013B] = "Jane Secret"
    exif[0x8298] = "Jane Secret"
    camera = exif.get_ifd(0x8769)
    camera[0xA431] = "SERIAL-4711"
    camera[0xA430] = "Jane Secret"
    camera[0x927C] = b"MAKERNOTE" + bytes(20)
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (52.0, 31.0, 12.0)
    place[3], place[4] = "E", (13.0, 24.0, 17.0)
    return exif


def display_profile() -> bytes:
    """Return a profile that is not sRGB by name, as phones embed one."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return srgb.replace("sRGB".encode("utf-16-be"), "Phon".encode("utf-16-be"))


def picture(size: tuple[int, int] = (320, 240)) -> Image.Image:
    """Return a picture whose left half is red and right half blue, with some texture."""
    pixels = np.zeros((size[1], size[0], 3), np.uint8)
    pixels[:, : size[0] // 2, 0] = 230
    pixels[:, size[0] // 2 :, 2] = 230
    pixels[::7] = pixels[::7] // 2 + 60
    return Image.fromarray(pixels)


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def chunk(name: bytes, content: bytes) -> bytes:

    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>XMPSECRET ns.adobe.com</x:xmpmeta>"
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x10\x1c\x02\x50\x00\x0aIPTCSECRET\x00"


def phone_photo(kind: str, orientation: int = 1, mode: str = "RGB", *, progressive: bool = False) -> bytes:
    """Return a photo of a format with all that it can carry."""
    target = io.BytesIO()
    exif = everything(orientation)
    made = picture().convert(mode)
    profile = display_profile() if mode != "CMYK" else None
    if kind == "JPEG":
        made.save(target, "JPEG", exif=exif, icc_profile=profile, quality=88, progressive=progressive)
        return _loaded_jpeg(target.getvalue())
    if kind == "PNG":
        made.save(target, "PNG", exif=exif, icc_profile=profile)
        return _loaded_png(target.getvalue())
    if kind == "TIFF":
        exif[0x02BC], exif[0x83BB], exif[0x8649] = XMP, IPTC, IPTC
        made.save(target, "TIFF", exif=exif, icc_profile=profile, description="COMMENTSECRET")
        return target.getvalue()
    if kind == "BMP":
        made.save(target, "BMP")
        return target.getvalue() + b"TRAILERSECRET"
    made.save(target, kind, exif=exif, icc_profile=profile, xmp=XMP, quality=88)
    return target.getvalue()


def _loaded_jpeg(data: bytes) -> bytes:
    thumb = b"JFXX\x00\x10THUMBSECRET"
    notes = (
        segment(0xE0, thumb)
        + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + XMP)
        + segment(0xED, IPTC)
        + segment(0xE5, b"PhoneMaker SERIAL-4711")
        + segment(0xFE, b"COMMENTSECRET")
    )
    scan = data.index(b"\xff\xda")
    return data[:scan] + notes + data[scan:] + b"TRAILERSECRET"


def _loaded_png(data: bytes) -> bytes:
    notes = (
        chunk(b"tEXt", b"Comment\x00COMMENTSECRET")
        + chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + XMP)
        + chunk(b"tIME", bytes((7, 208, 1, 1, 1, 1, 1)))
        + chunk(b"prIv", b"SERIAL-4711")
    )
    at = data.index(b"IDAT") - 4
    return data[:at] + notes + data[at:] + b"TRAILERSECRET"


@pytest.fixture
def phone() -> MakePhone:
    return phone_photo
