"""The address of an instance."""

from __future__ import annotations

import pytest

from postengine.postiz import api_url


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("https://api.postiz.com", "https://api.postiz.com/public/v1"),
        ("https://h.example/", "https://h.example/public/v1"),
        ("https://h.example/api", "https://h.example/api/public/v1"),
        (" https://h.example/api/public/v1/ ", "https://h.example/api/public/v1"),
        ("http://localhost:4007/api", "http://localhost:4007/api/public/v1"),
    ],
)
def test_every_way_to_write_the_address_is_understood(written: str, understood: str) -> None:
    assert api_url(written) == understood


@pytest.mark.parametrize(
    "written",
    [
        "",
        "h.example/api",
        "ftp://h.example",
        "https://",
        "https://u:p@h.example",
        "https://h/?a=1",
        "https://h/#a",
    ],
)
def test_what_is_no_address_is_refused_without_repeating_it(written: str) -> None:
    with pytest.raises(ValueError, match="base URL of Postiz") as refusal:
        api_url(written)

    assert "u:p" not in str(refusal.value)
