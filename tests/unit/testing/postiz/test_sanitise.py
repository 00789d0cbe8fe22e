"""What is kept of a content, beyond the recorded table."""

from __future__ import annotations

import pytest

from postengine.testing.postiz.sanitise import flatten, sanitise


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<p>a<strong>b</p>c", "<p>a<strong>b</strong></p>c"),
        ("<p>a</u></p>", "<p>a</p>"),
        ("a<option>b &amp; &#38; <p>c</p></option>d", "ad"),
        ("a<style>b &amp; &#38; <p>c</p></style>d<br>", "ad<br>"),
        ("<p>&#38; &amp; & &x</p>", "<p>&#38; &amp; &amp; &amp;x</p>"),
    ],
)
def test_tags_are_closed_and_scripts_swallowed_whole(sent: str, kept: str) -> None:
    assert sanitise(sent) == kept


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("plain &amp; text", "plain &amp; text"),
        ("<p>a</p><p></p><p>b &amp; c</p>", "a\n\nb & c"),
        ("<p>a<br>b</p>", "ab"),
    ],
)
def test_a_content_is_flattened_as_providers_do(content: str, text: str) -> None:
    assert flatten(content) == text
