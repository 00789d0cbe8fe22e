"""Base64url: what browsers and push services write keys with."""

from __future__ import annotations

import pytest

from postengine.webpush.base64url import decode, encode


@pytest.mark.parametrize("data", [b"", b"\0", b"ab", b"abc", bytes(range(256))])
def test_bytes_come_back(data: bytes) -> None:
    assert decode(encode(data)) == data


def test_padding_may_be_there() -> None:
    assert decode("YQ==") == decode("YQ") == b"a"


@pytest.mark.parametrize("text", ["a+b/", "Ü", "YQ=Y", "a b", "Y"])
def test_other_alphabets_and_broken_text_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="base64"):
        decode(text)
