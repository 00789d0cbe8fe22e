"""The QR code of a pairing address is read back as what it says."""

from __future__ import annotations

import re

import cv2
import numpy as np
import pytest

from postengine.agent.qr import qr_png, qr_svg

URL = "https://posts.example.com/agent/#pair=ABCD2345"


@pytest.mark.parametrize("text", [URL, f"https://{'a' * 63}.{'b' * 63}.example.com/agent/#pair=ZZZZ9999"])
def test_a_reader_sees_the_address_in_the_png(text: str) -> None:
    picture = cv2.imdecode(np.frombuffer(qr_png(text), np.uint8), cv2.IMREAD_GRAYSCALE)

    assert picture is not None
    read, *_ = cv2.QRCodeDetector().detectAndDecode(picture)

    assert read == text


def test_the_svg_is_one_element_without_style_or_script() -> None:
    svg = qr_svg(URL)

    assert re.fullmatch(r"<svg [^>]*>.*</svg>", svg, re.DOTALL)
    assert not re.search(r"style|script|http|<\?xml", svg.replace("http://www.w3.org/2000/svg", ""))
    assert '<path fill="#fff"' in svg


def test_the_svg_shows_the_modules_of_the_png() -> None:
    svg = qr_svg(URL)
    (size,) = set(re.findall(r'viewBox="0 0 (\d+) \1"', svg))
    png = cv2.imdecode(np.frombuffer(qr_png(URL), np.uint8), cv2.IMREAD_GRAYSCALE)

    assert png is not None
    assert int(size) / 6 == png.shape[0] / 10
