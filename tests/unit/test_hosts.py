"""Which names are of the public internet: what a phone hands over may lead anywhere."""

from __future__ import annotations

import pytest

from postengine.hosts import is_public_host


@pytest.mark.parametrize(
    "host",
    [
        "fcm.googleapis.com",
        "updates.push.services.mozilla.com",
        "web.push.apple.com.",
        "PUSH.example.com",
        "bücher.de",
    ],
)
def test_push_services_are_public(host: str) -> None:
    assert is_public_host(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        ".",
        "localhost",
        "intranet",
        "printer.local",
        "db.internal",
        "metadata.google.internal.",
        "nas.home.arpa",
        "app.localhost",
        "127.0.0.1",
        "8.8.8.8",
        "[::1]",
        "::ffff:10.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "10.0.0.0x1",
        "0177.0.0.01",
        "a..com",
        f"{'a' * 64}.com",
        f"{'a.' * 126}com",
        "a b.com",
        "a.com\\",
    ],
)
def test_addresses_in_numbers_and_inner_names_are_not(host: str) -> None:
    assert not is_public_host(host)
