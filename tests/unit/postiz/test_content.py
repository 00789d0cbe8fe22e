"""Text that comes out as it went in."""

from __future__ import annotations

import pytest

from postengine.postiz import to_content
from postengine.testing.postiz.sanitise import flatten, sanitise


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Tom & Jerry\n\na > b", "Tom & Jerry\n\na > b"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("I <3 you & me", "<p>I &lt;3 you &amp; me</p>"),
        ("if a<b\n\nthen", "<p>if a&lt;b</p><p></p><p>then</p>"),
        ('<a href="u">', '<p>&lt;a href="u"&gt;</p>'),
        ("", ""),
    ],
)
def test_html_is_written_only_where_it_is_needed(text: str, content: str) -> None:
    assert to_content(text) == content


@pytest.mark.parametrize(
    "text", ["plain", "R&D", "a<b", "x < y & z > w", "<p>", "a\n\nb <3", "&lt; is <", "😀 <"]
)
def test_text_survives_the_sanitiser_and_the_way_back(text: str) -> None:
    assert flatten(sanitise(to_content(text))) == text
