"""The subject: somebody can be reached at it, or it is refused with the remedy."""

from __future__ import annotations

import pytest

from postengine.webpush import VapidInvalid, check_subject


@pytest.mark.parametrize(
    "subject",
    [
        "mailto:push@harbour-homes.pt",
        "MAILTO:first.last+push@mail.harbour-homes.pt",
        "https://harbour-homes.pt",
        "https://harbour-homes.pt:8443/contact?from=push",
    ],
)
def test_a_real_address_is_taken(subject: str) -> None:
    assert check_subject(subject) == subject


@pytest.mark.parametrize(
    "subject",
    [
        "",
        "push@harbour-homes.pt",
        "mailto:",
        "mailto:push",
        "mailto:push@localhost",
        "mailto:push@intranet",
        "mailto:push@127.0.0.1",
        "mailto:push@example.com",
        "mailto:push@mail.Example.org",
        "mailto:a@harbour-homes.pt?subject=x",
        "mailto:a b@harbour-homes.pt",
        "http://harbour-homes.pt",
        "https://localhost",
        "https://127.0.0.1",
        "https://posts.example.com",
        "https://agency.test",
        "https://",
        "https://[::1",
        "tel:+351000",
    ],
)
def test_an_address_that_reaches_nobody_is_refused_with_the_remedy(subject: str) -> None:
    with pytest.raises(VapidInvalid, match="mailto:push@YOUR-DOMAIN") as caught:
        check_subject(subject)

    assert caught.value.field == "subject"
